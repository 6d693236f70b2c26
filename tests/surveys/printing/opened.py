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
    subprocess.run(["pdftoppm", "-r", "96", "-png", "p.pdf", "p"], cwd=folder, check=True)  # noqa: S607
    return [Image.open(path) for path in sorted(folder.glob("p*.png"))]


def text_of(pdf: bytes, folder: Path, *, how: str = "-layout") -> str:
    """Its text, laid out as on the page or in the order it was written."""
    (folder / "t.pdf").write_bytes(pdf)
    command = ["pdftotext", how, "t.pdf", "-"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def is_accessible(pdf: bytes) -> bool:
    """Whether it says that it conforms to PDF/UA, with its tags, its language and its title shown."""
    told = pdf + b"".join(_unpacked(data) for data in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL))
    return all(mark in told for mark in (b"pdfuaid:part", b"/StructTreeRoot", b"/Lang(", b"/DisplayDocTitle true"))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
