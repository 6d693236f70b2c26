"""The quartiers of a file that are not surely known, shown to be decided; a decision may be kept as an alias."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.field import access
from consult.imports import blueprint, desk
from consult.imports.desk import ROLES
from consult.security import roles
from consult.staff import now
from surveys import staff
from surveys.importing.errors import TableError
from surveys.importing.folding import fold
from surveys.importing.mapping import MappingError
from surveys.importing.unsure import places_met
from surveys.models import PlaceAlias, Role
from surveys.places import called


@blueprint.get("/<import_key>/quartiers")
@roles(*ROLES)
def quartiers(slug: str, import_key: str) -> ResponseReturnValue:
    """Each unsure spelling, with the nearest quartier proposed."""
    one = desk.in_preparation(import_key)
    try:
        unsure = places_met(desk.reader(db.session, one, now().date()))
    except (TableError, MappingError):
        return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
    return render_template(
        "imports/places.html",
        slug=slug,
        one=one,
        said=one.choices,
        unsure=unsure,
        places=access.places(),
        leads=Role.LEAD in g.roles,
        decided=one.choices.get("places", {}),
    )


@blueprint.post("/<import_key>/quartiers")
@roles(*ROLES)
def decide(slug: str, import_key: str) -> ResponseReturnValue:
    """Keep what was decided of each spelling, as an alias where it is asked."""
    one = desk.in_preparation(import_key)
    places = {place.slug: place for place in access.places()}
    owners = called(db.session, g.consultation.id)
    decided, aliases = {}, 0
    for rank in range(min(len(request.form), 2_000)):
        text, chosen = request.form.get(f"text-{rank}"), request.form.get(f"place-{rank}", "")
        if text is None:
            break
        decided[text] = chosen if chosen in places else ""
        if chosen in places and request.form.get(f"alias-{rank}") and fold(text) not in owners and len(text) <= 200:
            db.session.add(PlaceAlias(place_id=places[chosen].id, alias=text))
            owners[fold(text)] = places[chosen].id
            aliases += 1
    one.choices = {**one.choices, "places": decided}
    one.plan, one.report = {}, {}
    if aliases:
        staff.audit(
            db.session, "quartiers.alias", staff_id=g.staff.id, consultation_id=g.consultation.id, count=aliases
        )
    db.session.commit()
    return redirect(url_for("imports.replies", slug=slug, import_key=import_key))
