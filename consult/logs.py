"""Structured logs: one JSON line an event, scalars only, so that no answer can ever be logged."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from consult.settings import Settings

SCALARS = (str, int, float, bool, type(None))
Scalar = str | int | float | bool | None
LONGEST_TEXT = 120

_log = logging.getLogger("consult")


class JsonLines(logging.Formatter):
    """One line a record; a trace says its kind and place, never its values."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one JSON object."""
        line: dict[str, Scalar] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if hasattr(record, "scalars") else record.name,
        }
        line |= getattr(record, "scalars", {})
        if record.exc_info and record.exc_info[0]:
            line |= _where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def event(name: str, /, *, level: int = logging.INFO, **scalars: Scalar) -> None:
    """Log one event; values are short scalars: a count, an identifier of ours, a duration."""
    for key, value in scalars.items():
        if not isinstance(value, SCALARS) or len(str(value)) > LONGEST_TEXT:
            raise TypeError(key)
    _log.log(level, name, extra={"scalars": scalars})


def init_app(app: Flask) -> None:
    """Send our events and Flask's to the standard error, one line a request included."""
    if not _log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        _log.addHandler(handler)
        _log.propagate = False
    settings: Settings = app.extensions["consult.settings"]
    _log.setLevel(logging.WARNING if settings.quiet else logging.INFO)
    app.before_request(_start_clock)
    app.after_request(_log_request)


def failure(error: BaseException) -> None:
    """Log an unexpected error by its kind and place only: its message may hold an answer."""
    event("error", level=logging.ERROR, **_where(error))


def _where(error: BaseException | None) -> dict[str, Scalar]:
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace else None
    place = f"{code.co_filename[-60:]}:{trace.tb_lineno}" if code and trace else ""
    return {"error": type(error).__name__, "place": place}


def _start_clock() -> None:
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    # The rule, never the address: an address may hold a code, and its reader's IP is nobody's business.
    if request.endpoint != "static":
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        event(
            "request",
            method=request.method,
            endpoint=request.endpoint or "",
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
    return response
