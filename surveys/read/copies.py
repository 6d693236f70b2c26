"""What is left out when figures are read without campaigns and duplicates."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from surveys.contributions import not_confirmed
from surveys.models import Contribution, Response, Twin, TwinGroup, Verdict


def set_aside(session: Session, consultation_id: int) -> set[int]:
    """Return the contributions of campaigns, and those of duplicates but one of each group."""
    return set(session.scalars(select(Twin.contribution_id).join(TwinGroup).where(*is_aside(consultation_id))))


def is_aside(consultation_id: int) -> tuple[ColumnElement[bool], ...]:
    """What is true of a `Twin` set aside, beside its `TwinGroup`."""
    other, said, sent = aliased(Twin), aliased(Contribution), aliased(Response)
    # The one that counts must be counted: a response confirmed to be a duplicate is not.
    counted = (
        select(func.min(other.contribution_id))
        .join(said, said.id == other.contribution_id)
        .outerjoin(sent, sent.key == said.response_key)
        .where(other.group_id == Twin.group_id, not_confirmed(sent))
        .correlate(Twin)
        .scalar_subquery()
    )
    copied = and_(TwinGroup.verdict == Verdict.DUPLICATE, Twin.contribution_id != counted)
    return TwinGroup.consultation_id == consultation_id, or_(TwinGroup.verdict == Verdict.CAMPAIGN, copied)
