"""A diagnostic en marchant: its points in order on the outline of the quartier, their place and their photograph."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from flask import flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import outlines
from consult.extensions import db
from consult.field import blueprint, sheet
from consult.field.access import ROLES, line_or_404, meeting_or_404, places
from consult.field.checking import checked
from consult.field.rows import Row, posted, shown
from consult.security import roles
from surveys import photos, revising, workshops
from surveys.labels import MANAGERS, MEETING_KINDS
from surveys.models import Line, Meeting, Place
from surveys.photos import PhotoError
from surveys.workshops import LineFacts

SIDE = 480.0


@blueprint.get("/<int:meeting_id>/parcours")
@roles(*ROLES)
def route(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The route sheet: every point in its order, drawn and written, to print or to walk again."""
    meeting, where = meeting_or_404(meeting_id), places()
    lines = workshops.lines_of(db.session, meeting)
    own = _own(meeting, where)
    return render_template(
        "field/route.html",
        slug=slug,
        meeting=meeting,
        meeting_kind=MEETING_KINDS[meeting.kind],
        lines=lines,
        places=own,
        frame=_frame(own, lines),
        managers=MANAGERS,
        photos=photos.lines_with_one(db.session, meeting),
    )


@blueprint.get("/<int:meeting_id>/lignes/<line_id>/point")
@roles(*ROLES)
def point(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """One point: where it stands, touched on the outline or typed, and its photograph."""
    meeting, where = meeting_or_404(meeting_id), places()
    line = line_or_404(meeting, line_id)
    return _point_page(slug, meeting, where, line, shown(workshops.facts_of(db.session, line), where))


@blueprint.post("/<int:meeting_id>/lignes/<line_id>/point")
@roles(*ROLES)
def save_point(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Store where a point stands and its photograph; what cannot be is said beside its field."""
    meeting, where = meeting_or_404(meeting_id), places()
    line = line_or_404(meeting, line_id)
    stored = shown(workshops.facts_of(db.session, line), where)
    typed = posted(request.form, line_id, stored)
    result = checked(Row(**{**typed.__dict__, "places": stored.places}), places=where)
    if not isinstance(result, LineFacts):
        return _point_page(slug, meeting, where, line, result, status=422)
    workshops.record_line(db.session, meeting=meeting, facts=result)
    try:
        _photograph(line)
    except PhotoError as error:
        db.session.commit()
        again = Row(**{**typed.__dict__, "errors": {"photo": str(error)}})
        return _point_page(slug, meeting, where, line, again, status=422)
    db.session.commit()
    flash(_("Le point est enregistré."), "success")
    return redirect(url_for("field.route", slug=slug, meeting_id=meeting_id))


@blueprint.post("/<int:meeting_id>/lignes/<line_id>/deplacer")
@roles(*ROLES)
def move_point(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Move a point one place up or down the route."""
    meeting = meeting_or_404(meeting_id)
    line_or_404(meeting, line_id)
    names = [line.client_id for line in workshops.lines_of(db.session, meeting)]
    rank = names.index(line_id)
    other = rank - 1 if request.form.get("sens") == "haut" else rank + 1
    if 0 <= other < len(names):
        names[rank], names[other] = names[other], names[rank]
        revising.reorder(db.session, meeting=meeting, names=names)
    db.session.commit()
    return redirect(url_for("field.route", slug=slug, meeting_id=meeting_id) + f"#point-{line_id}")


@blueprint.put("/<int:meeting_id>/lignes/<line_id>/photo")
@roles(*ROLES)
def save_photo(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Store the photograph that a device sends, however often it does."""
    line = line_or_404(meeting_or_404(meeting_id), line_id)
    try:
        photos.attach(db.session, line=line, data=request.get_data(cache=False))
    except PhotoError as error:
        return jsonify(errors={"photo": str(error)}), 422
    db.session.commit()
    return jsonify(saved=True)


@blueprint.get("/<int:meeting_id>/lignes/<line_id>/photo.jpg")
@roles(*ROLES)
def photo(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """The photograph of a point, for the team of this consultation alone; nothing for a point without one."""
    found = photos.of_line(db.session, line_or_404(meeting_or_404(meeting_id), line_id))
    if found is None:
        return "", 204
    return send_file(BytesIO(found.content), mimetype="image/jpeg", download_name=f"point-{line_id}.jpg")


def _photograph(line: Line) -> None:
    sent = request.files.get("photo")
    if request.form.get("sans_photo"):
        photos.detach(db.session, line=line)
    elif sent is not None and sent.filename:
        photos.attach(db.session, line=line, data=sent.read())


def _point_page(
    slug: str, meeting: Meeting, where: Sequence[Place], line: Line, row: Row, *, status: int = 200
) -> ResponseReturnValue:
    own = _own(meeting, where)
    lines = workshops.lines_of(db.session, meeting)
    html = render_template(
        "field/point.html",
        slug=slug,
        meeting=meeting,
        row=row,
        number=[one.client_id for one in lines].index(line.client_id) + 1,
        lines=lines,
        places=own,
        frame=_frame(own, lines),
        managers=MANAGERS,
        photo=photos.of_line(db.session, line) is not None,
    )
    return sheet.located(html, status)


def _own(meeting: Meeting, where: Sequence[Place]) -> list[Place]:
    """The quartiers walked that have a contour."""
    own = workshops.place_ids_of(db.session, meeting)
    return [place for place in where if place.id in own and place.contour]


def _frame(own: Sequence[Place], lines: Sequence[LineFacts]) -> outlines.Frame | None:
    points = [
        (line.longitude, line.latitude) for line in lines if line.latitude is not None and line.longitude is not None
    ]
    return outlines.frame([place.contour for place in own if place.contour], points, side=SIDE)
