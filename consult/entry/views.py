"""Keying in one form after the other: paper, and people met face to face."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Response, flash, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from consult.calls.callers import CALLERS, WATCHERS
from consult.entry import blueprint
from consult.entry.days import day_of, said
from consult.entry.keeping import NotKeptError, keep
from consult.entry.sheet import Sheet, again, blank, brought
from consult.extensions import db
from consult.forms import QuestionForm
from consult.residents.opening import is_open, is_planned, now
from consult.security import roles
from surveys import collect, models
from surveys.labels import CHANNELS
from surveys.models import Channel, State

#: Who may leave a device for residents.
KIOSK_ROLES = ("chef-de-projet", "animateur", "enqueteur")
ROLES = ("chef-de-projet", "charge-etude", "animateur", "enqueteur")
WAYS = {"papier": Channel.PAPER, "face-a-face": Channel.FACE_TO_FACE}
PATH = '/<any("papier", "face-a-face"):way>'


@dataclass(frozen=True)
class Run:
    """What an agent has keyed in today, one way, in this browser session."""

    count: int = 0
    #: The receipt's hash of the last form, so that it can be corrected; and the name of its sending.
    last: str = ""
    sent: str = ""
    #: The day of collection, kept from one form to the next.
    day: str = ""

    @property
    def collected(self) -> dt.date:
        """The day the forms were filled."""
        return dt.date.fromisoformat(self.day) if self.day else now().date()


@blueprint.get("/")
@roles(*ROLES)
def hub(slug: str) -> ResponseReturnValue:
    """The ways to collect, for who works in the field."""
    ways = {"calls": CALLERS, "kiosks": KIOSK_ROLES, "board": WATCHERS}
    opens = {name: bool(g.roles & set(wanted)) for name, wanted in ways.items()}
    planned = {channel.value for channel in Channel if is_planned(g.consultation, channel)}
    return render_template("entry/hub.html", slug=slug, opens=opens, planned=planned)


@blueprint.get(PATH)
@roles(*ROLES)
def sheet(slug: str, way: str) -> ResponseReturnValue:
    """An empty form, ready for the next person."""
    if not can_enter(way):
        return _closed(slug, way)
    return _page(slug, way, blank(g.consultation, WAYS[way]))


@blueprint.post(PATH)
@roles(*ROLES)
def send(slug: str, way: str) -> ResponseReturnValue:
    """Record the form and open the next; whatever goes wrong, everything typed is shown again."""
    if not can_enter(way):
        return _closed(slug, way), 403
    filled, run = brought(g.consultation, WAYS[way]), _run(slug, way)
    typed = request.form.get("jour", "")
    day = day_of(typed, g.consultation) if way == "papier" and typed else run.collected
    if day is None:
        trouble = _("Vérifiez le jour de collecte : écrivez par exemple 12/06/2023, au plus tard aujourd’hui.")
        return _page(slug, way, filled, trouble=trouble, typed_day=typed), 422
    try:
        receipt = keep(filled, day=day if way == "papier" else now().date(), staff_id=g.staff.id)
    except NotKeptError as reason:
        return _page(slug, way, filled, form=reason.form, trouble=reason.trouble, typed_day=typed), reason.status
    _remember(slug, way, run, filled, receipt, day)
    if way == "papier":
        flash(_("Formulaire enregistré."), "success")
        return redirect(url_for("entry.sheet", slug=slug, way=way))
    html = render_template("entry/sent.html", slug=slug, code=receipt.code, sheet=filled, draft=_draft(slug, way))
    return make_response(html, 201)


@blueprint.get("/papier/dernier")
@roles(*ROLES)
def last(slug: str) -> ResponseReturnValue:
    """The form just keyed in, to be corrected; the next one that is sent takes its place here."""
    known = _run(slug, "papier").last
    response = (
        db.session.scalar(
            select(models.Response).where(
                models.Response.consultation_id == g.consultation.id,
                models.Response.receipt_hash == known,
                models.Response.staff_id == g.staff.id,
            )
        )
        if known
        else None
    )
    if response is None:
        flash(_("Il n’y a pas de formulaire à corriger dans cette session."), "warning")
        return redirect(url_for("entry.sheet", slug=slug, way="papier"))
    return _page(slug, "papier", again(g.consultation, response))


def can_enter(way: str) -> bool:
    """Whether answers are taken this way now: paper filled before the end is still keyed in after it."""
    state: State = g.consultation.state
    is_late = way == "papier" and state is State.CLOSED
    return is_planned(g.consultation, WAYS[way]) and (is_open(g.consultation, now()) or is_late)


def _closed(slug: str, way: str) -> str:
    unplanned = "" if is_planned(g.consultation, WAYS[way]) else CHANNELS[WAYS[way]]
    return render_template("entry/closed.html", slug=slug, unplanned=unplanned)


def _page(
    slug: str, way: str, filled: Sheet, *, form: QuestionForm | None = None, trouble: str = "", typed_day: str = ""
) -> Response:
    run = _run(slug, way)
    html = render_template(
        "entry/sheet.html",
        slug=slug,
        way=way,
        sheet=filled,
        form=form or filled.form(run.collected if way == "papier" else None),
        trouble=trouble,
        run=run,
        day=typed_day or said(run.collected),
        draft=_draft(slug, way),
    )
    return make_response(html)


def _draft(slug: str, way: str) -> str:
    """The name of what the device keeps of a form under way."""
    return f"{slug}:{way}:{g.staff.id}"


def _run(slug: str, way: str) -> Run:
    held = session.get("entry", {})
    kept = held.get(f"{slug}/{way}") if held.get("on") == _mark() else None
    return Run(*kept) if kept else Run()


def _remember(slug: str, way: str, run: Run, filled: Sheet, receipt: collect.Receipt, day: dt.date) -> None:
    """Count the form once, however often it was sent."""
    held = session.get("entry", {})
    mine = held if held.get("on") == _mark() else {"on": _mark()}
    is_new = not receipt.replayed and not filled.ticket.replaces
    mine[f"{slug}/{way}"] = [
        run.count + is_new,
        collect.receipt_hash(receipt.code) if way == "papier" else "",
        filled.ticket.submission,
        day.isoformat(),
    ]
    session["entry"] = mine


def _mark() -> str:
    """Whose session, and which day: the count of another is not taken over."""
    return f"{g.staff.id}/{now().date().isoformat()}"
