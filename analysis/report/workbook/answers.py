"""The sheet of the team alone: a line for each respondent, answers in words, no text they wrote."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.report.respondents.variables import Variable
from analysis.report.workbook.values import Cell, Column, Look, Sheet, text
from surveys.words import _


def answers(variables: Sequence[Variable]) -> Sheet:
    """Return the answers; a cell is empty where the question was not put, or was left without an answer."""
    columns = tuple(Column(each.name, 18, each.label) for each in variables)
    lines = [[_cell(each, line) for each in variables] for line in range(len(variables[0].values) if variables else 0)]
    note = _("Une ligne décrit une personne\u00a0: cette feuille ne se diffuse pas")
    return Sheet(_("Réponses"), _("Ce qu’a répondu chaque personne"), note, columns, lines)


def _cell(variable: Variable, line: int) -> Cell:
    value = variable.values[line]
    if value is None:
        return text("")
    words = variable.labels.get(value)
    if words is not None:
        return text(words, Look.STATE if value in variable.missing else Look.PLAIN)
    return Cell(int(value) if value.is_integer() else value)
