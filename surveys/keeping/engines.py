"""How each engine copies itself while it is used: SQLite's online backup, PostgreSQL's own programs."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, inspect, text

from surveys.words import _


class EngineError(Exception):
    """The engine cannot copy itself here; the message is one French sentence saying what to do."""


def copy(engine: Engine, target: Path) -> dict[str, int]:
    """Write the database as it is at one moment; returns the rows of each table of the copy, {} where unreadable."""
    if engine.name == "sqlite":
        return _copy_sqlite(Path(engine.url.database or ""), target)
    _run("pg_dump", engine.url, "--format=custom", "--file", str(target))
    return {}


def put_back(source: Path, url: URL) -> None:
    """Make an empty database that of a copy; raise `EngineError` where it is not empty."""
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if path.exists():
            raise EngineError(
                _("« %(path)s » existe déjà : restaurez dans un dossier vide, rien n’est jamais remplacé.")
                % {"path": path}
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(source, path)
        path.chmod(0o600)
        return
    engine = create_engine(url)
    try:
        is_empty = not inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if not is_empty:
        raise EngineError(_("La base n’est pas vide : restaurez dans une base vide, rien n’est jamais remplacé."))
    _run("pg_restore", url, "--no-owner", "--exit-on-error", str(source))


def faults(engine: Engine) -> list[str]:
    """What the engine itself finds broken in its files and links; PostgreSQL checks as it writes."""
    if engine.name != "sqlite":
        return []
    with engine.connect() as connection:
        said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        links = connection.execute(text("PRAGMA foreign_key_check")).all()
    return said + [f"{row[0]} → {row[2]}" for row in links]


def _copy_sqlite(source: Path, target: Path) -> dict[str, int]:
    target.unlink(missing_ok=True)
    if not source.exists():
        raise EngineError(_("Il n’y a pas de base à « %(path)s » : indiquez son adresse avec --db.") % {"path": source})
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copied,
    ):
        live.backup(copied)
        # One file that needs no other beside it.
        copied.execute("PRAGMA journal_mode = DELETE")
        if copied.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise EngineError(_("La base copiée n’est pas intacte : lancez « consult verify », et prévenez l’équipe."))
        names = [row[0] for row in copied.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: copied.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  names of its own tables
            for name in sorted(names)
        }


def _run(program: str, url: URL, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise EngineError(
            _("Le programme « %(name)s » manque : installez le client de PostgreSQL, puis recommencez.")
            % {"name": program}
        )
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(  # noqa: S603  PostgreSQL's own program
        [found, f"--dbname={address}", *arguments], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise EngineError(
            _("PostgreSQL n’a pas pu le faire : %(why)s") % {"why": (done.stderr.strip().splitlines() or ["?"])[-1]}
        )
