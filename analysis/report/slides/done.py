"""« Ce qui a été fait » : how many answered, by which channel, at which rencontres, and who they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pptx.util import Inches

from analysis import makeup_words, palette
from analysis.briefing import Briefing
from analysis.disclosure import Published, Shown
from analysis.findings import done_lede, done_title, heard_title, kind_words, profile_title
from analysis.french import counted, listed
from analysis.makeup import Makeup
from analysis.material import Meeting
from analysis.report.charts import Bar, bars
from analysis.report.geometry import BOTTOM, GAP, INNER, TOP, Layout, Slot
from analysis.report.sheet import said, sheet
from analysis.report.slides.frame import Deck, close, place
from analysis.report.slides.words import said_of, spoken
from analysis.report.text import Line, shorten, write
from analysis.sentences import ranking
from surveys.words import _

KINDS = 5
AGE = "profil.age"
#: Bars of a chart that shares the slide with two others.
GROUPS = 8
#: Inches that each profile takes, the names of quartiers being longest, and that a caption takes above the bars.
WIDTHS = (3.6, 2.7, 4.93)
CAPTIONED = 0.72
#: Inches of a group, its two shares and the gap between them.
POPULATION = (4.6, 2.4, 2.4, INNER - 9.4)


def add(deck: Deck) -> None:
    """Add the part."""
    deck.part(_("Ce qui a été fait"), done_lede(deck.briefing))
    _figures(deck)
    _respondents(deck)
    _population(deck)


def missing(deck: Deck) -> list[str]:
    """Who was least heard, and who is missing beside the population; that nothing tells where no margin is known."""
    heard = _title(deck.briefing) if _told(deck.briefing) else heard_title(deck.briefing)
    found = deck.beyond.makeups
    if found:
        return [f"{sentence}." for sentence in (heard, makeup_words.title(found)) if sentence]
    return [
        f"{heard}.",
        _("Aucun chiffre de population n’est joint\u00a0: rien ne dit quels âges ou quels publics manquent."),
    ]


def _population(deck: Deck) -> None:
    """Add the groups far from the population, those less present first; all of them where none is far."""
    found = deck.beyond.makeups
    groups = [(one, group) for one in found for group in one.groups]
    told = [pair for pair in groups if pair[1].far or pair[1].shown is Shown.NOTHING] or groups
    if not told:
        return
    told = sorted(told, key=lambda pair: pair[1].points if pair[1].points is not None else 0)[:GROUPS]
    slide = deck.add(
        Layout.TABLE,
        makeup_words.title(found),
        makeup_words.lede(found) or _("Les habitants qui ont répondu, à côté de la population"),
        query=_(
            "Requête\u00a0: habitants ayant répondu, par quartier, âge et sexe, à côté des marges de population"
            " (%(sources)s).",
            sources=" ; ".join(f"{makeup_words.facet_words(one.margin.facet)}\u00a0: {_source(one)}" for one in found),
        ),
        base=deck.briefing.done.persons,
    )
    heads = [_("Groupe"), _("Dans la population"), _("Parmi les réponses"), _("Écart")]
    rows = [
        (
            f"{makeup_words.facet_words(one.margin.facet)}\u00a0: {group.label}",
            palette.percent(group.population),
            makeup_words.share_words(group),
            makeup_words.gap_words(group),
        )
        for one, group in told
    ]
    alt = " ".join(f"{label}, {population}, {share}, {gap}." for label, population, share, gap in rows)
    cells = [[said(label, bold=True), *map(said, others)] for label, *others in rows]
    sheet(slide.placeholders[Slot.TABLE], [said(head, bold=True) for head in heads], cells, POPULATION, alt=alt)
    close(slide)


def _source(one: Makeup) -> str:
    return f"{one.margin.source}, {one.margin.year}"


def _figures(deck: Deck) -> None:
    done = deck.briefing.done
    slide = deck.add(
        Layout.FIGURES,
        done_title(deck.briefing),
        _("Les présences aux rencontres sont comptées à part\u00a0: une même personne peut être venue plusieurs fois.")
        if done.meetings
        else _("Nombre de personnes ayant répondu, par canal."),
        query=_(
            "Requête\u00a0: réponses reçues, doublons confirmés retirés, par canal\u202f; rencontres enregistrées."
        ),
        base=done.persons,
    )
    slots = (Slot.FIGURE_1, Slot.FIGURE_2, Slot.FIGURE_3, Slot.FIGURE_4)
    for slot, (count, one, many) in zip(slots, _numbers(deck), strict=False):
        write(slide.placeholders[slot], [palette.number(count), Line(one if count < 2 else many, 1)])
    if data := _bars(done.by_channel):
        title = _("Répondants par canal")
        bars(slide.placeholders[Slot.CHART], data, title=title, alt=spoken(title, data), labels=0.26)
    write(slide.placeholders[Slot.SIDE], list(_meetings(done.meetings)))
    close(slide)


def _numbers(deck: Deck) -> Iterable[tuple[int, str, str]]:
    done, said = deck.briefing.done, deck.briefing.said
    yield done.persons, _("répondant"), _("répondants")
    if done.meetings:
        yield len(done.meetings), _("rencontre"), _("rencontres")
        yield done.attendance, _("présence en rencontre"), _("présences en rencontre")
    yield said.ideas, _("idée exprimée"), _("idées exprimées")


def _meetings(meetings: Iterable[Meeting]) -> Iterable[Line]:
    """Yield each kind of rencontre with its presences and where it was held, the most frequent first."""
    kinds: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        kinds[meeting.kind].append(meeting)
    for kind, held in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:KINDS]:
        yield Line(counted(len(held), *kind_words(kind)), bold=True)
        presences = counted(sum(meeting.headcount for meeting in held), _("présence"), _("présences"))
        places = sorted({place for meeting in held for place in meeting.quartiers})
        where = f" · {counted(len(places), _('quartier'), _('quartiers'))}" if places else ""
        yield Line(presences + where, 1)


def _respondents(deck: Deck) -> None:
    done = deck.briefing.done
    profiles = (
        (_("Âge"), done.by_age, Slot.CAPTION_1, Slot.CHART),
        (_("Sexe"), done.by_sex, Slot.CAPTION_2, Slot.CHART_2),
        (_("Quartier"), done.by_quartier, Slot.CAPTION_3, Slot.CHART_3),
    )
    if not _told(deck.briefing):
        return
    slide = deck.add(
        Layout.THREE,
        _title(deck.briefing),
        _("Les répondants tels qu’ils se sont décrits\u202f; la part est celle des réponses connues.")
        + ("" if deck.beyond.makeups else " " + _("Aucun chiffre de population n’est joint pour dire qui manque.")),
        query=_("Requête\u00a0: répondants par âge, sexe et quartier d’habitation, réponses non précisées à part."),
        base=done.persons,
    )
    first = slide.placeholders[Slot.CAPTION_1]
    left, top, bottom = first.left, first.top, first.top + Inches(BOTTOM - TOP)
    for (name, profile, caption, chart), width in zip(profiles, WIDTHS, strict=True):
        data = _bars(profile, ranked=profile is not done.by_age)
        under = top + Inches(CAPTIONED)
        place(slide.placeholders[caption], left, top, Inches(width), under - top)
        place(slide.placeholders[chart], left, under, Inches(width), bottom - under)
        left += Inches(width + GAP)
        write(slide.placeholders[caption], [_known(name, profile), *_unseen(profile)])
        if data:
            # Room for the figures after the longest bar, in a narrow chart.
            longest = 1.4 * max(bar.share for bar in data)
            share = 0.56 if profile is done.by_quartier else 0.52
            bars(slide.placeholders[chart], data, title=name, alt=spoken(name, data), labels=share, top=longest)
    close(slide)


def _told(briefing: Briefing) -> bool:
    """Whether any group of respondents may be shown."""
    done = briefing.done
    return any(ranking(profile) for profile in (done.by_age, done.by_sex, done.by_quartier))


def _title(briefing: Briefing) -> str:
    """Which quartiers were least heard; without quartiers, the largest group of respondents."""
    done = briefing.done
    if not briefing.quartiers:
        return next(
            profile_title(profile) for profile in (done.by_age, done.by_sex, done.by_quartier) if ranking(profile)
        )
    named = {row.label for row in done.by_quartier.rows}
    unheard = [quartier for quartier in briefing.quartiers if quartier not in named]
    if not unheard:
        return heard_title(briefing)
    # Their few persons, if any, are counted with those whose quartier is not known.
    return _("Moins de %(k)d personnes entendues\u00a0: %(names)s", k=briefing.k, names=listed(unheard))


def _known(name: str, profile: Published) -> str:
    if not profile.base:
        return _("%(name)s\u00a0: non recueilli", name=name)
    if not any(cell.count for _row, cell in profile.column()):
        return _("%(name)s\u00a0: effectifs trop petits", name=name)
    beside = "".join(f"\u202f; {_aside(label)}\u00a0: {_few(n, profile.k)}" for label, n in profile.beside.items())
    return _("%(name)s (n\u00a0=\u00a0%(n)s%(beside)s)", name=name, n=palette.number(profile.base), beside=beside)


def _aside(label: str) -> str:
    """Who stands beside a profile; a group of it may itself be called « non précisé »."""
    return _("sans réponse") if label == _("Non précisé") else label.lower()


def _few(count: int | None, k: int) -> str:
    return palette.below(k) if count is None else palette.number(count)


def _unseen(profile: Published) -> list[Line]:
    """Say under a caption which groups have no bar: those masked, those there is no room for."""
    hidden = [row.label for row, cell in profile.column() if cell.shown is Shown.MASKED]
    more = [f"{row.label} ({palette.number(cell.count)})" for row, cell in ranking(profile)[GROUPS:]]
    if hidden:
        return [Line(_("Masqué\u00a0: %(names)s", names=shorten(", ".join(hidden), 36)), 1)]
    if more and profile.name != AGE:
        return [Line(_("Aussi\u00a0: %(names)s", names=shorten(", ".join(more), 36)), 1)]
    return []


def _bars(profile: Published, *, ranked: bool = True) -> list[Bar]:
    rows = ranking(profile) if ranked else [(row, cell) for row, cell in profile.column() if cell.count]
    return [Bar(shorten(row.label, 46), cell.share or 0.0, said_of(cell)) for row, cell in rows[:GROUPS]]
