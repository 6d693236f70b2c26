"""What the themes say, in French, by fixed rules: titles, ledes and notes of pages, slides and files.

Every function reads a published object, so no sentence can tell what disclosure control keeps. The subject is
the returns or the persons counted, never the inhabitants: the sample is voluntary.
"""

from __future__ import annotations

from collections import Counter

from analysis.briefing import Briefing
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.french import anyone, at, capital, counted, listed, noun, part, persons, quote, spelt
from analysis.material import Caution, Filter
from analysis.palette import number, percent
from analysis.stamp import copies_words, made_words
from analysis.tables import TOTAL, Axis
from surveys.words import _, ngettext

#: Under this many persons a title counts persons and says no share.
LEAST_BASE = 30
FAR, AHEAD = 0.15, 0.05
DISAGREE = 0.20
#: A cell of one channel comes from one channel.
ONE = frozenset({Caution.ONE_CHANNEL})


def said_title(briefing: Briefing) -> str:
    """The ranking of the themes in one sentence."""
    return themes_title(briefing.said.themes, briefing.said.speakers, every=briefing.choice == Filter())


def themes_title(themes: Published, speakers: int, *, every: bool = False) -> str:
    """The ranking of themes among `speakers` persons in one sentence.

    `every` is for everyone in answer to every question: elsewhere a theme may be masked for the sake of another, and
    stand before those that are shown.
    """
    title = _ranked(themes, speakers)
    hidden = any(cell.shown is Shown.MASKED for _row, cell in themes.column())
    return title if every or not hidden or not ranking(themes) else _among_shown(title)


def _among_shown(title: str) -> str:
    return _("Parmi les thèmes montrés, %(title)s", title=title[:1].lower() + title[1:])


def _ranked(themes: Published, speakers: int) -> str:
    ranked = ranking(themes)
    if not speakers:
        return _("Personne ne s’est encore exprimé avec ses mots")
    if not ranked:
        return _("Aucun thème ne ressort encore des retours")
    (first, best), second = ranked[0], ranked[1] if len(ranked) > 1 else None
    name = noun(first.label)
    if second and second[1].count == best.count:
        return _together(first, second[0], best, speakers)
    verb = name.verb(_("revient"), _("reviennent"))
    if speakers < LEAST_BASE:
        said_by = f"{number(best.count)} personnes sur {number(speakers)}"
        return f"{capital(name.text)} {verb} le plus souvent ({said_by})"
    return f"{capital(name.text)} {verb} dans {part(best.share or 0)}{_gap(best, second)}"


def _together(first: Axis, second: Axis, best: PublishedCell, base: int) -> str:
    names = capital(listed([noun(first.label).text, noun(second.label).text]))
    if base < LEAST_BASE:
        return _("%(names)s arrivent à égalité (%(n)s personnes)", names=names, n=number(best.count))
    return _("%(names)s arrivent à égalité, dans %(part)s", names=names, part=part(best.share or 0))


def _gap(best: PublishedCell, second: tuple[Axis, PublishedCell] | None) -> str:
    if second is None:
        return ""
    points = (best.share or 0) - (second[1].share or 0)
    words = _("loin devant") if points >= FAR else _("devant") if points >= AHEAD else _("juste devant")
    return f", {words} {noun(second[0].label).text}"


def ranking(published: Published, column: str = TOTAL) -> list[tuple[Axis, PublishedCell]]:
    """The rows whose count may be shown and is not zero, most raised first."""
    shown = [(row, cell) for row, cell in published.column(column) if cell.shown is Shown.COUNT]
    return sorted(shown, key=lambda pair: -(pair[1].count or 0))


def said_lede(briefing: Briefing) -> str:
    """How many persons answered, how many said something, and what the rencontres add."""
    answers, lines = briefing.done.persons, _lines(briefing.done.lines)
    if not answers:
        return _("Personne n’a encore répondu.") + lines
    answered = ngettext("%(n)s personne a répondu", "%(n)s personnes ont répondu", answers, n=number(answers))
    return f"{answered}, {_spoke(briefing.said.speakers)}.{lines}"


def _spoke(count: int) -> str:
    if not count:
        return _("aucune n’a exprimé d’avis avec ses mots")
    several = "%(n)s ont exprimé au moins un avis avec leurs mots"
    return ngettext("%(n)s a exprimé au moins un avis avec ses mots", several, count, n=number(count))


def _lines(count: int) -> str:
    if not count:
        return ""
    lines = counted(count, _("contribution notée"), _("contributions notées"))
    return " " + ngettext(
        "S’y ajoute %(lines)s en rencontre, comptée à part.",
        "S’y ajoutent %(lines)s en rencontre, comptées à part.",
        count,
        lines=lines,
    )


def unsorted(briefing: Briefing) -> str:
    """Who spoke and stands under no theme; "" when everyone does, or too few to say."""
    if (count := briefing.said.unclassified) < briefing.k:
        return ""
    return _("%(persons)s se sont exprimées sans qu’aucun thème convienne.", persons=persons(count))


def theme_lede(briefing: Briefing, theme: str) -> str:
    """Who raises a theme, and in how many wordings."""
    cell = briefing.said.themes.cell(theme)
    if cell.shown in (Shown.NOTHING, Shown.NO_BASE):
        heard = _("Personne ne l’a évoqué par écrit ou au téléphone")
    else:
        heard = persons(cell.count)
    distinct = briefing.said.distinct_texts.get(theme, 0)
    if cell.shown is Shown.COUNT and distinct:
        heard += ", " + counted(distinct, _("formulation distincte"), _("formulations distinctes"))
        heard += _(" en comptant les rencontres") if cell.lines else ""
    return f"{capital(heard)}."


def question_lede(cell: PublishedCell, whole: PublishedCell) -> str:
    """Who raises a theme in one open question, beside all of them."""
    return _(
        "%(here)s à cette question, %(whole)s toutes questions confondues.",
        here=capital(anyone(cell.count)),
        whole=anyone(whole.count),
    )


def _sure(cell: PublishedCell, *, whatever: frozenset[Caution] = frozenset()) -> bool:
    """True for a cell shown without a caution, but those that say nothing here."""
    return cell.shown is Shown.COUNT and not cell.cautions - whatever


def channels_note(briefing: Briefing) -> str:
    """A warning when the channels do not say the same of the first theme; "" when they agree."""
    ranked = ranking(briefing.said.themes)
    if not ranked:
        return ""
    theme, table = ranked[0][0], briefing.by_channel
    cells = [(table.cell(theme.code, c.code), c.label) for c in table.columns if c.code != TOTAL]
    shares = sorted(
        (cell.share, label) for cell, label in cells if _sure(cell, whatever=ONE) and cell.share is not None
    )
    if len(shares) < 2 or shares[-1][0] - shares[0][0] < DISAGREE:
        return ""
    (low, least), (high, most) = shares[0], shares[-1]
    return _(
        "Les canaux ne disent pas la même chose\u00a0: %(theme)s, %(high)s des retours pour le canal %(most)s,"
        " %(low)s pour le canal %(least)s. À comparer avant de conclure.",
        theme=noun(theme.label).text,
        high=percent(high),
        most=quote(most),
        low=percent(low),
        least=quote(least),
    )


def quartier_title(briefing: Briefing) -> str:
    """Which theme comes first in how many quartiers."""
    title, table = _led(briefing), briefing.by_quartier
    inside = {cell.shown for (_row, column), cell in table.cells.items() if column != TOTAL}
    partial = briefing.choice != Filter() and inside >= {Shown.MASKED, Shown.COUNT}
    return _among_shown(title) if partial else title


def _led(briefing: Briefing) -> str:
    table = briefing.by_quartier
    compared = [c for c in table.columns if c.code != TOTAL and (c.base or 0) >= 2 * briefing.k]
    ranked = {c.label: found for c in compared if (found := ranking(table, c.code))}
    # Where two themes come first together, neither leads.
    leaders = {
        place: one[0] for place, one in ranked.items() if len({cell.count for _row, cell in one[:2]}) == len(one[:2])
    }
    if not leaders:
        return (
            _("Aucun thème ne devance les autres") if ranked else _("Trop peu de retours pour comparer les quartiers")
        )
    if len(leaders) == 1:
        ((place, (row, cell)),) = leaders.items()
        return f"{capital(at(place))}, {noun(row.label).text} {_leads(row)} ({percent(cell.share)})"
    counts = Counter(row.code for row, _cell in leaders.values())
    (code, wins), *others = counts.most_common()
    first = next(row for row, _cell in leaders.values() if row.code == code)
    text = f"{capital(noun(first.label).text)} {_leads(first)}"
    if others or len(leaders) < len(ranked):
        rest = f", {_second(leaders, others[0][0])}" if others else ""
        return f"{text} {_in_most(wins, len(ranked))}{rest}"
    everywhere = len(leaders) == len(briefing.quartiers)
    every = _("dans les %(n)s quartiers") if everywhere else _("dans les %(n)s quartiers comparables")
    return f"{text} {every % {'n': spelt(len(leaders))}}"


def _leads(row: Axis) -> str:
    return noun(row.label).verb(_("arrive en tête"), _("arrivent en tête"))


def _in_most(wins: int, total: int) -> str:
    quartiers = _("quartier") if wins == 1 else _("quartiers")
    return _("dans %(n)s %(quartiers)s sur %(total)s", n=spelt(wins), quartiers=quartiers, total=spelt(total))


def _second(leaders: dict[str, tuple[Axis, PublishedCell]], code: str) -> str:
    places = [place for place, (row, _cell) in leaders.items() if row.code == code]
    label = next(row.label for row, _cell in leaders.values() if row.code == code)
    return f"{noun(label).text} {listed([at(place) for place in places[:2]])}"


def quartier_lede(briefing: Briefing) -> str:
    """What a cell of the matrix is, and who is in none of its columns."""
    text = _("Part des personnes rattachées à chaque quartier qui évoquent le thème.")
    bases = [column.base for column in briefing.by_quartier.columns if column.code != TOTAL]
    total = briefing.by_quartier.base
    if total is None or any(base is None for base in bases):
        return text
    outside = total - sum(base or 0 for base in bases)
    if outside < briefing.k:
        return text
    return (
        text
        + " "
        + _(
            "%(persons)s hors de ces quartiers ne comptent que dans «\u00a0Ensemble\u00a0».",
            persons=persons(outside),
        )
    )


def foot(briefing: Briefing) -> str:
    """Where the figures of a page come from and how far they go."""
    parts = [*made_words(briefing.provenance), *filter(None, [copies_words(briefing.said.copies)])]
    parts.append(_("effectifs inférieurs à %(k)d masqués", k=briefing.k))
    parts.append(_("consultation volontaire\u00a0: ces parts décrivent les répondants, non la population."))
    return capital(" · ".join(parts))
