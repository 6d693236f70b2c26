"""Everything the COPIL may see, computed once: pages, deck, files and sentences all read this object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from analysis import cross
from analysis.disclosure import Published
from analysis.filed import from_synthesis
from analysis.material import Filter, Material, Meeting, Provenance
from analysis.profile import published, timeline
from analysis.reader import Reader
from analysis.said import Closed, Opened, Said, said
from analysis.types import Document, Extract, Synthesis
from surveys.words import _

__all__ = ["K_COPIL", "Briefing", "Closed", "Done", "Opened", "Said", "brief", "from_file"]

#: The smallest group the COPIL may see, unless a consultation asks for more.
K_COPIL = 5


@dataclass(frozen=True)
class Done:
    """What was done: who answered, by which channel, and the rencontres."""

    persons: int
    by_channel: Published
    by_quartier: Published
    by_age: Published
    by_sex: Published
    by_public: Published
    #: Day and cumulated answers; empty when no day is known.
    timeline: tuple[tuple[dt.date, int], ...]
    meetings: tuple[Meeting, ...]
    #: Head-counts of the rencontres added up: presences, not distinct persons, never added to `persons`.
    attendance: int
    lines: int


@dataclass(frozen=True)
class Briefing:
    """One consultation as the committee may see it, for one choice of respondents."""

    title: str
    territory: str
    choice: Filter
    k: int
    done: Done
    said: Said
    by_quartier: Published
    #: Theme id to its sub-themes × quartiers.
    by_quartier_detail: Mapping[str, Published]
    by_channel: Published
    quartiers: tuple[str, ...]
    provenance: Provenance


def brief(
    material: Material,
    *,
    k: int = K_COPIL,
    choice: Filter = Filter(),  # noqa: B008 - a frozen value
    extracts: Mapping[str, tuple[Extract, ...]] | None = None,
    committee: int = 0,
) -> Briefing:
    """Return what may be published of the material to a reader who may see groups of `k` persons or more.

    `committee` is the smallest group that the committee sees, for what others read beside it.
    """
    reader = Reader(material, choice, k, committee)
    parents = _parents(material)
    found = reader.linked(
        cross.themes,
        cross.by_quartier,
        cross.by_channel,
        cross.by_question,
        *(partial(cross.themes, parent=root) for root in parents),
        *(partial(cross.by_quartier, parent=root) for root in parents),
    )
    themes, by_quartier, by_channel, by_question = found[:4]
    subthemes = dict(zip(parents, found[4 : 4 + len(parents)], strict=True))
    return Briefing(
        title=material.title,
        territory=material.territory,
        choice=choice,
        k=k,
        done=_done(reader),
        said=said(reader, themes, subthemes, by_question, extracts),
        by_quartier=by_quartier,
        by_quartier_detail=dict(zip(parents, found[4 + len(parents) :], strict=True)),
        by_channel=by_channel,
        quartiers=material.quartiers,
        provenance=material.provenance,
    )


def _parents(material: Material) -> list[str]:
    return [root.id for root in material.codebook.roots() if material.codebook.children(root.id)]


def from_file(documents: Iterable[Document], synthesis: Synthesis, *, title: str, k: int = K_COPIL) -> Briefing:
    """Return the briefing of a file of answers analysed without a database."""
    return brief(from_synthesis(tuple(documents), synthesis, title=title), k=k, extracts=synthesis.extracts)


def _done(reader: Reader) -> Done:
    material = reader.kept
    return Done(
        persons=len(material.persons),
        by_channel=published(reader, "canal", _("Répondants par canal")),
        by_quartier=published(reader, "quartier", _("Répondants par quartier")),
        by_age=published(reader, "age", _("Répondants par âge")),
        by_sex=published(reader, "sexe", _("Répondants par sexe")),
        by_public=published(reader, "public", _("Répondants par public")),
        timeline=timeline(material.persons),
        meetings=tuple(sorted(material.meetings, key=lambda meeting: (meeting.day, meeting.key))),
        attendance=sum(meeting.headcount for meeting in material.meetings),
        lines=sum(1 for voice in material.voices if voice.meeting),
    )
