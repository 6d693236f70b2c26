"""Files made on request from what a page shows."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import g, send_file
from flask.typing import ResponseReturnValue

from consult import security
from consult.copil import blueprint
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
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copil.pptx"
        import_module("analysis.report.deck").write(room.briefing, path)
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=DECK, as_attachment=True, download_name=f"copil-{g.consultation.slug}.pptx")
