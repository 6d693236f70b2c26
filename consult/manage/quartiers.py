"""The quartiers of a consultation: the list, one of them, their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import PlaceForm
from consult.manage.steps import LEAD, note_change, refuse, step_page
from consult.outlines import Frame, Geometry, frame
from consult.security import roles
from surveys import places, places_files, places_groups
from surveys.labels import PLACE_KINDS
from surveys.models import PlaceKind
from surveys.places import PlaceError, PlaceFacts, PlaceRow
from surveys.typography import french

#: Beyond so many, drawing each contour among all the others would weigh more than it tells.
PLACED = 12


@blueprint.get("/<slug>/preparation/quartiers")
@roles(LEAD)
def step_places(slug: str) -> ResponseReturnValue:
    """Every place with its contour, and how to add more."""
    return list_page(PlaceForm(formdata=None))


@blueprint.post("/<slug>/preparation/quartiers")
@roles(LEAD)
def add_place(slug: str) -> ResponseReturnValue:
    """Add a quartier typed by hand."""
    form = PlaceForm()
    if not form.validate():
        return list_page(form)
    try:
        place = places.add(db.session, g.consultation.id, _facts(form))
    except PlaceError as error:
        refuse(form, error.field, str(error))
        return list_page(form)
    return _done(_("« %(name)s » est ajouté.", name=place.name), "quartier.ajout", place.id)


@blueprint.get("/<slug>/preparation/quartiers/<int:place_id>")
@roles(LEAD)
def place(slug: str, place_id: int) -> ResponseReturnValue:
    """One place, to change or remove."""
    row = _row_or_404(place_id)
    data = {name: getattr(row.place, name) for name in ("name", "code", "population")}
    form = PlaceForm(formdata=None, data=data | {"kind": row.place.kind.value, "aliases": "\n".join(row.aliases)})
    return _place_page(form, row)


@blueprint.post("/<slug>/preparation/quartiers/<int:place_id>")
@roles(LEAD)
def change_place(slug: str, place_id: int) -> ResponseReturnValue:
    """Keep what was changed of a place."""
    row, form = _row_or_404(place_id), PlaceForm()
    if row.fixed:
        # These have no kind to choose, and the page shows none.
        form.kind.validate_choice = False
    if not form.validate():
        return _place_page(form, row)
    try:
        places.change(db.session, row.place, _facts(form, row))
    except PlaceError as error:
        refuse(form, error.field, str(error))
        return _place_page(form, row)
    return _done(_("« %(name)s » est enregistré.", name=row.place.name), "quartier.changement", place_id)


@blueprint.post("/<slug>/preparation/quartiers/<int:place_id>/ordre")
@roles(LEAD)
def move_place(slug: str, place_id: int) -> ResponseReturnValue:
    """One rank up or down."""
    row = _row_or_404(place_id)
    places.move(db.session, row.place, -1 if request.form.get("sens") == "haut" else 1)
    return _done("", "quartier.ordre", place_id)


@blueprint.post("/<slug>/preparation/quartiers/<int:place_id>/suppression")
@roles(LEAD)
def remove_place(slug: str, place_id: int) -> ResponseReturnValue:
    """Remove a quartier nobody spoke of."""
    row = _row_or_404(place_id)
    name = row.place.name
    try:
        places.remove(db.session, row.place)
    except PlaceError as error:
        flash(french(str(error)), "error")
        return redirect(url_for("manage.place", slug=slug, place_id=place_id))
    return _done(_("« %(name)s » est supprimé.", name=name), "quartier.suppression", place_id)


def list_page(form: PlaceForm, *, status: int = 0, **values: Any) -> ResponseReturnValue:
    """The list of places, with a form to add one."""
    rows = places.of(db.session, g.consultation.id)
    return step_page(
        "manage/quartiers.html",
        form,
        status=status,
        rows=rows,
        drawn=drawn([row.place.contour for row in rows if row.place.contour]),
        kinds=PLACE_KINDS,
        groups=places_groups.of(db.session, g.consultation.id),
        names={row.place.id: row.place.name for row in rows},
        waiting=places_files.kept(db.session, g.consultation.id),
        **values,
    )


def place_choices(*, none: str) -> list[SelectChoice]:
    """The quartiers to choose from, after a first choice that names none."""
    rows = [row for row in places.of(db.session, g.consultation.id) if not row.fixed]
    return [SelectChoice("", none), *(SelectChoice(str(row.place.id), row.place.name) for row in rows)]


def drawn(contours: list[Geometry]) -> Callable[[Geometry], tuple[Frame | None, list[Geometry]]]:
    """How to draw each contour of a list: placed among the others while they are few, else alone."""
    together = frame(contours)

    def one(contour: Geometry) -> tuple[Frame | None, list[Geometry]]:
        return (together, contours) if len(contours) <= PLACED else (frame([contour]), [])

    return one


def _place_page(form: PlaceForm, row: PlaceRow) -> ResponseReturnValue:
    used = places.is_used(db.session, row.place)
    own = frame([row.place.contour]) if row.place.contour else None
    return step_page("manage/quartier.html", form, row=row, used=used, frame=own)


def _row_or_404(place_id: int) -> PlaceRow:
    rows = {row.place.id: row for row in places.of(db.session, g.consultation.id)}
    if place_id not in rows:
        abort(404)
    return rows[place_id]


def _facts(form: PlaceForm, row: PlaceRow | None = None) -> PlaceFacts:
    return PlaceFacts(
        name=form.name.data or "",
        code=form.code.data or "",
        population=form.population.data,
        kind=row.place.kind if row and row.fixed else PlaceKind(form.kind.data),
        aliases=places_files.aliases_of(form.aliases.data or ""),
    )


def _done(said: str, action: str, place_id: int) -> ResponseReturnValue:
    note_change(action, place_id=place_id)
    db.session.commit()
    if said:
        flash(french(said), "success")
    anchor = None if said else f"q{place_id}"
    return redirect(url_for("manage.step_places", slug=g.consultation.slug, _anchor=anchor))
