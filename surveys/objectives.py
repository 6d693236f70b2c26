"""The tree of objectives of a pre-project: who adds, writes again, moves or takes away its lines, and in what order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from surveys.models import Contribution, Objective, ObjectiveKind, PlannedAction, objective_contribution
from surveys.words import _

LONGEST = 300
LONGEST_TEXT = 5000
#: More lines than a committee could ever read.
MOST = 200


class ObjectiveError(ValueError):
    """A change that cannot be made; the message is one French sentence, `field` what it is about."""

    def __init__(self, message: str, about: str = "label") -> None:
        super().__init__(message)
        self.field = about


@dataclass(frozen=True)
class Node:
    """A line of the tree with those under it, its actions and how many contributions were chosen for it."""

    row: Objective
    below: tuple[Node, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    chosen: tuple[int, ...] = ()
    #: Its number among all objectives, 0 for a bloc or a concern.
    number: int = 0


@dataclass(frozen=True)
class Tree:
    """The whole pre-project, in order."""

    blocs: tuple[Node, ...] = ()
    crossing: tuple[Node, ...] = ()

    @property
    def objectives(self) -> tuple[Node, ...]:
        """Every objective, bloc after bloc."""
        return tuple(node for bloc in self.blocs for node in bloc.below)

    @property
    def lines(self) -> tuple[Node, ...]:
        """Every objective, then the concerns that cross them: what actions hang from."""
        return (*self.objectives, *self.crossing)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is written of a line of the tree."""

    label: str
    detail: str = ""
    added_value: str = ""
    families: Sequence[str] = field(default=())
    themes: Sequence[str] = field(default=())


def tree(session: Session, consultation_id: int) -> Tree:
    """Read the tree: three SELECTs, whatever its size."""
    rows = session.scalars(
        select(Objective).where(Objective.consultation_id == consultation_id).order_by(Objective.position, Objective.id)
    ).all()
    actions: dict[int, list[PlannedAction]] = {}
    for action in session.scalars(
        select(PlannedAction)
        .join(Objective, Objective.id == PlannedAction.objective_id)
        .where(Objective.consultation_id == consultation_id)
        .order_by(PlannedAction.position, PlannedAction.id)
    ):
        actions.setdefault(action.objective_id, []).append(action)
    chosen = _chosen(session, consultation_id)
    numbers = _numbers(rows)

    def node(row: Objective) -> Node:
        below = tuple(node(one) for one in rows if one.parent_id == row.id)
        return Node(row, below, tuple(actions.get(row.id, ())), tuple(chosen.get(row.id, ())), numbers.get(row.id, 0))

    tops = [node(row) for row in rows if row.parent_id is None]
    return Tree(
        tuple(one for one in tops if one.row.kind is ObjectiveKind.BLOC),
        tuple(one for one in tops if one.row.kind is ObjectiveKind.CROSSING),
    )


def _numbers(rows: Sequence[Objective]) -> dict[int, int]:
    blocs = [row.id for row in rows if row.kind is ObjectiveKind.BLOC]
    ordered = [row.id for bloc in blocs for row in rows if row.parent_id == bloc]
    return {key: number for number, key in enumerate(ordered, start=1)}


def _chosen(session: Session, consultation_id: int) -> dict[int, list[int]]:
    link = objective_contribution.c
    found: dict[int, list[int]] = {}
    for objective, contribution in session.execute(
        select(link.objective_id, link.contribution_id)
        .join(Objective, Objective.id == link.objective_id)
        .where(Objective.consultation_id == consultation_id)
        .order_by(link.contribution_id)
    ):
        found.setdefault(objective, []).append(contribution)
    return found


def find(session: Session, consultation_id: int, objective_id: int) -> Objective | None:
    """One line of the tree of a consultation."""
    found = session.get(Objective, objective_id)
    return found if found is not None and found.consultation_id == consultation_id else None


def add(
    session: Session,
    consultation_id: int,
    *,
    kind: ObjectiveKind,
    label: str,
    client_id: str,
    parent: int | None = None,
) -> Objective:
    """Add a line last in its place and flush; the same form sent twice adds one."""
    known = session.scalar(
        select(Objective).where(Objective.consultation_id == consultation_id, Objective.client_id == client_id)
    )
    if known is not None:
        return known
    home = find(session, consultation_id, parent) if parent is not None else None
    if (kind is ObjectiveKind.OBJECTIVE) is not (home is not None and home.kind is ObjectiveKind.BLOC):
        raise ObjectiveError(_("Choisissez le bloc où mettre cet objectif : celui-ci n’existe plus."))
    own = select(func.count(Objective.id)).where(Objective.consultation_id == consultation_id)
    if (session.scalar(own) or 0) >= MOST:
        raise ObjectiveError(_("L’arbre a déjà 200 lignes : réunissez-en avant d’en ajouter."))
    made = Objective(
        consultation_id=consultation_id,
        client_id=client_id[:64],
        kind=kind,
        parent_id=home.id if home else None,
        position=_last(session, consultation_id, kind, home.id if home else None),
        label=clean(label),
    )
    session.add(made)
    session.flush()
    return made


def clean(label: str) -> str:
    """A name as it is kept; raise `ObjectiveError` where there is none, or too much."""
    found = " ".join(label.replace("\x00", "").split())
    if not found:
        raise ObjectiveError(_("Écrivez un intitulé."))
    if len(found) > LONGEST:
        raise ObjectiveError(_("Cet intitulé est trop long : 300 caractères au plus."))
    return found


def short_enough(text: str, about: str) -> str:
    """A longer text as it is kept; raise `ObjectiveError` where it is too long."""
    found = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(found) > LONGEST_TEXT:
        raise ObjectiveError(_("Ce texte est trop long : 5 000 caractères au plus."), about)
    return found


def rename(session: Session, row: Objective, label: str) -> None:
    """Give a line another name and flush."""
    row.label = clean(label)
    row.revision += 1
    session.flush()


def write(session: Session, row: Objective, facts: Facts) -> None:
    """Write a line again and flush; nothing is changed where anything is refused."""
    label = clean(facts.label)
    detail, added = short_enough(facts.detail, "detail"), short_enough(facts.added_value, "added_value")
    row.label, row.detail, row.added_value = label, detail, added
    row.families, row.themes = list(facts.families), list(facts.themes)
    row.revision += 1
    session.flush()


def choose(session: Session, row: Objective, contributions: Iterable[int], *, among: Collection[int]) -> None:
    """Keep these contributions for a line, of those that were offered: the others it held stay, and flush."""
    offered, wanted = set(among), set(contributions)
    link = objective_contribution
    held = set(session.scalars(select(link.c.contribution_id).where(link.c.objective_id == row.id)))
    own = select(Contribution.id).where(
        Contribution.consultation_id == row.consultation_id, Contribution.id.in_(wanted & offered - held)
    )
    added = [{"objective_id": row.id, "contribution_id": key} for key in session.scalars(own)]
    left = (held & offered) - wanted
    session.execute(delete(link).where(link.c.objective_id == row.id, link.c.contribution_id.in_(left)))
    if added:
        session.execute(insert(link), added)
    session.flush()


def take_away(session: Session, row: Objective) -> None:
    """Take a line away with everything under it, and flush."""
    session.execute(delete(Objective).where(Objective.id == row.id))
    session.flush()
    session.expire_all()


def _last(session: Session, consultation_id: int, kind: ObjectiveKind, parent: int | None) -> int:
    beside = select(func.coalesce(func.max(Objective.position) + 1, 0)).where(
        Objective.consultation_id == consultation_id,
        Objective.kind == kind,
        Objective.parent_id.is_not_distinct_from(parent),
    )
    return session.scalar(beside) or 0
