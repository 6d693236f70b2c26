"""Posters: where each hangs, the address and the QR code it carries, and how many answers it brought."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import PosterForm
from consult.manage.quartiers import place_choices
from consult.manage.steps import LEAD, note_change, refuse, step_page
from consult.residents import choosing
from consult.residents.languages import NAMES, offered
from consult.security import roles
from surveys import posters as hung
from surveys.models import Place, Poster
from surveys.posters import PosterError
from surveys.translating import SOURCE
from surveys.typography import french


@blueprint.get("/<slug>/affiches")
@roles(LEAD)
def posters(slug: str) -> ResponseReturnValue:
    """The link of the consultation, and its posters."""
    return _page(_form(PosterForm(formdata=None)))


@blueprint.post("/<slug>/affiches")
@roles(LEAD)
def add_poster(slug: str) -> ResponseReturnValue:
    """A poster for one more place."""
    form = _form(PosterForm())
    if not form.validate():
        return _page(form)
    try:
        made = hung.add(
            db.session,
            consultation_id=g.consultation.id,
            label=form.label.data or "",
            place_id=_place_id(form),
            questionnaire=_questionnaire(form),
        )
    except PosterError as error:
        refuse(form, "label", str(error))
        return _page(form)
    return _done(_("L’affiche « %(where)s » est prête.", where=made.label), made.id)


@blueprint.get("/<slug>/affiches/<int:poster_id>")
@roles(LEAD)
def poster(slug: str, poster_id: int) -> ResponseReturnValue:
    """One poster: its code to scan, its address to copy, its files to print."""
    found = poster_or_404(poster_id)
    place = str(found.place_id) if found.place_id else ""
    return _poster_page(
        _form(PosterForm(formdata=None, label=found.label, place=place, questionnaire=found.questionnaire)), found
    )


@blueprint.post("/<slug>/affiches/<int:poster_id>")
@roles(LEAD)
def change_poster(slug: str, poster_id: int) -> ResponseReturnValue:
    """Say otherwise where it hangs."""
    found, form = poster_or_404(poster_id), _form(PosterForm())
    if not form.validate():
        return _poster_page(form, found)
    try:
        hung.change(
            db.session,
            found,
            label=form.label.data or "",
            place_id=_place_id(form),
            questionnaire=_questionnaire(form),
        )
    except PosterError as error:
        refuse(form, "label", str(error))
        return _poster_page(form, found)
    return _done(_("L’affiche « %(where)s » est enregistrée.", where=found.label), found.id)


@blueprint.post("/<slug>/affiches/<int:poster_id>/suppression")
@roles(LEAD)
def remove_poster(slug: str, poster_id: int) -> ResponseReturnValue:
    """Forget a poster nobody answered by."""
    found = poster_or_404(poster_id)
    label = found.label
    try:
        hung.remove(db.session, found)
    except PosterError as error:
        flash(french(str(error)), "error")
        return redirect(url_for("manage.poster", slug=slug, poster_id=poster_id))
    return _done(_("L’affiche « %(where)s » est supprimée.", where=label), poster_id)


def poster_or_404(poster_id: int) -> Poster:
    """The poster, if it belongs to the consultation being read."""
    found = db.session.get(Poster, poster_id)
    if found is None or found.consultation_id != g.consultation.id:
        abort(404)
    return found


def address_of(found: Poster) -> str:
    """The whole address printed on a poster."""
    return url_for("residents.poster", code=hung.shown(found.code), _external=True)


@dataclass(frozen=True)
class Code:
    """A QR code to draw: the data of one SVG path of squares, in a square of ``side`` modules with its margin."""

    path: str
    side: int


@dataclass(frozen=True)
class Link:
    """The address of one questionnaire among several."""

    name: str
    title: str
    address: str
    qr: Code


def qr_of(address: str) -> Code:
    """The QR code of an address, which a phone reads on a screen as well as on paper."""
    code = segno.make(address, error="m")
    border = 4
    rows = enumerate(code.matrix_iter(border=0), start=border)
    squares = (f"M{x},{y}h1v1h-1z" for y, row in rows for x, dark in enumerate(row, start=border) if dark)
    return Code("".join(squares), int(code.symbol_size(scale=1, border=border)[0]))


def _page(form: PosterForm) -> ResponseReturnValue:
    rows = hung.of(db.session, g.consultation.id)
    link = url_for("residents.notice", slug=g.consultation.slug, _external=True)
    return step_page(
        "manage/posters.html",
        form,
        rows=[(row, address_of(row.poster)) for row in rows],
        public_link=link,
        qr=qr_of(link),
        links=_links(),
        k=g.consultation.k_copil,
    )


def _poster_page(form: PosterForm, found: Poster) -> ResponseReturnValue:
    place = db.session.get(Place, found.place_id) if found.place_id else None
    address = address_of(found)
    return step_page(
        "manage/poster.html",
        form,
        poster=found,
        place=place,
        address_=address,
        typed=urlsplit(address).netloc + urlsplit(address).path,
        qr=qr_of(address),
        others=[(code, NAMES[code]) for code in offered(g.consultation) if code != SOURCE],
    )


def _form(form: PosterForm) -> PosterForm:
    form.place.choices = place_choices(none=_("Aucun en particulier"))
    found = choosing.online(g.consultation)
    if len(found) < 2:
        del form.questionnaire
    else:
        named = [SelectChoice(one.name, one.title) for one in found]
        form.questionnaire.choices = [SelectChoice("", _("Au choix de la personne")), *named]
    return form


def _questionnaire(form: PosterForm) -> str:
    return str(form.questionnaire.data or "") if "questionnaire" in form else ""


def _links() -> list[Link]:
    """The address of each questionnaire put online, where there are several."""
    found = choosing.online(g.consultation)
    if len(found) < 2:
        return []
    addresses = [
        url_for("residents.notice", slug=g.consultation.slug, questionnaire=one.name, _external=True) for one in found
    ]
    return [Link(one.name, one.title, address, qr_of(address)) for one, address in zip(found, addresses, strict=True)]


def _place_id(form: PosterForm) -> int | None:
    return int(form.place.data) if form.place.data else None


def _done(said: str, poster_id: int) -> ResponseReturnValue:
    note_change("affiche", poster_id=poster_id)
    db.session.commit()
    flash(french(said), "success")
    return redirect(url_for("manage.posters", slug=g.consultation.slug))
