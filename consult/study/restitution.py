"""La restitution: the words that go with the results, their preview, publishing, and who waits for the closing."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from consult.extensions import db
from consult.giving import given_now
from consult.residents import results
from consult.residents.languages import speak_french
from consult.residents.opening import now
from consult.residents.results import Preview
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.runs import ROLES
from surveys import places, restitution, staff
from surveys.followup import By
from surveys.models import Consultation, Role
from surveys.restitution import RestitutionError


class WordsForm(FlaskForm):
    """What goes with the results; the labels are in the template of the page."""

    seen = HiddenField()
    message = TextAreaField()
    contact = TextAreaField()


@blueprint.get("/restitution")
@roles(*ROLES)
def restituted(slug: str) -> ResponseReturnValue:
    """Where the publication stands, and what is missing."""
    kept = restitution.of(db.session, g.consultation.id)
    return _page(WordsForm(formdata=None, message=kept.message, contact=kept.contact, seen=str(kept.revision)))


@blueprint.post("/restitution")
@roles(Role.LEAD)
def write_restitution(slug: str) -> ResponseReturnValue:
    """Keep the words; who saves second is told, nothing typed is lost."""
    form = WordsForm()
    seen = (form.seen.data or "")[:9]
    texts = {"message": form.message.data or "", "contact": form.contact.data or ""}
    try:
        restitution.write(
            db.session, g.consultation.id, seen=int(seen) if seen.isascii() and seen.isdigit() else -1, **texts
        )
    except RestitutionError as refusal:
        return _refused(form, refusal)
    return _done("restitution.textes", _("Les textes sont enregistrés."))


@blueprint.post("/restitution/publier")
@roles(Role.LEAD)
def publish_restitution(slug: str) -> ResponseReturnValue:
    """Let everyone read the results, or say what is missing."""
    by = By(g.staff.id, staff.utc_now())
    try:
        restitution.publish(db.session, g.consultation, by, now().date())
    except RestitutionError as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("study.restituted", slug=slug))
    frozen_id = restitution.in_force(db.session, g.consultation.id)
    return _done(
        "restitution.publiee", _("Les résultats sont publiés : tout le monde peut les lire."), frozen_id=frozen_id
    )


@blueprint.post("/restitution/retirer")
@roles(Role.LEAD)
def withdraw_restitution(slug: str) -> ResponseReturnValue:
    """Take the results back; the words are kept."""
    if not restitution.withdraw(db.session, g.consultation.id):
        return redirect(url_for("study.restituted", slug=slug))
    return _done("restitution.retiree", _("Les résultats sont retirés : la page dit qu’ils ne sont pas publiés."))


@blueprint.post("/restitution/attente")
@roles(Role.LEAD)
def hold_results(slug: str) -> ResponseReturnValue:
    """Let the committee wait for the closing, or read at once."""
    hidden = request.form.get("cacher") == "oui"
    if hidden is g.consultation.embargo:
        return redirect(url_for("study.restituted", slug=slug))
    db.session.get_one(Consultation, g.consultation.id).embargo = hidden
    said = (
        _("Les résultats restent cachés au comité jusqu’à la clôture.")
        if hidden
        else _("Le comité lit les résultats dès maintenant.")
    )
    return _done("restitution.attente", said, hidden=hidden)


@blueprint.get("/restitution/apercu")
@roles(*ROLES)
def preview_restitution(slug: str) -> ResponseReturnValue:
    """The page everyone will read."""
    speak_french(g.consultation)
    return results.whole_page(g.consultation, given_now(g.consultation), preview=_preview())


@blueprint.get("/restitution/apercu/<place>")
@roles(*ROLES)
def preview_quartier(slug: str, place: str) -> ResponseReturnValue:
    """The page of a quartier, as everyone will read it."""
    speak_french(g.consultation)
    return results.place_page(g.consultation, place, given_now(g.consultation), preview=_preview())


@blueprint.get("/restitution/apercu/<place>/affiche.pdf")
@roles(*ROLES)
def preview_sheet(slug: str, place: str) -> ResponseReturnValue:
    """The sheet of a quartier, before it is published."""
    return results.place_sheet(g.consultation, place, given_now(g.consultation))


def _preview() -> Preview:
    return Preview(
        home_url=url_for("study.preview_restitution", slug=g.consultation.slug),
        back_url=url_for("study.restituted", slug=g.consultation.slug),
        endpoint="study.preview_quartier",
        sheet_endpoint="study.preview_sheet",
    )


def _done(action: str, said: str, **details: int | bool | None) -> ResponseReturnValue:
    audit(action, **details)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("study.restituted", slug=g.consultation.slug))


def _refused(form: WordsForm, refusal: RestitutionError) -> ResponseReturnValue:
    db.session.rollback()
    if refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, str(refusal)]
    else:
        form.form_errors.append(str(refusal))
    form.seen.data = str(restitution.of(db.session, g.consultation.id).revision)
    return _page(form), 422 if refusal.field else 409


def _page(form: WordsForm) -> str:
    today = now().date()
    consultation = db.session.get_one(Consultation, g.consultation.id)
    return render_template(
        "study/restitution.html",
        slug=consultation.slug,
        form=form,
        kept=restitution.of(db.session, consultation.id),
        missing=restitution.missing(db.session, consultation, today),
        ways=_ways(consultation.slug),
        public=restitution.is_public(db.session, consultation, today),
        hidden=restitution.is_hidden(consultation, today),
        may_write=Role.LEAD in g.roles,
        quartiers=[place for place in places.in_order(db.session, consultation.id) if place.kind in results.QUARTIERS],
        public_url=url_for("residents.results", slug=consultation.slug, _external=True, langue=None),
    )


def _ways(slug: str) -> dict[str, str]:
    """Where what is missing can be done."""
    return {
        "dates": url_for("manage.publication", slug=slug),
        "version": url_for("study.frozen_versions", slug=slug),
        "contact": "#contact",
    }
