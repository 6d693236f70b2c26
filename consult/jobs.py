"""Long work, done beside the web process: a queue in a file by default, on Redis when there are several machines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec

from flask import Flask, current_app, g
from flask_babel import gettext as _
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError
from sqlalchemy import make_url

from consult import logs
from consult.settings import Settings, SettingsError

P = ParamSpec("P")
_TASKS: dict[str, Callable[..., None]] = {}
_TIDIERS: list[Callable[[], None]] = []
_DAILY: list[str] = []
NIGHT = crontab(hour="3", minute="0")


def task(function: Callable[P, None]) -> Callable[P, None]:
    """Make a function of identifiers and scalars callable later by ``enqueue``, in an application context."""
    _TASKS[_name(function)] = function
    return function


def at_start(function: Callable[[], None]) -> Callable[[], None]:
    """Call this function when a worker starts, before any task: what an older worker left undone can be said so."""
    _TIDIERS.append(function)
    return function


def daily(function: Callable[[], None]) -> Callable[[], None]:
    """Have the worker call this function every night: nobody has to restart it for what is due to be done."""
    _DAILY.append(_name(task(function)))
    return function


def tidy() -> None:
    """Call every function marked by ``at_start``; needs an application context."""
    for function in _TIDIERS:
        function()


def enqueue(function: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Ask the worker to call a task; commit what it will read first."""
    perform = current_app.extensions["consult.perform"]
    perform(_name(function), args, kwargs)


def work_off(app: Flask) -> int:
    """Do here and now everything that waits in the queue; returns how many tasks were done."""
    queue = queue_of(app)
    done = 0
    while waiting := queue.dequeue():
        queue.execute(waiting)
        done += 1
    return done


def queue_of(app: Flask) -> Huey:
    """The queue that the application writes to and its worker reads."""
    queue: Huey = app.extensions["consult.queue"]
    return queue


def consumer_of(app: Flask) -> Consumer:
    """Who takes tasks from the queue, one at a time: an analysis already uses every core."""
    return queue_of(app).create_consumer(workers=1, max_delay=0.5, periodic=True)


def init_app(app: Flask) -> None:
    """Open the queue of the installation; its worker is ``consult worker``."""
    queue = _open(app.extensions["consult.settings"])

    def perform(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        with app.app_context():
            g.read_on_a_page = True  # a task has no other way to say anything
            logs.event("task", task=name)
            try:
                _TASKS[name](*args, **kwargs)
            except Exception as error:
                logs.failure(error)
                raise

    ask = queue.task(name="perform")(perform)

    def nightly() -> None:
        for name in _DAILY:  # one task each: the failure of one stops no other
            ask(name, (), {})

    queue.periodic_task(NIGHT, name="nightly")(nightly)
    app.extensions["consult.queue"] = queue
    app.extensions["consult.perform"] = ask


def _open(settings: Settings) -> Huey:
    if settings.queue_url:
        return _redis(settings.queue_url)
    url = make_url(settings.database_url)
    # Beside its database: two databases never share a queue.
    local = url.database if url.get_backend_name() == "sqlite" else None
    path = Path(local).with_suffix(".queue") if local else settings.instance / "queue"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteHuey("consult", filename=str(path))


def _redis(url: str) -> Huey:
    try:
        return RedisHuey("consult", url=url)
    except (ConfigurationError, ValueError) as error:
        raise SettingsError(
            _("La file CONSULT_QUEUE ne s’ouvre pas : installez le paquet « redis » et vérifiez son adresse.")
        ) from error


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
