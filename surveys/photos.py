"""The photograph of a point, kept as a plain JPEG that says nothing of who took it, when or where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from PIL.Image import Transpose
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.models import Line, Meeting, Photo
from surveys.words import _

LONGEST_SIDE = 1600
#: More than any telephone takes; a picture that claims more is a trap or a plan.
MOST_PIXELS = 60_000_000
MOST_BYTES = 20 * 1024 * 1024
QUALITY = 82
_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_READ = tuple(plugin.format for plugin in (JpegImageFile, PngImageFile, WebPImageFile))
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")


class PhotoError(ValueError):
    """A file that cannot be kept as a photograph; its message is one French sentence."""


@dataclass(frozen=True)
class Picture:
    """A JPEG made by us, with its size in pixels."""

    content: bytes
    width: int
    height: int


def picture(data: bytes) -> Picture:
    """Make our own JPEG of a photograph: upright, at most 1600 pixels a side, without EXIF, GPS, comment or profile."""
    if not data:
        raise PhotoError(_("Le fichier de la photo est vide : prenez-la de nouveau."))
    if len(data) > MOST_BYTES:
        raise PhotoError(_("La photo dépasse 20 Mo : choisissez-en une plus petite."))
    if any(mark in data[:32] for mark in _HEIC):
        raise PhotoError(
            _("Cette photo est au format HEIC : réglez l’appareil sur « Le plus compatible » (JPEG), puis reprenez-la.")
        )
    try:
        return _made(data)
    except PhotoError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoError(_too_large()) from None
    except Exception:  # A damaged picture fails anywhere in its decoder, with errors of every kind.
        raise PhotoError(
            _("Ce fichier n’est pas une photo lisible : choisissez une image JPEG, PNG ou WebP.")
        ) from None


def attach(session: Session, *, line: Line, data: bytes) -> Photo:
    """Give a line its photograph, in place of the one it had; flushed, the caller commits."""
    source = hashlib.sha256(data).hexdigest()
    known = of_line(session, line)
    if known is not None and known.source == source:
        return known
    made = picture(data)
    session.execute(delete(Photo).where(Photo.line_id == line.id))
    photo = Photo(line_id=line.id, content=made.content, width=made.width, height=made.height, source=source)
    session.add(photo)
    session.flush()
    return photo


def detach(session: Session, *, line: Line) -> bool:
    """Take the photograph of a line away; False when it had none. The caller commits."""
    known = of_line(session, line)
    if known is None:
        return False
    session.delete(known)
    session.flush()
    return True


def of_line(session: Session, line: Line) -> Photo | None:
    """The photograph of a line."""
    return session.scalar(select(Photo).where(Photo.line_id == line.id))


def lines_with_one(session: Session, meeting: Meeting) -> dict[str, tuple[int, int]]:
    """The lines of a rencontre that have a photograph, by `client_id`, with its width and height."""
    rows = session.execute(
        select(Line.client_id, Photo.width, Photo.height)
        .join(Photo, Photo.line_id == Line.id)
        .where(Line.meeting_id == meeting.id)
    )
    return {client_id: (width, height) for client_id, width, height in rows}


def _made(data: bytes) -> Picture:
    with Image.open(BytesIO(data), formats=_READ) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotoError(_too_large())
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turn = _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
        upright = opened.transpose(turn) if turn is not None else opened
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        # Pasted on a blank sheet: what came with the file (profile, comment, GPS) stays behind.
        sheet = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        sheet.paste(layer, mask=layer.getchannel("A"))
    written = BytesIO()
    sheet.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(written.getvalue(), sheet.width, sheet.height)


def _too_large() -> str:
    return _("La photo a trop de points pour être lue : choisissez-en une de moins de 60 millions de pixels.")
