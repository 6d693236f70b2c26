"""The questionnaires of a consultation as figures need them: labels of facets, closed and open questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from analysis.material import Asked, Open, Person
from surveys import definition, read
from surveys.labels import CHANNELS
from surveys.models import PlaceKind
from surveys.questions import Quartier, Question, Reply, Scale, Status, Widget

#: Questions that are facets, not figures of their own.
FACETS = frozenset({read.AGE, read.SEX})


class Questionnaires:
    """The questionnaire versions of a consultation, read once."""

    def __init__(self, rows: Sequence[read.QuestionnaireRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self._read = {row.id: definition.load(row.definition) for row in rows}

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

    def asked(self, rows: Sequence[read.ReplyRow], people: Sequence[Person]) -> tuple[Asked, ...]:
        """Return each closed question with its replies; versions of one questionnaire stay apart."""
        given: dict[tuple[int, str], dict[str, Reply]] = defaultdict(dict)
        same: dict[tuple[Status, int], Reply] = {}
        for row in rows:
            # A value is read once for all who gave it: so is the reply.
            key = row.status, id(row.value)
            reply = same.get(key) or same.setdefault(key, Reply(row.status, row.value))
            given[row.questionnaire_id, row.question][row.response_key] = reply
        return tuple(
            Asked(self._rows[number].title, question, given[number, question.name], len(people))
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
