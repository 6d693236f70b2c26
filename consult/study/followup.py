"""Suites données: what is proposed, decided and done with what was said; one page, the list beside the form."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import followups as words
from consult import followups
from consult.extensions import db
from consult.followup_choice import choose
from consult.residents.opening import now
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.followup_forms import FollowUpForm, empty, filled
from consult.study.followup_words import told
from consult.study.plan import plan_or_none
from consult.study.runs import ROLES
from surveys import followup, followup_listing, places, staff
from surveys.followup import By, ChangedError, FollowUpError
from surveys.models import FollowUp


@blueprint.get("/suites")
@roles(*ROLES)
def follow_ups(slug: str) -> ResponseReturnValue:
    """The list, and the form of a new one: a list kept to a theme or a quartier begins it there."""
    plan, wanted = plan_or_none(), request.args.get("theme", "")
    here = [place.id for place in places.in_order(db.session, g.consultation.id) if place.name == _quartier()]
    return _page(empty(theme=wanted if plan and wanted in plan.labels else "", places=here))


@blueprint.post("/suites")
@roles(*ROLES)
def write_follow_up(slug: str) -> ResponseReturnValue:
    """Keep a new follow-up."""
    form = FollowUpForm()
    if not form.validate():
        return _page(form), 422
    try:
        made = followup.write(db.session, g.consultation.id, form.facts(), _by(), client_id=_client_id(form))
    except FollowUpError as refusal:
        return _refused(form, None, refusal)
    return _saved(made, "suite.ecrite", _("La suite est enregistrée."))


@blueprint.get("/suites/<int:follow_up_id>")
@roles(*ROLES)
def follow_up(slug: str, follow_up_id: int) -> ResponseReturnValue:
    """One follow-up to be written again, with its history, beside the list."""
    found = follow_up_or_404(follow_up_id)
    return _page(filled(followup.facts_of(db.session, found), revision=found.revision), found)


@blueprint.post("/suites/<int:follow_up_id>")
@roles(*ROLES)
def change_follow_up(slug: str, follow_up_id: int) -> ResponseReturnValue:
    """Keep what was written again; who saves second is told, nothing typed is lost."""
    found, form = follow_up_or_404(follow_up_id), FollowUpForm()
    if not form.validate():
        return _page(form, found), 422
    try:
        changed = followup.change(db.session, found, form.facts(), _by(), seen=form.seen.data or 0)
    except FollowUpError as refusal:
        return _refused(form, found, refusal)
    if not changed:
        db.session.rollback()
        return redirect(url_for("study.follow_up", slug=slug, follow_up_id=follow_up_id))
    return _saved(found, "suite.changee", _("La suite est enregistrée."))


@blueprint.post("/suites/<int:follow_up_id>/retirer")
@roles(*ROLES)
def withdraw_follow_up(slug: str, follow_up_id: int) -> ResponseReturnValue:
    """Take a follow-up written by mistake out of every page."""
    found = follow_up_or_404(follow_up_id)
    followup.withdraw(db.session, found, _by())
    return _saved(found, "suite.retiree", _("La suite est retirée : plus aucune page ne la montre."))


@blueprint.post("/suites/<int:follow_up_id>/remettre")
@roles(*ROLES)
def restore_follow_up(slug: str, follow_up_id: int) -> ResponseReturnValue:
    """Put back what was withdrawn."""
    found = follow_up_or_404(follow_up_id)
    followup.withdraw(db.session, found, _by(), withdrawn=False)
    return _saved(found, "suite.remise", _("La suite est remise dans la liste."))


def follow_up_or_404(follow_up_id: int) -> FollowUp:
    """A follow-up of the consultation being read."""
    found = followup.one(db.session, g.consultation.id, follow_up_id)
    if found is None:
        abort(404)
    return found


def _quartier() -> str:
    return request.args.get("quartier", "")


def _by() -> By:
    return By(g.staff.id, staff.utc_now())


def _client_id(form: FollowUpForm) -> str:
    """What the form drew, or anything as unlikely to be met twice."""
    return (form.client_id.data or "").strip()[:64] or empty().client_id.data


def _saved(found: FollowUp, action: str, said: str) -> ResponseReturnValue:
    audit(action, follow_up_id=found.id, state=found.state.value)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("study.follow_up", slug=g.consultation.slug, follow_up_id=found.id))


def _refused(form: FollowUpForm, found: FollowUp | None, refusal: FollowUpError) -> ResponseReturnValue:
    """Say a refusal where it can be mended; what was typed stays on the page."""
    db.session.rollback()
    found = follow_up_or_404(found.id) if found else None
    if isinstance(refusal, ChangedError) and found:
        form.seen.data = found.revision
        form.seen.raw_data = None
    if refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, str(refusal)]
    else:
        form.form_errors.append(str(refusal))
    return _page(form, found), 409 if isinstance(refusal, ChangedError) else 422


def _page(form: FollowUpForm, found: FollowUp | None = None) -> str:
    one, today = g.consultation.id, now().date()
    form.offer(plan_or_none(), places.in_order(db.session, one))
    every = followups.told(db.session, one)
    progress = words.progress(every, today)
    listed = followup_listing.rows(db.session, one)
    return render_template(
        "study/followups.html",
        slug=g.consultation.slug,
        form=form,
        found=found,
        chosen=choose(every, today, endpoint="study.follow_ups"),
        today=today,
        title=words.title(progress),
        lede=words.lede(progress),
        state_words=words.WORDS,
        owners=followup_listing.owners(listed),
        sources={row.id: len(row.sources) for row in listed},
        history=followup_listing.history(db.session, found.id) if found else [],
        told=told,
        withdrawn=followup_listing.rows(db.session, one, withdrawn=True),
    )
