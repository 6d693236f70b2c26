"""A whole plan brought as a file: themes of the same stable id keep what was coded to them, the others are retired."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.codebooks import ThemeFacts
from surveys.models import CodebookVersion, PlanAct, PlanChange, Theme
from surveys.planning.board import Board, By, PlanError
from surveys.planning.joining import take_out
from surveys.planning.sheets import COLOURS, LONGEST_LABEL, Sheet, lines, quote, sheet_of, write
from surveys.words import _

_LONGEST_ID = 160


@dataclass(frozen=True, slots=True)
class Incoming:
    """A plan read from a file: what it calls itself, and its themes in order."""

    label: str
    source: str
    themes: tuple[ThemeFacts, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replacing the plan would do, as names in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    same: int
    #: Whether the themes that stay come in another order.
    moved: bool

    @property
    def is_empty(self) -> bool:
        """Whether the file says what the plan already says."""
        return not (self.added or self.changed or self.retired or self.moved)


def compare(session: Session, version: CodebookVersion, incoming: Incoming) -> Replacement:
    """What a file would change, nothing being changed; raises `PlanError` for a file that cannot serve."""
    _check(incoming)
    board, kept = Board(session, version), [facts.stable_id for facts in incoming.themes]
    before = {row.stable_id: row for row in board.in_use()}
    changed = [one for one in incoming.themes if one.stable_id in before and _differs(before[one.stable_id], one)]
    known = [stable_id for stable_id in kept if stable_id in before]
    return Replacement(
        added=tuple(one.label for one in incoming.themes if one.stable_id not in before),
        changed=tuple(one.label for one in changed),
        retired=tuple(row.label for stable_id, row in before.items() if stable_id not in kept),
        same=len(known) - len(changed),
        moved=known != [stable_id for stable_id in before if stable_id in known],
    )


def replace(session: Session, version: CodebookVersion, incoming: Incoming, by: By, *, file_name: str) -> PlanChange:
    """Make the plan what a file says; raises `PlanError`, the caller commits."""
    board = Board(session, version)
    _apply(board, incoming)
    board.version.label, board.version.source = incoming.label[:300], incoming.source[:80]
    return board.close(PlanAct.REPLACE, by, label=file_name)


def _apply(board: Board, incoming: Incoming) -> None:
    _check(incoming)
    kept = {facts.stable_id for facts in incoming.themes}
    for row in board.in_use():
        if row.stable_id not in kept and not row.retired:
            take_out(board, row)
    for position, facts in enumerate(incoming.themes):
        row = board.rows.get(facts.stable_id) or _new(board, facts)
        if row.retired:
            row.retired, row.lineage = False, {key: one for key, one in row.lineage.items() if key != "into"}
        row.position, sheet = position, _sheet(facts)
        quote(board, row, sheet.examples)
        write(row, sheet)


def _check(incoming: Incoming) -> None:
    seen: set[str] = set()
    for facts in incoming.themes:
        if len(facts.stable_id) > _LONGEST_ID:
            words = _("Raccourcissez l’identifiant « %(id)s… » : %(most)s signes au plus.")
            raise PlanError(words % {"id": facts.stable_id[:40], "most": _LONGEST_ID})
        if len(facts.label) > LONGEST_LABEL:
            words = _("Raccourcissez le nom « %(label)s… » : %(most)s signes au plus.")
            raise PlanError(words % {"label": facts.label[:40], "most": LONGEST_LABEL})
        if facts.label.casefold() in seen:
            raise PlanError(_("Deux thèmes du fichier s’appellent « %(label)s ».", label=facts.label))
        seen.add(facts.label.casefold())


def _differs(row: Theme, facts: ThemeFacts) -> bool:
    return sheet_of(row) != _sheet(facts)


def _sheet(facts: ThemeFacts) -> Sheet:
    """A sub-theme bears the colour of its theme, and needs none."""
    known = facts.colour in COLOURS
    return Sheet(
        label=facts.label,
        parent=facts.parent,
        definition=facts.definition,
        excludes=lines(facts.excludes, field="file"),
        examples=lines(facts.examples, field="file"),
        keywords=lines(facts.keywords, field="file"),
        colour=facts.colour if known else "" if facts.parent else "autre",
    )


def _new(board: Board, facts: ThemeFacts) -> Theme:
    row = board.add(label=facts.label, parent=facts.parent)
    del board.rows[row.stable_id]
    row.stable_id = facts.stable_id  # a file names its themes itself
    board.rows[row.stable_id] = row
    return row
