"""The step that says which questionnaires are ready, and leads to where they are written."""

from __future__ import annotations

from flask import current_app, g, url_for
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.steps import LEAD, step_page
from consult.security import roles
from surveys import publishing
from surveys.labels import CHANNELS

#: The room where questionnaires are written.
EDITOR = "editor.questionnaires"


@blueprint.get("/<slug>/preparation/questionnaires")
@roles(LEAD)
def step_questionnaires(slug: str) -> ResponseReturnValue:
    """The latest version of each questionnaire, sound or not."""
    versions = publishing.newest(db.session, g.consultation.id)
    rows = [(version, publishing.unsound(version)) for version in versions]
    editor = url_for(EDITOR, slug=slug) if EDITOR in current_app.view_functions else ""
    return step_page("manage/questionnaires.html", rows=rows, channels=CHANNELS, editor=editor)
