"""From what people wrote to coded ideas: the whole text analysis in one call.

normalise → ideas → non-answers → masking → vectors of distinct texts → themes → emerging themes → extracts.
Same documents, same result to the byte, whatever their order.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from analysis import discover, extracts, ideas, subjects
from analysis.codebook import Codebook, Theme
from analysis.coding import Coder, Match
from analysis.encoders import Encoder, Vectors
from analysis.meaning import Meaning
from analysis.memory import Learnt, Memory
from analysis.text.normalise import restore
from analysis.types import Coding, Correction, Document, Extract, Progress, Status, StepTiming, Synthesis
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be asked to do otherwise; all of it ends in the parameters of the synthesis."""

    #: Kept out of the parameters, but for the language: what people decided may hold names.
    manner: ideas.Manner = field(default_factory=ideas.Manner)
    extracts: int = extracts.PER_THEME
    emerging: bool = True
    #: Fewest and most themes that discovery may find.
    themes: tuple[int, int] = (8, 25)


@dataclass(slots=True)
class _Clock:
    """Times each step and tells the caller how far it is."""

    progress: Progress | None
    steps: list[StepTiming] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, items: int) -> Iterator[None]:
        self.tell(name, 0, items)
        started = time.perf_counter()
        yield
        self.steps.append(StepTiming(name, time.perf_counter() - started, items))
        self.tell(name, items, items)

    def tell(self, name: str, done: int, items: int) -> None:
        if self.progress is not None:
            self.progress(name, done, items)


def analyse(
    documents: Sequence[Document],
    *,
    codebook: Codebook | None,
    corrections: Sequence[Correction] = (),
    settings: Settings = Settings(),
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    memory: Memory | None = None,
) -> Synthesis:
    """Code every idea of the documents to the codebook, or to themes found in them when there is none.

    Every document has at least one coding; ids must be distinct. `progress` is called often. With the `memory` of an
    earlier run, texts are not read twice; when little has come since, only what is new is coded, by what that run had
    learnt: the documents whose codings stand are then named by `standing`, and absent from the rest.
    """
    clock, memory = _Clock(progress), Memory() if memory is None else memory
    unread = memory.unread(documents, settings.manner)
    # One thread per product of matrices: two that wait for each other are slower, and round otherwise.
    with threadpool_limits(limits=1, user_api="blas"):
        if memory.learnt and memory.suffices(codebook, corrections, documents, unread):
            made = _further(documents, unread, memory.learnt, settings, clock, memory)
        else:
            meaning = memory.meaning(codebook) if encoder is None else Meaning(encoder)
            made = _whole(documents, codebook, corrections, settings, clock, meaning, memory)
    memory.forget_but(documents)
    return made


def _whole(
    documents: Sequence[Document],
    codebook: Codebook | None,
    corrections: Sequence[Correction],
    settings: Settings,
    clock: _Clock,
    meaning: Meaning,
    memory: Memory,
) -> Synthesis:
    said = _read(documents, settings, clock, memory)
    found = ideas.named(said.ideas, codebook)
    counts = Counter(idea.key for idea in found if idea.status is not Status.NO_OPINION)
    texts = sorted(counts)
    vectors = _vectors(texts, meaning, clock)
    weights = np.array([counts[text] for text in texts], dtype=np.float64)
    coded = _coded(texts, vectors, weights, codebook, corrections, settings, clock, meaning)
    memory.learnt = _learnt(coded, corrections, meaning, len(texts))
    memory.forget_texts_gone()
    codings = tuple(coding for idea in found for coding in _codings(idea, coded.matches, coded.codebook))
    return Synthesis(
        codings=codings,
        codebook=coded.codebook,
        extracts=_extracts(documents, codings, coded.codebook, settings, clock),
        emerging=coded.emerging,
        masked=said.masked,
        steps=tuple(clock.steps),
        parameters=_parameters(settings, coded.codebook, meaning, coded.threshold, found),
        languages=said.languages,
        review=said.review,
    )


def _further(
    documents: Sequence[Document],
    unread: Sequence[Document],
    learnt: Learnt,
    settings: Settings,
    clock: _Clock,
    memory: Memory,
) -> Synthesis:
    """What the new documents alone say, coded by what an earlier run learnt."""
    said = _read(unread, settings, clock, memory)
    found = ideas.named(said.ideas, learnt.codebook)
    texts = sorted({idea.key for idea in found if idea.status is not Status.NO_OPINION})
    with clock.step(_("Classement des idées"), len(texts)):
        vectors = learnt.meaning.further([restore(text) for text in texts])
        matches = dict(zip(texts, learnt.coder.predict(texts, vectors), strict=True))
    learnt.since += len(texts)
    new = {document.id for document in unread}
    whole = [idea for document in documents for idea in memory.readings[document.id][1].ideas]
    named = ideas.named(whole, learnt.codebook)
    return Synthesis(
        codings=tuple(coding for idea in found for coding in _codings(idea, matches, learnt.codebook)),
        codebook=learnt.codebook,
        extracts={},
        emerging=learnt.emerging,
        masked=said.masked,
        steps=tuple(clock.steps),
        parameters=_parameters(settings, learnt.codebook, learnt.meaning, learnt.coder.threshold_, named),
        languages=said.languages,
        review={name: read.review for name, (_print, read) in memory.readings.items() if read.review},
        standing=frozenset(document.id for document in documents if document.id not in new),
    )


def _learnt(coded: "_Coded", corrections: Sequence[Correction], meaning: Meaning, texts: int) -> Learnt | None:
    if coded.coder is None:
        return None
    return Learnt(coded.codebook, tuple(corrections), meaning, coded.coder, coded.emerging, texts)


def _read(documents: Sequence[Document], settings: Settings, clock: _Clock, memory: Memory) -> ideas.Said:
    name = _("Lecture des contributions")
    with clock.step(name, len(documents)):
        return ideas.read(
            documents,
            settings.manner,
            known=memory.to_fill(documents),
            advance=lambda done: clock.tell(name, done, len(documents)),
        )


def _extracts(
    documents: Sequence[Document], codings: Sequence[Coding], codebook: Codebook, settings: Settings, clock: _Clock
) -> Mapping[str, tuple[Extract, ...]]:
    if not settings.extracts:
        return {}
    with clock.step(_("Choix des verbatims"), len(codings)):
        named = {document.id: document for document in documents}
        return extracts.choose(codings, named.__getitem__, codebook, count=settings.extracts)


@dataclass(frozen=True, slots=True)
class _Coded:
    """Themes by distinct text; None for what people decided says nothing."""

    codebook: Codebook
    matches: dict[str, tuple[Match, ...] | None]
    emerging: tuple[Theme, ...]
    threshold: float
    coder: Coder | None


def _vectors(texts: Sequence[str], meaning: Meaning, clock: _Clock) -> Vectors:
    name = _("Sens des textes distincts")
    with clock.step(name, len(texts)):
        return meaning.read([restore(text) for text in texts], advance=lambda done: clock.tell(name, done, len(texts)))


def _coded(
    texts: Sequence[str],
    vectors: Vectors,
    weights: discover.Weights,
    codebook: Codebook | None,
    corrections: Sequence[Correction],
    settings: Settings,
    clock: _Clock,
    meaning: Meaning,
) -> _Coded:
    if codebook is None:
        with clock.step(_("Recherche des thèmes"), len(texts)):
            about = subjects.of(texts, vectors, meaning) if texts else None
            themes = discover.themes(texts, vectors, weights, bounds=settings.themes, subjects=about)
            found = Codebook("decouverte", _("Thèmes trouvés dans les réponses"), "1", themes.themes)
        return _Coded(found, dict(zip(texts, themes.matches, strict=True)), (), 0.5, None)
    with clock.step(_("Classement des idées"), len(texts)):
        coder = Coder(codebook, meaning=meaning, corrections=corrections).fit(texts, vectors)
        matches = coder.predict(texts, vectors)
    left = [row for row, match in enumerate(matches) if match == ()]
    emerging: tuple[Theme, ...] = ()
    if settings.emerging:
        with clock.step(_("Thèmes émergents"), len(left)):
            emerging = discover.emerging([texts[row] for row in left], vectors[left], weights[left], codebook)
    return _Coded(codebook, dict(zip(texts, matches, strict=True)), emerging, coder.threshold_, coder)


def _codings(idea: ideas.Idea, matches: dict[str, tuple[Match, ...] | None], codebook: Codebook) -> Iterator[Coding]:
    found = None if idea.status is Status.NO_OPINION else matches[idea.key]
    status = Status.NO_OPINION if found is None else Status.UNCLASSIFIED
    blank = Coding(idea.document, idea.rank, idea.start, idea.end, idea.text, "", "", 0.0, status)
    if not found:
        yield blank
        return
    for match in found:
        label = codebook.get(match.theme_id).label
        yield replace(blank, theme_id=match.theme_id, theme=label, score=match.score, status=Status.CODED)


def _parameters(
    settings: Settings, codebook: Codebook, meaning: Meaning, threshold: float, found: Sequence[ideas.Idea]
) -> dict[str, Any]:
    return {
        "codebook": codebook.id,
        "codebook_version": codebook.version,
        "encoder": " + ".join(encoder.name for encoder in meaning.encoders),
        "encoder_version": " + ".join(encoder.version for encoder in meaning.encoders),
        "language": settings.manner.language,
        "threshold": round(threshold, 4),
        "ideas": len(found),
        "distinct_ideas": len({idea.key for idea in found if idea.status is not Status.NO_OPINION}),
    }
