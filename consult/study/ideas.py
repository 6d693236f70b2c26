"""Moving an idea to other themes, taking it back, and reading a contribution as it was written."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.security import roles
from consult.staff import local_path
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.plan import Plan, plan_or_none
from consult.study.runs import ROLES
from surveys import coding, coding_words, contributions, review, staff
from surveys import runs as history
from surveys.labels import CHANNELS
from surveys.models import Contribution, Idea, Origin, Outcome


@blueprint.get("/idees/<int:idea_id>")
@roles(*ROLES)
def idea(slug: str, idea_id: int) -> ResponseReturnValue:
    """One idea in its contribution, and the themes it could have."""
    row, plan = _idea_or_404(idea_id)
    ticked = review.themes_of_ideas(db.session, [row.id]).get(row.id, [])
    return _page(slug, row, plan, ticked)


@blueprint.post("/idees/<int:idea_id>")
@roles(*ROLES)
def move(slug: str, idea_id: int) -> ResponseReturnValue:
    """Store what the person decided; the runs to come keep it and learn from it."""
    row, plan = _idea_or_404(idea_id)
    try:
        outcome = Outcome(request.form.get("outcome", Outcome.CODED))
    except ValueError:
        abort(400)
    chosen = plan.without_implied(request.form.getlist("themes"))
    if outcome is Outcome.CODED and not chosen:
        refused = _("Cochez au moins un thème, ou choisissez l’un des deux autres boutons.")
        return _page(slug, row, plan, [], refused=refused), 422
    found = db.session.get_one(Idea, row.id)
    ids = [theme.id for theme in plan.themes if theme.stable_id in chosen]
    coding.decide(db.session, found, outcome=outcome, theme_ids=ids, staff_id=g.staff.id, at=staff.utc_now())
    themes = " ".join(chosen) if outcome is Outcome.CODED else outcome.value
    audit("idee.classement", idea_id=row.id, themes=themes)
    db.session.commit()
    back = local_path(request.form.get("back") or url_for("study.themes", slug=slug))
    return redirect(f"{back}{'&' if '?' in back else '?'}deplacee={row.id}#deplacee")


@blueprint.post("/idees/<int:idea_id>/annuler")
@roles(*ROLES)
def undo(slug: str, idea_id: int) -> ResponseReturnValue:
    """Take back the last decision a person took on an idea."""
    row, _plan = _idea_or_404(idea_id)
    last = history.latest_done(db.session, g.consultation.id)
    if coding.undo(db.session, db.session.get_one(Idea, row.id), last_run_id=last.id if last else None):
        audit("idee.annulation", idea_id=row.id)
        db.session.commit()
        flash(_("Le déplacement est annulé."), "success")
    return redirect(local_path(request.form.get("back") or url_for("study.themes", slug=slug)))


@blueprint.post("/contributions/<int:contribution_id>/original")
@roles("charge-etude")
def original(slug: str, contribution_id: int) -> ResponseReturnValue:
    """Show a contribution as it was written; who looked is noted."""
    found = contribution_or_404(contribution_id)
    audit("contribution.original", contribution_id=found.id)
    db.session.commit()
    back = local_path(request.form.get("back") or url_for("study.themes", slug=slug))
    text = contributions.original(db.session, found)
    return render_template("study/original.html", slug=slug, contribution=found, text=text, back=back)


def contribution_or_404(contribution_id: int) -> Contribution:
    """One contribution of the consultation being read."""
    found = db.session.get(Contribution, contribution_id)
    if found is None or found.consultation_id != g.consultation.id:
        abort(404)
    return found


def _page(slug: str, row: review.IdeaRow, plan: Plan, ticked: list[str], *, refused: str = "") -> str:
    back = request.values.get("back", "")
    return render_template(
        "study/idea.html",
        slug=slug,
        row=row,
        plan=plan,
        ticked=set(ticked),
        refused=refused,
        channels=CHANNELS,
        by_person=row.origin is Origin.PERSON,
        steps=coding_words.history(db.session, row.id),
        without=_without(),
        may_see_original="charge-etude" in g.roles,
        back=local_path(back) if back else url_for("study.themes", slug=slug),
    )


def _without() -> dict[Outcome, str]:
    """What a decision without a theme says."""
    return {Outcome.NO_OPINION: _("sans avis"), Outcome.UNCLASSIFIED: _("à classer")}


def _idea_or_404(idea_id: int) -> tuple[review.IdeaRow, Plan]:
    row = review.idea(db.session, g.consultation.id, idea_id)
    plan = plan_or_none()
    if row is None or plan is None:
        abort(404)
    return row, plan
