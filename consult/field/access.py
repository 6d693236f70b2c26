"""What every view of the field needs: the rencontre of the address, and the quartiers of its consultation."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, g

from consult.extensions import db
from surveys import workshops
from surveys.models import Line, Meeting, Place
from surveys.places import in_order

ROLES = ("chef-de-projet", "charge-etude", "animateur")


def meeting_or_404(meeting_id: int) -> Meeting:
    """The rencontre, if it belongs to the consultation being read."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or meeting.consultation_id != g.consultation.id:
        abort(404)
    return meeting


def line_or_404(meeting: Meeting, line_id: str) -> Line:
    """The line of a rencontre that its device named so."""
    line = workshops.find_line(db.session, meeting=meeting, client_id=line_id)
    if line is None:
        abort(404)
    return line


def places() -> Sequence[Place]:
    """The quartiers of the consultation, in its order."""
    return in_order(db.session, g.consultation.id)
