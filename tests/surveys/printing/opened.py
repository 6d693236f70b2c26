"""A PDF as a person, a telephone and a screen reader find it."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path

from PIL import Image


def pages_of(pdf: bytes, folder: Path) -> list[Image.Image]:
    """Its pages as pictures."""
    (folder / "p.pdf").write_bytes(pdf)
    for before in folder.glob("p*.png"):
        before.unlink()
    subprocess.run(["pdftoppm", "-r", "96", "-png", "p.pdf", "p"], cwd=folder, check=True)  # noqa: S607
    return [_read(path) for path in sorted(folder.glob("p*.png"))]


def _read(path: Path) -> Image.Image:
    with Image.open(path) as page:
        return page.copy()


def text_of(pdf: bytes, folder: Path, *, how: str = "-layout") -> str:
    """Its text, laid out as on the page or in the order it was written."""
    (folder / "t.pdf").write_bytes(pdf)
    command = ["pdftotext", how, "t.pdf", "-"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def words_of(pdf: bytes, folder: Path) -> list[tuple[str, float, float, float]]:
    """Each word of its first page with its left, its right and its height, in points."""
    (folder / "w.pdf").write_bytes(pdf)
    command = ["pdftotext", "-bbox", "-l", "1", "w.pdf", "-"]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', told)
    return [(word, float(left), float(right), float(low) - float(high)) for left, high, right, low, word in found]


def place_of(word: str, pdf: bytes, folder: Path) -> tuple[float, float]:
    """The left and the right of a word of its first page, in points."""
    return next((left, right) for said, left, right, _height in words_of(pdf, folder) if said == word)


def sizes_of(pdf: bytes, folder: Path) -> dict[str, float]:
    """The size of the letters of each word of its first page, in points; the last, where a word comes twice."""
    (folder / "s.pdf").write_bytes(pdf)
    command = ["pdftohtml", "-xml", "-i", "-l", "1", "-zoom", "1", "-stdout", "s.pdf"]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    fonts = {name: float(size) for name, size in re.findall(r'<fontspec id="(\d+)" size="([\d.]+)"', told)}
    texts = re.findall(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>', told)
    return {word: fonts[font] for font, text in texts for word in re.sub("<[^>]*>", "", text).split()}


def lowest_ink(page: Image.Image) -> float:
    """How far down a page, its foot left out, something is printed: 1 is the bottom."""
    body = page.convert("L").crop((0, 0, page.width, int(page.height * 0.93)))
    box = body.point(lambda shade: 255 if shade < 160 else 0).getbbox()
    return box[3] / page.height if box else 0.0


def is_accessible(pdf: bytes) -> bool:
    """Whether it says that it conforms to PDF/UA, with its tags, its language and its title shown."""
    told = pdf + b"".join(_unpacked(data) for data in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL))
    return all(mark in told for mark in (b"pdfuaid:part", b"/StructTreeRoot", b"/Lang(", b"/DisplayDocTitle true"))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
