"""Groups of quartiers that overlap: the area of a conseil citoyen, of a social centre."""

from __future__ import annotations

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import GroupForm
from consult.manage.steps import LEAD, note_change, refuse, step_page
from consult.security import roles
from surveys import places, places_groups
from surveys.models import PlaceGroup
from surveys.places import PlaceError
from surveys.typography import french


@blueprint.get("/<slug>/preparation/quartiers/territoires/nouveau")
@roles(LEAD)
def new_group(slug: str) -> ResponseReturnValue:
    """Ask for a name and its quartiers."""
    return _page(_form(GroupForm(formdata=None)), None)


@blueprint.post("/<slug>/preparation/quartiers/territoires/nouveau")
@roles(LEAD)
def add_group(slug: str) -> ResponseReturnValue:
    """Keep a new territory."""
    return _save(None)


@blueprint.get("/<slug>/preparation/quartiers/territoires/<int:group_id>")
@roles(LEAD)
def group(slug: str, group_id: int) -> ResponseReturnValue:
    """A territory, to change or remove."""
    found = _group_or_404(group_id)
    rows = {row.group.id: row.place_ids for row in places_groups.of(db.session, g.consultation.id)}
    return _page(_form(GroupForm(formdata=None, name=found.name, places=list(rows[group_id]))), found)


@blueprint.post("/<slug>/preparation/quartiers/territoires/<int:group_id>")
@roles(LEAD)
def change_group(slug: str, group_id: int) -> ResponseReturnValue:
    """Keep what was changed of a territory."""
    return _save(_group_or_404(group_id))


@blueprint.post("/<slug>/preparation/quartiers/territoires/<int:group_id>/suppression")
@roles(LEAD)
def remove_group(slug: str, group_id: int) -> ResponseReturnValue:
    """Forget a territory; its quartiers stay."""
    found = _group_or_404(group_id)
    name = found.name
    places_groups.remove(db.session, found)
    return _done(_("« %(name)s » est supprimé ; ses quartiers restent.", name=name))


def _save(found: PlaceGroup | None) -> ResponseReturnValue:
    form = _form(GroupForm())
    if not form.validate():
        return _page(form, found)
    try:
        kept = places_groups.save(
            db.session, g.consultation.id, name=form.name.data or "", place_ids=form.places.data or [], group=found
        )
    except PlaceError as error:
        refuse(form, error.field, str(error))
        return _page(form, found)
    return _done(_("« %(name)s » est enregistré.", name=kept.name))


def _page(form: GroupForm, found: PlaceGroup | None) -> ResponseReturnValue:
    return step_page("manage/territory.html", form, group=found)


def _form(form: GroupForm) -> GroupForm:
    rows = [row for row in places.of(db.session, g.consultation.id) if not row.fixed]
    form.places.choices = [SelectChoice(row.place.id, row.place.name) for row in rows]
    return form


def _group_or_404(group_id: int) -> PlaceGroup:
    found = db.session.get(PlaceGroup, group_id)
    if found is None or found.consultation_id != g.consultation.id:
        abort(404)
    return found


def _done(said: str) -> ResponseReturnValue:
    note_change("territoire")
    db.session.commit()
    flash(french(said), "success")
    return redirect(url_for("manage.step_places", slug=g.consultation.slug, _anchor="territoires"))
