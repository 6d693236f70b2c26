"""A backup as one file: the database as its engine copies it, and a manifest that says what is inside."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from surveys.keeping import engines
from surveys.models import Base
from surveys.words import _

MANIFEST = "manifest.json"
DATABASE = "database"
CHUNK = 1024 * 1024


class ArchiveError(Exception):
    """A backup that cannot be made or must not be used; the message is one French sentence saying what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; ``rows`` are counted in the copy itself where its engine lets us read it."""

    made_at: str
    engine: str
    sha256: str
    rows: dict[str, int]


def make(engine: Engine, folder: Path, *, now: dt.datetime) -> Path:
    """Copy the database while it is used, into a new file of ``folder``; what is not finished bears no final name.

    Raises `ArchiveError` when the folder cannot be written, or when the engine's own program is missing.
    """
    path = folder / f"consult-{now:%Y-%m-%d-%H%M%S}.zip"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = folder / f".{path.name}.copy"
        try:
            rows = engines.copy(engine, copy)
            _write(path, copy, Manifest(now.isoformat(timespec="seconds"), engine.name, _digest(copy), rows))
        finally:
            copy.unlink(missing_ok=True)
    except engines.EngineError as error:
        raise ArchiveError(str(error)) from error
    except OSError as error:
        raise ArchiveError(
            _("La sauvegarde ne peut pas être écrite dans « %(folder)s » : vérifiez la place et les droits.")
            % {"folder": folder}
        ) from error
    return path


def opened(path: Path, folder: Path) -> tuple[Manifest, Path]:
    """Take the copy out of a backup into ``folder`` and check it to the byte; raise `ArchiveError`."""
    copy = folder / f".{path.name}.copy"
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            with archive.open(DATABASE) as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, CHUNK)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        copy.unlink(missing_ok=True)
        raise ArchiveError(
            _("« %(path)s » n’est pas une sauvegarde lisible : prenez-en une autre.") % {"path": path}
        ) from error
    if _digest(copy) != manifest.sha256:
        copy.unlink()
        raise ArchiveError(
            _("« %(path)s » est abîmée : son contenu n’est plus celui d’origine. Prenez-en une autre.") % {"path": path}
        )
    return manifest, copy


def rotate(folder: Path, *, days: int, now: dt.datetime) -> int:
    """Remove the backups made more than so many days ago, never the newest; returns how many."""
    found = sorted(folder.glob("consult-*.zip"))
    limit = f"consult-{now - dt.timedelta(days=days):%Y-%m-%d-%H%M%S}.zip"
    old = [path for path in found[:-1] if path.name < limit]
    for path in old:
        path.unlink()
    return len(old)


def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def _write(path: Path, copy: Path, manifest: Manifest) -> None:
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("xb") as file:
            os.chmod(partial, 0o600)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
                archive.write(copy, DATABASE)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
