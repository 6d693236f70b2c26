"""Results that wait for the closing: the committee reads when they will come, the team goes on reading them."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from consult.copil import blueprint
from consult.copil.standing import may_choose
from consult.residents.opening import now
from surveys import restitution


@blueprint.before_request
def _wait() -> ResponseReturnValue | None:
    """Every page and file of the room is one plain page, refused, to who only belongs to the committee."""
    if "consultation" not in g or may_choose() or not restitution.is_hidden(g.consultation, now().date()):
        return None
    return render_template("copil/embargoed.html", closes_on=g.consultation.closes_on), 403
