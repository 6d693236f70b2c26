"""The contributions at the origin of a follow-up, chosen among those under its theme."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.followup import follow_up_or_404
from consult.study.plan import plan_or_none
from consult.study.runs import ROLES
from surveys import followup_sources, staff
from surveys.followup import By
from surveys.labels import CHANNELS
from surveys.models import FollowUp

PER_PAGE = 40


@blueprint.get("/suites/<int:follow_up_id>/contributions")
@roles(*ROLES)
def follow_up_sources(slug: str, follow_up_id: int) -> ResponseReturnValue:
    """Those it names, then the others under its theme, to be ticked."""
    found, search = follow_up_or_404(follow_up_id), request.args.get("mots", "").strip()
    page = min(max(request.args.get("page", 1, type=int), 1), LARGEST_KEY // PER_PAGE)
    rows, total = followup_sources.candidates(
        db.session, found, _themes(found), search=search, offset=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    return render_template(
        "study/followup_sources.html",
        slug=slug,
        found=found,
        linked=followup_sources.linked(db.session, found),
        rows=rows,
        total=total,
        page=page,
        pages=-(-total // PER_PAGE),
        search=search,
        channels=CHANNELS,
        has_theme=bool(found.theme),
    )


@blueprint.post("/suites/<int:follow_up_id>/contributions")
@roles(*ROLES)
def link_sources(slug: str, follow_up_id: int) -> ResponseReturnValue:
    """Keep what was ticked among what was shown, and stay on the same list."""
    found = follow_up_or_404(follow_up_id)
    by = By(g.staff.id, staff.utc_now())
    if followup_sources.link(db.session, found, shown=_keys("montree"), chosen=_keys("retenue"), by=by):
        audit("suite.contributions", follow_up_id=found.id)
        db.session.commit()
        flash(_("Les contributions à l’origine de cette suite sont enregistrées."), "success")
    kept = {name: request.form[name] for name in ("mots", "page") if request.form.get(name)}
    return redirect(url_for("study.follow_up_sources", slug=slug, follow_up_id=follow_up_id, **kept))  # type: ignore[arg-type]


def _keys(name: str) -> list[int]:
    """The numbers a form sent under a name; what is no key of a row is left out."""
    sent = request.form.getlist(name, type=int)
    return [key for key in sent if 0 < key <= LARGEST_KEY]


def _themes(found: FollowUp) -> list[str]:
    plan = plan_or_none()
    return [found.theme, *plan.below(found.theme)] if plan and found.theme else []
