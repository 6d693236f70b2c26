"""The lines of a rencontre, saved one by one by the script, or all together without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.field import blueprint, sheet
from consult.field.access import ROLES, line_or_404, meeting_or_404, places
from consult.field.checking import checked, revision_of
from consult.field.rows import Row, as_json, identity, numbered, posted, posted_all, shown
from consult.security import roles
from surveys import revising, workshops
from surveys.models import Meeting, Place
from surveys.revising import Conflict
from surveys.words import ngettext
from surveys.workshops import LineFacts


@blueprint.get("/<int:meeting_id>")
@roles(*ROLES)
def meeting(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The sheet: the lines noted so far, and empty rows to go on."""
    found, where = meeting_or_404(meeting_id), places()
    return sheet.page(found, where, numbered(workshops.lines_of(db.session, found), where))


@blueprint.post("/<int:meeting_id>")
@roles(*ROLES)
def save_lines(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Store every row that is right and nobody else changed; show the others again as they were typed."""
    found, where = meeting_or_404(meeting_id), places()
    before = {line.client_id: shown(line, where) for line in workshops.lines_of(db.session, found)}
    rows = [row for row in posted_all(request.form, before) if row.text or row.id in before]
    results = [_stored(row, found, where) for row in rows]
    db.session.commit()
    if any(row.errors for row in results):
        return sheet.page(found, where, results, status=422)
    return _after_save(slug, found, len(results))


@blueprint.put("/<int:meeting_id>/lignes/<line_id>")
@roles(*ROLES)
def save_line(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Store one line, however often it is sent; 422 says by field what to mend, 409 what somebody else wrote."""
    found, where = meeting_or_404(meeting_id), places()
    if identity(line_id) != line_id:
        abort(404)
    line = workshops.find_line(db.session, meeting=found, client_id=line_id)
    before = shown(workshops.facts_of(db.session, line), where) if line else None
    row = posted(request.form, line_id, before)
    result = checked(row, places=where)
    if isinstance(result, Row):
        return jsonify(errors=result.errors), 422
    saved = revising.write(
        db.session,
        meeting=found,
        facts=result,
        base=revision_of(row),
        writer=request.form.get("writer", "")[:64],
        after=request.form.get("after", ""),
    )
    if isinstance(saved, Conflict):
        return jsonify(theirs=as_json(shown(saved.theirs, where))), 409
    db.session.commit()
    return jsonify(saved=True, revision=saved.line.revision, uncoded=saved.uncoded)


@blueprint.delete("/<int:meeting_id>/lignes/<line_id>")
@roles(*ROLES)
def delete_line(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Take one line away, unless somebody changed it since; the page can put it back by sending it again."""
    found, where = meeting_or_404(meeting_id), places()
    line = workshops.find_line(db.session, meeting=found, client_id=line_id)
    base = request.args.get("revision", type=int)
    if line is not None and base and base < line.revision and line.writer != request.args.get("writer"):
        return jsonify(theirs=as_json(shown(workshops.facts_of(db.session, line), where))), 409
    workshops.remove_line(db.session, meeting=found, client_id=line_id)
    db.session.commit()
    return jsonify(saved=True)


@blueprint.put("/<int:meeting_id>/ordre")
@roles(*ROLES)
def order_lines(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Put the lines in the order given; those that are not named keep theirs, after them."""
    revising.reorder(db.session, meeting=meeting_or_404(meeting_id), names=request.form.getlist("id"))
    db.session.commit()
    return jsonify(saved=True)


@blueprint.get("/<int:meeting_id>/lignes/<line_id>/supprimer")
@roles(*ROLES)
def ask_to_remove(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Ask once, in words, whether a line must go."""
    found = meeting_or_404(meeting_id)
    return render_template("field/remove.html", meeting=found, line=line_or_404(found, line_id), slug=slug)


@blueprint.post("/<int:meeting_id>/lignes/<line_id>/supprimer")
@roles(*ROLES)
def remove_line(slug: str, meeting_id: int, line_id: str) -> ResponseReturnValue:
    """Take the line away once confirmed."""
    workshops.remove_line(db.session, meeting=meeting_or_404(meeting_id), client_id=line_id)
    db.session.commit()
    flash(_("La ligne est supprimée."), "success")
    return redirect(url_for("field.meeting", slug=slug, meeting_id=meeting_id))


def _stored(row: Row, meeting: Meeting, where: Sequence[Place]) -> Row:
    """The row once stored, or with what keeps it from being."""
    result = checked(row, places=where)
    if not isinstance(result, LineFacts):
        return result
    saved = revising.write(
        db.session, meeting=meeting, facts=result, base=revision_of(row), writer=f"compte-{g.staff.id}"
    )
    if isinstance(saved, Conflict):
        words = _(
            "Quelqu’un d’autre a changé cette ligne entre-temps : « %(text)s ». Pour garder votre texte, enregistrez "
            "de nouveau ; pour garder l’autre, recopiez-le.",
            text=saved.theirs.text,
        )
        return replace(row, errors={"text": words}, revision=str(saved.theirs.revision))
    return replace(shown(workshops.facts_of(db.session, saved.line), where), depth=row.depth, under=row.under)


def _after_save(slug: str, found: Meeting, count: int) -> ResponseReturnValue:
    if line_id := request.form.get("remove"):
        address = url_for("field.ask_to_remove", slug=slug, meeting_id=found.id, line_id=identity(line_id))
        return redirect(address)
    flash(ngettext("%(num)d ligne est enregistrée.", "%(num)d lignes sont enregistrées.", count, num=count), "success")
    return redirect(url_for("field.meeting", slug=slug, meeting_id=found.id) + "#suite")
