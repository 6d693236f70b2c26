"""Quartiers from a file: read, looked over line by line, then taken."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import uploads
from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import PlaceForm
from consult.manage.quartiers import drawn, list_page
from consult.manage.steps import LEAD, note_change, step_page
from consult.security import roles
from consult.staff import now
from surveys import places_files, places_importing
from surveys.importing.errors import TableError
from surveys.labels import PLACE_KINDS
from surveys.places_importing import Outcome
from surveys.words import ngettext


@blueprint.post("/<slug>/preparation/quartiers/fichier")
@roles(LEAD)
def read_places(slug: str) -> ResponseReturnValue:
    """Read a file and set it aside to be looked over; nothing is taken yet."""
    try:
        name, content = uploads.sent(places_files.MOST_BYTES)
        found = places_files.read(content, filename=name)
    except TableError as error:
        return list_page(PlaceForm(formdata=None), status=422, troubles=str(error).splitlines())
    places_files.keep(db.session, g.consultation.id, found, filename=name, at=now())
    note_change("quartiers.fichier", count=len(found))
    db.session.commit()
    return redirect(url_for("manage.review_places", slug=slug))


@blueprint.get("/<slug>/preparation/quartiers/fichier")
@roles(LEAD)
def review_places(slug: str) -> ResponseReturnValue:
    """What the file set aside would do, quartier by quartier."""
    kept = places_files.kept(db.session, g.consultation.id)
    if kept is None:
        return redirect(url_for("manage.step_places", slug=slug))
    proposals = places_importing.plan(db.session, g.consultation.id, kept[1])
    return step_page(
        "manage/quartier_review.html",
        filename=kept[0],
        proposals=proposals,
        useful=any(proposal.outcome in {Outcome.NEW, Outcome.CHANGED} for proposal in proposals),
        drawn=drawn([facts.contour for facts in kept[1] if facts.contour]),
        kinds=PLACE_KINDS,
    )


@blueprint.post("/<slug>/preparation/quartiers/fichier/reprise")
@roles(LEAD)
def take_places(slug: str) -> ResponseReturnValue:
    """Take the quartiers ticked, or leave the file aside."""
    kept = places_files.kept(db.session, g.consultation.id)
    if kept is not None:
        wanted = {int(rank) for rank in request.form.getlist("rang") if rank.isdecimal() and len(rank) < 5}
        leaves = request.form.get("faire") == "laisser"
        taken = 0 if leaves else places_importing.apply(db.session, g.consultation.id, kept[1], wanted=wanted)
        places_files.forget(db.session, g.consultation.id)
        note_change("quartiers.reprise", count=taken)
        db.session.commit()
        flash(_("Le fichier est laissé de côté.") if leaves else _taken(taken), "success")
    return redirect(url_for("manage.step_places", slug=slug))


def _taken(count: int) -> str:
    return ngettext(
        "%(num)d quartier est repris du fichier.", "%(num)d quartiers sont repris du fichier.", count, num=count
    )
