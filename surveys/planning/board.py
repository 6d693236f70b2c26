"""The living version of a plan laid out to be changed; what changed is told and spread when the board is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.codebooks import CodebookError, place_of
from surveys.definition import slug
from surveys.models import CodebookVersion, PlanAct, PlanChange, Theme
from surveys.words import _

FIELDS = (
    *("parent", "label", "definition", "excludes", "examples", "keywords", "colour"),
    *("position", "retired", "merged_into", "lineage"),
)
_LONGEST_ID = 160

State = dict[str, Any]


class PlanError(CodebookError):
    """A change to the plan that cannot be made; ``field`` is where, on a form, what it says can be mended."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class By:
    """Who changes the plan, and when."""

    staff_id: int | None
    at: dt.datetime


class Board:
    """Every theme of a version, those retired included, by stable id and in order."""

    def __init__(self, session: Session, version: CodebookVersion) -> None:
        # Two people may change a plan at once: the second waits and sees what the first did.
        locked = select(CodebookVersion).where(CodebookVersion.id == version.id).with_for_update()
        self.session, self.version = session, session.scalars(locked).one()
        found = select(Theme).where(Theme.codebook_id == version.id).order_by(Theme.position, Theme.id)
        self.rows = {row.stable_id: row for row in session.scalars(found.execution_options(populate_existing=True))}
        self._before = {stable_id: state_of(row) for stable_id, row in self.rows.items()}
        self._plan = plan_of(self.version)

    def theme(self, stable_id: str) -> Theme:
        """A theme in use; raises `PlanError` when somebody took it away."""
        row = self.rows.get(stable_id)
        if row is None or row.retired:
            raise PlanError(_("Ce thème n’est plus dans le plan : revenez à la liste des thèmes."))
        return row

    def in_use(self) -> list[Theme]:
        """The themes in use, in order."""
        return sorted((row for row in self.rows.values() if not row.retired), key=place_of)

    def under(self, parent: str | None) -> list[Theme]:
        """The themes in use directly under a theme, or those of the first level."""
        return [row for row in self.in_use() if row.parent == parent]

    def below(self, stable_id: str) -> list[Theme]:
        """The themes in use under a theme, at any depth."""
        return [deeper for row in self.under(stable_id) for deeper in (row, *self.below(row.stable_id))]

    def add(self, *, label: str, parent: str | None, colour: str = "") -> Theme:
        """A new theme, the last of its place, under an identifier never used before in this consultation."""
        position = max((row.position for row in self.rows.values()), default=-1) + 1
        row = Theme(
            codebook_id=self.version.id,
            stable_id=self._new_id(label, parent),
            parent=parent,
            label=label,
            definition="",
            colour=colour,
            position=position,
            retired=False,
            excludes=[],
            examples=[],
            keywords=[],
            lineage={},
        )
        self.session.add(row)
        self.rows[row.stable_id] = row
        return row

    def close(self, act: PlanAct, by: By, *, label: str, into: str = "", leaning: Iterable[str] = ()) -> PlanChange:
        """Settle where codings count and keep what was done; the caller commits.

        ``leaning`` are themes that the change depends on without touching them.
        """
        self.settle()
        touched = [stable_id for stable_id, row in self.rows.items() if self._before.get(stable_id) != state_of(row)]
        change = PlanChange(
            consultation_id=self.version.consultation_id,
            codebook_id=self.version.id,
            act=act,
            label=label[:300],
            into=into[:300],
            themes=sorted({*touched, *leaning}),
            before=self._as_it_was(touched),
            after={"themes": {one: state_of(self.rows[one]) for one in touched}} | self._changed_plan(),
            at=by.at,
            staff_id=by.staff_id,
        )
        self.session.add(change)
        self.session.flush()
        self._spread(touched)
        return change

    def settle(self) -> None:
        """Say of each theme where its codings count now, however many times it was merged."""
        for row in self.rows.values():
            row.merged_into = self._end_of(row) if row.retired else None

    def put_back(self, before: State) -> None:
        """Give rows and the plan the state they had; the caller closes nothing, for nothing new was done."""
        for stable_id, state in before["themes"].items():
            if state is None:
                self.session.delete(self.rows.pop(stable_id))
            else:
                for name in FIELDS:
                    setattr(self.rows[stable_id], name, state[name])
        for name, value in before.get("plan", {}).items():
            setattr(self.version, name, value)
        self.session.flush()
        self._spread(before["themes"])

    def _end_of(self, row: Theme) -> str | None:
        seen: set[str] = set()
        while row.retired and row.stable_id not in seen:
            seen.add(row.stable_id)
            following = self.rows.get(row.lineage.get("into") or "")
            if following is None:
                return None
            row = following
        return None if row.retired else row.stable_id

    def _spread(self, touched: Iterable[str]) -> None:
        """Codings belong to the version that made them: each version follows what became of its themes."""
        others = select(CodebookVersion.id).where(
            CodebookVersion.consultation_id == self.version.consultation_id, CodebookVersion.id != self.version.id
        )
        for row in self._still_there(touched):
            self.session.execute(
                update(Theme)
                .where(Theme.codebook_id.in_(others), Theme.stable_id == row.stable_id)
                .values(retired=row.retired, merged_into=row.merged_into)
                .execution_options(synchronize_session="fetch")
            )

    def _still_there(self, touched: Iterable[str]) -> Iterator[Theme]:
        return (self.rows[stable_id] for stable_id in touched if stable_id in self.rows)

    def _as_it_was(self, touched: Iterable[str]) -> State:
        plan = {"plan": self._plan} if self._changed_plan() else {}
        return {"themes": {stable_id: self._before.get(stable_id) for stable_id in touched}} | plan

    def _changed_plan(self) -> State:
        return {"plan": plan_of(self.version)} if plan_of(self.version) != self._plan else {}

    def _new_id(self, label: str, parent: str | None) -> str:
        versions = select(CodebookVersion.id).where(CodebookVersion.consultation_id == self.version.consultation_id)
        taken = set(self.session.scalars(select(Theme.stable_id).where(Theme.codebook_id.in_(versions)))) | {*self.rows}
        base = f"{parent}/{slug(label)}" if parent else slug(label)
        wanted, rank = base[: _LONGEST_ID - 4], 1
        while wanted in taken:
            rank += 1
            wanted = f"{base[: _LONGEST_ID - 4]}-{rank}"
        return wanted


def state_of(row: Theme) -> State:
    """A row as it is kept beside a change: everything but what identifies it."""
    return {name: _copied(getattr(row, name)) for name in FIELDS}


def plan_of(version: CodebookVersion) -> dict[str, str]:
    """What a version says of itself."""
    return {"label": version.label, "source": version.source}


def _copied(value: Any) -> Any:
    """Lists and mappings apart from those of the row, which later change."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return list(value) if isinstance(value, list) else value
