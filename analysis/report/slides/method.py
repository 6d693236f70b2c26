"""« Méthode » : what is counted, and what the figures cannot say."""

from __future__ import annotations

from collections.abc import Iterable

from analysis import palette
from analysis.briefing import Briefing
from analysis.french import counted, listed, quote
from analysis.material import Caution
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import reviewed_words
from analysis.report.text import write
from analysis.sentences import channels_note
from analysis.stamp import copies_words
from surveys.words import _


def add(deck: Deck) -> None:
    """Add the part."""
    deck.part(_("Méthode"), slide=False)
    slide = deck.add(
        Layout.TEXT,
        _("Les retours comptent des personnes\u202f; ils ne représentent pas toute la population"),
        _("Méthode\u00a0: ce qui est compté, comment, et ce que ces chiffres ne disent pas"),
        query=_("Requête\u00a0: comptes de la consultation, avant et après protection des petits effectifs."),
        base=deck.briefing.done.persons,
    )
    write(slide.placeholders[Slot.TEXT], list(counts(deck.briefing)))
    write(slide.placeholders[Slot.TEXT_2], list(cautions(deck.briefing)))
    close(slide)


def counts(briefing: Briefing) -> Iterable[str]:
    """Yield what is counted and how."""
    said, made = briefing.said, briefing.provenance
    yield _(
        "Base des thèmes\u00a0: %(n)s, qui ont exprimé au moins un avis avec leurs mots.",
        n=counted(said.speakers, _("personne"), _("personnes")),
    )
    yield _("Une personne compte une fois par thème, et peut évoquer plusieurs thèmes.")
    yield _(
        "Sans avis (« RAS », « je ne sais pas »)\u00a0: %(none)s\u202f; à classer\u00a0: %(other)s.",
        none=_few(said.no_opinion, briefing.k),
        other=_few(said.unclassified, briefing.k),
    )
    if briefing.done.lines:
        yield _(
            "Les rencontres donnent %(lines)s, comptées à part des personnes (« l. »).",
            lines=counted(briefing.done.lines, _("ligne"), _("lignes")),
        )
    if said.copies:
        yield _(
            "%(copies)s\u00a0: des campagnes et des doublons, que la page du comité permet de laisser de côté.",
            copies=copies_words(said.copies),
        )
    if made.codebook:
        when = _(", codage du %(day)s", day=palette.day(made.coded_on)) if made.coded_on else ""
        version = _(", version %(version)s", version=made.version) if made.version else ""
        yield _(
            "Plan de classement %(name)s%(version)s%(when)s\u202f; %(reviewed)s.",
            name=quote(made.codebook),
            version=version,
            when=when,
            reviewed=reviewed_words(made.reviewed),
        )
    yield _("Citations sans nom, téléphone ni adresse, choisies pour illustrer, non pour compter.")


def cautions(briefing: Briefing) -> Iterable[str]:
    """Yield what the figures cannot say."""
    yield _("Consultation volontaire\u00a0: ces parts décrivent les répondants, non la population.")
    yield _(
        "Effectifs de moins de %(k)d personnes masqués, avec ceux qui les feraient déduire.",
        k=briefing.k,
    )
    if briefing.quartiers:
        yield _(
            "Par quartier et par canal, « * » ou hachures\u00a0: moins de 10 personnes, un seul canal, une seule"
            " rencontre, ou un quartier déduit."
        )
    if unsure := _unsure(briefing):
        yield _(
            "« * » partout\u00a0: thèmes que la relecture ne confirme pas assez\u00a0: %(themes)s.",
            themes=listed([quote(label) for label in unsure]),
        )
    if note := channels_note(briefing):
        yield note
    yield _("Souvent cité ne veut pas dire prioritaire\u202f; un silence n’est pas une satisfaction.")


def _unsure(briefing: Briefing) -> list[str]:
    """The themes and sub-themes shown that people who read again do not confirm."""
    tables = (briefing.said.themes, *briefing.said.subthemes.values())
    pairs = (pair for table in tables for pair in table.column())
    return [row.label for row, cell in pairs if Caution.UNSURE_THEME in cell.cautions]


def _few(count: int, k: int) -> str:
    """A count of persons, hidden when it is too small to be said."""
    return palette.below(k) if 0 < count < k else counted(count, _("personne"), _("personnes"))
