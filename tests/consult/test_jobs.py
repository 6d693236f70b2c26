"""Long work asked for by a page is done once, elsewhere, and its failure is logged without its content."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, current_app

from consult import create_app, jobs, tasks
from consult.settings import SettingsError
from tests.places import settings_in

seen: list[tuple[int, str]] = []


@jobs.task
def remember(number: int, *, word: str) -> None:
    """Keep what was asked, to prove that the queue carried it."""
    seen.append((number, word + current_app.name))


def test_a_task_waits_in_the_queue_until_the_worker_takes_it(app: Flask) -> None:
    seen.clear()
    with app.app_context():
        jobs.enqueue(remember, 3, word="dans ")
    assert seen == []
    assert jobs.work_off(app) == 1
    assert seen == [(3, "dans consult")]
    assert jobs.work_off(app) == 0


def test_a_queue_that_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CONSULT_QUEUE"):
        create_app(replace(settings_in(tmp_path), queue_url="nowhere"))


def test_a_new_worker_tidies_what_an_older_one_left(app: Flask) -> None:
    called: list[str] = []
    jobs.at_start(lambda: called.append(current_app.name))
    with app.app_context():
        jobs.tidy()
    assert "consult" in called


def test_what_is_due_is_done_once_a_night_though_no_worker_starts_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    for name in ("consult.tasks.forget_files", "consult.tasks.empty_due_lists"):
        monkeypatch.setitem(jobs._TASKS, name, lambda name=name: called.append(name))
    queue, midnight = jobs.queue_of(app), dt.datetime(2026, 11, 21)  # noqa: DTZ001 - as the queue reads the clock
    minutes = (midnight + dt.timedelta(minutes=number) for number in range(24 * 60))
    due = [task for minute in minutes for task in queue.read_periodic(minute)]
    assert len(due) == 1
    queue.execute(due[0])
    jobs.work_off(app)
    assert {"consult.tasks.forget_files", "consult.tasks.empty_due_lists"} <= set(called)
    assert tasks.forget_files in jobs._TIDIERS
    assert jobs.consumer_of(app).periodic
