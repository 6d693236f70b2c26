"""What a quartier's page says, in French, by fixed rules: its title, what is told of each theme, what is not known.

The subject is the returns; a difference is told, never why; what a test does not tell is never said to be absent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from analysis.briefing import Done
from analysis.couleur import EXAMPLE, Couleur, Gap, Verdict
from analysis.disclosure import Published, Shown
from analysis.findings import by
from analysis.french import at, capital, counted, listed, noun, persons, quote, spelt
from analysis.palette import percent
from analysis.sentences import LEAST_BASE, ranking
from analysis.tables import TOTAL
from surveys.words import _, ngettext

#: Themes named in a title; the others are counted.
NAMED = 2
#: The levels a corrected p is said to be under, lowest first.
LEVELS = ((0.001, "0,001"), (0.01, "0,01"), (0.05, "0,05"))
MINUS = "−"


def title(place: str, found: Couleur | None) -> str:
    """What distinguishes a quartier, in one sentence."""
    here = capital(at(place))
    if found is None or not found.attempts:
        return _("%(here)s, trop peu de retours pour dire ce qui distingue le quartier", here=here)
    more, less = found.told(Verdict.MORE), found.told(Verdict.LESS)
    if not more and not less:
        return _nothing(here, found)
    words = {"here": here, "more": _named(more), "less": _named(less), "shares": _contrast([*more, *less])}
    if more and less:
        return _(
            "%(here)s, les retours évoquent plus souvent %(more)s, et moins souvent %(less)s, qu’ailleurs", **words
        )
    if more:
        return _(
            "%(here)s, les retours évoquent plus souvent %(more)s que dans les autres quartiers%(shares)s", **words
        )
    return _("%(here)s, les retours évoquent moins souvent %(less)s que dans les autres quartiers%(shares)s", **words)


def _nothing(here: str, found: Couleur) -> str:
    if not found.gaps:
        return _("%(here)s, trop peu de retours sur chaque thème pour comparer le quartier aux autres", here=here)
    if not found.masked:
        return _("%(here)s, aucun thème ne se distingue des autres quartiers au-delà du hasard", here=here)
    return ngettext(
        "%(here)s, le seul thème comparable ne se distingue pas des autres quartiers au-delà du hasard",
        "%(here)s, aucun des %(n)s thèmes comparables ne se distingue des autres quartiers au-delà du hasard",
        len(found.gaps),
        here=here,
        n=spelt(len(found.gaps)),
    )


def _named(gaps: Sequence[Gap]) -> str:
    names = [noun(gap.theme.label).text for gap in gaps[:NAMED]]
    if rest := len(gaps) - NAMED:
        names += [counted(rest, _("autre thème"), _("autres thèmes"))] if rest > 0 else []
    return listed(names)


def _contrast(gaps: Sequence[Gap]) -> str:
    """« (24 % contre 10 %) » where one theme is told."""
    if len(gaps) != 1:
        return ""
    return _(" (%(here)s contre %(others)s)", here=percent(gaps[0].here.share), others=percent(gaps[0].others.share))


def lede(place: str, found: Couleur | None) -> str:
    """Who is compared with whom, what comes first there, and what such numbers could tell."""
    if found is None:
        return _("Un quartier n’est comparé aux autres que si assez de personnes s’y sont exprimées, ici et ailleurs.")
    said = [
        _(
            "%(here)s du quartier se sont exprimées, comparées à %(others)s des autres quartiers.",
            here=capital(persons(found.base)),
            others=persons(found.others),
        )
    ]
    if first := ranking(found.table, place)[:1]:
        row, cell = first[0]
        name = noun(row.label)
        said.append(
            _(
                "%(theme)s y %(verb)s le plus (%(share)s des retours).",
                theme=capital(name.text),
                verb=name.verb(_("revient"), _("reviennent")),
                share=percent(cell.share),
            )
        )
    return " ".join((*said, *_power(found)))


def _power(found: Couleur) -> Iterator[str]:
    if found.least is not None and not found.told(Verdict.MORE):
        yield _(
            "Avec ces effectifs, un thème évoqué par %(share)s des retours ailleurs ne serait dit plus fréquent ici"
            " qu’à partir de %(least)s.",
            share=percent(EXAMPLE),
            least=percent(found.least),
        )


def verdict_words(verdict: Verdict, count: int) -> str:
    """What the test says of themes that have the same verdict, once for all of them."""
    match verdict:
        case Verdict.MORE:
            return _("Évoqué plus souvent ici qu’ailleurs, au-delà du hasard")
        case Verdict.LESS:
            return _("Évoqué moins souvent ici qu’ailleurs, au-delà du hasard")
        case Verdict.CHANCE:
            return ngettext("Le hasard peut donner cet écart", "Le hasard peut donner chacun de ces écarts", count)
        case Verdict.UNTESTED:
            return _("Trop peu de personnes pour dire si l’écart tient au hasard")


def p_words(gap: Gap) -> str:
    """« p corrigé ≤ 0,01 » beside a difference that is told; "" beside any other."""
    if gap.p is None:
        return ""
    return _("p corrigé ≤ %(level)s", level=next(words for level, words in LEVELS if gap.p <= level))


def points_words(points: int) -> str:
    """« +14 », « −3 », « 0 »."""
    return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points < 0 else "0"


def unknown(
    found: Couleur | None,
    *,
    own: Done | None,
    whole: Done,
    doubtful: int,
    meetings: int,
) -> list[str]:
    """What is not known of a quartier, one sentence each, what matters most first.

    `own` is who answered there, `whole` who answered anywhere; `doubtful` counts the persons whose quartier is a guess,
    0 when they may not be counted.
    """
    return [
        *_too_few(found),
        *(_unheard(own, whole) if own else ()),
        *([] if meetings else [_("Aucune rencontre n’y a eu lieu\u00a0: rien ici ne vient d’un atelier.")]),
        *_guessed(doubtful),
        *_masked(found),
    ]


def _too_few(found: Couleur | None) -> Iterator[str]:
    if found is None:
        return
    if not found.attempts:
        yield _(
            "Trop peu de personnes du quartier ont des semblables ailleurs (même canal, même public, même âge)\u00a0:"
            " aucun écart n’est testé."
        )
    elif found.base < LEAST_BASE:
        yield _("Moins de %(n)s personnes s’y sont exprimées\u00a0: une seule y pèse beaucoup.", n=LEAST_BASE)


def _unheard(own: Done, whole: Done) -> Iterator[str]:
    """By which channels and from which ages fewer answers came than may be shown; a masked one may be of many."""
    for channel in _missing(own.by_channel, whole.by_channel):
        yield _("Moins de %(k)d réponses y sont venues %(by)s.", k=own.by_channel.k, by=by(channel))
    if ages := _missing(own.by_age, whole.by_age):
        yield ngettext(
            "Moins de %(k)d réponses y viennent de cet âge\u00a0: %(ages)s.",
            "Moins de %(k)d réponses y viennent de chacun de ces âges\u00a0: %(ages)s.",
            len(ages),
            k=own.by_age.k,
            ages=listed([age.lower() for age in ages]),
        )


def _missing(own: Published, whole: Published) -> list[str]:
    heard = {row.code for row in own.rows}
    return [row.label for row, cell in whole.column(TOTAL) if row.code not in heard and cell.shown is Shown.COUNT]


def _guessed(doubtful: int) -> Iterator[str]:
    if doubtful:
        yield _(
            "Pour %(persons)s, le quartier est déduit et non déclaré\u00a0: elles sont comptées, mais hors du test.",
            persons=persons(doubtful),
        )


def _masked(found: Couleur | None) -> Iterator[str]:
    if found is not None and found.masked:
        yield _(
            "Trop peu de personnes, ici ou dans un autre quartier, pour montrer la comparaison\u00a0: %(themes)s.",
            themes=listed([noun(row.label).text for row in found.masked]),
        )


def only_words(labels: Collection[str]) -> str:
    """What was noted in the rencontres of this quartier and of no other."""
    if not labels:
        return ""
    return _(
        "Noté en rencontre dans ce quartier seulement\u00a0: %(labels)s.", labels=listed([quote(one) for one in labels])
    )
