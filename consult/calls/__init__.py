"""Calling residents: whom to call, the interview, the list and the targets. Nothing here ties a person to an answer."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("calls", __name__, url_prefix="/equipe/<slug>/appels")

from consult.calls import board, desk, interview, lists  # noqa: E402,F401 - the views attach themselves to the blueprint
from consult.calls.moments import moment  # noqa: E402

blueprint.add_app_template_filter(moment)
