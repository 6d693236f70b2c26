"""Everything there is to set up, what is done and what is missing, on one page."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from consult.manage import blueprint
from consult.manage.retention import is_near
from consult.manage.situations import said
from consult.manage.steps import LEAD, step_page
from consult.residents.opening import now
from consult.security import roles
from surveys import life


@blueprint.get("/<slug>/preparation/")
@roles(LEAD)
def overview(slug: str) -> ResponseReturnValue:
    """The list of steps."""
    today = now().date()
    situation = life.situation(g.consultation, today)
    return step_page("manage/overview.html", situation=situation, said=said(g.consultation, today), is_near=is_near())
