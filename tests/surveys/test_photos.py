"""Photographs of points: upright, small, silent about who took them; anything else is refused in one sentence."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import photos
from surveys.models import Line, Photo
from surveys.photos import PhotoError
from tests.consult import desk

GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


def taken(width: int = 2400, height: int = 1200, *, kind: str = "JPEG", orientation: int = 6) -> bytes:
    """A photograph as a telephone writes it: lying on its side, with its maker, its place and a comment."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((200, 30, 30), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Telephone de Samira", orientation
    exif.get_ifd(GPS)[2] = (43.0, 12.0, 30.0)
    written = BytesIO()
    extra = {"comment": b"Samira"} if kind == "JPEG" else {}
    image.save(written, kind, exif=exif, **extra)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_keeps_its_picture_and_nothing_else(kind: str) -> None:
    made = photos.picture(taken(kind=kind))
    with Image.open(BytesIO(made.content)) as image:
        assert (image.format, image.size, (made.width, made.height)) == ("JPEG", (800, 1600), (800, 1600))
        assert dict(image.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & image.info.keys()
        top, bottom = image.getpixel((400, 100)), image.getpixel((400, 1500))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[1] < 100 < bottom[1]  # Turned upright: the red half is on top.
    assert b"Samira" not in made.content


def test_a_small_picture_is_not_made_larger() -> None:
    made = photos.picture(taken(40, 20, orientation=1))
    assert (made.width, made.height) == (40, 20)


def _bomb() -> bytes:
    """A PNG of a few bytes that claims 40,000 by 40,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "est vide"),
        (b"%PDF-1.7 rien", "n’est pas une photo lisible"),
        (taken()[:900], "n’est pas une photo lisible"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas une photo lisible"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (_bomb(), "trop de points"),
        (b"\xff" * (photos.MOST_BYTES + 1), "20 Mo"),
    ],
)
def test_what_is_no_photograph_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(PhotoError, match=words):
        photos.picture(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_a_damaged_file_is_a_picture_or_a_sentence(noise: bytes, at: int) -> None:
    whole = taken(60, 40)
    with suppress(PhotoError):
        made = photos.picture(whole[:at] + noise + whole[at + len(noise) :])
        assert made.content.startswith(b"\xff\xd8")


def test_a_photograph_sent_twice_is_one_and_another_takes_its_place(session: Session) -> None:
    desk.set_up(session)
    line = session.scalars(select(Line)).one()
    first = photos.attach(session, line=line, data=taken())
    assert photos.attach(session, line=line, data=taken()).key == first.key
    other = photos.attach(session, line=line, data=taken(100, 100))
    assert session.scalar(select(func.count()).select_from(Photo)) == 1
    assert (other.width, other.height) == (100, 100)
    assert photos.detach(session, line=line)
    assert not photos.detach(session, line=line)


def test_a_photograph_leaves_with_its_line(session: Session) -> None:
    desk.set_up(session)
    line = session.scalars(select(Line)).one()
    photos.attach(session, line=line, data=taken(20, 20))
    session.delete(line)
    session.flush()
    assert session.scalar(select(func.count()).select_from(Photo)) == 0
