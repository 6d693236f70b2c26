"""What a device needs while the network is away: its worker, the page that serves any rencontre, and its way back."""

from __future__ import annotations

from flask import current_app, g, jsonify, render_template, send_from_directory
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from consult.field import blueprint, sheet
from consult.field.access import ROLES, places
from consult.field.rows import blank
from consult.security import roles


@blueprint.get("/ouvrier.js")
@roles(*ROLES)
def worker(slug: str) -> ResponseReturnValue:
    """The script that answers for the network; served here, because it only answers for what stands beside it."""
    folder = f"{current_app.static_folder}/js"
    return send_from_directory(folder, "lines-worker.js", mimetype="text/javascript")


@blueprint.get("/appareil")
@roles(*ROLES)
def device(slug: str) -> ResponseReturnValue:
    """The rencontres kept on the device that opens it; it holds no word of theirs, and so may be kept there."""
    return sheet.located(render_template("field/device.html", row=blank(), **sheet.words(places(), None)))


@blueprint.get("/etat")
@roles(*ROLES)
def state(slug: str) -> ResponseReturnValue:
    """Who is signed in, with the form token of this session: what a page kept on a device must know to send."""
    return jsonify(owner=g.staff.id, token=generate_csrf())
