"""Files made on request from what a page shows."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

from flask import g, send_file
from flask.typing import ResponseReturnValue

from consult import security
from consult.copil import beyond, blueprint
from consult.copil.room import enter, show
from surveys.models import Role

DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@blueprint.get("/diaporama.pptx")
@security.roles(Role.COPIL, Role.LEAD, Role.ANALYST)
def deck(slug: str) -> ResponseReturnValue:
    """The deck of the choice being read, its figures those of the pages."""
    room = enter()
    if room.briefing is None:
        return show("done", room)
    told = beyond.gathered(room.material, room.briefing)
    content = import_module("analysis.report.deck").content(room.briefing, beyond=told)
    return send_file(
        BytesIO(content), mimetype=DECK, as_attachment=True, download_name=f"copil-{g.consultation.slug}.pptx"
    )
