"""From what people wrote to coded ideas: the whole text analysis in one call.

normalise → ideas → non-answers → masking → vectors of distinct texts → themes → emerging themes → extracts.
Same documents, same result to the byte, whatever their order.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from analysis import discover, extracts, subjects
from analysis.codebook import Codebook, Theme
from analysis.coding import Coder, Match
from analysis.encoders import Encoder, Vectors
from analysis.evidence import parts
from analysis.meaning import Meaning
from analysis.text import language, masking, noise, split
from analysis.text.forms import Found
from analysis.text.normalise import key, restore
from analysis.text.rulings import Review, Rulings, to_review
from analysis.types import Coding, Correction, Document, Progress, Status, StepTiming, Synthesis
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be asked to do otherwise; all of it ends in the parameters of the synthesis."""

    language: str = "fr"
    extracts: int = extracts.PER_THEME
    emerging: bool = True
    #: Fewest and most themes that discovery may find.
    themes: tuple[int, int] = (8, 25)
    #: What people decided of the masking; kept out of the parameters: it may hold names.
    rulings: Rulings = field(default_factory=Rulings)


@dataclass(frozen=True, slots=True)
class _Idea:
    document: str
    rank: int
    start: int
    end: int
    text: str
    key: str
    status: Status


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
) -> Synthesis:
    """Code every idea of the documents to the codebook, or to themes found in them when there is none.

    Every document has at least one coding; ids must be distinct. `progress` is called often.
    """
    # One thread per product of matrices: two that wait for each other are slower, and round otherwise.
    with threadpool_limits(limits=1, user_api="blas"):
        meaning = Meaning.usual(codebook) if encoder is None else Meaning(encoder)
        return _analyse(documents, codebook, corrections, settings, _Clock(progress), meaning)


def _analyse(
    documents: Sequence[Document],
    codebook: Codebook | None,
    corrections: Sequence[Correction],
    settings: Settings,
    clock: _Clock,
    meaning: Meaning,
) -> Synthesis:
    said = _read(documents, settings, clock)
    found = _named(said.ideas, codebook)
    counts = Counter(idea.key for idea in found if idea.status is not Status.NO_OPINION)
    texts = sorted(counts)
    vectors = _vectors(texts, meaning, clock)
    weights = np.array([counts[text] for text in texts], dtype=np.float64)
    coded = _coded(texts, vectors, weights, codebook, corrections, settings, clock, meaning)
    codings = tuple(coding for idea in found for coding in _codings(idea, coded.matches, coded.codebook))
    with clock.step(_("Choix des verbatims"), len(codings)):
        chosen = extracts.choose(
            codings, {document.id: document for document in documents}, coded.codebook, count=settings.extracts
        )
    return Synthesis(
        codings=codings,
        codebook=coded.codebook,
        extracts=chosen,
        emerging=coded.emerging,
        masked=said.masked,
        steps=tuple(clock.steps),
        parameters=_parameters(settings, coded, meaning, len(texts), len(found)),
        languages=said.languages,
        review=said.review,
    )


@dataclass(slots=True)
class _Said:
    """What documents say, before anything is coded; keyed by document, but for the ideas, in order."""

    ideas: list[_Idea] = field(default_factory=list)
    masked: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    review: dict[str, tuple[Review, ...]] = field(default_factory=dict)


def _read(documents: Sequence[Document], settings: Settings, clock: _Clock) -> _Said:
    said, name = _Said(), _("Lecture des contributions")
    with clock.step(name, len(documents)):
        for count, document in enumerate(documents, start=1):
            personal = settings.rulings.applied(document.id, document.text, masking.find(document.text))
            if waiting := to_review(document.text, personal):
                said.review[document.id] = waiting
            said.masked[document.id] = masking.mask(document.text, personal)
            said.languages[document.id] = language.detect(document.text, default=settings.language)
            said.ideas.extend(_ideas(document, personal))
            if count % 500 == 0:
                clock.tell(name, count, len(documents))
    return said


@dataclass(frozen=True, slots=True)
class _Coded:
    """Themes by distinct text; None for what people decided says nothing."""

    codebook: Codebook
    matches: dict[str, tuple[Match, ...] | None]
    emerging: tuple[Theme, ...]
    threshold: float


def _ideas(document: Document, personal: tuple[Found, ...]) -> Iterator[_Idea]:
    """The ideas of a document, one blank idea when it has none."""
    text = document.text
    spans = split.ideas(text)
    if not spans:
        yield _Idea(document.id, 1, 0, 0, "", "", Status.NO_OPINION)
        return
    if noise.is_non_answer(text):
        spans = (split.Span(spans[0].start, spans[-1].end),)
    for rank, span in enumerate(spans, start=1):
        masked = masking.mask(text, personal, start=span.start, end=span.end)
        idea_key = key(masked)
        silent = not idea_key or noise.is_non_answer(masked)
        status = Status.NO_OPINION if silent else Status.UNCLASSIFIED
        yield _Idea(document.id, rank, span.start, span.end, masked, idea_key, status)


def _named(found: Sequence[_Idea], codebook: Codebook | None) -> list[_Idea]:
    """The ideas, but that what a theme is called by is no silence: « aucun » where « Aucun » is an answer."""
    themes = codebook.themes if codebook else ()
    names = {key(part) for theme in themes for part in parts(theme.label)}
    return [
        replace(idea, status=Status.UNCLASSIFIED) if idea.key in names and idea.status is Status.NO_OPINION else idea
        for idea in found
    ]


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
        return _Coded(found, dict(zip(texts, themes.matches, strict=True)), (), 0.5)
    with clock.step(_("Classement des idées"), len(texts)):
        coder = Coder(codebook, meaning=meaning, corrections=corrections).fit(texts, vectors)
        matches = coder.predict(texts, vectors)
    left = [row for row, match in enumerate(matches) if match == ()]
    emerging: tuple[Theme, ...] = ()
    if settings.emerging:
        with clock.step(_("Thèmes émergents"), len(left)):
            emerging = discover.emerging([texts[row] for row in left], vectors[left], weights[left], codebook)
    return _Coded(codebook, dict(zip(texts, matches, strict=True)), emerging, coder.threshold_)


def _codings(idea: _Idea, matches: dict[str, tuple[Match, ...] | None], codebook: Codebook) -> Iterator[Coding]:
    found = None if idea.status is Status.NO_OPINION else matches[idea.key]
    status = Status.NO_OPINION if found is None else Status.UNCLASSIFIED
    blank = Coding(idea.document, idea.rank, idea.start, idea.end, idea.text, "", "", 0.0, status)
    if not found:
        yield blank
        return
    for match in found:
        label = codebook.get(match.theme_id).label
        yield replace(blank, theme_id=match.theme_id, theme=label, score=match.score, status=Status.CODED)


def _parameters(settings: Settings, coded: _Coded, meaning: Meaning, distinct: int, ideas: int) -> dict[str, Any]:
    return {
        "codebook": coded.codebook.id,
        "codebook_version": coded.codebook.version,
        "encoder": " + ".join(encoder.name for encoder in meaning.encoders),
        "encoder_version": " + ".join(encoder.version for encoder in meaning.encoders),
        "language": settings.language,
        "threshold": round(coded.threshold, 4),
        "ideas": ideas,
        "distinct_ideas": distinct,
    }
