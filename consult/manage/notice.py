"""The legal notice, part by part, each with help and a model to start from."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from consult.extensions import db
from consult.field.forms import stripped
from consult.manage import blueprint
from consult.manage.forms import Counted, Reasoned
from consult.manage.steps import LEAD, act, refuse, saved, step_page
from consult.security import roles
from surveys import notices, setting_up
from surveys.models import NOTICE_PARTS
from surveys.publishing import Step
from surveys.setting_up import SetUpError

EVERY = "tout"


class NoticeForm(Reasoned):
    """One text a part; the fields are made from the list of parts below."""


for _part in NOTICE_PARTS:
    setattr(
        NoticeForm,
        _part,
        TextAreaField(
            filters=[stripped],
            widget=Counted(),
            validators=[Length(max=notices.LONGEST, message=_l("Raccourcissez cette partie : 4 000 signes au plus."))],
        ),
    )


@blueprint.get("/<slug>/preparation/notice")
@roles(LEAD)
def step_notice(slug: str) -> ResponseReturnValue:
    """The nine parts as they are written."""
    return _page(_labelled(NoticeForm(formdata=None, data=dict(g.consultation.notice))))


@blueprint.post("/<slug>/preparation/notice")
@roles(LEAD)
def save_notice(slug: str) -> ResponseReturnValue:
    """Keep the parts, or bring in the model asked for and keep nothing yet."""
    form = _labelled(NoticeForm())
    if model := request.form.get("modele"):
        return _page(_with_models(form, model), brought=True)
    if form.validate():
        texts = {name: form[name].data or "" for name in NOTICE_PARTS}
        try:
            setting_up.set_notice(db.session, g.consultation, texts, act(form.reason.data))
            return saved(Step.NOTICE)
        except SetUpError as error:
            refuse(form, error.field, str(error))
    return _page(form)


def _page(form: NoticeForm, *, brought: bool = False) -> ResponseReturnValue:
    parts = [(part, form[part.name], notices.blanks(form[part.name].data or "")) for part in _parts()]
    return step_page("manage/notice.html", form, parts=parts, brought=brought, every=EVERY)


def _with_models(form: NoticeForm, wanted: str) -> NoticeForm:
    """What was typed, with the model in the part asked for, or in every empty one."""
    for part in _parts():
        field = form[part.name]
        if wanted == part.name or (wanted == EVERY and not (field.data or "").strip()):
            field.data = part.model
    return form


def _labelled(form: NoticeForm) -> NoticeForm:
    for part in _parts():
        form[part.name].label.text, form[part.name].description = part.title, part.help
    return form


def _parts() -> tuple[notices.Part, ...]:
    return notices.parts(g.consultation)
