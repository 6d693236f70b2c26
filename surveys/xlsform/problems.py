"""What is said of a form that is read: what stops it, and what is left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.words import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, where it is; `row` is numbered as in the spreadsheet, None for a whole sheet."""

    sheet: str
    row: int | None
    column: str
    reason: str

    @property
    def sentence(self) -> str:
        """Where and why, ready to be shown."""
        places = []
        if self.sheet:
            places.append(_("Feuille « %(sheet)s »", sheet=self.sheet))
        if self.row is not None:
            places.append(_("ligne %(row)d", row=self.row))
        if self.column:
            places.append(_("colonne « %(column)s »", column=self.column))
        where = ", ".join(places)
        where = where[:1].upper() + where[1:]
        return _("%(where)s : %(reason)s", where=where, reason=self.reason) if where else self.reason


class XlsFormError(ValueError):
    """A form that is refused whole; `problems` are all of them, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.sentence for problem in self.problems))


@dataclass
class Findings:
    """What is gathered while a form is read, so that everything is said at once."""

    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def refuse(self, sheet: str, row: int | None, column: str, reason: str) -> None:
        """Note something that must be mended before the form can be taken."""
        self._note(self.problems, Problem(sheet, row, column, reason))

    def remark(self, sheet: str, row: int | None, column: str, reason: str) -> None:
        """Note something that is left out without changing what is asked."""
        self._note(self.remarks, Problem(sheet, row, column, reason))

    def _note(self, found: list[Problem], problem: Problem) -> None:
        if problem not in found:
            found.append(problem)
