"""What stands behind one figure: its persons and lines in words, and the texts of them that a reader may open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.disclosure import PublishedCell, Shown
from analysis.french import counted, listed, persons
from analysis.material import Material, Voice
from analysis.verbatims import Quoted, noted, shuffled
from surveys.words import _, ngettext


@dataclass(frozen=True)
class Behind:
    """The texts of one figure: what persons wrote, unsigned, and what was noted in rencontres."""

    cell: PublishedCell
    texts: tuple[Quoted, ...]
    lines: tuple[Quoted, ...]

    @property
    def refused(self) -> bool:
        """True where what persons wrote may not be shown."""
        return self.cell.shown is Shown.MASKED


def texts(material: Material, cell: PublishedCell, found: Collection[Voice]) -> Behind:
    """Return the texts of the voices that a published cell counts, so that the list tells no more than the cell."""
    heard = [voice for voice in found if voice.person] if cell.shown is Shown.COUNT else []
    return Behind(
        cell=cell,
        texts=tuple(written(voice) for voice in shuffled(heard)),
        lines=noted(material, [voice for voice in found if voice.meeting]),
    )


def written(voice: Voice) -> Quoted:
    """The words of a person, of whom nothing else is said."""
    return Quoted(voice.text, _("réponse à un questionnaire"))


def told(cell: PublishedCell, *, pistes: int = 0) -> str:
    """« 161 personnes et 46 contributions de rencontres, dont 11 pistes d’action »; "" where nobody said anything."""
    lines = (
        [counted(cell.lines, _("contribution de rencontre"), _("contributions de rencontres"))] if cell.lines else []
    )
    among = ngettext(", dont %(n)s piste d’action", ", dont %(n)s pistes d’action", pistes, n=pistes) if pistes else ""
    if cell.shown is Shown.COUNT:
        return listed([persons(cell.count), *lines]) + among
    if cell.shown is not Shown.MASKED:
        return "".join(lines) + among
    if not lines:
        return _("le nombre de personnes n’est pas montré")
    return _("%(lines)s\u202f; le nombre de personnes n’est pas montré", lines=lines[0] + among)
