"""After the last day answers are kept, nothing anybody said is left: totals alone, in groups that tell nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from surveys import stricken
from surveys.models import (
    Consultation,
    Contact,
    Contribution,
    FileImport,
    FrozenVersion,
    Idea,
    ImportContent,
    Kiosk,
    Line,
    MaskingWord,
    Meeting,
    Place,
    PlaceDraft,
    PlaceRole,
    PlanChange,
    Purge,
    Response,
    ResponsePlace,
    Run,
    Sample,
    TwinGroup,
)
from surveys.planning.forgetting import forget, quoted, words_of

#: How long before the day the team is warned.
WARNING = dt.timedelta(days=60)
#: The group that holds those too small to stand alone.
OTHERS = ""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of what people said or left is held."""

    responses: int = 0
    lines: int = 0
    contacts: int = 0
    imports: int = 0


def held(session: Session, consultation_id: int) -> Held:
    """What a purge would erase now."""
    lines = select(func.count(Line.id)).join(Meeting, Meeting.id == Line.meeting_id)
    return Held(
        responses=_count(session, Response.key, Response.consultation_id == consultation_id),
        lines=session.scalar(lines.where(Meeting.consultation_id == consultation_id)) or 0,
        contacts=_count(session, Contact.key, Contact.consultation_id == consultation_id),
        imports=_count(session, FileImport.key, FileImport.consultation_id == consultation_id),
    )


def done(session: Session, consultation_id: int) -> Purge | None:
    """What is left of a consultation already purged."""
    return session.get(Purge, consultation_id)


def due(session: Session, today: dt.date) -> Sequence[Consultation]:
    """The consultations whose last day is past and that were not purged since."""
    return session.scalars(
        select(Consultation)
        .outerjoin(Purge, Purge.consultation_id == Consultation.id)
        .where(Consultation.keep_until < today, Purge.consultation_id.is_(None))
        .order_by(Consultation.id)
    ).all()


def purge(session: Session, consultation: Consultation, today: dt.date) -> Held:
    """Erase everything said, whoever said it and however, and keep the totals; the caller commits."""
    one = consultation.id
    erased = held(session, one)
    session.add(Purge(consultation_id=one, day=today, totals=_totals(session, consultation)))
    meetings = select(Meeting.id).where(Meeting.consultation_id == one)
    imports = select(FileImport.key).where(FileImport.consultation_id == one)
    stricken.purge(session, one)
    _forget_quoted(session, one)
    for statement in (
        delete(PlanChange).where(PlanChange.consultation_id == one),
        delete(FrozenVersion).where(FrozenVersion.consultation_id == one),
        delete(TwinGroup).where(TwinGroup.consultation_id == one),
        delete(MaskingWord).where(MaskingWord.consultation_id == one),
        delete(Sample).where(Sample.consultation_id == one),
        delete(Contribution).where(Contribution.consultation_id == one),
        delete(Response).where(Response.consultation_id == one),
        delete(Line).where(Line.meeting_id.in_(meetings)),
        # The examples of themes are people's words.
        delete(Run).where(Run.consultation_id == one),
        delete(ImportContent).where(ImportContent.import_key.in_(imports)),
        delete(FileImport).where(FileImport.consultation_id == one),
        delete(Kiosk).where(Kiosk.consultation_id == one),
        delete(PlaceDraft).where(PlaceDraft.consultation_id == one),
        update(Meeting).where(Meeting.consultation_id == one).values(facilitators="", method="", questions=""),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    session.flush()
    session.expire_all()
    return erased


def _forget_quoted(session: Session, one: int) -> None:
    """Plans stay, without what was copied in them from what people said, whatever wave goes on with them."""
    own = Contribution.consultation_id == one
    ideas = select(Idea.text).join(Contribution, Contribution.id == Idea.contribution_id).where(own)
    said = [*session.scalars(ideas), *session.scalars(select(Contribution.masked).where(own)), *quoted(session, one)]
    forget(session, one, words_of(said))


def grouped(counts: Mapping[str, int], k: int) -> dict[str, int]:
    """The same counts, the small ones put together until no group is under ``k``; nothing where all of them are."""
    kept = sorted(((n, name) for name, n in counts.items() if n >= k), reverse=True)
    rest = sum(n for n in counts.values() if n < k)
    while 0 < rest < k and kept:
        rest += kept.pop()[0]
    if 0 < rest < k:
        return {}
    return {name: n for n, name in kept} | ({OTHERS: rest} if rest else {})


def _totals(session: Session, consultation: Consultation) -> dict[str, object]:
    one, k = consultation.id, consultation.k_public
    channels = session.execute(
        select(Response.channel, func.count()).where(Response.consultation_id == one).group_by(Response.channel)
    )
    places = session.execute(
        select(Place.slug, func.count())
        .join(ResponsePlace, ResponsePlace.place_id == Place.id)
        .where(Place.consultation_id == one, ResponsePlace.role == PlaceRole.LIVES)
        .group_by(Place.slug)
    )
    people = select(func.count(Meeting.id), func.coalesce(func.sum(Meeting.headcount), 0))
    meetings, headcount = session.execute(people.where(Meeting.consultation_id == one)).one()
    return {
        "channels": grouped({channel.value: count for channel, count in channels}, k),
        "places": grouped({row[0]: row[1] for row in places}, k),
        "meetings": meetings,
        "people_met": headcount,
    }


def _count(session: Session, column: object, condition: object) -> int:
    return session.scalar(select(func.count(column)).where(condition)) or 0  # type: ignore[arg-type]
