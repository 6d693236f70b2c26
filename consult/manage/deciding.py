"""The four short steps: identity, dates, channels, languages."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import ChannelsForm, DatesForm, IdentityForm, LanguagesForm
from consult.manage.steps import LEAD, act, refuse, saved, step_page
from consult.residents.languages import NAMES
from consult.residents.opening import now
from consult.security import roles
from surveys import publishing, setting_up
from surveys.publishing import Step
from surveys.setting_up import DATES, Identity, SetUpError
from surveys.translating import SOURCE


@blueprint.get("/<slug>/preparation/identite")
@roles(LEAD)
def step_identity(slug: str) -> ResponseReturnValue:
    """Title, territory, introduction, address."""
    return _page(IdentityForm(formdata=None, obj=g.consultation), "manage/identity.html")


@blueprint.post("/<slug>/preparation/identite")
@roles(LEAD)
def save_identity(slug: str) -> ResponseReturnValue:
    """Keep them; what is refused stays on the page as typed."""
    form = IdentityForm()
    if form.validate():
        texts = {name: getattr(form, name).data or "" for name in ("title", "territory", "introduction", "slug")}
        try:
            setting_up.set_identity(db.session, g.consultation, Identity(**texts))
            return saved(Step.IDENTITY)
        except SetUpError as error:
            refuse(form, error.field, str(error))
    return _page(form, "manage/identity.html")


@blueprint.get("/<slug>/preparation/dates")
@roles(LEAD)
def step_dates(slug: str) -> ResponseReturnValue:
    """First day, last day, retention."""
    return _page(DatesForm(formdata=None, obj=g.consultation), "manage/dates.html")


@blueprint.post("/<slug>/preparation/dates")
@roles(LEAD)
def save_dates(slug: str) -> ResponseReturnValue:
    """Keep them, with the reason once residents were told others."""
    form = DatesForm()
    if form.validate():
        days = {name: getattr(form, name).data for name in DATES}
        try:
            setting_up.set_dates(db.session, g.consultation, days, act(form.reason.data))
            return saved(Step.DATES)
        except SetUpError as error:
            refuse(form, error.field, str(error))
    return _page(form, "manage/dates.html")


@blueprint.get("/<slug>/preparation/canaux")
@roles(LEAD)
def step_channels(slug: str) -> ResponseReturnValue:
    """How people can answer."""
    return _page(ChannelsForm(formdata=None, channels=g.consultation.channels), "manage/channels.html")


@blueprint.post("/<slug>/preparation/canaux")
@roles(LEAD)
def save_channels(slug: str) -> ResponseReturnValue:
    """Keep the channels ticked."""
    form = ChannelsForm()
    if not form.validate():
        return _page(form, "manage/channels.html")
    setting_up.set_channels(db.session, g.consultation, form.channels.data or [])
    return saved(Step.CHANNELS)


@blueprint.get("/<slug>/preparation/langues")
@roles(LEAD)
def step_languages(slug: str) -> ResponseReturnValue:
    """The languages beside French, and what is still to translate in each."""
    form = LanguagesForm(formdata=None, languages=g.consultation.languages)
    return _languages_page(form)


@blueprint.post("/<slug>/preparation/langues")
@roles(LEAD)
def save_languages(slug: str) -> ResponseReturnValue:
    """Keep the languages ticked."""
    form = LanguagesForm()
    if not form.validate():
        return _languages_page(form)
    setting_up.set_languages(db.session, g.consultation, form.languages.data or [])
    return saved(Step.LANGUAGES)


def _page(form: FlaskForm, template: str) -> ResponseReturnValue:
    return step_page(template, form, today=now().date())


def _languages_page(form: LanguagesForm) -> ResponseReturnValue:
    left = publishing.untranslated(db.session, g.consultation)
    to_do = {one.language for one in left if one.questionnaire is None}
    done = [(code, NAMES[code]) for code in g.consultation.languages if code != SOURCE and code not in to_do]
    return step_page("manage/languages.html", form, untranslated=left, tongues_done=done)
