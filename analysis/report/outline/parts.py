"""The parts of a report, in order; every sentence is one of the pages', every figure a published one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from analysis import channel_words, palette
from analysis.briefing import Briefing
from analysis.disclosure import Published, Shown
from analysis.findings import (
    done_lede,
    done_title,
    heard_title,
    kind_words,
    meetings_title,
    profile_title,
    timeline_title,
)
from analysis.french import capital, listed, quote
from analysis.material import Meeting
from analysis.report.beyond import Channels, Place
from analysis.report.outline import figures
from analysis.report.outline.beyond import couleurs
from analysis.report.outline.values import Bars, Block, Facts, Heading, Listing, Points, Quotes, Text
from analysis.report.slides.method import cautions, counts
from analysis.report.slides.places import raised
from analysis.report.slides.themes import LEAST_SHARE, MAIN
from analysis.report.slides.words import signature
from analysis.sentences import (
    channels_note,
    quartier_lede,
    quartier_title,
    ranking,
    said_lede,
    said_title,
    theme_lede,
    unsorted,
)
from analysis.tables import TOTAL, Axis
from surveys.words import _

#: Quotations of a theme, and themes of an open question.
QUOTES, THEMES = 3, 8


def summary(briefing: Briefing) -> Iterator[Block]:
    """The few sentences that a reader in a hurry reads."""
    yield Heading(1, _("L’essentiel"))
    said = [said_title(briefing), quartier_title(briefing) if briefing.quartiers else "", done_title(briefing)]
    heard = heard_title(briefing) if briefing.quartiers and briefing.done.persons else ""
    yield Points(tuple(f"{sentence}." for sentence in (*said, heard) if sentence))
    if note := channels_note(briefing):
        yield Text(note, "note")
    yield Facts(tuple(_numbers(briefing)))


def _numbers(briefing: Briefing) -> Iterator[tuple[str, str]]:
    done, said = briefing.done, briefing.said
    found = [(done.persons, _("personne a répondu"), _("personnes ont répondu"))]
    if done.meetings:
        found.append((len(done.meetings), _("rencontre"), _("rencontres")))
        found.append((done.attendance, _("présence en rencontre"), _("présences en rencontre")))
    found.append((said.ideas, _("idée exprimée"), _("idées exprimées")))
    yield from ((palette.number(count), one if count < 2 else many) for count, one, many in found)


def done(briefing: Briefing) -> Iterator[Block]:
    """What was done: answers, rencontres, who answered and who did not."""
    made = briefing.done
    yield Heading(1, _("Ce qui a été fait"))
    yield Heading(2, done_title(briefing))
    if lede := done_lede(briefing):
        yield Text(lede, "lede")
    if made.timeline:
        yield Text(f"{timeline_title(made.timeline)}.")
    if made.meetings:
        yield Heading(2, meetings_title(made.meetings))
        yield _meetings(made.meetings, briefing.quartiers)
        yield Text(_("Une personne venue deux fois compte pour deux présences."), "note")
    profiles = [table for table in _profiles(briefing) if table is not None]
    if profiles:
        yield Heading(2, heard_title(briefing) if briefing.quartiers else _("Qui a répondu"))
        yield Text(
            _("Peu de réponses ne veut pas dire satisfaction\u00a0: un quartier peu entendu est à aller chercher.")
        )
        yield from profiles


def _meetings(meetings: Iterable[Meeting], quartiers: Collection[str]) -> Listing:
    kinds: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        kinds[meeting.kind].append(meeting)
    ordered = sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    rows = tuple(
        (
            capital(kind_words(kind)[0]),
            palette.number(len(held)),
            palette.number(sum(meeting.headcount for meeting in held)),
            _where({place for meeting in held for place in meeting.quartiers}, quartiers),
        )
        for kind, held in ordered
    )
    head = (_("Nature"), _("Nombre"), _("Présences"), _("Quartiers"))
    return Listing(_("Les rencontres, par nature"), head, rows, (1, 2))


def _where(places: set[str], quartiers: Collection[str]) -> str:
    return ", ".join(sorted(places)) if places and not places.issuperset(quartiers) else _("Tous les quartiers")


def _profiles(briefing: Briefing) -> Iterator[Bars | None]:
    made = briefing.done
    for name, table in (
        (_("Canal"), made.by_channel),
        (_("Quartier"), made.by_quartier),
        (_("Âge"), made.by_age),
        (_("Sexe"), made.by_sex),
    ):
        told = ", ".join((figures.base(table.base), *figures.beside(table)))
        yield figures.ranked(table, caption=f"{profile_title(table)} ({told})", name=name, zero=True)


def said(briefing: Briefing) -> Iterator[Block]:
    """What was said in people's own words: the ranking, then the main themes one by one."""
    yield Heading(1, _("Ce qui a été dit"))
    yield Heading(2, said_title(briefing))
    yield Text(said_lede(briefing), "lede")
    table = briefing.said.themes
    caption = _("Part des personnes qui évoquent chaque thème\u202f; %(base)s", base=figures.base(table.base))
    bars = figures.ranked(table, caption=caption, name=_("Thème"))
    if bars is None:
        yield Text(_("Les thèmes se lisent ici une fois l’analyse des réponses faite et assez de personnes entendues."))
        return
    yield bars
    yield Text(_("Une personne peut évoquer plusieurs thèmes\u00a0: les parts ne s’ajoutent pas."), "note")
    if rest := " ".join(filter(None, (_unraised(table), unsorted(briefing)))):
        yield Text(rest, "note")
    for row in _main(table):
        yield from _theme(briefing, row.code, row.label, palette.theme(row.colour))


def _main(table: Published) -> list[Axis]:
    """The themes told one by one: those that many raise, the first one whatever it weighs."""
    ranked = ranking(table)[:MAIN]
    return [row for rank, (row, cell) in enumerate(ranked) if not rank or (cell.share or 0) >= LEAST_SHARE]


def _unraised(table: Published) -> str:
    labels = [row.label for row, cell in table.column() if cell.shown is Shown.NOTHING and not cell.lines]
    return (
        _("Personne n’a évoqué\u00a0: %(names)s.", names=listed([quote(label) for label in labels])) if labels else ""
    )


def _theme(briefing: Briefing, theme: str, label: str, colour: str) -> Iterator[Block]:
    yield Heading(2, label)
    yield Text(theme_lede(briefing, theme), "lede")
    below = briefing.said.subthemes.get(theme)
    if below is not None:
        caption = _(
            "Sous-thèmes, part des personnes qui se sont exprimées\u202f; %(base)s", base=figures.base(below.base)
        )
        bars = figures.ranked(below, caption=caption, name=_("Sous-thème"))
        yield from figures.first([bars])
    extracts = briefing.said.extracts.get(theme, ())[:QUOTES]
    if extracts:
        yield Quotes(tuple((extract.text, signature(briefing, extract)) for extract in extracts), colour)


def places(briefing: Briefing, told: Sequence[Place]) -> Iterator[Block]:
    """Theme × quartier, then what distinguishes each quartier."""
    rows = raised(briefing.by_quartier)
    if briefing.quartiers and rows:
        yield Heading(1, _("Par quartier"))
        yield Heading(2, quartier_title(briefing))
        yield Text(quartier_lede(briefing), "lede")
        caption = _("Part et nombre de personnes de chaque quartier qui évoquent le thème")
        yield from figures.matrices(briefing.by_quartier, rows, caption=caption, corner=_("Thème"))
        yield from _key(briefing.k)
        yield from couleurs(told, briefing.k)


def _key(k: int) -> Iterator[Block]:
    yield Text(
        _(
            "* et hachures\u00a0: à lire avec prudence (moins de 10 personnes, un seul canal, une seule rencontre ou un"
            " quartier déduit). «\u00a0+3 renc.\u00a0»\u00a0: contributions notées en rencontre, comptées à part."
            " «\u00a0masqué\u00a0»\u00a0: moins de %(k)d personnes, ou un effectif qui en trahirait un autre."
            " «\u00a0non abordé\u00a0»\u00a0: personne n’en a parlé, ce qui ne dit pas que tout va bien.",
            k=k,
        ),
        "note",
    )


def channels(briefing: Briefing, told: Channels | None) -> Iterator[Block]:
    """Theme × channel, and whether the channels agree."""
    table = briefing.by_channel
    rows = raised(table)
    if rows and sum(column.code != TOTAL for column in table.columns) > 1:
        yield Heading(1, _("Par canal"))
        yield Heading(2, channel_words.title(told.found, table) if told else _("Ce que dit chaque canal"))
        lede = channel_words.lede(told.found, table) if told else ""
        if said := " ".join(filter(None, (lede, channels_note(briefing)))):
            yield Text(said, "lede")
        caption = _("Part et nombre de personnes de chaque canal qui évoquent le thème")
        yield from figures.matrices(briefing.by_channel, rows, caption=caption, corner=_("Thème"))


def method(briefing: Briefing) -> Iterator[Block]:
    """What is counted, and what the figures do not say."""
    yield Heading(1, _("Méthode et précautions"))
    yield Heading(2, _("Ce qui est compté"))
    yield Points(tuple(counts(briefing)))
    yield Heading(2, _("Ce que ces chiffres ne disent pas"))
    yield Points(tuple(cautions(briefing)))
