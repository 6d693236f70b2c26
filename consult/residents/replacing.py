"""An answer that takes the place of another: found once, by whoever comes first."""

from __future__ import annotations

from sqlalchemy import select

from consult.extensions import db
from consult.residents.tickets import Ticket
from surveys.models import Response


class GoneError(Exception):
    """The answer to be changed was changed or erased from another page: recording this one would bring it back."""


def to_replace(consultation_id: int, ticket: Ticket) -> Response | None:
    """The answer that a sending takes the place of; already gone when the same sending comes again."""
    if not ticket.replaces:
        return None
    return db.session.scalar(
        select(Response)
        .where(Response.consultation_id == consultation_id, Response.receipt_hash == ticket.replaces)
        .with_for_update()  # On PostgreSQL, two pages that change one answer meet here.
    )
