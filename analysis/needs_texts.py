"""The texts behind one cell of needs × actions, so that no list tells more than the cell."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.disclosure import PublishedCell, Shown
from analysis.families import Frame
from analysis.material import Material
from analysis.needs import Crossing, within
from analysis.tables import TOTAL
from analysis.verbatims import Quoted, noted, shuffled
from surveys.words import _


@dataclass(frozen=True)
class Cell:
    """The pistes of one cell: what persons wrote, unsigned, and what was noted in rencontres; `refused` as masked."""

    cell: PublishedCell
    texts: tuple[Quoted, ...]
    lines: tuple[Quoted, ...]

    @property
    def refused(self) -> bool:
        """True where what persons wrote may not be shown."""
        return self.cell.shown is Shown.MASKED


def texts(material: Material, crossed: Crossing, with_: Frame, *, need: str, family: str = "") -> Cell:
    """Return the pistes that answer a need, of one family when it is named; `material` is what the reader kept."""
    cell = crossed.table.cell(need, family or TOTAL)
    found = [voice for voice in material.voices if within(voice, with_, material.codebook, need=need, family=family)]
    heard = [voice for voice in found if voice.person] if cell.shown is Shown.COUNT else []
    return Cell(
        cell=cell,
        texts=tuple(Quoted(voice.text, _("réponse à un questionnaire")) for voice in shuffled(heard)),
        lines=noted(material, [voice for voice in found if voice.meeting]),
    )
