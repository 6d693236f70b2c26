"""What was said, in free text and to closed questions, as a reader may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from analysis import cross
from analysis.disclosure import Published, Shown
from analysis.material import Material, Voice
from analysis.reader import Reader
from analysis.summary import summarise, unanswered
from analysis.tables import Table
from analysis.types import Extract, Status
from surveys.questions import Scale

QUOTES_PER_THEME = 6


@dataclass(frozen=True)
class Closed:
    """One closed question and what was answered."""

    questionnaire: str
    label: str
    scale: Scale
    table: Published


@dataclass(frozen=True)
class Opened:
    """One open question: who expressed an opinion, and the themes they raise; quotes come with the themes."""

    code: str
    questionnaire: str
    label: str
    speakers: int
    no_opinion: int
    themes: Published


@dataclass(frozen=True)
class Said:
    """What was said in free text, and to the closed questions."""

    #: Persons who expressed at least one opinion: the base of every share.
    speakers: int
    #: Persons who only gave a non-answer (« RAS », « je ne sais pas »).
    no_opinion: int
    #: Persons none of whose ideas fits a theme.
    unclassified: int
    contributions: int
    ideas: int
    distinct_texts: Mapping[str, int]
    themes: Published
    #: Theme id to its sub-themes, for themes that have some.
    subthemes: Mapping[str, Published]
    extracts: Mapping[str, tuple[Extract, ...]]
    closed: tuple[Closed, ...]
    #: Each open question by itself, most answered first; empty when only one was put.
    opened: tuple[Opened, ...]
    #: Theme or sub-theme id to the ideas that carry it; None when too few persons raise it to say.
    ideas_by_theme: Mapping[str, int | None]
    #: Contributions of campaigns and duplicates among those counted; none in the reading without them.
    copies: int = 0


def said(
    reader: Reader,
    themes: Published,
    subthemes: Mapping[str, Published],
    by_question: Published,
    extracts: Mapping[str, tuple[Extract, ...]] | None,
) -> Said:
    """Return what the choice of a reader said, the tables of themes being published already."""
    material = reader.kept
    spoke = cross.speakers(material)
    wrote = {voice.person for voice in material.voices if voice.person}
    coded = {voice.person for voice in material.voices if voice.person and voice.themes}
    masked = _masked((themes, *subthemes.values()))
    return Said(
        speakers=len(spoke),
        no_opinion=len(wrote - set(spoke)),
        unclassified=len(set(spoke) - coded),
        contributions=len(material.voices),
        ideas=sum(voice.ideas for voice in material.voices),
        distinct_texts=_distinct(material.voices, masked),
        themes=themes,
        subthemes=subthemes,
        extracts=_extracts(material, extracts, masked),
        opened=_opened(material, by_question),
        closed=tuple(_closed(reader, rank) for rank in _closed_ranks(material)),
        ideas_by_theme=_ideas(material.voices, (themes, *subthemes.values())),
        copies=sum(voice.aside for voice in material.voices),
    )


def _ideas(voices: Iterable[Voice], tables: Iterable[Published]) -> dict[str, int | None]:
    """Return the ideas of each theme; ideas would betray how few persons a masked cell holds."""
    counts: Counter[str] = Counter()
    for voice in voices:
        for theme, ideas in voice.ideas_by_theme.items():
            counts[theme] += ideas
    cells = ((row.code, cell) for table in tables for row, cell in table.column())
    return {code: None if cell.shown is Shown.MASKED else counts[code] for code, cell in cells}


def _opened(material: Material, by_question: Published) -> tuple[Opened, ...]:
    """Return the open questions that enough persons answered with an opinion, most answered first."""
    found = []
    for question in material.open if len(material.open) > 1 else ():
        alone = material.answering(question)
        spoke = cross.speakers(alone)
        wrote = {voice.person for voice in alone.voices if voice.person}
        if len(spoke) >= by_question.k:
            themes = by_question.only_column(question.code)
            silent = len(wrote - set(spoke))
            found.append(Opened(question.code, question.questionnaire, question.label, len(spoke), silent, themes))
    return tuple(sorted(found, key=lambda opened: (-opened.speakers, opened.code)))


def _masked(tables: Iterable[Published]) -> set[str]:
    """Return the themes too few persons raise to be shown, nor their words."""
    return {row.code for table in tables for row, cell in table.column() if cell.shown is Shown.MASKED}


def _distinct(voices: Iterable[Voice], masked: Collection[str]) -> dict[str, int]:
    """Return the distinct wordings of each theme that is not masked."""
    texts: dict[str, set[str]] = {}
    for voice in voices:
        wording = " ".join(voice.text.lower().split()) if voice.themes else ""
        for theme in voice.themes:
            texts.setdefault(theme, set()).add(wording)
    return {theme: len(found) for theme, found in texts.items() if theme not in masked}


def _extracts(
    material: Material, chosen: Mapping[str, tuple[Extract, ...]] | None, masked: Collection[str]
) -> dict[str, tuple[Extract, ...]]:
    """Return the extracts of the voices kept by the filter, at most `QUOTES_PER_THEME` each, none of a masked theme."""
    keys = {voice.key for voice in material.voices if voice.status is Status.CODED}
    return {
        theme: tuple(extract for extract in extracts if extract.document in keys)[:QUOTES_PER_THEME]
        for theme, extracts in (chosen or {}).items()
        if theme not in masked
    }


def _closed_ranks(material: Material) -> list[int]:
    return [rank for rank, asked in enumerate(material.asked) if asked.question.scale is not Scale.TEXT]


def _closed(reader: Reader, rank: int) -> Closed:
    asked = reader.material.asked[rank]
    table = reader.table(partial(_answers, rank=rank))
    aside = reader.table(partial(_unanswered, rank=rank))
    table = replace(
        table, beside={row.label: cell.count for row, cell in aside.column() if cell.shown is not Shown.NOTHING}
    )
    return Closed(asked.questionnaire, asked.question.label, asked.question.scale, table)


def _answers(material: Material, *, rank: int) -> Table:
    return summarise(material.asked[rank])


def _unanswered(material: Material, *, rank: int) -> Table:
    return unanswered(material.asked[rank])
