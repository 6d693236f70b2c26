"""Field entry: rencontres and the lines noted in them, by keyboard and on bad networks."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("field", __name__, url_prefix="/equipe/<slug>/rencontres")

from consult.field import lines, meetings, notes, offline, takeaway, tree, walks  # noqa: E402,F401 - they attach their views to the blueprint
