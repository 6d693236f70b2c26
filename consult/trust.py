"""How far each theme may be trusted, from what people read again: one reading for the pages and for every figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from analysis import quality
from analysis.quality import LEAST, Agreement, Judged, Measure, Themes
from surveys import corrections, readings, samples
from surveys.labels import CHANNELS
from surveys.models import Sample
from surveys.readings import ReadIdea


@dataclass(frozen=True)
class Trusted:
    """One theme: measured on the sample, on everyday corrections, and how far two readers agree on it."""

    stable_id: str
    sample: Measure
    corrections: Measure
    agreement: Agreement

    @property
    def best(self) -> Measure:
        """The measure on the sample where it says something, then on everyday corrections, then the larger."""
        for measure in (self.sample, self.corrections):
            if measure.f1 is not None:
                return measure
        return max(self.sample, self.corrections, key=lambda measure: measure.n)

    @property
    def unsure(self) -> bool:
        """Whether the theme carries a caution mark wherever its figure is shown."""
        return quality.is_unsure(self.best, self.agreement)


@dataclass(frozen=True)
class Evidence:
    """Everything people read again in a consultation, as themes with those above them."""

    parents: Mapping[str, str | None]
    #: The sample that measures the machine: the latest that was read enough.
    sample: Sample | None
    judged: tuple[Judged, ...]
    corrected: tuple[Judged, ...]
    #: What each reader made of each idea read twice or more, with its channel and its quartiers.
    twice: tuple[tuple[str, tuple[str, ...], tuple[Themes, ...]], ...]

    @cached_property
    def themes(self) -> dict[str, Trusted]:
        """Each theme of the plan."""
        judged, corrected = _by_theme(self.judged), _by_theme(self.corrected)
        return {theme: self._trusted(theme, judged[theme], corrected[theme]) for theme in self.parents}

    def _trusted(self, theme: str, judged: Sequence[Judged], corrected: Sequence[Judged]) -> Trusted:
        said = [readings for _channel, _places, readings in self.twice]
        return Trusted(
            theme,
            quality.of_theme([one for one in judged if self._tells(theme, one.people)], theme),
            quality.of_theme([one for one in corrected if self._tells(theme, one.people)], theme),
            quality.agreement_on([each for each in said if all(self._tells(theme, one) for one in each)], theme),
        )

    def _tells(self, theme: str, people: Themes) -> bool:
        """Whether a reading says anything of a theme: who gave a theme without its sub-themes says nothing of these."""
        above = self.parents[theme]
        return above is None or above not in people or any(self.parents.get(one) == above for one in people)

    @property
    def unsure(self) -> frozenset[str]:
        """The themes that carry a caution mark."""
        return frozenset(theme for theme, found in self.themes.items() if found.unsure)


def _by_theme(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """The ideas that each theme is about: those to which the machine or people give it."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for theme in one.machine | one.people:
            found[theme].append(one)
    return found


def evidence(
    session: Session, consultation_id: int, parents: Mapping[str, str | None], *, with_places: bool = False
) -> Evidence:
    """What people read again; quartiers are read only where asked for."""
    drawn = samples.samples(session, consultation_id)
    read = readings.by_sample(session, [one.id for one in drawn])
    corrected = corrections.corrected(session, consultation_id)
    chosen = next((one for one in drawn if len(read[one.id]) >= LEAST), None)
    everything = [idea for ideas in read.values() for idea in ideas]
    ids = {one.idea_id for one in everything} | {one.idea_id for one in corrected}
    places = corrections.places_of(session, ids) if with_places else {}
    return Evidence(
        parents=parents,
        sample=chosen,
        judged=tuple(_judged(read[chosen.id], parents, places)) if chosen else (),
        corrected=tuple(
            Judged(
                quality.rolled_up(one.machine, parents),
                quality.rolled_up(one.people, parents),
                channel=CHANNELS[one.channel],
                places=places.get(one.idea_id, ()),
            )
            for one in corrected
        ),
        twice=tuple(
            (
                CHANNELS[idea.channel],
                places.get(idea.idea_id, ()),
                tuple(quality.rolled_up(one.themes, parents) for one in idea.blind),
            )
            for idea in everything
            if len(idea.blind) > 1
        ),
    )


def unsure(session: Session, consultation_id: int, parents: Mapping[str, str | None]) -> frozenset[str]:
    """The themes whose figures carry a caution mark."""
    return evidence(session, consultation_id, parents).unsure


def on_roots(judged: Sequence[Judged], roots: Collection[str]) -> list[Judged]:
    """The same ideas seen at the first level of the plan only."""
    kept = frozenset(roots)
    return [replace(one, machine=one.machine & kept, people=one.people & kept) for one in judged]


def _judged(
    ideas: Sequence[ReadIdea], parents: Mapping[str, str | None], places: Mapping[int, tuple[str, ...]]
) -> list[Judged]:
    return [
        Judged(
            quality.rolled_up(idea.machine, parents),
            quality.rolled_up(held.themes, parents),
            idea.weight,
            1 / len(idea.held),
            CHANNELS[idea.channel],
            places.get(idea.idea_id, ()),
        )
        for idea in ideas
        for held in idea.held
    ]
