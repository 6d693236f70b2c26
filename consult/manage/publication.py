"""The life of a consultation: publish, close, open again, and what was changed on the way."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.manage import blueprint, situations
from consult.manage.forms import Reasoned, ReopenForm
from consult.manage.steps import LEAD, act, note_change, refuse, step_page
from consult.residents.opening import now
from consult.security import roles
from surveys import life, publishing
from surveys.life import LifeError
from surveys.models import Consultation
from surveys.typography import french


@blueprint.get("/<slug>/preparation/publication")
@roles(LEAD)
def publication(slug: str) -> ResponseReturnValue:
    """Where the consultation stands, what may be done of it, and its history."""
    return _page()


@blueprint.post("/<slug>/preparation/publication/publier")
@roles(LEAD)
def publish(slug: str) -> ResponseReturnValue:
    """Open a draft to residents, or say what is missing."""
    try:
        life.publish(db.session, g.consultation, act())
    except LifeError as error:
        db.session.rollback()
        return _page(refused=str(error), status=422)
    return _done("consultation.publication", _("La consultation est publiée."))


@blueprint.post("/<slug>/preparation/publication/fermer")
@roles(LEAD)
def close(slug: str) -> ResponseReturnValue:
    """Take no more answers."""
    form = Reasoned(prefix="fermer-")
    if _tried(form, lambda: life.close(db.session, g.consultation, act(form.reason.data))):
        return _done("consultation.fermeture", _("La consultation est fermée."))
    return _page(closing=form, status=422)


@blueprint.post("/<slug>/preparation/publication/rouvrir")
@roles(LEAD)
def reopen(slug: str) -> ResponseReturnValue:
    """Take answers again until a new last day."""
    form, today = ReopenForm(prefix="rouvrir-"), now().date()
    day = form.closes_on.data
    if _tried(
        form,
        lambda: life.reopen(db.session, g.consultation, act(form.reason.data), closes_on=day, today=today),
    ):
        return _done("consultation.reouverture", _("La consultation est rouverte."))
    return _page(reopening=form, status=422)


def _tried(form: Reasoned, change: Callable[[], None]) -> bool:
    if not form.validate():
        return False
    try:
        change()
    except LifeError as error:
        # Nothing of a refused change may show on the page that says so.
        db.session.rollback()
        g.consultation = db.session.get_one(Consultation, g.consultation.id)
        lacks_reason = not (form.reason.data or "").strip()
        refuse(form, "reason" if lacks_reason or "closes_on" not in form else "closes_on", str(error))
        return False
    return True


def _page(
    *, closing: Reasoned | None = None, reopening: ReopenForm | None = None, refused: str = "", status: int = 0
) -> ResponseReturnValue:
    today = now().date()
    situation = life.situation(g.consultation, today)
    judged = closing or reopening
    return step_page(
        "manage/publication.html",
        judged,
        status=status,
        situation=situation,
        name=situations.name(situation),
        said=situations.said(g.consultation, today),
        tone=situations.tone(situation),
        closing=closing or Reasoned(formdata=None, prefix="fermer-"),
        reopening=reopening or ReopenForm(formdata=None, prefix="rouvrir-"),
        refused=refused,
        untranslated=publishing.untranslated(db.session, g.consultation),
        history=[(change, who, situations.told(change)) for change, who in life.history(db.session, g.consultation.id)],
        public_url=url_for("residents.notice", slug=g.consultation.slug, _external=True),
    )


def _done(action: str, said: str) -> ResponseReturnValue:
    note_change(action)
    db.session.commit()
    flash(french(said), "success")
    return redirect(url_for("manage.publication", slug=g.consultation.slug))
