"""``consult serve``: one web process with many threads, and the worker beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
import waitress
from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import make_url

from consult import create_app, database, logs
from consult.cli import Refused
from consult.extensions import db
from consult.settings import UPLOAD_BYTES, Settings, from_environment

THREADS = 8
# A hundred slow readers must not keep the next one out.
CONNECTIONS = 2000


@click.command()
@click.option("--db", "url", default="", help="Adresse de la base (SQLite par défaut, dans le dossier d’instance).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d’écoute.")
@click.option("--port", default=8000, show_default=True, help="Port d’écoute.")
@click.option("--worker/--no-worker", default=True, help="Lancer aussi le travail long, à côté.")
def command(*, url: str, host: str, port: int, worker: bool) -> None:
    """Sert le site, et lance à côté le travail long."""
    serve(create_app(settings_for(url)), host=host, port=port, worker=worker)


def settings_for(url: str) -> Settings:
    """The settings of the environment, on the database of this address when one is given.

    A relative SQLite path is relative to the current folder, as for any command.
    """
    settings = from_environment()
    if not url:
        return settings
    chosen = replace(settings, database_url=url)
    parsed = make_url(url)
    if chosen.backend == "sqlite" and parsed.database:
        parsed = parsed.set(database=str(Path(parsed.database).resolve()))
    return replace(chosen, database_url=parsed.render_as_string(hide_password=False))


def open_database(app: Flask) -> None:
    """Bring the database to this version's tables and check how it keeps what it is given."""
    with app.app_context():
        database.migrate(db.engine)
        with db.engine.connect() as connection:
            database.check(connection)


def serve(app: Flask, *, host: str, port: int, worker: bool) -> None:
    """Serve until interrupted."""
    settings: Settings = app.extensions["consult.settings"]
    open_database(app)
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            max_request_body_size=UPLOAD_BYTES,
            ident=None,
            clear_untrusted_proxy_headers=not settings.proxies,
        )
    except OSError as error:
        raise Refused(_("Le port %(port)s est déjà pris : choisissez-en un autre avec --port.", port=port)) from error
    with _worker(settings) if worker else _nothing():
        logs.event("serving", host=host, port=server.effective_port)
        address = f"http://{host}:{server.effective_port}"
        click.echo(_("Le site répond à %(address)s (Ctrl+C pour l’arrêter).", address=address))
        # An orderly stop, so that the worker is told too.
        signal.signal(signal.SIGTERM, lambda *_received: sys.exit(0))
        server.run()


@contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    environment = os.environ | {
        "CONSULT_DATABASE": settings.database_url,
        "CONSULT_INSTANCE": str(settings.instance),
        "CONSULT_QUIET": "1" if settings.quiet else "",
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "consult", "worker", "--beside"], stdin=subprocess.PIPE, env=environment
    )
    try:
        yield
    finally:
        child.terminate()
        child.communicate()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
