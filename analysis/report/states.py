"""The states of a published cell in words, as the pages write them: none is ever confused with zero."""

from __future__ import annotations

from analysis import palette
from analysis.disclosure import PublishedCell, Shown
from analysis.findings import caution_words
from surveys.words import _


def words_of(cell: PublishedCell) -> str:
    """What stands in place of a figure; "" where the figure may be shown."""
    match cell.shown:
        case Shown.COUNT:
            return ""
        case Shown.MASKED:
            return palette.MASKED
        case Shown.NOTHING:
            return _("en rencontre seulement") if cell.lines else _("non abordé")
        case Shown.NO_BASE:
            return _("aucune réponse")


def cautions_of(cell: PublishedCell) -> str:
    """Why a figure is to be read with prudence; "" where nothing says so."""
    return ", ".join(caution_words(caution) for caution in sorted(cell.cautions))


def prudence(k: int) -> tuple[tuple[str, str], ...]:
    """Each state that is not a figure, and what it means where groups of fewer than `k` persons are masked."""
    return (
        (
            palette.MASKED,
            _("moins de %(k)d personnes, ou un effectif qui en trahirait un autre\u00a0: rien ne dit lequel", k=k),
        ),
        (palette.below(k), _("une base trop petite pour être dite")),
        (_("non abordé"), _("personne n’en a parlé, ce qui ne dit pas que tout va bien")),
        (
            _("en rencontre seulement"),
            _("noté en atelier, en marchant ou en séminaire, par aucune personne qui a répondu"),
        ),
        (_("aucune réponse"), _("personne de ce groupe ne s’est exprimé avec ses mots")),
    )
