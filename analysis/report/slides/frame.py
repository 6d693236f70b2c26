"""A deck being written: parts, slides with their title, base, foot and notes, nothing left empty."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from analysis import palette
from analysis.briefing import Briefing
from analysis.choice_words import choice_words
from analysis.french import NBSP, listed
from analysis.report.beyond import Beyond
from analysis.report.geometry import Layout, Slot
from analysis.report.master import empty
from analysis.report.slides.words import TITLE_LIMIT
from analysis.report.template import opened
from analysis.report.text import clean, shorten, write
from analysis.sentences import foot
from analysis.stamp import frozen_words
from surveys.words import _

#: Rows of a chart beside words and of one alone, and characters of their names, which take two lines.
ROWS, LABEL = 8, 66
WIDE_ROWS, WIDE_LABEL = 10, 72

Item = TypeVar("Item")


class Deck:
    """Slides written one after the other for one briefing."""

    def __init__(
        self, briefing: Briefing, beyond: Beyond, *, today: dt.date | None, template: bytes | None = None
    ) -> None:
        self.briefing = briefing
        self.beyond = beyond
        self.today = today
        self.file, self._layouts = opened(template) if template is not None else empty()
        self._parts: list[tuple[str, list[int]]] = []

    def part(self, name: str, announce: str = "", *, slide: bool = True) -> None:
        """Open a part: the slides added next belong to it."""
        self._parts.append((name, []))
        if slide:
            opening = self._slide(Layout.SECTION)
            write(opening.placeholders[Slot.TITLE], [name])
            write(opening.placeholders[Slot.SUBTITLE], [announce])
            _close(opening, announce or name)

    def add(
        self, layout: Layout, title: str, subtitle: str, *, query: str, base: int | None = None, source: str = ""
    ) -> Any:
        """Add a slide whose content is then put in its placeholders; `close` it once done."""
        slide = self._slide(layout)
        write(slide.placeholders[Slot.TITLE], [shorten(title, TITLE_LIMIT)])
        write(slide.placeholders[Slot.SUBTITLE], [subtitle])
        write(slide.placeholders[Slot.FOOT], [source or self.foot(self._persons(base))])
        notes = [title] if len(title) > TITLE_LIMIT else []
        slide.notes_slide.notes_text_frame.text = clean_lines([*notes, query, *self._notes(base)])
        return slide

    def add_after_cover(self, layout: Layout, title: str, subtitle: str, *, query: str, source: str) -> Any:
        """Add a slide second in the deck, once the others are written."""
        parts, self._parts = self._parts, self._parts[:1]
        slide = self.add(layout, title, subtitle, query=query, source=source)
        self._parts = parts
        listing = self.file.slides._sldIdLst
        listing.insert(1, listing[-1])
        return slide

    def next_number(self) -> int:
        """The number that the next slide would have."""
        return len(self.file.slides) + 1

    def raised_more(self, theme: str) -> list[str]:
        """The quartiers where the exact test finds a theme raised more than elsewhere."""
        return [place.label for place in self.beyond.places if theme in place.more]

    def _slide(self, layout: Layout) -> Any:
        slide = self.file.slides.add_slide(self._layouts[layout])
        for shape, given in zip(slide.placeholders, sorted(_slots(slide), key=lambda pair: pair[0]), strict=True):
            shape.name = given[1]
        self._parts[-1][1].append(slide.slide_id)
        return slide

    @staticmethod
    def _persons(base: int | None) -> str:
        return "" if base is None else _("base\u00a0: %(n)s personnes", n=palette.number(base))

    def foot(self, base: str) -> str:
        """The source, the base in words where there is one, and the version of what is told."""
        made, parts = self.briefing.provenance, [f"Source{NBSP}: {shorten(self.briefing.title, 48)}"]
        if base:
            parts.append(base)
        if made.frozen:
            parts.append(frozen_words(made))
        if made.coded_on or made.version:
            when = _("codage du %(day)s", day=palette.day(made.coded_on)) if made.coded_on else _("codage")
            parts.append(f"{when}, version {made.version}" if made.version else when)
        parts.append(_("effectifs\u00a0%(below)s\u00a0masqués", below=palette.below(self.briefing.k)))
        return " · ".join(parts)

    def _notes(self, base: int | None) -> Iterable[str]:
        kept = choice_words(self.briefing.choice)
        yield _("Réponses retenues\u00a0: %(words)s.", words=listed(kept) if kept else _("toutes"))
        if base is not None:
            yield _("Base\u00a0: %(n)s personnes.", n=palette.number(base))
        yield foot(self.briefing)

    def finish(self) -> Any:
        """Name the parts for the panel of slides and return the presentation."""
        sections = "".join(_section(name, slides) for name, slides in self._parts if slides)
        listing = self.file.part._element
        listing.append(
            parse_xml(
                '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
                '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
                'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
                f"{sections}</p14:sectionLst></p:ext></p:extLst>"
            )
        )
        return self.file


def close(slide: Any, *, numbered: bool = True) -> None:
    """Take away the placeholders nothing was put in, and number the slide."""
    for shape in list(slide.placeholders):
        if shape.has_text_frame and not shape.text_frame.text.strip():
            shape._element.getparent().remove(shape._element)
    if numbered:
        slide.shapes._spTree.append(_number(max(shape.shape_id for shape in slide.shapes) + 1))


def place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    """Put a placeholder elsewhere than its layout does: once moved, it takes none of its measures from there."""
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def clean_lines(lines: Iterable[str]) -> str:
    """Return notes, one paragraph for each line that says something."""
    return "\n".join(clean(line) for line in lines if line)


def _close(slide: Any, notes: str) -> None:
    slide.notes_slide.notes_text_frame.text = clean_lines([notes])
    close(slide)


def _slots(slide: Any) -> Iterable[tuple[int, str]]:
    for shape in slide.slide_layout.placeholders:
        kind = shape.placeholder_format
        if kind.idx != NUMBER_INDEX:
            yield kind.idx, shape.name


#: The index of the slide number, which is not filled in but copied.
NUMBER_INDEX = 4


def _number(identifier: int) -> Any:
    return parse_xml(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<p:nvSpPr><p:cNvPr id="{identifier}" name="Numéro"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="{NUMBER_INDEX}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="fr-FR"/><a:t>‹N°›</a:t>'
        "</a:fld></a:p></p:txBody></p:sp>"
    )


def _section(name: str, slides: Sequence[int]) -> str:
    identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, name)).upper()
    listed_slides = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
    return (
        f'<p14:section name={quoteattr(name)} id="{{{identifier}}}"><p14:sldIdLst>{listed_slides}</p14:sldIdLst>'
        "</p14:section>"
    )


def pages(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Split in as few pages as hold `size` items each, of about the same length."""
    if not items:
        return []
    number = -(-len(items) // size)
    length = -(-len(items) // number)
    return [items[start : start + length] for start in range(0, len(items), length)]
