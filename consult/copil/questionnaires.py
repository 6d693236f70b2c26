"""The questionnaires of a consultation as figures need them: labels of facets, closed and open questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from analysis.material import Asked, Open, Person
from surveys import definition, read
from surveys.labels import CHANNELS
from surveys.models import PlaceKind
from surveys.questions import Quartier, Question, Reply, Scale, Widget

#: Questions that are facets, not figures of their own.
FACETS = frozenset({read.AGE, read.SEX})


class Questionnaires:
    """The questionnaire versions of a consultation, read once."""

    def __init__(self, rows: Sequence[read.QuestionnaireRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self._read = {row.id: definition.load(row.definition) for row in rows}
        #: The labels of facets, looked for once.
        self._labels: dict[tuple[int, str, str], str] = {}

    def person(self, row: read.PersonRow) -> Person:
        return Person(
            key=row.key,
            canal=CHANNELS[row.channel],
            # « Non précisé » is the answer of who does not say it, and no quartier.
            quartier="" if row.place_kind is PlaceKind.UNKNOWN else row.place or "",
            age=self._label(row.questionnaire_id, read.AGE, row.age),
            sexe=self._label(row.questionnaire_id, read.SEX, row.sex),
            public=self._rows[row.questionnaire_id].public,
            day=row.day,
            sure=row.confidence is None or row.confidence >= 0.7,
        )

    def _label(self, questionnaire_id: int, name: str, value: Any) -> str:
        if value is None:
            return ""
        key = questionnaire_id, name, str(value)
        if key not in self._labels:
            self._labels[key] = self._labelled(questionnaire_id, name, value)
        return self._labels[key]

    def _labelled(self, questionnaire_id: int, name: str, value: Any) -> str:
        question = self._read[questionnaire_id].question(name)
        labels = [option.label for code in question.codes(value) if (option := question.option(code))]
        return labels[0] if labels else str(value)

    def closed(self) -> list[str]:
        """Return the names of the questions that are counted by themselves."""
        return sorted({question.name for book in self._read.values() for question in _figures(book)})

    def opened(self) -> tuple[Open, ...]:
        """Return the open questions; versions of one questionnaire share theirs."""
        found = {
            f"{row.name}.{question.name}": Open(f"{row.name}.{question.name}", row.title, question.label)
            for row in self._rows.values()
            for question in self._read[row.id].questions
            if question.widget is Widget.PARAGRAPH
        }
        return tuple(found.values())

    def code(self, questionnaire_id: int, question: str) -> str:
        return f"{self._rows[questionnaire_id].name}.{question}"

    def asked(self, rows: Sequence[read.ReplyRow], persons: int) -> tuple[Asked, ...]:
        """Return each closed question with its replies; versions of one questionnaire stay apart."""
        given: dict[tuple[int, str], dict[str, Reply]] = defaultdict(dict)
        for row in rows:
            given[row.questionnaire_id, row.question] |= dict.fromkeys(row.given_by, Reply(row.status, row.value))
        return tuple(
            Asked(self._rows[number].title, question, given[number, question.name], persons)
            for number, book in self._read.items()
            for question in _figures(book)
        )


def _figures(book: definition.Questionnaire) -> Iterable[Question]:
    return (question for question in book.questions if _counted(question))


def _counted(question: Question) -> bool:
    """True for a closed question that is a figure of its own: neither a facet nor a note of the interviewer."""
    if question.scale in (Scale.NONE, Scale.TEXT) or isinstance(question, Quartier):
        return False
    return question.figure and question.name not in FACETS
