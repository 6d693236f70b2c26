"""Freezing what a consultation says, under a name, in short transactions; what is frozen holds no word of anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from sqlalchemy import case, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from surveys import codebooks, runs
from surveys.contributions import counted
from surveys.models import (
    CodebookVersion,
    Coding,
    Contribution,
    Decision,
    Duplicate,
    FrozenCoding,
    FrozenIdea,
    FrozenMeeting,
    FrozenResponse,
    FrozenState,
    FrozenTheme,
    FrozenVersion,
    Idea,
    Meeting,
    Response,
    Theme,
    Twin,
    TwinGroup,
)
from surveys.read.copies import is_aside
from surveys.words import _

LONGEST_NAME = 120
BATCH = 2000  # contributions; their ideas are copied in a fraction of a second
#: A version that takes longer was left half written by a machine that stopped.
LONGEST = dt.timedelta(minutes=15)


class FrozenError(ValueError):
    """A version that cannot be frozen; the message is one French sentence."""


def freeze(
    session: Session,
    consultation_id: int,
    *,
    name: str,
    staff_id: int,
    at: dt.datetime,
    unsure: Collection[str] = (),
) -> Iterator[int]:
    """Write a version and let the committee read it; yields after each batch the number of the version.

    `unsure` are the stable ids of the themes whose figures carry a caution mark.
    The caller commits after each batch and at the end. Raises `FrozenError` before writing anything for a name that
    cannot be, and at the end, everything taken away, when the codings in force were replaced meanwhile.
    """
    version, plan = _begin(session, consultation_id, name=name, staff_id=staff_id, at=at)
    yield version.id
    themes = codebooks.themes_of(session, plan)
    session.execute(insert(FrozenTheme), [_theme(version.id, theme, unsure) for theme in themes])
    for first, last in _ranges(session, consultation_id):
        _copy_ideas(session, version, first, last)
        yield version.id
    _copy_people(session, version)
    _finish(session, version)


def in_force(session: Session, version: FrozenVersion) -> None:
    """Let the committee read a version in the place of any other; the caller commits."""
    lift(session, version.consultation_id)
    version.state = FrozenState.IN_FORCE
    session.flush()


def lift(session: Session, consultation_id: int) -> bool:
    """Let the committee read what is said now; False when it does already. The caller commits."""
    lifted = session.execute(
        update(FrozenVersion)
        .where(FrozenVersion.consultation_id == consultation_id, FrozenVersion.state == FrozenState.IN_FORCE)
        .values(state=FrozenState.KEPT)
        .returning(FrozenVersion.id)
    ).all()
    session.flush()
    return bool(lifted)


def forget(session: Session, version: FrozenVersion) -> None:
    """Erase a version; raises `FrozenError` for the one that the committee reads. The caller commits."""
    if version.state is FrozenState.IN_FORCE:
        raise FrozenError(_("Le comité lit cette version : donnez-lui d’abord une autre version, ou l’état du jour."))
    session.execute(delete(FrozenVersion).where(FrozenVersion.id == version.id))
    session.flush()


def versions(session: Session, consultation_id: int) -> Sequence[FrozenVersion]:
    """The whole versions of a consultation, the latest first."""
    return session.scalars(
        select(FrozenVersion)
        .where(FrozenVersion.consultation_id == consultation_id, FrozenVersion.state != FrozenState.WRITING)
        .order_by(FrozenVersion.id.desc())
    ).all()


def version(session: Session, consultation_id: int, frozen_id: int) -> FrozenVersion | None:
    """One whole version of a consultation."""
    return next((one for one in versions(session, consultation_id) if one.id == frozen_id), None)


def _begin(
    session: Session, consultation_id: int, *, name: str, staff_id: int, at: dt.datetime
) -> tuple[FrozenVersion, CodebookVersion]:
    name = _checked(session, consultation_id, " ".join(name.split()), at=at)
    run, plan = runs.latest_done(session, consultation_id), codebooks.living(session, consultation_id)
    if run is None or plan is None:
        raise FrozenError(_("Lancez une analyse avant de figer une version : il n’y a encore rien à garder."))
    if runs.current(session, consultation_id) is not None:
        raise FrozenError(_("Une analyse est en cours : attendez qu’elle finisse pour figer une version."))
    made = FrozenVersion(
        consultation_id=consultation_id,
        name=name,
        at=at,
        staff_id=staff_id,
        state=FrozenState.WRITING,
        run_id=run.id,
        coded_at=run.finished_at,
        plan=plan.label,
        plan_version=plan.version,
    )
    session.add(made)
    session.flush()
    return made, plan


def _checked(session: Session, consultation_id: int, name: str, *, at: dt.datetime) -> str:
    if not name:
        raise FrozenError(_("Donnez un nom à la version, par exemple « COPIL du 12 mars »."))
    if len(name) > LONGEST_NAME:
        raise FrozenError(_("Raccourcissez le nom de la version : %(most)s signes au plus.", most=LONGEST_NAME))
    own = FrozenVersion.consultation_id == consultation_id
    left = FrozenVersion.state == FrozenState.WRITING, FrozenVersion.at < at - LONGEST
    session.execute(delete(FrozenVersion).where(own, *left).execution_options(synchronize_session=False))
    known = session.execute(select(FrozenVersion.name, FrozenVersion.state).where(own)).all()
    if any(row.state is FrozenState.WRITING for row in known):
        raise FrozenError(_("Une version est en train d’être figée : attendez un instant."))
    if name.casefold() in {row.name.casefold() for row in known}:
        raise FrozenError(_("Une version s’appelle déjà « %(name)s » : choisissez un autre nom.", name=name))
    return name


def _theme(frozen_id: int, theme: Theme, unsure: Collection[str]) -> dict[str, object]:
    kept = ("stable_id", "parent", "label", "definition", "colour", "position")
    own = {"frozen_id": frozen_id, "unsure": theme.stable_id in unsure}
    return own | {name: getattr(theme, name) for name in kept}


def _ranges(session: Session, consultation_id: int) -> Iterator[tuple[int, int]]:
    """The first key of each batch of contributions, and that of the next."""
    own = select(Contribution.id).where(Contribution.consultation_id == consultation_id).order_by(Contribution.id)
    keys = session.scalars(own).all()
    yield from pairwise([*keys[::BATCH], keys[-1] + 1] if keys else [])


def _copy_ideas(session: Session, version: FrozenVersion, first: int, last: int) -> None:
    aside = select(Twin.contribution_id).join(TwinGroup).where(*is_aside(version.consultation_id))
    here = *counted(version.consultation_id), Contribution.id >= first, Contribution.id < last
    ideas = (
        select(
            literal(version.id),
            Idea.id,
            Decision.outcome,
            Decision.origin,
            case((Contribution.id.in_(aside), True), else_=False),
        )
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .join(Decision, Decision.id == Idea.decision_id)
        .where(*here)
    )
    session.execute(insert(FrozenIdea).from_select(["frozen_id", "idea_id", "outcome", "origin", "aside"], ideas))
    codings = (
        select(FrozenTheme.id, Idea.id, func.max(Coding.score))
        .select_from(Idea)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .join(Coding, Coding.decision_id == Idea.decision_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .join(FrozenTheme, FrozenTheme.stable_id == codebooks.counted_as())
        .where(FrozenTheme.frozen_id == version.id, *here)
        .group_by(FrozenTheme.id, Idea.id)
    )
    session.execute(insert(FrozenCoding).from_select(["theme_id", "idea_id", "score"], codings))


def _copy_people(session: Session, version: FrozenVersion) -> None:
    """Who had answered and what had been held; last, so that whoever is behind an idea is there."""
    answered = select(literal(version.id), Response.key).where(
        Response.consultation_id == version.consultation_id, Response.duplicate != Duplicate.CONFIRMED
    )
    session.execute(insert(FrozenResponse).from_select(["frozen_id", "response_key"], answered))
    held = select(literal(version.id), Meeting.id, Meeting.headcount).where(
        Meeting.consultation_id == version.consultation_id
    )
    session.execute(insert(FrozenMeeting).from_select(["frozen_id", "meeting_id", "headcount"], held))


def _finish(session: Session, version: FrozenVersion) -> None:
    run = runs.latest_done(session, version.consultation_id)
    if run is None or run.id != version.run_id:
        session.delete(version)
        session.flush()
        raise FrozenError(_("Une analyse s’est terminée entre-temps : figez de nouveau la version."))
    in_force(session, version)
