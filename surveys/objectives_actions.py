"""The actions kept under an objective: their qualification and the fields of their sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys.models import Coverage, Objective, PlannedAction
from surveys.objectives import LONGEST, ObjectiveError, clean, short_enough
from surveys.words import _

MOST = 60


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """What is written of an action; `fields` are those of the model of sheet that was shown."""

    label: str
    coverage: Coverage = Coverage.UNKNOWN
    programme: str = ""
    strategy: str = ""
    added_value: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def find(session: Session, consultation_id: int, action_id: int) -> PlannedAction | None:
    """One action of a consultation."""
    return session.scalar(
        select(PlannedAction)
        .join(Objective, Objective.id == PlannedAction.objective_id)
        .where(PlannedAction.id == action_id, Objective.consultation_id == consultation_id)
    )


def add(session: Session, objective: Objective, *, label: str, client_id: str) -> PlannedAction:
    """Add an action last under an objective and flush; the same form sent twice adds one."""
    own = PlannedAction.objective_id == objective.id
    known = session.scalar(select(PlannedAction).where(own, PlannedAction.client_id == client_id))
    if known is not None:
        return known
    count, last = session.execute(select(func.count(), func.max(PlannedAction.position)).where(own)).one()
    if count >= MOST:
        raise ObjectiveError(_("Cet objectif a déjà 60 actions : réunissez-en avant d’en ajouter."))
    made = PlannedAction(
        objective_id=objective.id, client_id=client_id[:64], position=(last or 0) + 1, label=clean(label), fields={}
    )
    session.add(made)
    session.flush()
    return made


def write(session: Session, row: PlannedAction, facts: ActionFacts) -> None:
    """Write an action again and flush; the fields of another model of sheet stay as they were."""
    label, programme = clean(facts.label), " ".join(facts.programme.replace("\x00", "").split())
    if len(programme) > LONGEST:
        raise ObjectiveError(_("Ce nom est trop long : 300 caractères au plus."), "programme")
    if facts.coverage is Coverage.COVERED and not programme:
        raise ObjectiveError(_("Dites quel programme existant couvre cette action."), "programme")
    strategy = short_enough(facts.strategy, "strategy")
    added = short_enough(facts.added_value, "added_value")
    written = {name: short_enough(text, name) for name, text in facts.fields.items()}
    row.label, row.coverage, row.programme = label, facts.coverage, programme
    row.strategy, row.added_value = strategy, added
    row.fields = {**row.fields, **written}
    row.revision += 1
    session.flush()


def move(session: Session, row: PlannedAction, step: int) -> bool:
    """Put an action before (-1) or after (1) its neighbour and flush."""
    line = list(
        session.scalars(
            select(PlannedAction)
            .where(PlannedAction.objective_id == row.objective_id)
            .order_by(PlannedAction.position, PlannedAction.id)
        )
    )
    place = line.index(row) + step
    if not 0 <= place < len(line):
        return False
    line.remove(row)
    line.insert(place, row)
    for rank, one in enumerate(line):
        one.position = rank
    session.flush()
    return True


def take_away(session: Session, row: PlannedAction) -> None:
    """Take an action away with its sheet, and flush."""
    session.execute(delete(PlannedAction).where(PlannedAction.id == row.id))
    session.flush()
    session.expire_all()
