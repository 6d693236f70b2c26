"""The answers that wait on this phone for a network: the page is the same for everyone, the phone fills it."""

from __future__ import annotations

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from consult.residents import blueprint
from consult.residents.opening import consultation_of
from consult.residents.steps import kept_for_back
from consult.security import public


@blueprint.get("/c/<slug>/attente")
@public
def waiting(slug: str) -> ResponseReturnValue:
    """What was sent without a network, and what became of it."""
    return kept_for_back(make_response(render_template("residents/waiting.html", consultation=consultation_of(slug))))
