"""Versions that the committee reads: freezing one, choosing which, and what moved from one to another."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.moved import Change, changes
from consult.copil.material import load
from consult.extensions import db
from consult.filters import day
from consult.security import roles
from consult.staff import now
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.quality import unsure_themes
from consult.study.runs import ROLES
from surveys import contributions, frozen, read, staff
from surveys import runs as history
from surveys.models import FrozenState, FrozenVersion
from surveys.read import Moved


@dataclass(frozen=True)
class Row:
    """A theme in two states: its figures as the committee may see them, and the ideas that came and went."""

    change: Change
    moved: Moved

    @property
    def stirred(self) -> bool:
        """Whether anything of it differs from one state to the other."""
        return self.moved != Moved(0, 0) or self.change.before != self.change.after


@blueprint.get("/versions")
@roles(*ROLES)
def frozen_versions(slug: str) -> ResponseReturnValue:
    """The versions kept, which one the committee reads, and a name for the next."""
    return _page(typed=_("COPIL du %(day)s", day=day(now())))


@blueprint.post("/versions")
@roles(*ROLES)
def freeze(slug: str) -> ResponseReturnValue:
    """Freeze what is said now and let the committee read it."""
    name = request.form.get("name", "")
    steps = frozen.freeze(
        db.session,
        g.consultation.id,
        name=name,
        staff_id=g.staff.id,
        at=staff.utc_now(),
        unsure=unsure_themes(),
    )
    try:
        version_id = next(steps)
        db.session.commit()
        for _batch in steps:
            db.session.commit()  # short transactions: residents answer meanwhile
    except frozen.FrozenError as refusal:
        db.session.commit()
        return _page(typed=name, refused=str(refusal)), 422
    audit("version.figee", frozen_id=version_id)
    db.session.commit()
    flash(_("La version est figée : le comité la lit à partir de maintenant."), "success")
    return redirect(url_for("study.frozen_versions", slug=slug))


@blueprint.post("/versions/<int:frozen_id>/en-vigueur")
@roles(*ROLES)
def put_in_force(slug: str, frozen_id: int) -> ResponseReturnValue:
    """Let the committee read a version kept."""
    found = _version_or_404(frozen_id)
    frozen.in_force(db.session, found)
    audit("version.en-vigueur", frozen_id=found.id)
    db.session.commit()
    flash(_("Le comité lit maintenant « %(name)s ».", name=found.name), "success")
    return redirect(url_for("study.frozen_versions", slug=slug))


@blueprint.post("/versions/lever")
@roles(*ROLES)
def lift(slug: str) -> ResponseReturnValue:
    """Let the committee read what is said now; the versions are kept."""
    if frozen.lift(db.session, g.consultation.id):
        audit("version.levee")
        db.session.commit()
        flash(_("Le comité lit de nouveau l’état du jour."), "success")
    return redirect(url_for("study.frozen_versions", slug=slug))


@blueprint.post("/versions/<int:frozen_id>/effacement")
@roles(*ROLES)
def forget_version(slug: str, frozen_id: int) -> ResponseReturnValue:
    """Erase a version kept; what it pointed to stays."""
    found = _version_or_404(frozen_id)
    name = found.name
    try:
        frozen.forget(db.session, found)
    except frozen.FrozenError as refusal:
        return _page(typed="", refused=str(refusal)), 422
    audit("version.effacee", frozen_id=frozen_id)
    db.session.commit()
    flash(_("La version « %(name)s » est effacée.", name=name), "success")
    return redirect(url_for("study.frozen_versions", slug=slug))


@blueprint.get("/versions/<int:frozen_id>")
@roles(*ROLES)
def frozen_version(slug: str, frozen_id: int) -> ResponseReturnValue:
    """What moved from a version to another, or to what is said now, theme by theme."""
    found, other = _version_or_404(frozen_id), _other()
    moved = read.moves(db.session, g.consultation.id, found.id, other.id if other else None)
    before, after = (load(db.session, g.consultation, frozen=_row(one)).material for one in (found, other))
    found_changes = changes(before, after, k=g.consultation.k_copil)
    rows = [Row(one, moved.get(one.code, Moved(0, 0))) for one in found_changes.themes]
    return render_template(
        "study/frozen_version.html",
        slug=slug,
        version=found,
        in_force=FrozenState.IN_FORCE,
        other=other,
        versions=frozen.versions(db.session, g.consultation.id),
        bases=(found_changes.before, found_changes.after),
        rows=[row for row in rows if row.stirred],
        still=sum(not row.stirred for row in rows),
        changed=read.changed_since(db.session, g.consultation.id, found.id) if other is None else None,
    )


def _page(*, typed: str, refused: str = "") -> str:
    one = g.consultation.id
    return render_template(
        "study/frozen.html",
        slug=g.consultation.slug,
        versions=frozen.versions(db.session, one),
        in_force=FrozenState.IN_FORCE,
        last=history.latest_done(db.session, one),
        waiting=contributions.waiting(db.session, one),
        typed=typed,
        refused=refused,
    )


def _other() -> FrozenVersion | None:
    wanted = request.args.get("avec", 0, type=int)
    return _version_or_404(wanted) if wanted else None


def _row(version: FrozenVersion | None) -> read.FrozenRow | None:
    return read.frozen_row(db.session, g.consultation.id, version.id) if version else None


def _version_or_404(frozen_id: int) -> FrozenVersion:
    found = frozen.version(db.session, g.consultation.id, frozen_id)
    if found is None:
        abort(404)
    return found
