"""Changes of questions: each takes a questionnaire and returns the changed one, or raises `EditError`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from surveys.definition import NAME, Questionnaire, Section
from surveys.editing import texts
from surveys.editing.base import (
    EditError,
    names,
    question_at,
    section_at,
    section_of,
    with_questions,
    with_section,
)
from surveys.editing.naming import free, name_from
from surveys.editing.reading import guarded, refuse_if_read, refuse_lost_codes, renamed
from surveys.questions import KINDS, Question
from surveys.words import _


def new_question(questionnaire: Questionnaire, kind: str, label: str) -> Question:
    """Return a question of that kind under a name proposed from its label; it is not in the questionnaire yet."""
    if kind not in KINDS:
        raise EditError(_("Choisissez un type de question."), field="kind")
    if not label.strip():
        raise EditError(_("Écrivez la question."), field="label")
    name = name_from(label, names(questionnaire))
    return KINDS[kind](name=name, label=label.strip())


def add_question(questionnaire: Questionnaire, question: Question, *, section: str, after: str = "") -> Questionnaire:
    """Put a question in a section, after another or at its end."""
    here = section_at(questionnaire, section)
    ranks = {one.name: rank for rank, one in enumerate(here.questions, 1)}
    rank = ranks.get(after, len(here.questions))
    questions = (*here.questions[:rank], question, *here.questions[rank:])
    return guarded(questionnaire, with_section(questionnaire, replace(here, questions=questions)))


def change_question(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    """Replace the question of the same name, whose options keep their codes."""
    old = question_at(questionnaire, question.name)
    refuse_lost_codes(questionnaire, old, question)
    changed = with_questions(
        questionnaire, lambda section: tuple(question if one is old else one for one in section.questions)
    )
    return texts.pruned(guarded(questionnaire, changed))


def move_question(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    """Move a question one place up (-1) or down (+1), to the next section when it is at an end of its own."""
    here = section_of(questionnaire, name)
    rank = next(rank for rank, one in enumerate(here.questions) if one.name == name)
    if 0 <= rank + step < len(here.questions):
        questions = list(here.questions)
        questions[rank], questions[rank + step] = questions[rank + step], questions[rank]
        return guarded(questionnaire, with_section(questionnaire, replace(here, questions=tuple(questions))))
    number = questionnaire.sections.index(here) + step
    if not 0 <= number < len(questionnaire.sections):
        return questionnaire
    return _moved(questionnaire, name, questionnaire.sections[number], at_start=step > 0)


def move_to_section(questionnaire: Questionnaire, name: str, section: str) -> Questionnaire:
    """Put a question at the end of another section."""
    return _moved(questionnaire, name, section_at(questionnaire, section), at_start=False)


def _moved(questionnaire: Questionnaire, name: str, target: Section, *, at_start: bool) -> Questionnaire:
    question = question_at(questionnaire, name)
    without = with_questions(questionnaire, lambda one: tuple(each for each in one.questions if each.name != name))
    left = section_at(without, target.name)
    questions = (question, *left.questions) if at_start else (*left.questions, question)
    return guarded(questionnaire, with_section(without, replace(left, questions=questions)))


def duplicate_question(questionnaire: Questionnaire, name: str) -> tuple[Questionnaire, str]:
    """Put a copy under a question, with its translations; returns the questionnaire and the name of the copy."""
    question = question_at(questionnaire, name)
    copy = replace(question, name=free(name, names(questionnaire)))
    added = add_question(questionnaire, copy, section=section_of(questionnaire, name).name, after=name)
    return texts.copied(added, name, copy.name), copy.name


def remove_question(questionnaire: Questionnaire, name: str) -> Questionnaire:
    """Take a question away with its translations; refused while a condition reads it."""
    question_at(questionnaire, name)
    without = with_questions(questionnaire, lambda one: tuple(each for each in one.questions if each.name != name))
    return texts.pruned(guarded(questionnaire, without))


def rename_question(questionnaire: Questionnaire, old: str, new: str) -> Questionnaire:
    """Give a question another name, in the conditions that read it and in its translations too."""
    question = question_at(questionnaire, old)
    if new == old:
        return questionnaire
    if not re.fullmatch(NAME, new):
        raise EditError(
            _("Écrivez le nom en minuscules sans accent, chiffres et _, en commençant par une lettre."), field="name"
        )
    if new in names(questionnaire):
        raise EditError(_("« %(name)s » est déjà pris : choisissez un autre nom.") % {"name": new}, field="name")
    changed = with_questions(
        questionnaire,
        lambda section: tuple(replace(one, name=new) if one is question else one for one in section.questions),
    )
    return texts.pruned(renamed(texts.copied(changed, old, new), old, new))


def of_kind(question: Question, kind: str) -> Question:
    """Return the question as one of another kind, with all that both kinds hold."""
    target = KINDS[kind]
    fields = {field.name: field for field in dataclasses.fields(target)}
    kept: Mapping[str, Any] = {
        field.name: getattr(question, field.name)
        for field in dataclasses.fields(question)
        # What is left as the kind proposes it is not carried: yes and no are no ages.
        if field.name in fields and getattr(question, field.name) != field.default
    }
    return target(**{"name": question.name, "label": question.label} | dict(kept))


def change_kind(questionnaire: Questionnaire, name: str, kind: str, *, anew: bool) -> tuple[Questionnaire, str]:
    """Make a question one of another kind; `anew` gives it another name, because answers are tied to the present one.

    Returns the questionnaire and the name of the question.
    """
    old = question_at(questionnaire, name)
    refuse_if_read(questionnaire, name)
    new = of_kind(old, kind)
    if not anew:
        return change_question(questionnaire, new), name
    named = replace(new, name=free(name, names(questionnaire)))
    added = add_question(questionnaire, named, section=section_of(questionnaire, name).name, after=name)
    return remove_question(texts.copied(added, name, named.name), name), named.name
