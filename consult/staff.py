"""Who is signed in: the guard of every address that is not public.

A view says who it is for with ``security.staff_only`` or ``security.roles(…)``; once the guard let the reader
in, ``g.staff`` is the account and, for an address with a ``<slug>``, ``g.consultation`` and ``g.roles``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult import security
from consult.database import SAFE_METHODS, DatabaseBusyError, writing
from consult.extensions import db
from surveys import sessions, staff
from surveys.models import Consultation, StaffSession

TOKEN = "staff"  # noqa: S105 - the name of a place in the session, not a secret
Clock = Callable[[], dt.datetime]


def init_app(app: Flask) -> None:
    """Guard the addresses of staff, and tell templates who reads them."""
    app.extensions.setdefault("consult.clock", staff.utc_now)
    security.set_guard(app, guard)
    app.context_processor(_reader)


def now() -> dt.datetime:
    """The time of this request, which a test may set."""
    clock: Clock = current_app.extensions["consult.clock"]
    return clock()


def guard(access: security.Access) -> ResponseReturnValue | None:
    """Let the reader in, send them to sign in, or answer that the address does not exist."""
    if not identify():
        return _ask_to_sign_in()
    slug = (request.view_args or {}).get("slug")
    if slug is not None:
        _enter(slug)
    if access.kind == "role" and not (access.roles & g.get("roles", frozenset())):
        abort(403)
    return None


def identify() -> bool:
    """Whether somebody is signed in; ``g.staff`` is then their account."""
    token = session.get(TOKEN)
    found = sessions.owner(db.session, token=token, at=now()) if isinstance(token, str) else None
    if found is None:
        return False
    g.staff, record = found
    _note(record, str(token))
    return True


def local_path(address: str) -> str:
    """An address of this site to go on to, or « / » for any other."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:  # « //[ » has a bracket that nothing closes.
        return "/"
    inside = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    return address if inside else "/"


def _reader() -> dict[str, object]:
    return {"reader": g.get("staff"), "consultation": g.get("consultation")}


def _enter(slug: str) -> None:
    """A consultation where the reader has no role is answered like one that does not exist."""
    consultation = db.session.scalar(select(Consultation).where(Consultation.slug == slug))
    if consultation is None:
        abort(404)
    g.roles = staff.roles_of(db.session, staff_id=g.staff.id, consultation_id=consultation.id)
    if not g.roles:
        abort(404)
    g.consultation = consultation


def _note(record: StaffSession, token: str) -> None:
    if now() - record.seen_at < sessions.NOTED_EVERY:
        return
    if request.method not in SAFE_METHODS:
        sessions.note_activity(db.session, token=token, at=now())  # kept if the view commits
        return
    # Its own transaction: a page that only reads stays one. A busy database is no reason to refuse a reader.
    with suppress(OperationalError, DatabaseBusyError), writing(), Session(db.engine) as own:
        sessions.note_activity(own, token=token, at=now())
        own.commit()


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET" or "application/json" in request.headers.get("Accept", ""):
        abort(401)
    return redirect(url_for("accounts.sign_in", suite=request.full_path.rstrip("?")))
