"""Posters: a code to scan, the address in full for whoever has no camera, and what the answers are for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import segno
import typst

from surveys.printing.phrases import languages, words
from surveys.printing.pictures import drawing_of
from surveys.printing.typesetting import typeset
from surveys.translating import SOURCE, direction
from surveys.typography import french

Size = Literal["a4", "a5"]
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says; `address` is written in full, the rest may be empty.

    The code holds `scanned` where that says more than the address does, such as the language, and else the address;
    `quartier` names the place it hangs in; `logo` is an SVG, PNG or JPEG picture, and room is left for a stamp without;
    `also` lists the other languages one may answer in, each said in a line of its own.
    """

    title: str
    address: str
    quartier: str = ""
    sentence: str = ""
    use: str = ""
    closes_on: dt.date | None = None
    logo: bytes = b""
    language: str = SOURCE
    also: Sequence[str] = ()
    scanned: str = ""


def poster_pdf(poster: Poster, *, size: Size = "a4") -> bytes:
    """Return the PDF of one poster."""
    return posters_pdf([poster], size=size)


def posters_pdf(posters: Sequence[Poster], *, size: Size = "a4") -> bytes:
    """Return one PDF with a page for each poster, in order; ValueError where there is none."""
    if not posters:
        raise ValueError("no poster to print")
    pages = [_facts(poster) for poster in posters]
    language = posters[0].language
    facts = {"title": posters[0].title, "language": language.split("-")[0], "size": size, "posters": pages}
    try:
        return typeset("poster", facts)
    except typst.TypstError:
        # A picture that cannot be drawn: the poster matters more than its logo.
        return typeset("poster", {**facts, "posters": [{**page, "logo": ""} for page in pages]})


def _facts(poster: Poster) -> dict[str, Any]:
    said = words(poster.language)
    day = _day(poster.closes_on, poster.language) if poster.closes_on else ""
    texts = {
        "title": _short(poster.title, 240),
        "quartier": _short(poster.quartier, 120),
        "sentence": _short(poster.sentence or said["invitation"], 400),
        "use": _short(poster.use or said["use"], 400),
        "scan": said["scan"],
        "type": said["type"],
        "until": said["until"].format(day=day) if day else "",
    }
    return {
        **({key: french(text) for key, text in texts.items()} if poster.language == SOURCE else texts),
        "address": poster.address,
        "alt": said["qr"].format(address=poster.address),
        "logo_alt": said["logo"],
        "direction": direction(poster.language),
        "language": poster.language.split("-")[0],
        "qr": code_of(poster.scanned or poster.address),
        "logo": drawing_of(poster.logo),
        "also": [_also(language) for language in poster.also if language in languages()],
    }


def _also(language: str) -> dict[str, str]:
    return {"language": language, "text": words(language)["also"]}


def _short(text: str, longest: int) -> str:
    """What a poster can hold of a text."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def code_of(address: str) -> str:
    """The code as a drawing; a quarter of it may be torn or stained before it stops being read."""
    drawing = BytesIO()
    segno.make(address, error="q", micro=False).save(drawing, kind="svg", border=4, dark="#000000", light="#ffffff")
    return drawing.getvalue().decode()


def _day(day: dt.date, language: str) -> str:
    """A day as each language writes it; in figures where its months are not known here."""
    if language.split("-")[0] != SOURCE:
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"
