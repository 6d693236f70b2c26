"""What the rest of the numbers say, in French, by fixed rules: who answered, when, and the closed questions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import assert_never

from analysis.briefing import Briefing, Closed
from analysis.disclosure import Published
from analysis.french import capital, counted, listed, persons, quote
from analysis.material import Caution, Meeting
from analysis.palette import day, number, percent
from analysis.sentences import ranking
from analysis.tables import TOTAL, Axis
from surveys.questions import Scale
from surveys.words import _, ngettext

MEETINGS = {
    "atelier": ("atelier", "ateliers"),
    "diagnostic-en-marchant": ("diagnostic en marchant", "diagnostics en marchant"),
    "seminaire": ("séminaire", "séminaires"),
    "permanence": ("permanence", "permanences"),
    "reunion-publique": ("réunion publique", "réunions publiques"),
}

#: Beyond this many answers, an ordered list is one of bands, not a scale of opinion.
LONGEST_SCALE = 5
#: Beyond this share of the base, those who stand beside a profile are counted in its title.
MANY_ASIDE = 0.1
CHANNELS = {
    "En ligne": "en ligne",
    "Téléphone": "par téléphone",
    "Papier": "sur papier",
    "Face à face": "en face à face",
    "Borne": "sur une borne",
    "Enquête partenaire": "par l’enquête d’un partenaire",
}


def done_title(briefing: Briefing) -> str:
    """How many persons answered and how many rencontres were held."""
    done = briefing.done
    if not done.persons and not done.meetings:
        return _("Aucune réponse pour l’instant")
    answered = ngettext("%(n)s personne a répondu", "%(n)s personnes ont répondu", done.persons, n=number(done.persons))
    if not done.meetings:
        return answered
    held = ngettext(
        "%(n)s rencontre a eu lieu", "%(n)s rencontres ont eu lieu", len(done.meetings), n=number(len(done.meetings))
    )
    return _("%(answered)s et %(held)s", answered=answered, held=held) if done.persons else held


def done_lede(briefing: Briefing) -> str:
    """The answers by channel, and the presences, which are not persons."""
    sentences = []
    channels = [f"{number(cell.count)} {by(row.label)}" for row, cell in ranking(briefing.done.by_channel)]
    if len(channels) > 1:
        sentences.append(_("Réponses\u00a0: %(channels)s.", channels=listed(channels)))
    if briefing.done.attendance:
        sentences.append(
            _(
                "Les rencontres comptent %(presences)s, à ne pas ajouter aux réponses\u00a0:"
                " une même personne peut être venue plusieurs fois.",
                presences=counted(briefing.done.attendance, _("présence"), _("présences")),
            )
        )
    return " ".join(sentences)


def by(channel: str) -> str:
    """How an answer came, inside a sentence: « par téléphone »."""
    return CHANNELS.get(channel) or _("par le canal %(channel)s", channel=quote(channel))


def profile_title(profile: Published) -> str:
    """The largest group of respondents; "" when none may be named."""
    ranked = ranking(profile)
    if not ranked:
        return _("Trop peu de réponses pour le dire")
    row, cell = ranked[0]
    aside, base = sum(count or 0 for count in profile.beside.values()), profile.base or 0
    if aside > MANY_ASIDE * base:
        words = {"label": capital(row.label), "count": number(cell.count), "total": number(base + aside)}
        return _("%(label)s\u00a0: %(count)s personnes sur %(total)s", **words)
    return _("%(label)s\u00a0: %(share)s des répondants", label=capital(row.label), share=percent(cell.share))


def heard_title(briefing: Briefing) -> str:
    """Which quartier was least heard: silence is not satisfaction, so it is said first."""
    if not briefing.quartiers or not briefing.done.persons:
        return _("Aucun quartier n’est encore connu")
    if briefing.choice.quartier:
        return _("Un seul quartier est lu ici\u00a0: %(place)s", place=briefing.choice.quartier)
    counts = {row.code: cell.count for row, cell in briefing.done.by_quartier.column()}
    absent = [place for place in briefing.quartiers if place not in counts or counts[place] == 0]
    hidden = [place for place in briefing.quartiers if place in counts and counts[place] is None]
    if absent:
        return _("Personne n’a été entendu pour %(names)s", names=listed(absent))
    if hidden:
        # One of them may be masked for the sake of another, and not be the least.
        return _(
            "Le quartier le moins entendu n’est pas connu\u00a0: effectif masqué pour %(names)s", names=listed(hidden)
        )
    return _least({place: counts[place] or 0 for place in briefing.quartiers})


def _least(counts: Mapping[str, int]) -> str:
    least = min(counts.values())
    places = [place for place, count in counts.items() if count == least]
    if len(places) == len(counts) > 1:
        return _("Tous les quartiers ont été entendus de la même façon")
    return ngettext(
        "%(names)s est le quartier le moins entendu\u00a0: %(said)s",
        "%(names)s sont les quartiers les moins entendus\u00a0: %(said)s chacun",
        len(places),
        names=capital(listed(places)),
        said=persons(least),
    )


def timeline_title(timeline: Sequence[tuple[dt.date, int]]) -> str:
    """The day by which half of the answers had come."""
    if not timeline:
        return _("La date des réponses n’est pas connue")
    total = timeline[-1][1]
    if len(timeline) == 1:
        return _("Toutes les réponses datent du %(day)s", day=day(timeline[0][0]))
    half = next(date for date, count in timeline if 2 * count >= total)
    return _("La moitié des réponses était arrivée le %(day)s", day=day(half))


def meetings_title(meetings: Sequence[Meeting]) -> str:
    """How many rencontres of each kind."""
    if not meetings:
        return _("Aucune rencontre n’est enregistrée")
    counts = Counter(meeting.kind for meeting in meetings)
    return capital(listed([counted(count, *kind_words(kind)) for kind, count in counts.most_common()]))


def kind_words(kind: str) -> tuple[str, str]:
    """A kind of rencontre in the singular and in the plural; its code when it is a new one."""
    return MEETINGS.get(kind, (kind, kind))


def kind_beside(meeting: Meeting) -> str:
    """The kind of a rencontre, "" where its title says it."""
    kind = kind_words(meeting.kind)[0]
    return "" if kind in meeting.title.lower() else kind


def closed_title(closed: Closed) -> str:
    """The finding of a closed question; "" when nothing may be said of it."""
    table = closed.table
    match closed.scale:
        case Scale.GRID:
            return _grid_title(table)
        case Scale.MULTIPLE | Scale.RANKING:
            return _first_three(table, TOTAL)
        case Scale.ORDINAL:
            return _better_half(table) or _most(table)
        case Scale.NOMINAL | Scale.NUMERIC | Scale.DATE:
            return _most(table)
        case Scale.TEXT | Scale.NONE:
            return ""
        case unknown:
            assert_never(unknown)


def _most(table: Published) -> str:
    ranked = ranking(table)
    if not ranked:
        return ""
    row, cell = ranked[0]
    return _("%(label)s\u00a0: %(share)s des réponses", label=quote(row.label), share=percent(cell.share))


def _better_half(table: Published) -> str:
    """The end of a short scale with the most answers; "" for age bands and other long lists, or a masked end."""
    half = len(table.rows) // 2
    if not 3 <= len(table.rows) <= LONGEST_SCALE:
        return ""
    ends = [table.rows[:half], table.rows[-half:]]
    shares = [[table.cell(row.code).share for row in end] for end in ends]
    if any(share is None for end in shares for share in end):
        return ""
    sums = [sum(share or 0 for share in end) for end in shares]
    best = sums.index(max(sums))
    answers = _(" ou ").join(quote(row.label) for row in ends[best])
    return _("%(share)s répondent %(answers)s", share=percent(sums[best]), answers=answers)


def _first_three(table: Published, column: str) -> str:
    ranked = ranking(table, column)[:3]
    if not ranked:
        return ""
    names = listed([quote(row.label) for row, _cell in ranked])
    return _("En tête\u00a0: %(names)s", names=names)


def _grid_title(table: Published) -> str:
    """The line of a grid with the most answers in the lower half of the scale."""
    low = table.columns[: len(table.columns) // 2]
    if not low:
        return ""
    found = [(share, row) for row in table.rows if (share := _low_share(table, row, low)) is not None]
    if not found:
        return ""
    share, row = max(found, key=lambda pair: pair[0])
    label, answers = capital(row.label), _(" ou ").join(quote(column.label) for column in low)
    return _("%(row)s\u00a0: %(share)s répondent %(answers)s", row=label, share=percent(share), answers=answers)


def _low_share(table: Published, row: Axis, low: Sequence[Axis]) -> float | None:
    """The share of the lower answers of a line; None when one of them is masked."""
    shares = [table.cell(row.code, column.code).share for column in low]
    return None if any(share is None for share in shares) else sum(share or 0 for share in shares)


def caution_words(caution: Caution) -> str:
    """Why a figure is to be read with prudence."""
    match caution:
        case Caution.SMALL_BASE:
            return _("moins de 10 personnes")
        case Caution.ONE_CHANNEL:
            return _("un seul canal")
        case Caution.ONE_MEETING:
            return _("une seule rencontre")
        case Caution.DOUBTFUL_PLACE:
            return _("quartier déduit, non déclaré")
        case Caution.UNSURE_THEME:
            return _("thème mal reconnu, ou lu différemment d’une personne à l’autre")
        case unknown:
            assert_never(unknown)
