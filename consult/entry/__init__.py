"""Answers keyed in by an agent: paper forms and people met face to face; and the kiosks lent to residents."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("entry", __name__, url_prefix="/equipe/<slug>/saisie")

from consult.entry import kiosks, views  # noqa: E402,F401 - the views attach themselves to the blueprint
