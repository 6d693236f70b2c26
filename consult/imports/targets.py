"""What a column of a file may be, as the items of a list: a question, a row of a grid, a rank, an answer to tick."""

from __future__ import annotations

from flask_babel import gettext as _

from surveys.definition import Questionnaire
from surveys.importing.layouts import Group
from surveys.questions import Grid, Question, Ranking, Scale, Widget


def targets(questionnaire: Questionnaire, group: Group) -> list[tuple[str, str]]:
    """Values and words; a group of several columns is one question, a single column may be part of one."""
    found: list[tuple[str, str]] = []
    for question in questionnaire.questions:
        if question.scale is Scale.NONE:
            continue
        whole = question.widget is not Widget.GRID or not group.single
        if whole:
            found.append((question.name, question.label))
        if group.single:
            found += [(f"{question.name}|{value}", f"{question.label} — {words}") for value, words in _parts(question)]
    return found


def _parts(question: Question) -> list[tuple[str, str]]:
    if isinstance(question, Grid):
        return [(f"row|{row.code}", row.label) for row in question.rows]
    if isinstance(question, Ranking):
        return [(f"rank|{rank}", _("rang %(rank)s", rank=rank)) for rank in range(1, len(question.options) + 1)]
    parts = []
    if question.widget is Widget.CHECKBOXES:
        parts += [(f"option|{option.code}", option.label) for option in question.options if not option.other]
    if any(option.other for option in question.options):
        parts.append(("other|1", _("précision de « Autre »")))
    return parts
