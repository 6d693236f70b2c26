"""The survey sheet as groups within groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from surveys.words import _
from surveys.xlsform.cells import yes
from surveys.xlsform.problems import Findings
from surveys.xlsform.tables import Line, Table
from surveys.xlsform.types import Base, Shape, shape_of


@dataclass
class Row:
    """A line of the survey sheet with its type."""

    line: Line
    shape: Shape

    @property
    def looks(self) -> set[str]:
        """The words of its appearance."""
        return set(self.line.text("appearance").lower().split())


@dataclass
class Group:
    """A group and what it holds, in order."""

    row: Row
    children: list[Row | Group] = field(default_factory=list)


def tree_of(table: Table, findings: Findings) -> list[Row | Group]:
    """Read the lines that ask something or hold them together; what is refused by its type is noted and left."""
    top: list[Row | Group] = []
    inside = [top]
    opened: list[Row] = []
    for row in _rows(table, findings):
        match row.shape.base:
            case Base.BEGIN:
                group = Group(row)
                inside[-1].append(group)
                inside.append(group.children)
                opened.append(row)
            case Base.END if opened:
                inside.pop()
                opened.pop()
            case Base.END:
                findings.refuse("survey", row.line.row, "type", _("aucun groupe n’est ouvert à cet endroit."))
            case _:
                inside[-1].append(row)
    for row in opened:
        findings.refuse(
            "survey", row.line.row, "type", _("ce groupe n’est pas refermé : ajoutez une ligne « end_group ».")
        )
    return top


def _rows(table: Table, findings: Findings) -> Iterator[Row]:
    repeats = 0
    for line in table.lines:
        if yes(line, "disabled", findings):
            continue
        shape = shape_of(line.text("type"))
        if shape.base is Base.REFUSED:
            first = line.text("type").lower()[:3]
            repeats += (first == "beg") - (first == "end")
            if first != "end" or repeats < 0:
                findings.refuse(line.sheet, line.row, "type", shape.reason)
        elif shape.base is Base.TRACE:
            reason = _(
                "« %(kind)s » est laissé de côté : ni l’heure ni l’appareil ne sont gardés.", kind=line.text("type")
            )
            findings.remark(line.sheet, line.row, "type", reason)
        else:
            yield Row(line, shape)
