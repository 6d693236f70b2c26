"""Who writes without pause in another process lets everybody else write all the same."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from consult import database

LOTS = 20


def _engine(folder: Path) -> Engine:
    engine = create_engine(f"sqlite:///{folder / 'base.sqlite'}")
    database.prepare(engine)
    return engine


def _write_without_pause(folder: Path, begun: Event, stop: Event) -> None:
    engine = _engine(folder)
    while not stop.is_set():
        with engine.begin() as connection:
            for _row in range(500):
                connection.execute(text("INSERT INTO lot (n) VALUES (1)"))
        begun.set()
    engine.dispose()


def test_each_of_twenty_writes_gets_its_turn_among_the_lots_of_another_process(tmp_path: Path) -> None:
    engine = _engine(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE lot (n INTEGER NOT NULL)"))
        connection.execute(text("CREATE TABLE answer (lots INTEGER NOT NULL)"))
    alone = multiprocessing.get_context("spawn")
    begun, stop = alone.Event(), alone.Event()
    other = alone.Process(target=_write_without_pause, args=(tmp_path, begun, stop))
    other.start()
    assert begun.wait(60)
    for _write in range(LOTS):
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO answer SELECT count(*) FROM lot"))
    stop.set()
    other.join()
    with database.reading(), engine.connect() as connection:
        lots = connection.execute(text("SELECT lots / 500 FROM answer ORDER BY lots")).scalars().all()
    engine.dispose()
    assert len(lots) == LOTS
    assert len(set(lots)) > 1  # both wrote in the meantime
    assert lots[-1] - lots[0] < 5 * LOTS


def test_the_turn_of_a_process_that_dies_is_given_back(tmp_path: Path) -> None:
    engine = _engine(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE lot (n INTEGER NOT NULL)"))
    alone = multiprocessing.get_context("spawn")
    held = alone.Event()
    other = alone.Process(target=_hold, args=(tmp_path, held))
    other.start()
    assert held.wait(60)
    other.kill()
    other.join()
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM lot")).scalar_one() == 0
    engine.dispose()


def _hold(folder: Path, held: Event) -> None:
    with _engine(folder).begin() as connection:
        connection.execute(text("INSERT INTO lot (n) VALUES (1)"))
        held.set()
        signal.pause()
