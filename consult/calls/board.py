"""The targets and how far they are: watched by who calls, never used to turn anybody away."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.calls import blueprint
from consult.calls.callers import LEAD, WATCHERS
from consult.calls.uploads import table_sent
from consult.extensions import db
from consult.field import access
from consult.security import roles
from surveys import calls_list, targets
from surveys.importing.errors import TableError
from surveys.labels import CALL_OUTCOMES, TARGET_SEXES
from surveys.targets import Facts, TargetError
from surveys.words import ngettext

FIELDS = ("quartier", "age", "sexe", "objectif")


@blueprint.get("/objectifs")
@roles(*WATCHERS)
def board(slug: str) -> ResponseReturnValue:
    """Every target, what is reached and what is missing."""
    return _board(slug)


@blueprint.post("/objectifs")
@roles(LEAD)
def set_target(slug: str) -> ResponseReturnValue:
    """Store one target as typed."""
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    places = {str(place.id): place.id for place in access.places()}
    try:
        if typed["quartier"] not in places:
            raise TargetError(_("Choisissez un quartier."))
        facts = Facts(
            places[typed["quartier"]],
            targets.age_of(typed["age"]),
            targets.sex_of(typed["sexe"]),
            targets.wanted_of(typed["objectif"]),
        )
    except TargetError as reason:
        return _board(slug, typed=typed, trouble=str(reason)), 422
    targets.keep(db.session, facts)
    db.session.commit()
    flash(_("L’objectif est enregistré."), "success")
    return redirect(url_for("calls.board", slug=slug))


@blueprint.post("/objectifs/retirer")
@roles(LEAD)
def remove_target(slug: str) -> ResponseReturnValue:
    """Forget one target; it can be typed again."""
    place_id = request.form.get("quartier", 0, int)
    if place_id in {place.id for place in access.places()}:
        age, sex = request.form.get("age", ""), request.form.get("sexe", "")
        targets.remove(db.session, place_id=place_id, age=age, sex=sex)
        db.session.commit()
        flash(_("L’objectif est retiré."), "success")
    return redirect(url_for("calls.board", slug=slug))


@blueprint.post("/objectifs/importer")
@roles(LEAD)
def bring_targets(slug: str) -> ResponseReturnValue:
    """Store the targets of a file, and say which rows were not understood."""
    try:
        kept, refused = targets.bring_in(db.session, g.consultation.id, table_sent("fichier"))
    except TableError as reason:
        db.session.rollback()
        return _board(slug, trouble=str(reason)), 422
    db.session.commit()
    flash(ngettext("%(num)d objectif enregistré.", "%(num)d objectifs enregistrés.", kept, num=kept), "success")
    if refused:
        return _board(slug, refused=refused), 422
    return redirect(url_for("calls.board", slug=slug))


def _board(
    slug: str, *, typed: dict[str, str] | None = None, trouble: str = "", refused: list[str] | None = None
) -> str:
    rows = targets.board(db.session, g.consultation.id)
    return render_template(
        "calls/board.html",
        slug=slug,
        rows=rows,
        wanted=sum(row.wanted for row in rows),
        reached=sum(min(row.reached, row.wanted) for row in rows),
        agents=calls_list.agents(db.session, g.consultation.id),
        outcomes=CALL_OUTCOMES,
        places=access.places(),
        sexes=TARGET_SEXES,
        age_words=targets.age_words,
        typed=typed or {},
        trouble=trouble,
        refused=refused or [],
        may_change=LEAD in g.roles,
    )
