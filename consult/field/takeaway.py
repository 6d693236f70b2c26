"""What a facilitator takes away from a rencontre: its lines in a file, and minutes to print or send."""

from __future__ import annotations

from io import BytesIO

from flask import g, render_template, send_file
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.field import blueprint
from consult.field.access import ROLES, meeting_or_404, places
from consult.security import roles
from surveys import photos, workshops
from surveys.exporting import rencontres
from surveys.facts import AGE_BANDS
from surveys.labels import LINE_KINDS, MEETING_KINDS, SPEAKERS
from surveys.models import Meeting

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<int:meeting_id>/compte-rendu")
@roles(*ROLES)
def minutes(slug: str, meeting_id: int) -> ResponseReturnValue:
    """What was done and said, on paper: who came, how, then the lines by kind."""
    meeting, where = meeting_or_404(meeting_id), places()
    lines = workshops.lines_of(db.session, meeting)
    own = workshops.place_ids_of(db.session, meeting)
    return render_template(
        "field/minutes.html",
        slug=slug,
        meeting=meeting,
        meeting_kind=MEETING_KINDS[meeting.kind],
        places=[place.name for place in where if place.id in own],
        names={place.id: place.name for place in where},
        by_kind=[(words, [line for line in lines if line.kind is kind]) for kind, words in LINE_KINDS.items()],
        count=len(lines),
        bands=[(AGE_BANDS[band], count) for band, count in (meeting.age_counts or {}).items() if band in AGE_BANDS],
        speakers=SPEAKERS,
        photos=photos.lines_with_one(db.session, meeting),
        consultation=g.consultation,
    )


@blueprint.get("/<int:meeting_id>/lignes.csv")
@roles(*ROLES)
def lines_csv(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The lines as a text table."""
    meeting = meeting_or_404(meeting_id)
    content = rencontres.as_csv(*rencontres.table(db.session, meeting))
    return send_file(BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=_name(meeting, "csv"))


@blueprint.get("/<int:meeting_id>/lignes.xlsx")
@roles(*ROLES)
def lines_workbook(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The lines as a workbook."""
    meeting = meeting_or_404(meeting_id)
    content = rencontres.as_workbook(*rencontres.table(db.session, meeting), title=meeting.title)
    return send_file(BytesIO(content), mimetype=WORKBOOK, as_attachment=True, download_name=_name(meeting, "xlsx"))


def _name(meeting: Meeting, suffix: str) -> str:
    return f"rencontre-{meeting.day.isoformat()}-{meeting.id}.{suffix}"
