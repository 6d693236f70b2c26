"""A questionnaire on paper: filled in with a pen by a person, keyed in by number by an agent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.definition import Questionnaire, Section
from surveys.printing.conditions import told
from surveys.printing.numbering import DONT_KNOW, REFUSED, letter, numbers
from surveys.printing.phrases import direction_of, words
from surveys.printing.typesetting import typeset
from surveys.questions import Grid, Number, Option, Question, Widget
from surveys.translating import SOURCE, direction, in_language
from surveys.typography import french

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """What a form says beside its questions: whose it is, which version, what becomes of the answers."""

    consultation: str
    questionnaire: Questionnaire
    name: str
    version: int
    digest: str
    #: Heading and text of each part of the legal notice.
    notice: Sequence[tuple[str, str]] = ()
    return_to: str = ""
    closes_on: dt.date | None = None
    language: str = SOURCE


def paper_pdf(form: PaperForm) -> bytes:
    """Return the PDF of a form, in one of the languages of its questionnaire."""
    said = words(form.language)
    questionnaire = in_language(form.questionnaire, form.language)
    known = numbers(questionnaire)
    facts = {
        "consultation": form.consultation,
        "title": questionnaire.title,
        "language": form.language.split("-")[0],
        "direction": direction(form.language),
        "foot": [form.name, said["version"].format(version=form.version), form.digest[:12]],
        "return_to": form.return_to,
        "until": said["until"].format(day=f"{form.closes_on:%d/%m/%Y}") if form.closes_on else "",
        "words": dict(said),
        "sections": [_section(section, questionnaire, known, said) for section in questionnaire.sections],
        "notice": [
            {"heading": heading, "text": text, "direction": direction_of(heading + text)}
            for heading, text in form.notice
        ],
        "office": said["office_fields"].split("|"),
        "dont_know": DONT_KNOW,
        "refused": REFUSED,
    }
    return typeset("paper", _spaced(facts) if form.language == SOURCE else facts)


def _section(section: Section, questionnaire: Questionnaire, known: Mapping[str, int], said: Words) -> dict[str, Any]:
    return {
        "title": section.title,
        "help": section.help,
        "only_if": told(section.relevant, questionnaire, known, said),
        "questions": [_question(question, questionnaire, known, said) for question in section.questions],
    }


def _question(
    question: Question, questionnaire: Questionnaire, known: Mapping[str, int], said: Words
) -> dict[str, Any]:
    return {
        "number": known.get(question.name, 0),
        "label": question.label,
        "help": question.help,
        "widget": str(question.widget),
        "how": " ".join(filter(None, (_how(question, said), said["required"] if question.required else ""))),
        "only_if": told(question.relevant, questionnaire, known, said),
        "options": [_option(option, str(rank)) for rank, option in enumerate(question.options, 1)],
        "rows": [_option(row, letter(rank)) for rank, row in enumerate(_rows(question), 1)],
        "unit": getattr(question, "unit", ""),
        "cells": _cells(question),
        "one": question.widget in {Widget.RADIOS, Widget.SCALE, Widget.GRID},
        "dont_know": question.dont_know,
        "may_refuse": question.may_refuse,
    }


def _cells(question: Question) -> int:
    """How many figures to leave room for: those of the largest whole number, else enough for a decimal one."""
    if isinstance(question, Number) and question.whole and question.maximum is not None:
        return max(1, len(f"{question.maximum:g}"))
    return 6


def _option(option: Option, mark: str) -> dict[str, Any]:
    return {"mark": mark, "label": option.label, "other": option.other}


def _rows(question: Question) -> tuple[Option, ...]:
    return question.rows if isinstance(question, Grid) else ()


def _how(question: Question, said: Words) -> str:
    most: int | None = getattr(question, "maximum", None)
    match question.widget:
        case Widget.RADIOS | Widget.SCALE:
            return said["one"]
        case Widget.CHECKBOXES:
            return said["at_most"].format(n=most) if most else said["several"]
        case Widget.GRID:
            return said["one_per_row"]
        case Widget.RANKING:
            ranks = min(most or len(question.options), len(question.options))
            return said["rank_at_most"].format(n=ranks) if most else said["rank"]
        case Widget.NUMBER:
            return f"{said['number']} {_between(question, said)}".strip()
        case Widget.DATE:
            return said["day"]
        case _:
            return ""


def _between(question: Question, said: Words) -> str:
    if not isinstance(question, Number):
        return ""
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        return said["between"].format(low=f"{low:g}", high=f"{high:g}")
    if low is not None:
        return said["least"].format(low=f"{low:g}")
    return said["most"].format(high=f"{high:g}") if high is not None else ""


def _spaced(value: Any) -> Any:
    """The same facts with the spaces of French typography."""
    match value:
        case str():
            return french(value)
        case Mapping():
            return {key: _spaced(item) for key, item in value.items()}
        case list():
            return [_spaced(item) for item in value]
        case _:
            return value
