"""What documents say before anything is coded: masked words, language, ideas and those that say nothing."""

import hashlib
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from analysis.codebook import Codebook
from analysis.evidence import parts
from analysis.text import language, masking, noise, split
from analysis.text.forms import Found
from analysis.text.normalise import key
from analysis.text.rulings import Review, Rulings, to_review
from analysis.types import Document, Status


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea of a document; `start` and `end` index its own words, `text` is masked, `key` is normalised."""

    document: str
    rank: int
    start: int
    end: int
    text: str
    key: str
    status: Status


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says; its own words are not kept."""

    masked: str
    language: str
    review: tuple[Review, ...]
    ideas: tuple[Idea, ...]


#: What was read of a document, by its id, with the print of what it was read from.
Readings = MutableMapping[str, tuple[bytes, Reading]]


@dataclass(frozen=True)
class Manner:
    """How documents are read: the language supposed where nothing tells it, and what people decided to mask."""

    language: str = "fr"
    rulings: Rulings = field(default_factory=Rulings)

    def print_of(self, document: Document) -> bytes:
        """A print of everything the reading of a document depends on; its words cannot be read in it."""
        heard = f"{self._everywhere}{self.rulings.passages.get(document.id, ())}"
        return hashlib.blake2b(f"{heard}\0{document.text}".encode(), digest_size=16).digest()

    @cached_property
    def _everywhere(self) -> str:
        # Said once: every document is asked for its print, and there may be hundreds of words.
        return f"{self.language}{sorted(self.rulings.words.items())}"


@dataclass(slots=True)
class Said:
    """What documents say; keyed by document, but for the ideas, in order."""

    ideas: list[Idea] = field(default_factory=list)
    masked: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    review: dict[str, tuple[Review, ...]] = field(default_factory=dict)


def read(
    documents: Sequence[Document],
    manner: Manner,
    *,
    known: Readings | None = None,
    advance: Callable[[int], None] | None = None,
) -> Said:
    """Read documents, but those already `known`, which learns the others; `advance` hears how many are done."""
    said = Said()
    for count, document in enumerate(documents, start=1):
        reading = _read(document, manner, known)
        if reading.review:
            said.review[document.id] = reading.review
        said.masked[document.id] = reading.masked
        said.languages[document.id] = reading.language
        said.ideas.extend(reading.ideas)
        if advance and count % 500 == 0:
            advance(count)
    return said


def named(found: Sequence[Idea], codebook: Codebook | None) -> list[Idea]:
    """The ideas, but that what a theme is called by is no silence: « aucun » where « Aucun » is an answer."""
    themes = codebook.themes if codebook else ()
    names = {key(part) for theme in themes for part in parts(theme.label)}
    return [
        replace(idea, status=Status.UNCLASSIFIED) if idea.key in names and idea.status is Status.NO_OPINION else idea
        for idea in found
    ]


def _read(document: Document, manner: Manner, known: Readings | None) -> Reading:
    if known is None:
        return _reading(document, manner)
    seen, before = manner.print_of(document), known.get(document.id)
    if before is None or before[0] != seen:
        before = known[document.id] = seen, _reading(document, manner)
    return before[1]


def _reading(document: Document, manner: Manner) -> Reading:
    personal = manner.rulings.applied(document.id, document.text, masking.find(document.text))
    return Reading(
        masked=masking.mask(document.text, personal),
        language=language.detect(document.text, default=manner.language),
        review=to_review(document.text, personal),
        ideas=tuple(_ideas(document, personal)),
    )


def _ideas(document: Document, personal: tuple[Found, ...]) -> Iterator[Idea]:
    """The ideas of a document, one blank idea when it has none."""
    text = document.text
    spans = split.ideas(text)
    if not spans:
        yield Idea(document.id, 1, 0, 0, "", "", Status.NO_OPINION)
        return
    if noise.is_non_answer(text):
        spans = (split.Span(spans[0].start, spans[-1].end),)
    for rank, span in enumerate(spans, start=1):
        masked = masking.mask(text, personal, start=span.start, end=span.end)
        idea_key = key(masked)
        silent = not idea_key or noise.is_non_answer(masked)
        status = Status.NO_OPINION if silent else Status.UNCLASSIFIED
        yield Idea(document.id, rank, span.start, span.end, masked, idea_key, status)
