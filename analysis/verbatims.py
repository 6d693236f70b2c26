"""Which texts of a theme a reader may open, and how each may be signed, so that no list betrays a masked figure."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from analysis import cross
from analysis.briefing import Briefing, brief
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.findings import kind_words
from analysis.french import capital, counted, persons
from analysis.material import Material, Voice
from analysis.tables import TOTAL
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Quoted:
    """A masked text and where it may be said to come from ("" when even that would tell too much)."""

    text: str
    source: str


@dataclass(frozen=True)
class Listing:
    """The texts of a theme in a place or channel; `refused` when the group is masked, `texts` being then empty."""

    cell: PublishedCell
    refused: bool
    texts: tuple[Quoted, ...]
    lines: tuple[Quoted, ...]


class Signatures:
    """How the texts of one theme are signed: a quartier or a channel is named where its own figure is published."""

    def __init__(self, material: Material, whole: Briefing, theme: str) -> None:
        self._k, self._theme, self._root = whole.k, theme, material.codebook.root_of(theme).id
        self._places, self._channels = _by_quartier(material, whole, theme), whole.by_channel
        material = material.only(whole.choice)
        base = cross.speakers(material)
        speakers = {v.person for v in material.voices if theme in v.themes and v.person in base}
        self._pairs = Counter((base[key].canal, base[key].quartier) for key in speakers)
        self._outside = {place for _canal, place in self._pairs} - set(material.quartiers) - {""}

    def sign(self, canal: str, quartier: str, *, rephrased: bool = False) -> str:
        """« Téléphone · Grazailles », or only what may be said of it.

        That the words are somebody else's is said of a line of a rencontre, and of a respondent whose channel is named:
        alone, it would betray the channel.
        """
        place = quartier if self._place_said(quartier) else ""
        channel = canal if self._channel_said(canal) else ""
        if place and channel and self._pairs[canal, quartier] < self._k:
            channel = ""
        of_respondents = {one for one, _place in self._pairs}
        noted = _("propos reformulé") if rephrased and (channel or canal not in of_respondents) else ""
        return " · ".join(part for part in (channel, place, noted) if part)

    def _place_said(self, quartier: str) -> bool:
        if (self._theme, quartier) in self._places.cells:
            return self._places.cell(self._theme, quartier).shown is Shown.COUNT
        row = [self._places.cell(self._theme, column.code).shown for column in self._places.columns]
        count = sum(number for (_canal, place), number in self._pairs.items() if place == quartier)
        return self._outside == {quartier} and Shown.MASKED not in row and count >= self._k

    def _channel_said(self, canal: str) -> bool:
        found = self._channels.cells.get((self._root, canal))
        return found is not None and found.shown is Shown.COUNT


def listing(material: Material, whole: Briefing, *, theme: str, quartier: str = "", canal: str = "") -> Listing:
    """Return the texts behind one published figure; `whole` is the briefing of everyone, with or without copies.

    KeyError for a theme or quartier that does not exist.
    """
    choice = dataclasses.replace(whole.choice, canal=canal)
    briefing = brief(material, k=whole.k, choice=choice) if canal else whole
    cell = _by_quartier(material, briefing, theme).cell(theme, quartier or TOTAL)
    # Among those of one channel, the quartiers named are those that its own matrix counts.
    signatures = Signatures(material, briefing, theme)
    kept = (voice for voice in material.only(choice).voices if theme in voice.themes)
    found = [voice for voice in kept if not quartier or quartier in voice.quartiers]
    refused = cell.shown is Shown.MASKED
    heard = [] if refused else [voice for voice in found if voice.person]
    return Listing(
        cell=cell,
        refused=refused,
        texts=tuple(
            Quoted(v.text, _copied(v, signatures.sign(v.canal, _first(v), rephrased=v.rephrased)))
            for v in sorted(shuffled(heard), key=lambda voice: voice.aside)
        ),
        lines=noted(material, [voice for voice in found if voice.meeting]),
    )


def _by_quartier(material: Material, briefing: Briefing, theme: str) -> Published:
    parent = material.codebook.get(theme).parent
    return briefing.by_quartier if parent is None else briefing.by_quartier_detail[parent]


def noted(material: Material, voices: Iterable[Voice]) -> tuple[Quoted, ...]:
    """Lines of rencontres with where each was noted, in an order that tells nothing."""
    kinds = {meeting.key: capital(kind_words(meeting.kind)[0]) for meeting in material.meetings}

    def source(voice: Voice) -> str:
        noted = [_("propos reformulé")] if voice.rephrased else []
        return " · ".join((kinds.get(voice.meeting, voice.canal), *voice.quartiers, *noted))

    return tuple(Quoted(voice.text, source(voice)) for voice in shuffled(voices))


def _copied(voice: Voice, source: str) -> str:
    """The source of a text, where it stands among those that were handed round or sent twice, shown last."""
    return " · ".join(filter(None, (source, _("texte répété") if voice.aside else "")))


def _first(voice: Voice) -> str:
    return voice.quartiers[0] if voice.quartiers else ""


def shuffled(voices: Iterable[Voice]) -> list[Voice]:
    """An order that is always the same and tells nothing: two texts of one person do not stand together."""
    return sorted(voices, key=lambda voice: blake2b(voice.key.encode(), digest_size=8).digest())


def lede(found: Listing, *, k: int) -> str:
    """How many persons and texts a listing holds, and what the rencontres add."""
    if found.refused:
        return refusal(found, k=k)
    if not found.texts and not found.cell.count:
        return _written_by_nobody(found)
    written = counted(len(found.texts), _("texte"), _("textes"))
    heard = _("%(persons)s, %(texts)s", persons=capital(persons(found.cell.count)), texts=written)
    if not found.lines:
        return f"{heard}."
    return (
        f"{heard}, {_('et')} {counted(len(found.lines), _('contribution'), _('contributions'))} {_('de rencontres')}."
    )


def _written_by_nobody(found: Listing) -> str:
    if not found.lines:
        return _("Personne n’en a parlé.")
    noted = counted(len(found.lines), _("contribution"), _("contributions"))
    return _("Personne ne l’a évoqué par écrit ou au téléphone\u00a0; %(noted)s de rencontres.", noted=noted)


def refusal(found: Listing, *, k: int) -> str:
    """Why texts are not shown; "" when they are."""
    if not found.refused:
        return ""
    return _(
        "Moins de %(k)d personnes, ou un groupe qui en trahirait un plus petit\u00a0:"
        " leurs textes ne sont pas montrés, pour que personne ne soit reconnu.",
        k=k,
    )
