"""Importing notes: a file or a pasted text, read, looked over line by line, and only then stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from consult.extensions import db
from consult.field import blueprint
from consult.field.access import ROLES, meeting_or_404, places
from consult.field.checking import checked
from consult.field.rows import Row, identity, posted
from consult.security import roles
from surveys import staff
from surveys.importing.places import Places
from surveys.importing.places import load as load_places
from surveys.labels import LINE_KINDS, SPEAKERS, WORDINGS
from surveys.models import LineKind, Meeting, MeetingKind, Place, Speaker, Wording
from surveys.notes import reading, storing
from surveys.notes.note import LONGEST_TEXT, MOST_NOTES, Note, NotesError, named
from surveys.notes.reading import Reading
from surveys.notes.sheets import Columns, Role
from surveys.notes.storing import Kept
from surveys.words import ngettext
from surveys.workshops import LineFacts

_COLUMNS = ("text", "kind", "speaker", "carried", "wording", "table", "point")
#: A table longer than this is read again from its file: the form that carries it has a limit.
MOST_CARRIED_OVER = 60_000


@dataclass(frozen=True)
class Reviewed:
    """One line of the review: its row, and what the person should know of it."""

    row: Row
    heading: str = ""
    kept: bool = True
    merged: bool = False
    known: bool = False
    doubt: str = ""


@blueprint.get("/<int:meeting_id>/importer")
@roles(*ROLES)
def notes(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Where notes are given: a file, or a text to paste."""
    return _asked(slug, meeting_or_404(meeting_id))


@blueprint.post("/<int:meeting_id>/importer")
@roles(*ROLES)
def read_notes(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Read the notes and show what they would become; nothing is stored."""
    meeting, where = meeting_or_404(meeting_id), places()
    try:
        found = _read()
    except NotesError as error:
        return _asked(slug, meeting, error=str(error)), 422
    known = storing.known(db.session, meeting)
    names = load_places(db.session, g.consultation.id)
    rows = [_reviewed(note, names, known) for note in found.notes]
    return _review(slug, meeting, where, rows, found.columns)


@blueprint.post("/<int:meeting_id>/importer/lignes")
@roles(*ROLES)
def store_notes(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Store the lines kept, in their order; those that are there already are left as they are."""
    meeting, where = meeting_or_404(meeting_id), places()
    rows = list(_posted(storing.known(db.session, meeting)))
    wrong = [replace(one, row=result) for one in rows if one.kept for result in (_judged(one, where),) if result.errors]
    if wrong or not rows:
        fixed = {one.row.id: one for one in wrong}
        return _review(slug, meeting, where, [fixed.get(one.row.id, one) for one in rows], _columns()), 422
    kept = list(_merged(rows, where))
    if meeting.kind is MeetingKind.SEMINAR:
        kept = list(_hung(kept))
    added = storing.store(db.session, meeting=meeting, kept=kept)
    staff.audit(
        db.session, "notes", staff_id=g.staff.id, consultation_id=g.consultation.id, meeting_id=meeting.id, lines=added
    )
    db.session.commit()
    flash(_said(added, len(kept) - added), "success")
    return redirect(url_for("field.meeting", slug=slug, meeting_id=meeting_id))


def _read() -> Reading:
    columns = _columns()
    if columns is not None:
        return reading.read_columns(columns)
    sent = request.files.get("fichier")
    if sent is not None and sent.filename:
        return reading.read_file(sent.filename, sent.read(reading.MOST_BYTES + 1))
    return reading.read_text(request.form.get("texte", ""))


def _columns() -> Columns | None:
    """The table carried by the review, its columns taken for what the person says."""
    try:
        carried = json.loads(request.form.get("tableau") or "null")
        header, rows = carried["header"], carried["rows"]
        roles_ = tuple(Role(request.form.get(f"colonne-{rank}", "")) for rank in range(len(header)))
        texts = [[str(cell) for cell in row] for row in rows]
        return Columns(tuple(str(name) for name in header), roles_, texts)
    except (ValueError, TypeError, KeyError):
        return None


def _reviewed(note: Note, names: Places, known: set[str]) -> Reviewed:
    found = names.find(note.place) if note.place else None
    row = Row(
        id=note.id,
        text=note.text,
        kind=note.kind or LineKind.NEED,
        speaker=note.speaker or Speaker.RESIDENT,
        wording=note.wording or Wording.REPHRASED,
        carried="" if note.carried is None else str(note.carried),
        places=(found.slug,) if found else (),
        table=note.table,
        point=note.point,
    )
    doubt = ""
    if note.place and found is None:
        doubt = _(
            "« %(place)s » n’est pas un quartier connu : choisissez-le, ou laissez ceux de la rencontre.",
            place=note.place,
        )
    elif found is not None and found.confidence < 1:
        doubt = _("« %(place)s » est lu comme %(name)s : vérifiez.", place=note.place, name=found.name)
    return Reviewed(row, note.heading, kept=note.id not in known, known=note.id in known, doubt=doubt)


def _posted(known: set[str]) -> Iterator[Reviewed]:
    """The review as it was corrected."""
    ids = request.form.getlist("id")[:MOST_NOTES]
    columns = {name: request.form.getlist(name) for name in (*_COLUMNS, "place", "heading")}
    keep, merge = set(request.form.getlist("garder")), set(request.form.getlist("fusionner"))
    for rank, given in enumerate(ids):
        if not all(rank < len(column) for column in columns.values()):
            return
        values = MultiDict((name, columns[name][rank]) for name in _COLUMNS)
        values.setlist("places", [columns["place"][rank]] if columns["place"][rank] else [])
        row = posted(values, identity(given))
        yield Reviewed(
            row, columns["heading"][rank][:300], kept=given in keep, merged=given in merge, known=row.id in known
        )


def _judged(one: Reviewed, where: Sequence[Place]) -> Row:
    result = checked(one.row, places=where)
    return result if isinstance(result, Row) else replace(one.row, errors={})


def _merged(rows: Sequence[Reviewed], where: Sequence[Place]) -> Iterator[Kept]:
    """The lines to store, those marked so joined to the line above."""
    last: Kept | None = None
    for one in rows:
        facts = checked(one.row, places=where) if one.kept else None
        if not isinstance(facts, LineFacts):
            continue
        text = f"{last.facts.text} {facts.text}" if last is not None else ""
        if one.merged and last is not None and len(text) <= LONGEST_TEXT:
            last = replace(last, facts=replace(last.facts, text=text), sources=(*last.sources, facts.client_id))
            continue
        if last is not None:
            yield last
        last = Kept(facts, heading=one.heading)
    if last is not None:
        yield last


def _hung(kept: Sequence[Kept]) -> Iterator[Kept]:
    """In a seminar, the heading a line was found under is the branch it hangs from."""
    branches: dict[str, str] = {}
    for one in kept:
        if one.heading and one.heading not in branches:
            [branch] = named([Note(text=one.heading)])
            branches[one.heading] = f"b{branch.id}"
            yield Kept(
                LineFacts(client_id=branches[one.heading], text=one.heading, kind=LineKind.FACT, speaker=Speaker.ACTOR)
            )
        yield replace(one, facts=replace(one.facts, parent=branches.get(one.heading, "")))


def _said(added: int, known: int) -> str:
    words = ngettext("%(num)d ligne est ajoutée.", "%(num)d lignes sont ajoutées.", added, num=added)
    if known:
        there = ngettext("%(num)d y était déjà.", "%(num)d y étaient déjà.", known, num=known)
        words = f"{words} {there}"
    return words


def _asked(slug: str, meeting: Meeting, *, error: str = "") -> str:
    typed = "".join(sign for sign in request.form.get("texte", "") if sign.isprintable() or sign in "\r\n\t")
    return render_template("field/notes.html", slug=slug, meeting=meeting, error=error, typed=typed)


def _review(
    slug: str, meeting: Meeting, where: Sequence[Place], rows: Sequence[Reviewed], columns: Columns | None
) -> str:
    carried = ""
    if columns is not None:
        carried = json.dumps(
            {"header": columns.header, "rows": [list(row) for row in columns.rows]}, ensure_ascii=False
        )
    return render_template(
        "field/review.html",
        slug=slug,
        meeting=meeting,
        rows=rows,
        columns=columns if carried and len(carried) <= MOST_CARRIED_OVER else None,
        carried=carried,
        roles=_role_words(),
        kinds=LINE_KINDS,
        speakers=SPEAKERS,
        wordings=WORDINGS,
        options=[(place.slug, place.name) for place in where],
        walk=meeting.kind is MeetingKind.WALK,
        known=sum(one.known for one in rows),
    )


def _role_words() -> dict[str, Any]:
    words = {
        Role.NOTHING: _("ne pas lire"),
        Role.TEXT: _("texte"),
        Role.KIND: _("nature"),
        Role.SPEAKER: _("qui parle"),
    }
    words |= {Role.CARRIED: _("porté par, votes"), Role.PLACE: _("quartier"), Role.TABLE: _("table")}
    words |= {Role.POINT: _("point"), Role.WORDING: _("mot à mot ou non")}
    kinds = {Role(kind.value): _("texte : %(kind)s", kind=label) for kind, label in LINE_KINDS.items()}
    return {role.value: text for role, text in (words | kinds).items()}
