"""Write several files as one: all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_babel import gettext as _


class OutputError(Exception):
    """A folder that cannot be written to; the message is one French sentence."""


@contextmanager
def into(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder`, whose files are moved there once all are written.

    Nothing is left behind when what is done meanwhile fails. OutputError when it cannot be written to.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise OutputError(_("« %(folder)s » est un fichier : indiquez un dossier.", folder=folder))
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise PermissionError
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    except OSError:
        raise OutputError(
            _("Impossible d’écrire dans « %(folder)s » : choisissez un autre dossier.", folder=folder)
        ) from None
    try:
        yield temporary
        _move(temporary, folder)
    except OSError:
        raise OutputError(
            _(
                "Impossible d’écrire dans « %(folder)s » : libérez de la place ou choisissez un autre dossier.",
                folder=folder,
            )
        ) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _move(temporary: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for file in sorted(temporary.iterdir()):
        os.replace(file, folder / file.name)
