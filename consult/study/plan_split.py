"""Sharing out a theme: parts proposed from what was said in it, which a person names, keeps or leaves."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.plan import Plan
from consult.study.plan_pages import by, done, theme_or_404, theme_url
from consult.study.runs import ROLES
from surveys import review
from surveys.models import Theme
from surveys.planning import parting
from surveys.planning.board import PlanError

#: Parts a page may send: those proposed, never as many as somebody could write.
_MOST_PARTS = 8
#: Texts asked of the database: more than are read, for several may be spelt alike.
_MOST_TEXTS = 4_000


@dataclass(frozen=True, slots=True)
class Shown:
    """One part as the page shows it: what was proposed, or what was typed before a refusal."""

    label: str
    keywords: tuple[str, ...]
    extracts: tuple[str, ...]
    ideas: int
    kept: bool = True


@blueprint.get("/plan/partager/<path:stable_id>")
@roles(*ROLES)
def choose_parts(slug: str, stable_id: str) -> ResponseReturnValue:
    """The parts proposed from what was said directly in the theme, its sub-themes left as they are."""
    from analysis import splitting

    plan, found = theme_or_404(stable_id)
    said = review.texts(db.session, g.consultation.id, [found.stable_id], most=_MOST_TEXTS)
    db.session.rollback()  # nothing is held while the machine reads
    proposal = splitting.propose(said)
    plan, found = theme_or_404(stable_id)
    shown = [Shown(part.label, part.keywords, part.extracts, part.ideas) for part in proposal.parts]
    return _page(slug, plan, found, shown, left=proposal.left, texts=proposal.texts, fewest=splitting.FEWEST)


@blueprint.post("/plan/partager/<path:stable_id>")
@roles(*ROLES)
def split(slug: str, stable_id: str) -> ResponseReturnValue:
    """Add the parts that were kept as sub-themes."""
    plan, found = theme_or_404(stable_id)
    shown = _posted()
    kept = [rank for rank, part in enumerate(shown) if part.kept]
    parts = [parting.Part(shown[rank].label, shown[rank].extracts) for rank in kept]
    retired = bool(request.form.get("retirer"))
    try:
        change = parting.split(db.session, plan.version, stable_id, parts, by(), retired=retired)
    except PlanError as refusal:
        db.session.rollback()
        plan, found = theme_or_404(stable_id)
        number = refusal.field.removeprefix("label-")
        at = kept[int(number)] if number.isdecimal() else -1
        return _page(slug, plan, found, shown, refused=str(refusal), at=at), 422
    up = found.parent if found.parent else stable_id
    return done(change, theme_url(slug, up))


def _posted() -> list[Shown]:
    count = min(max(request.form.get("parties", 0, type=int), 0), _MOST_PARTS)
    return [
        Shown(
            label=request.form.get(f"label-{rank}", ""),
            keywords=tuple(request.form.getlist(f"mot-{rank}")),
            extracts=tuple(request.form.getlist(f"extrait-{rank}")),
            ideas=min(max(request.form.get(f"idees-{rank}", 0, type=int), 0), 10**9),
            kept=f"garder-{rank}" in request.form,
        )
        for rank in range(count)
    ]


def _page(
    slug: str,
    plan: Plan,
    found: Theme,
    shown: list[Shown],
    *,
    left: int = 0,
    texts: int = 0,
    fewest: int = 0,
    refused: str = "",
    at: int = -1,
) -> str:
    return render_template(
        "study/split.html",
        slug=slug,
        plan=plan,
        theme=found,
        parts=shown,
        left=left,
        texts=texts,
        fewest=fewest,
        refused=refused,
        at=at,
        retiring=request.method == "GET" or "retirer" in request.form,
    )
