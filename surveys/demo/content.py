"""What the demonstration says: verbatims with the themes their authors meant, rencontres, places, questionnaires."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from surveys import definition
from surveys.definition import Questionnaire
from surveys.margins import MarginRow
from surveys.margins import read as read_margins
from surveys.questionnaire_templates import translations_in

#: The pseudo-theme of a text that says nothing, in the `themes` column.
NO_OPINION = "no_opinion"

_FILES = resources.files("surveys.demo")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """One text written for the demonstration; `themes` are top-level ids, empty for a non-answer."""

    id: str
    canal: str
    question: str
    text: str
    themes: tuple[str, ...]
    note: str = ""
    langue: str = "fr"


def document(name: str) -> Any:
    """Return a YAML file of the demonstration as read; do not change it, it is read once."""
    return _document(name)


@cache
def _document(name: str) -> Any:
    return yaml.safe_load((_FILES / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def verbatims() -> tuple[Verbatim, ...]:
    """Every text of the survey channels, each once, in file order."""
    text = (_FILES / "verbatims.csv").read_text(encoding="utf-8")
    return tuple(_verbatim(row) for row in csv.DictReader(text.splitlines()))


def _verbatim(row: Mapping[str, str]) -> Verbatim:
    themes = tuple(theme for theme in row["themes"].split(";") if theme != NO_OPINION)
    return Verbatim(
        id=row["id"],
        canal=row["canal"],
        question=row["question"],
        text=row["text"],
        themes=themes,
        note=row["note"],
        langue=row["langue"],
    )


def margins() -> tuple[MarginRow, ...]:
    """What the population of the five quartiers is said to be, as a file of margins says it."""
    return tuple(read_margins(_FILES.joinpath("marges.csv").read_bytes(), filename="marges.csv"))


def returned(question: str) -> tuple[Verbatim, ...]:
    """Every return to a question, a text that several people wrote being there as many times."""
    extra: Mapping[str, int] = document("profile")["repeated"]
    asked = (verbatim for verbatim in verbatims() if verbatim.question == question)
    return tuple(verbatim for verbatim in asked for _ in range(1 + extra.get(verbatim.id, 0)))


def lines() -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every line of every rencontre, after the rencontre it was noted in."""
    return ((meeting, line) for meeting in document("meetings")["meetings"] for line in meeting["lines"])


def questionnaires() -> Iterator[tuple[Mapping[str, Any], Questionnaire]]:
    """Each questionnaire with what is said of it: `name`, `channel`, `public`."""
    for data in document("questionnaires")["questionnaires"]:
        known = translations_in(_FILES.joinpath(data["name"]))
        sections = _with_places(data["sections"])
        yield data, definition.load({"title": data["title"], "sections": sections, "translations": known})


def _with_places(sections: list[Any]) -> list[Any]:
    places = [{"code": place["slug"], "label": place["name"]} for place in document("places")["places"]]
    return [
        {
            **section,
            "questions": [
                {**question, "options": places} if question.get("options") == "places" else question
                for question in section["questions"]
            ],
        }
        for section in sections
    ]
