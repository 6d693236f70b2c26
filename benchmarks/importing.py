"""Rows per second of an import, its memory, and how long residents who answer meanwhile wait, on SQLite and PostgreSQL.

    python -m benchmarks import [ROWS…] [--postgresql ADDRESS]

Each row answers twenty questions. Meanwhile another process sends one answer after another, as a web server would.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import multiprocessing
import random
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, select, text

from consult import create_app, importing
from consult.commands.serve import open_database
from consult.database import writing
from consult.extensions import db
from consult.settings import Settings
from surveys import collect, definition, imports
from surveys.importing import layouts, places, sources
from surveys.importing.answers import Reader
from surveys.models import Channel, Consultation, ImportState, Place, PlaceKind, QuestionnaireVersion
from surveys.questions import Option, Reply, Status

SIZES = (10_000, 100_000)
TODAY = dt.date(2026, 6, 1)
LABELS = ["Très mal", "Plutôt mal", "Plutôt bien", "Très bien"]
QUARTIERS = ["Grazailles", "La Conte", "Le Viguier", "Saint-Jacques", "Ozanam"]
WORDS = [
    "plus", "de", "bancs", "et", "d’arbres,", "des", "bus", "le", "soir,", "une",
    "maison", "de", "santé,", "du", "calme,", "des", "jeux", "pour", "les", "enfants",
]  # fmt: skip


def book() -> definition.Questionnaire:
    """Twenty questions of the kinds a town hall asks."""
    scale = [{"kind": "scale", "name": f"avis_{n}", "label": f"Avis {n} ?", "options": LABELS} for n in range(1, 11)]
    several = [
        {"kind": "several_choices", "name": f"choix_{n}", "label": f"Choix {n} ?", "options": WORDS[:8]}
        for n in range(1, 4)
    ]
    places_asked = {"kind": "quartier", "name": "quartier", "label": "Quartier ?", "options": QUARTIERS}
    about = [
        places_asked,
        {"kind": "age_band", "name": "age", "label": "Âge ?"},
        {"kind": "yes_no", "name": "deja", "label": "Déjà ?"},
        {"kind": "number", "name": "annees", "label": "Années ?"},
        {"kind": "date", "name": "arrivee", "label": "Arrivée ?"},
    ]
    said = [{"kind": "long_text", "name": f"besoin_{n}", "label": f"Besoin {n} ?"} for n in (1, 2)]
    sections = [{"title": "Vous", "questions": [*about, *scale, *several, *said]}]
    return definition.load({"title": "Essai", "sections": sections})


def quartiers() -> tuple[Option, ...]:
    """The quartiers one may live in."""
    return next(question.options for question in book().questions if question.name == "quartier")


def table(rows: int) -> bytes:
    """A file of that many rows, the same each time."""
    chance = random.Random(1)  # noqa: S311 - a made-up survey, not a secret
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";")
    writer.writerow(["id", *(question.name for question in book().questions)])
    for number in range(rows):
        words = WORDS[:8]
        writer.writerow(
            [
                number,
                chance.choice(QUARTIERS),
                chance.randint(15, 90),
                chance.choice(["Oui", "non"]),
                chance.randint(0, 40),
                f"{chance.randint(1, 28):02d}/0{chance.randint(1, 9)}/2019",
                *(chance.choice(LABELS) for _ in range(10)),
                *(", ".join(sorted(set(chance.choices(words, k=2)))) for _ in range(3)),
                *(" ".join(chance.choices(WORDS, k=25)) for _ in range(2)),
            ]
        )
    return made.getvalue().encode()


def measure(rows: int, url: str, folder: Path) -> None:
    """Print the figures of one size on one engine."""
    app = _app(folder, url)
    _prepare(app)
    content = table(rows)
    with _answering(folder, url) as waits:
        started, worked = time.perf_counter(), time.process_time()
        added = _import(app, content)
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
        found = waits()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows} rows of 20 questions ({len(content) / 1e6:.0f} MB), {url.partition(':')[0]}")
    print(f"  {added} added in {seconds:.1f} s ({rows / seconds:.0f} rows/s), processor {processor:.1f} s")
    print(f"  peak memory {peak:.0f} MB")
    print(f"  {found['sent']} answers sent meanwhile, longest wait {found['longest']:.2f} s", flush=True)
    with app.app_context():
        db.engine.dispose()


def _import(app: Flask, content: bytes) -> int:
    recognised = layouts.read(sources.read(content, name="essai.csv"))
    with app.app_context(), writing():
        version = db.session.scalars(select(QuestionnaireVersion)).one()
        questionnaire = definition.load(version.definition)
        reader = Reader(
            table=recognised.table,
            plan=layouts.plan_for(recognised, questionnaire),
            questionnaire=questionnaire,
            name=version.name,
            places=places.load(db.session, 1),
            channel=version.channel,
            today=TODAY,
        )
        one = imports.begin(
            db.session, consultation_id=1, file_name="essai.csv", content=content, staff_id=None, today=TODAY
        )
        key, one.state = one.key, ImportState.RUNNING
        db.session.commit()
        db.session.refresh(version)
        db.session.expunge(version)
        db.session.rollback()
        return importing.carry_out(db.session, key, reader, version, advanced=_said).added


def _said(report: Any) -> None:
    if sys.stderr.isatty():
        print(f"\r  {report.rows} rows", end="", file=sys.stderr)


def _app(folder: Path, url: str) -> Flask:
    settings = Settings(instance=folder, database_url=url, secret="x" * 16 + "benchmark" * 4, testing=True)
    return create_app(settings)


def _prepare(app: Flask) -> None:
    open_database(app)
    with app.app_context(), writing():
        db.session.add(Consultation(id=1, slug="essai", title="Essai"))
        db.session.flush()
        for option in quartiers():
            place = Place(consultation_id=1, slug=option.code, name=option.label, kind=PlaceKind.QPV)
            db.session.add(place)
        version = QuestionnaireVersion(
            consultation_id=1,
            name="essai",
            title="Essai",
            channel=Channel.IMPORT,
            definition=definition.dump(book()),
            digest=definition.digest(book()),
        )
        db.session.add(version)
        db.session.commit()


@contextmanager
def _answering(folder: Path, url: str) -> Iterator[Any]:
    """Another process that answers all the while; gives how many answers it sent and the longest wait."""
    alone = multiprocessing.get_context("spawn")
    here, there = alone.Pipe()
    stop = alone.Event()
    process = alone.Process(target=_answer, args=(str(folder), url, stop, there))
    process.start()
    here.recv()  # it is ready

    def waits() -> dict[str, float]:
        stop.set()
        found: dict[str, float] = here.recv()
        return found

    yield waits
    stop.set()
    process.join()


def _answer(folder: str, url: str, stop: Event, pipe: Connection) -> None:
    app = _app(Path(folder), url)
    sent, longest = 0, 0.0
    with app.app_context(), writing():
        version = db.session.scalars(select(QuestionnaireVersion)).one()
        db.session.expunge(version)
        db.session.rollback()
        questionnaire = definition.load(version.definition)
        pipe.send("ready")
        while not stop.is_set():
            started = time.perf_counter()
            collect.record(
                db.session,
                version=version,
                questionnaire=questionnaire,
                submission=collect.Submission(
                    secrets.token_hex(16), Channel.ONLINE, TODAY, {"deja": Reply(Status.ANSWERED, "oui")}
                ),
                secret=b"s",
            )
            db.session.commit()
            longest = max(longest, time.perf_counter() - started)
            sent += 1
            stop.wait(0.05)
    pipe.send({"sent": sent, "longest": longest})


@contextmanager
def _postgresql(server: str) -> Iterator[str]:
    """The address of an empty database of its own on a server."""
    name = f"consult_{secrets.token_hex(4)}"
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield f"{server}/{name}"
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _alone(rows: int, server: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if not server:
            measure(rows, f"sqlite:///{folder}/consult.sqlite", Path(folder))
            return
        with _postgresql(server) as url:
            measure(rows, url, Path(folder))


def main(arguments: list[str]) -> None:
    """Measure each size on each engine, in a process of its own: peaks do not add up."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks import")
    parser.add_argument("rows", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--postgresql", default="", help="postgresql+psycopg://account@server:port")
    asked = parser.parse_args(arguments)
    alone = multiprocessing.get_context("spawn")
    for server in ["", *([asked.postgresql] if asked.postgresql else [])]:
        for rows in asked.rows:
            process = alone.Process(target=_alone, args=(rows, server))
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)
