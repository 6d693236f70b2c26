"""The deck, made on request from what a page shows."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

from flask import flash, g, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.report.template import TemplateError
from consult import security, uploads
from consult.copil import beyond, blueprint, choices
from consult.copil.room import enter, show
from surveys.importing.errors import TableError
from surveys.models import Role

DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
READERS = (Role.COPIL, Role.LEAD, Role.ANALYST)
#: Megabytes of a template.
MOST = 20


@blueprint.get("/diaporama.pptx")
@security.roles(*READERS)
def deck(slug: str) -> ResponseReturnValue:
    """The deck of the choice being read, its figures those of the pages."""
    return _deck()


@blueprint.post("/diaporama.pptx")
@security.roles(*READERS)
def dressed_deck(slug: str) -> ResponseReturnValue:
    """The same in the look of the presentation sent, which is not kept."""
    try:
        _name, template = uploads.sent(MOST * 1024 * 1024)
        if len(template) > MOST * 1024 * 1024:
            raise TemplateError(_("Ce modèle dépasse %(most)s Mo\u00a0: retirez-en les images.", most=MOST))
        return _deck(template)
    except (TableError, TemplateError) as error:
        flash(str(error), "error")
        return redirect(url_for("copil.files", slug=slug, **choices.kept(choices.asked_for())))


def _deck(template: bytes | None = None) -> ResponseReturnValue:
    room = enter()
    if room.briefing is None:
        return show("done", room)
    told = beyond.gathered(room.material, room.briefing)
    content = import_module("analysis.report.deck").content(room.briefing, beyond=told, template=template)
    return send_file(
        BytesIO(content), mimetype=DECK, as_attachment=True, download_name=f"copil-{g.consultation.slug}.pptx"
    )
