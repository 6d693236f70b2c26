"""Pictures that people give, as drawings the typesetter can hold among its facts."""

from __future__ import annotations

import base64
from io import BytesIO

from PIL import Image, UnidentifiedImageError

#: Wide enough for the largest poster, light enough for a file sent by mail.
_LARGEST = (1600, 800)


def drawing_of(picture: bytes) -> str:
    """Return a picture as SVG, made small enough to print; empty when it is none."""
    if not picture:
        return ""
    try:
        with Image.open(BytesIO(picture)) as image:
            image.thumbnail(_LARGEST)
            memory = BytesIO()
            image.convert("RGBA").save(memory, "PNG")
            width, height = image.size
    except UnidentifiedImageError:
        return _vector(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    href = f"data:image/png;base64,{base64.b64encode(memory.getvalue()).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{href}"/></svg>'
    )


def _vector(picture: bytes) -> str:
    try:
        text = picture.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return text if "<svg" in text else ""
