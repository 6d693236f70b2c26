"""Paragraphs, whatever file or clipboard they come from, as notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.notes import hints
from surveys.notes.hints import Place
from surveys.notes.note import Note
from surveys.splitting import bare


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `heading` where the document itself says that it is one."""

    text: str
    heading: bool = False


def notes(paragraphs: Iterable[Paragraph | Note]) -> Iterator[Note]:
    """One note for each paragraph that is not a heading, told by the headings above it; notes stay as they are."""
    place = Place()
    for paragraph in paragraphs:
        if isinstance(paragraph, Note):
            yield paragraph
            continue
        text = " ".join(paragraph.text.split())
        item = bare(text)
        if not item:
            continue
        below = _below(place, text, item, paragraph.heading)
        if below is not None:
            place = below
        else:
            yield hints.read(item, place)


def plain(text: str) -> Iterator[Paragraph]:
    """The lines of a text; those of Markdown that begin with « # » are headings."""
    for line in text.splitlines():
        marks = len(line) - len(line.lstrip("#"))
        yield Paragraph(line[marks:], heading=0 < marks <= 6 and line[marks : marks + 1] == " ")


def _below(place: Place, text: str, item: str, heading: bool) -> Place | None:
    """Where a heading leads; None for what is said."""
    if heading:
        return place.titled(item)
    known = place.under(item)
    if known is not None:
        return known
    # A short line that ends with a colon announces what follows; an item of a list does not.
    announces = text.endswith(":") and item == text and len(text) <= 60
    return place.titled(item) if announces else None
