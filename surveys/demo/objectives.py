"""The pre-project of the demonstration: families of pistes, the tree of objectives, the actions and a written sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import objectives, objectives_actions, objectives_families
from surveys.demo.content import document
from surveys.models import Aim, Contribution, Coverage, Line, LineKind, Meeting, Objective, ObjectiveKind
from surveys.objectives import Facts
from surveys.objectives_actions import ActionFacts
from surveys.objectives_families import FamilyRow


def add_project(session: Session, consultation_id: int) -> bool:
    """Write the pre-project and flush, or nothing where somebody began one."""
    if objectives_families.project(session, consultation_id) or objectives.tree(session, consultation_id).blocs:
        return False
    data = document("objectives")
    rows = [FamilyRow(one["code"], one["label"], tuple(one["themes"])) for one in data["families"]]
    objectives_families.keep(
        session,
        consultation_id,
        rows=rows,
        aims={code: Aim(aim) for code, aim in data["aims"].items()},
        known={theme for row in rows for theme in row.themes},
    )
    for rank, bloc in enumerate(data["blocs"], start=1):
        home = _add(session, consultation_id, ObjectiveKind.BLOC, bloc, f"demo-bloc-{rank}")
        for said in bloc["objectives"]:
            _add(session, consultation_id, ObjectiveKind.OBJECTIVE, said, f"demo-{said['branch']}", parent=home.id)
    for said in data["crossing"]:
        _add(session, consultation_id, ObjectiveKind.CROSSING, said, f"demo-{said['branch']}")
    return True


def _add(
    session: Session,
    consultation_id: int,
    kind: ObjectiveKind,
    said: Mapping[str, Any],
    client_id: str,
    *,
    parent: int | None = None,
) -> Objective:
    made = objectives.add(session, consultation_id, kind=kind, label=said["label"], client_id=client_id, parent=parent)
    facts = Facts(
        label=said["label"],
        detail=said.get("detail", ""),
        added_value=said.get("added_value", ""),
        themes=said.get("themes", ()),
    )
    objectives.write(session, made, facts)
    if "branch" in said:
        chosen = _hanging(session, consultation_id, said["branch"])
        objectives.choose(session, made, chosen, among=chosen)
    for rank, action in enumerate(said.get("actions", ()), start=1):
        _act(session, made, action, f"demo-{rank}")
    return made


def _act(session: Session, objective: Objective, said: Mapping[str, Any], client_id: str) -> None:
    made = objectives_actions.add(session, objective, label=said["label"], client_id=client_id)
    known = {name: said[name] for name in ("programme", "strategy", "added_value", "fields") if name in said}
    coverage = Coverage(said.get("coverage", Coverage.UNKNOWN.value))
    objectives_actions.write(session, made, ActionFacts(label=said["label"], coverage=coverage, **known))


def _hanging(session: Session, consultation_id: int, branch: str) -> Sequence[int]:
    """The contributions of the pistes that hang from a branch of the seminar, by the words of the branch."""
    lines = (line for meeting in document("meetings")["meetings"] for line in meeting["lines"])
    words = next(line["text"] for line in lines if line.get("ref") == branch)
    above = select(Line.id).join(Meeting, Meeting.id == Line.meeting_id)
    return session.scalars(
        select(Contribution.id)
        .join(Line, Line.id == Contribution.line_id)
        .where(
            Line.kind == LineKind.ACTION,
            Line.parent_id.in_(above.where(Meeting.consultation_id == consultation_id, Line.text == words)),
        )
        .order_by(Contribution.id)
    ).all()
