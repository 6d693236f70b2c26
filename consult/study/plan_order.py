"""The order of the themes, one step at a time, by keyboard and without a drag."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.plan_pages import by, just_done, keep, plan_or_404, theme_or_404
from consult.study.runs import ROLES
from surveys.planning import ordering

STEPS = {"monter": -1, "descendre": 1}


@blueprint.get("/plan/ordre")
@roles(*ROLES)
def order(slug: str) -> ResponseReturnValue:
    """Every theme with two buttons; the one that was just moved keeps them under the hand."""
    moved = request.args.get("place", "")
    way = request.args.get("sens", "") if request.args.get("sens") in STEPS else ""
    return render_template("study/order.html", slug=slug, plan=plan_or_404(), moved=moved, way=way, **just_done())


@blueprint.post("/plan/ordre/<path:stable_id>")
@roles(*ROLES)
def move_theme(slug: str, stable_id: str) -> ResponseReturnValue:
    """Put a theme before or after its neighbour."""
    plan, found = theme_or_404(stable_id)
    way = request.form.get("sens", "")
    if way not in STEPS:
        abort(400)
    change = ordering.move(db.session, plan.version, found.stable_id, STEPS[way], by())
    if change is None:
        return redirect(url_for("study.order", slug=slug))
    keep(change)
    return redirect(url_for("study.order", slug=slug, place=stable_id, sens=way, changement=change.id))
