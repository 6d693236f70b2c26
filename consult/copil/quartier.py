"""One quartier: what distinguishes it from the others, in its own words, and what is not known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from analysis import findings, place_sentences, sentences
from analysis.briefing import Briefing
from analysis.couleur import Couleur, Gap, Verdict, couleur
from analysis.disclosure import PublishedCell, Shown
from analysis.material import Filter, Material
from analysis.noted import noted, only_here
from analysis.reader import Reader
from analysis.tables import Axis
from analysis.verbatims import Signatures
from consult import security
from consult.copil import addresses, blueprint, choices, figures
from consult.copil.choices import READERS
from consult.copil.dots import Line, Scale, scale
from consult.copil.room import Room, enter, pages
from consult.copil.standing import banner
from surveys.questions import Scale as Kind

#: Themes whose words are read on the page, and quotations of each.
QUOTED, QUOTES = 3, 2
#: How many answers of a closed question are set beside those of everyone.
LEADING = {Kind.NOMINAL: 1, Kind.ORDINAL: 1, Kind.MULTIPLE: 3, Kind.RANKING: 3}


@dataclass(frozen=True)
class Beside:
    """A theme of the figure: the quartier and the others in words, and where their dots stand."""

    gap: Gap
    here: figures.Mark
    others: figures.Mark
    line: Line


@dataclass(frozen=True)
class Quote:
    """The words of a theme in the quartier, each with where it may be said to come from."""

    theme: Axis
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """One answer to a closed question, here and over everyone."""

    question: str
    questionnaire: str
    answer: Axis
    here: PublishedCell
    whole: PublishedCell


@blueprint.get("/quartiers/<place>")
@security.roles(*READERS)
def quartier(slug: str, place: str) -> ResponseReturnValue:
    """La couleur d’un quartier, over every answer: the test already sets channels and ages apart."""
    copies = choices.asked_for().copies
    room = enter(lambda material: Filter(quartier=_label(material, place), copies=copies))
    label, k = room.choice.quartier, room.whole.k
    reader = Reader(room.material, room.whole.choice, k)
    found = couleur(reader, room.whole.by_quartier, label)
    choice = Filter(copies=room.whole.choice.copies)
    return render_template(
        "copil/quartier.html",
        place=label,
        title=place_sentences.title(label, found),
        lede=place_sentences.lede(label, found),
        found=found,
        own=room.briefing,
        k=k,
        pages=pages(choice),
        banner=banner(room.stood),
        bar=choices.bar(room.offer, choice, facets=("copies",)),
        foot=sentences.foot(room.whole),
        quartiers=_others(room.material, label),
        text_url=_texts(label, choice),
        unknown=_unknown(room, found),
        **_noted(room, label),
        **(_figure(found) if found else {}),
        **(_own(room, room.briefing, found) if found and room.briefing else {}),
    )


def _label(material: Material, word: str) -> str:
    label = addresses.places(material.quartiers).get(word)
    return label if label is not None else abort(404)


def _others(material: Material, label: str) -> list[tuple[str, str, bool]]:
    """Every quartier as a choice of page."""
    url = addresses.place(material.quartiers)
    return [(one, url(one), one == label) for one in material.quartiers]


def _texts(place: str, choice: Filter) -> Callable[[str], str]:
    """From a theme to its texts in the quartier, every channel together."""
    kept = {**choices.kept(choice), "quartier": place}
    return lambda theme: url_for("copil.verbatims", slug=g.consultation.slug, theme=theme, **kept)


def _figure(found: Couleur) -> dict[str, object]:
    shares = [share for gap in found.gaps for share in (gap.here.share, gap.others.share)]
    drawn = scale(shares)
    rows = [_beside(gap, drawn) for gap in found.gaps]
    letters = "".join(row.here.marks + row.others.marks for row in rows)
    return {
        "rows": rows,
        "scale": drawn,
        "cautions": figures.cautions_of(letters),
        "groups": [
            (verdict, own) for verdict in Verdict if (own := [one for one in rows if one.gap.verdict is verdict])
        ],
        "verdict_words": place_sentences.verdict_words,
        "points_words": place_sentences.points_words,
        "p_words": place_sentences.p_words,
    }


def _beside(gap: Gap, drawn: Scale) -> Beside:
    line = drawn.line(_both(gap.others.share, gap.here.share))
    return Beside(gap, figures.mark(gap.here), figures.mark(gap.others), line)


def _noted(room: Room, place: str) -> dict[str, object]:
    found = noted(room.whole.by_quartier, room.whole.by_quartier_detail, place)
    return {
        "noted": found,
        "noted_only": place_sentences.only_words(only_here(found)),
        "meetings": [meeting for meeting in room.whole.done.meetings if place in meeting.quartiers],
        "kind_words": findings.kind_words,
    }


def _unknown(room: Room, found: Couleur | None) -> list[str]:
    place, k = room.choice.quartier, room.whole.k
    here = [person.sure for person in room.material.only(room.whole.choice).persons if person.quartier == place]
    guessed = here.count(False)
    return place_sentences.unknown(
        found,
        own=room.briefing.done if room.briefing else None,
        whole=room.whole.done,
        doubtful=guessed if guessed >= k and (guessed == len(here) or len(here) - guessed >= k) else 0,
        meetings=sum(place in meeting.quartiers for meeting in room.whole.done.meetings),
    )


def _own(room: Room, own: Briefing, found: Couleur) -> dict[str, object]:
    return {
        "quotes": list(islice(_quotes(room, own, found), QUOTED)),
        "profiles": [profile for profile in (own.done.by_channel, own.done.by_age) if figures.ranked(profile)],
        "profile_title": findings.profile_title,
        "ranked": figures.ranked,
        "base_words": figures.base,
        **_closed(own, room.whole),
    }


def _quotes(room: Room, own: Briefing, found: Couleur) -> Iterator[Quote]:
    """What respondents wrote of the themes told to be said more often here, or of those said most.

    A line of a rencontre may be of several quartiers: they are read in their own section.
    """
    voices = {voice.key: voice for voice in room.material.voices}
    told = found.told(Verdict.MORE) or sorted(found.gaps, key=lambda gap: -(gap.here.count or 0))
    read: set[str] = set()
    for gap in (gap for gap in told if gap.here.shown is Shown.COUNT):
        chosen = own.said.extracts.get(gap.theme.code, ())
        extracts = [one for one in chosen if voices[one.document].person and one.document not in read][:QUOTES]
        read |= {one.document for one in extracts}
        if extracts:
            signs = Signatures(room.material, room.whole, gap.theme.code)
            signed = [
                (one.text, signs.sign(one.canal, one.quartier, rephrased=voices[one.document].rephrased))
                for one in extracts
            ]
            yield Quote(gap.theme, tuple(signed))


def _closed(own: Briefing, whole: Briefing) -> dict[str, object]:
    """The answers most given by everyone to each closed question, here and overall; no test is made of them."""
    everyone = {(one.questionnaire, one.label): one for one in whole.said.closed}
    pairs = [
        Answer(one.label, one.questionnaire, row, one.table.cell(row.code), beside.table.cell(row.code))
        for one in own.said.closed
        for beside in [everyone[one.questionnaire, one.label]]
        if (one.table.base or 0) >= sentences.LEAST_BASE and one.scale in LEADING
        for row, _cell in sentences.ranking(beside.table)[: LEADING[one.scale]]
        if one.table.cell(row.code).shown is not Shown.MASKED
    ]
    drawn = scale([share for pair in pairs for share in (pair.here.share, pair.whole.share)])
    rows = [
        (pair, figures.mark(pair.here), figures.mark(pair.whole), drawn.line(_both(pair.whole.share, pair.here.share)))
        for pair in pairs
    ]
    return {"closed": rows, "closed_scale": drawn}


def _both(beside: float | None, here: float | None) -> tuple[tuple[float | None, str], ...]:
    return (beside, "ring"), (here, "disc")
