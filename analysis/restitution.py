"""What is given back to residents: what was said, in the whole and in each quartier, beside what is done with it.

The figures are fixed tables, published together to a reader who may see groups of `k` persons: no choice is offered,
so that no subtraction between choices tells of fewer. A quartier whose number of persons may not be told shows none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from analysis import cross
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.followups import TOLD, FollowUp
from analysis.french import persons
from analysis.material import Filter, Material, Provenance
from analysis.palette import number, percent
from analysis.profile import profile
from analysis.reader import Reader
from analysis.sentences import themes_title
from analysis.summary import PERSONS
from analysis.tables import TOTAL, Axis, Cell, Table
from surveys.words import _

K_PUBLIC = 11
_SPOKE = "exprimes"
#: How many themes are told of a place at least, those with a follow-up beside.
MOST_THEMES = 5


@dataclass(frozen=True, slots=True)
class Heard:
    """One theme in one place: a sentence, and its share (0 to 1) where one may be told."""

    theme: str
    label: str
    colour: str
    sentence: str
    share: float | None = None
    value: str = ""
    #: That it was said in rencontres too, beside the figure.
    also: str = ""
    #: Some persons raise it, and how many may not be told.
    masked: bool = False


@dataclass(frozen=True)
class Told:
    """What one place said, the theme most raised first; `speakers` is None where too few did to tell anything."""

    place: str
    speakers: int | None
    title: str
    heard: tuple[Heard, ...]
    meetings: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A theme beside what is done with it: « vous avez dit », « nous avons fait »."""

    label: str
    colour: str
    heard: Heard | None
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True)
class Given:
    """Everything the public may see of a consultation."""

    title: str
    territory: str
    k: int
    #: None where too few answered to say how many.
    persons: int | None
    channels: tuple[tuple[str, int], ...]
    meetings: int
    attendance: int | None
    whole: Told
    quartiers: tuple[Told, ...]
    table: Published
    provenance: Provenance

    def told(self, place: str) -> Told | None:
        """What a quartier said, None for a place that is not one."""
        return next((one for one in self.quartiers if one.place == place), None)


def give(material: Material, *, k: int = K_PUBLIC, committee: int = 0) -> Given:
    """Return what may be published of the material to everyone, the committee reading groups of its own size."""
    reader = Reader(material, Filter(), k, committee)
    themes, table = reader.linked(cross.themes, cross.by_quartier, cross.by_channel, cross.by_question)[:2]
    spoke = reader.table(_speakers)
    bases = {place: cell.count for (_row, place), cell in spoke.cells.items() if cell.shown is Shown.COUNT}
    channels = reader.table(partial(profile, facet="canal", title="", k=k))
    attendance = sum(meeting.headcount for meeting in material.meetings)
    return Given(
        title=material.title,
        territory=material.territory,
        k=k,
        persons=len(material.persons) if len(material.persons) >= k else None,
        channels=tuple((row.label, cell.count) for row, cell in channels.column() if cell.count),
        meetings=len(material.meetings),
        attendance=attendance if attendance >= k else None,
        whole=_told(themes, "", bases.get(TOTAL), len(material.meetings)),
        quartiers=tuple(
            _told(table.only_column(place), place, bases.get(place), _held(material, place))
            for place in material.quartiers
        ),
        table=table,
        provenance=material.provenance,
    )


def _speakers(material: Material) -> Table:
    """How those who expressed an opinion spread over the quartiers; the others are in the total alone."""
    spoke = cross.speakers(material)
    counts = {place: sum(person.quartier == place for person in spoke.values()) for place in material.quartiers}
    counts[TOTAL] = len(spoke)
    columns = tuple(Axis(place, place, base=len(spoke)) for place in counts)
    cells = {(_SPOKE, place): Cell(count, len(spoke)) for place, count in counts.items()}
    return Table("expression", "", (Axis(_SPOKE, ""),), columns, cells, PERSONS, len(spoke), columns_add_up=True)


def _held(material: Material, place: str) -> int:
    return sum(place in meeting.quartiers for meeting in material.meetings)


def _told(themes: Published, place: str, speakers: int | None, meetings: int) -> Told:
    if speakers is None:
        title = _("Trop peu de réponses pour publier des chiffres")
        heard = [Heard(row.code, row.label, row.colour, _met(cell)) for row, cell in themes.column()]
    else:
        title = themes_title(themes, speakers)
        heard = [_heard(row, cell, speakers) for row, cell in themes.column()]
    return Told(place, speakers, title, tuple(heard), meetings)


def _heard(row: Axis, cell: PublishedCell, speakers: int) -> Heard:
    match cell.shown:
        case Shown.COUNT:
            said = _("%(persons)s sur %(base)s en ont parlé.", persons=persons(cell.count), base=number(speakers))
            also = _("On en a aussi parlé en rencontre.") if cell.lines else ""
            return Heard(row.code, row.label, row.colour, said, cell.share, percent(cell.share), also)
        case Shown.MASKED:
            said = _("Des personnes en ont parlé\u00a0; leur nombre n’est pas publié.")
            return Heard(row.code, row.label, row.colour, said, masked=True)
        case _:
            said = _met(cell) or _("Ce sujet ne ressort pas des réponses écrites.")
            return Heard(row.code, row.label, row.colour, said)


def _met(cell: PublishedCell) -> str:
    return _("On en a parlé en rencontre.") if cell.lines else ""


def answers(told: Told, follow_ups: Iterable[FollowUp], *, most: int = MOST_THEMES) -> list[Answer]:
    """The themes most raised in a place, then the others that something answers, each with what is done with it.

    A follow-up without a theme comes last, under no theme.
    """
    concerned = told_of(follow_ups, told.place)
    roots: dict[str, list[FollowUp]] = {}
    for one in concerned:
        roots.setdefault(one.root, []).append(one)
    found = []
    for rank, heard in enumerate(told.heard):
        own = roots.pop(heard.theme, [])
        if own or (rank < most and heard.share is not None):
            found.append(Answer(heard.label, heard.colour, heard, tuple(own)))
    found += [Answer(own[0].label, own[0].colour, None, tuple(own)) for theme, own in roots.items() if theme]
    if alone := roots.get("", []):
        found.append(Answer("", "", None, tuple(alone)))
    return found


def told_of(follow_ups: Iterable[FollowUp], place: str = "") -> list[FollowUp]:
    """The follow-ups residents are told of, in a quartier where one is named: what is done first."""
    kept = [one for one in follow_ups if one.stage in TOLD and one.concerns(place)]
    return sorted(kept, key=lambda one: TOLD.index(one.stage))


def base_words(told: Told) -> str:
    """Who spoke, in one sentence residents understand."""
    if told.speakers is None:
        return _("Trop peu de personnes se sont exprimées pour publier des chiffres sans risquer de les reconnaître.")
    if told.place:
        return _(
            "%(persons)s de ce quartier ont dit ce qu’elles pensaient avec leurs mots.", persons=persons(told.speakers)
        )
    return _("%(persons)s ont dit ce qu’elles pensaient avec leurs mots.", persons=persons(told.speakers))


def limits(given: Given) -> Sequence[str]:
    """What the figures do not say, in plain French."""
    said = [
        _("Chacun était libre de répondre. Ces chiffres parlent de ceux qui ont répondu, pas de tous les habitants."),
        _(
            "Pour que personne ne soit reconnu, aucun groupe de moins de %(k)s personnes n’a de chiffre.",
            k=number(given.k),
        ),
        _("Une personne peut parler de plusieurs sujets\u00a0: les parts ne s’ajoutent pas."),
        _("Un sujet dont on parle peu n’est pas un sujet sans importance\u00a0: se taire n’est pas être satisfait."),
    ]
    if given.meetings:
        said.append(_("Ce qui a été dit en rencontre est compté à part\u00a0: ce sont des phrases, pas des personnes."))
    return said
