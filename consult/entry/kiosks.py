"""Starting and ending the kiosks of a consultation; what residents see of one is `consult.kiosk`."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from segno import make_qr

from consult.entry import blueprint
from consult.extensions import db
from consult.kiosk.addresses import token_of
from consult.residents.opening import is_open, is_planned, now
from consult.security import roles
from consult.staff import TOKEN
from surveys import kiosks, sessions, staff
from surveys.kiosks import KioskError
from surveys.models import Channel, Kiosk

ROLES = ("chef-de-projet", "animateur", "enqueteur")


@blueprint.get("/bornes")
@roles(*ROLES)
def kiosk_list(slug: str) -> ResponseReturnValue:
    """The kiosks: those running with their address, and how to start one."""
    return _list(slug)


@blueprint.post("/bornes")
@roles(*ROLES)
def start_kiosk(slug: str) -> ResponseReturnValue:
    """Start one for a place; its address is then opened on the device."""
    label = request.form.get("lieu", "")
    if not is_planned(g.consultation, Channel.KIOSK):
        trouble = _("La borne n’est pas un canal de cette consultation : elle se choisit à l’étape « Canaux ».")
        return _list(slug, label=label, trouble=trouble), 422
    if not is_open(g.consultation, now()):
        return _list(
            slug, label=label, trouble=_("La consultation n’est pas ouverte : une borne ne recevrait rien.")
        ), 422
    try:
        kiosk = kiosks.start(
            db.session, consultation_id=g.consultation.id, label=label, staff_id=g.staff.id, today=now().date()
        )
    except KioskError as reason:
        return _list(slug, label=label, trouble=str(reason)), 422
    staff.audit(db.session, "borne-ouverte", staff_id=g.staff.id, consultation_id=g.consultation.id)
    db.session.commit()
    return redirect(url_for("entry.kiosk_page", slug=slug, kiosk_key=kiosk.key))


@blueprint.get("/bornes/<kiosk_key>")
@roles(*ROLES)
def kiosk_page(slug: str, kiosk_key: str) -> ResponseReturnValue:
    """The address of a kiosk, to be scanned or opened here once signed out."""
    kiosk = _kiosk(kiosk_key)
    address = url_for("kiosk.start", token=token_of(kiosk), _external=True)
    code = make_qr(address, error="m").svg_data_uri(scale=6, border=2, dark="#1b2430")
    return render_template("entry/kiosk.html", slug=slug, kiosk=kiosk, address=address, code=code)


@blueprint.post("/bornes/<kiosk_key>/ici")
@roles(*ROLES)
def open_here(slug: str, kiosk_key: str) -> ResponseReturnValue:
    """Turn this very device into the kiosk: the agent's session ends first."""
    kiosk = _kiosk(kiosk_key)
    sessions.end(db.session, token=session[TOKEN])
    staff.audit(db.session, "deconnexion", staff_id=g.staff.id)
    db.session.commit()
    session.clear()
    return redirect(url_for("kiosk.start", token=token_of(kiosk)))


@blueprint.post("/bornes/<kiosk_key>/arreter")
@roles(*ROLES)
def end_kiosk(slug: str, kiosk_key: str) -> ResponseReturnValue:
    """End a kiosk, wherever its device is."""
    kiosks.end(_kiosk(kiosk_key), now().date())
    staff.audit(db.session, "borne-arretee", staff_id=g.staff.id, consultation_id=g.consultation.id)
    db.session.commit()
    flash(_("La borne est arrêtée : son adresse n’ouvre plus rien."), "success")
    return redirect(url_for("entry.kiosk_list", slug=slug))


def _kiosk(key: str) -> Kiosk:
    found = kiosks.find(db.session, g.consultation.id, key)
    if found is None:
        abort(404)
    return found


def _list(slug: str, *, label: str = "", trouble: str = "") -> str:
    rows = kiosks.all_of(db.session, g.consultation.id)
    return render_template("entry/kiosks.html", slug=slug, kiosks=rows, label=label, trouble=trouble)
