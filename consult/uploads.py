"""The one file that a form sends."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from surveys.importing.errors import TableError


def sent(most: int, *, field: str = "fichier") -> tuple[str, bytes]:
    """Return the name of the file, without folders, and its first `most` + 1 bytes: enough to tell one too long.

    Raises `TableError` when no file was chosen.
    """
    file = request.files.get(field)
    if file is None or not file.filename:
        raise TableError(_("Choisissez d’abord un fichier."))
    return file.filename.replace("\\", "/").rpartition("/")[2], file.stream.read(most + 1)
