"""Which question a group of columns answers, and what each of its columns is to it."""

from __future__ import annotations

import re
from typing import Any

from surveys.definition import Questionnaire
from surveys.importing import values
from surveys.importing.folding import fold
from surveys.importing.layouts.model import Group
from surveys.importing.layouts.tools import is_other
from surveys.importing.mapping import Column
from surveys.questions import Question, Ranking, Scale, Widget

_RANK = re.compile(r"^(?:rang|rank|classement|ranking|choix|n°)?\s*(\d{1,2})(?:er|e|ème)?$", re.IGNORECASE)


def matched(group: Group, questionnaire: Questionnaire) -> Question | None:
    """The question of that code or of that label, whatever the case and the accents."""
    names = {fold(name) for name in (group.key, group.label) if name}
    questions = [question for question in questionnaire.questions if question.scale is not Scale.NONE]
    for question in questions:
        if fold(question.name) in names:
            return question
    return next((question for question in questions if fold(question.label) in names), None)


def columns_of(group: Group, question: Question) -> dict[str, Any]:
    """What each column of a group is to a question, as a mapping file says it; those that fit nothing are left out."""
    said: dict[str, Any] = {}
    for part in group.parts:
        detail = _detail(part.name, question)
        if detail is None:
            continue
        if group.separator and question.widget in {Widget.CHECKBOXES, Widget.RANKING} and not part.name:
            detail["separator"] = group.separator
        if not values.check(question, _column(part.header, detail)):
            said[part.header] = detail if len(detail) > 1 else question.name
    return said


def _column(header: str, detail: dict[str, Any]) -> Column:
    return Column(header, **detail)


def _detail(name: str, question: Question) -> dict[str, Any] | None:
    detail: dict[str, Any] = {"question": question.name}
    if not name:
        return detail
    if question.widget is Widget.GRID:
        return detail | {"row": name}
    if isinstance(question, Ranking):
        rank = _RANK.match(name.strip())
        return detail | {"rank": int(rank[1])} if rank else None
    if is_other(name) and any(option.other for option in question.options):
        return detail | {"other": True}
    if question.widget is Widget.CHECKBOXES:
        return detail | {"option": name}
    return detail if question.scale is Scale.TEXT else None


def rank_of(name: str) -> int:
    """The rank a part says, 0 when it says none."""
    rank = _RANK.match(name.strip())
    return int(rank[1]) if rank else 0
