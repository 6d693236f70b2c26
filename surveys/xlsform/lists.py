"""Lists of answers for the choices sheet; questions that offer the same share one."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.questions import Option, Question
from surveys.xlsform.rows import Cells, Words


class Lists:
    """Gathers the lists of a form, each under the name of the first question that uses it."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._lists: dict[tuple[tuple[tuple[str, str], ...], ...], str] = {}
        self._rows: list[Cells] = []

    def name_for(self, question: Question) -> str:
        """The list a question chooses from, written once however many questions share it."""
        rows = [self._row(question, option) for option in question.options]
        key = tuple(tuple(sorted(row.items())) for row in rows)
        if key not in self._lists:
            self._lists[key] = question.name
            self._rows.extend({"list_name": question.name, **row} for row in rows)
        return self._lists[key]

    def rows(self) -> Sequence[Cells]:
        """The lines of the choices sheet."""
        return self._rows

    def _row(self, question: Question, option: Option) -> Cells:
        return {
            "name": option.code,
            **self._words.all("label", option.label, f"{question.name}.option.{option.code}"),
            "consult_other": "yes" if option.other else "",
            "consult_exclusive": "yes" if option.exclusive else "",
        }
