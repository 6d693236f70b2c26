"""What the page of channels and publics says, in French, by fixed rules; what chance may give is no difference."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.channels import Carried, leader
from analysis.concordance import Concordance, Estimate
from analysis.disclosure import Published
from analysis.findings import by
from analysis.french import capital, listed, noun, persons, quote
from analysis.palette import number, percent
from analysis.place_sentences import MINUS
from analysis.tables import TOTAL
from surveys.words import _

#: From which mean rank correlation orders are said to be alike, first that holds.
ALIKE = ((0.8, "presque dans le même ordre"), (0.6, "à peu près dans le même ordre"))
PARTLY = 0.3
#: Two channels are near when their whole interval is above this.
TOGETHER = 0.5


def title(found: Concordance | None, table: Published) -> str:
    """Whether the channels agree, in one sentence."""
    if found is None:
        return _("Trop peu de canaux ou de retours pour dire si les canaux s’accordent")
    if not found.differs:
        return _("Entre les canaux, aucune différence d’ordre ne dépasse le hasard") + _first(found, table)
    if words := next((words for least, words in ALIKE if found.correlation >= least), ""):
        return _("Les retours des canaux rangent les thèmes %(words)s", words=_(words)) + _first(found, table)
    apart = standing_apart(found)
    if apart:
        return _("Les retours du canal %(apart)s rangent les thèmes autrement que les autres", apart=quote(apart))
    if found.correlation >= PARTLY:
        return _("D’un canal à l’autre, les retours rangent les thèmes en partie autrement") + _first(found, table)
    return _("D’un canal à l’autre, les retours ne rangent pas les thèmes dans le même ordre") + _first(found, table)


def _first(found: Concordance, table: Published) -> str:
    """« , la sécurité en tête partout » where every channel is led by one theme, masked figures included."""
    leaders = [leader(table, channel) for channel in found.channels]
    codes = {one[0].code if one else "" for one in leaders}
    if len(codes) != 1 or leaders[0] is None:
        return ""
    return _(", %(theme)s en tête partout", theme=noun(leaders[0][0].label).text)


def standing_apart(found: Concordance) -> str:
    """The one channel whose agreement with each other is not established, that of the others being; "" without one."""
    for channel in found.channels if len(found.channels) > 2 else ():
        own = [pair.tau for pair in found.pairs if channel in (pair.one, pair.other)]
        rest = [pair.tau for pair in found.pairs if channel not in (pair.one, pair.other)]
        if all(tau.low <= 0 for tau in own) and all(tau.low > 0 for tau in rest):
            return channel
    return ""


def lede(found: Concordance | None, table: Published) -> str:
    """Who is compared, and how much they agree, with how far that may be off."""
    bases = [
        f"{persons(column.base)} {by(column.label)}" for column in table.columns if column.code != TOTAL and column.base
    ]
    who = _("Se sont exprimées %(bases)s.", bases=listed(bases)) if bases else ""
    if found is None:
        return who
    return f"{who} " + _(
        "Sur %(n)s thèmes, la concordance est de %(w)s (W de Kendall\u00a0: 1 pour un même ordre, %(none)s pour des"
        " ordres sans rapport), %(between)s selon qui aurait répondu.",
        n=number(found.themes),
        w=decimal(found.w.value),
        none=decimal(1 / len(found.channels)),
        between=between(found.w),
    )


def chance(found: Concordance) -> str:
    """What W would be if all channels said the same."""
    return _(
        "Si tous les canaux disaient la même chose, le hasard de qui répond laisserait la concordance au-dessus de"
        " %(alike)s dix-neuf fois sur vingt.",
        alike=decimal(found.alike),
    )


def decimal(value: float) -> str:
    """0.5234 → « 0,52 », −0.05 → « −0,05 »."""
    return f"{MINUS if round(value, 2) < 0 else ''}{abs(value):.2f}".replace(".", ",")


def between(one: Estimate) -> str:
    """« entre 0,37 et 0,95 »."""
    return _("entre %(low)s et %(high)s", low=decimal(one.low), high=decimal(one.high))


def agreement_words(tau: Estimate) -> str:
    """What two channels have in common; nothing is said that the interval does not bear."""
    if tau.low >= TOGETHER:
        return _("ordres proches")
    if tau.low > 0:
        return _("ordres qui se ressemblent")
    if tau.high < 0:
        return _("ordres opposés")
    return _("aucun accord établi")


def carried_words(found: Sequence[Carried]) -> str:
    """Where one theme is told to be raised more; "" where it is told of none."""
    return listed([by(one.channel) for one in found])


def carried_title(found: Sequence[Carried] | None) -> str:
    """How many themes one channel carries, among those whose figures may be shown."""
    if found is None:
        return _("Trop peu de retours par canal pour dire quels thèmes un seul porte")
    alone = [one for one in found if one.alone]
    if not alone:
        return _("Aucun thème montré n’est porté par un seul canal au-delà du hasard")
    if len(alone) == 1:
        one = alone[0]
        name = noun(one.theme.label)
        return _(
            "%(theme)s %(verb)s surtout %(by)s",
            theme=capital(name.text),
            verb=name.verb(_("revient"), _("reviennent")),
            by=by(one.channel),
        )
    return _("%(n)s thèmes sont surtout portés par un canal", n=number(len(alone)))


def carried_line(one: Carried) -> str:
    """« 18 % des retours, contre 4 % par les autres canaux (9 personnes) »."""
    return _(
        "%(here)s des retours %(by)s (%(n)s), contre %(others)s par les autres canaux (%(count)s)",
        here=percent(one.here.share),
        by=by(one.channel),
        n=persons(one.here.count),
        others=percent(one.others),
        count=persons(one.count),
    )
