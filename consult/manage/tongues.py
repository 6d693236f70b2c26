"""Title, introduction and notice in another language, each beside its French."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from consult.extensions import db
from consult.field.forms import stripped
from consult.manage import blueprint
from consult.manage.forms import Counted
from consult.manage.steps import LEAD, note_change, refuse, step_page
from consult.residents.languages import NAMES
from consult.security import roles
from surveys import notices, setting_up, tongues
from surveys.models import NOTICE_PARTS
from surveys.setting_up import LONGEST_INTRODUCTION, LONGEST_TITLE, SetUpError
from surveys.translating import SOURCE, direction

_MOST = {"title": LONGEST_TITLE, "introduction": LONGEST_INTRODUCTION}


class TongueForm(FlaskForm):
    """One field a text; those the consultation does not have in French yet are left out of the page."""


for _name in tongues.NAMES:
    _most = _MOST.get(_name, notices.LONGEST)
    setattr(TongueForm, _name, TextAreaField(filters=[stripped], validators=[Length(max=_most)], widget=Counted()))


@blueprint.get("/<slug>/preparation/langues/<language>")
@roles(LEAD)
def step_tongue(slug: str, language: str) -> ResponseReturnValue:
    """What is translated in a language, and what is left."""
    texts = {text.name: text.translation for text in _texts(language)}
    return _page(TongueForm(formdata=None, data=texts), language)


@blueprint.post("/<slug>/preparation/langues/<language>")
@roles(LEAD)
def save_tongue(slug: str, language: str) -> ResponseReturnValue:
    """Keep what is written; an empty text is read in French."""
    form = TongueForm()
    shown = {text.name for text in _texts(language)}
    for name in tongues.NAMES:
        if name not in shown:
            del form[name]
    # The rule says which text is too long, and by how much.
    written = {name: form[name].data or "" for name in tongues.NAMES if name in shown}
    try:
        setting_up.set_translations(db.session, g.consultation, language, written)
    except SetUpError as error:
        form.validate()
        refuse(form, error.field, str(error))
        return _page(form, language)
    note_change("preparation.traduction", language=language)
    db.session.commit()
    flash(_("C’est enregistré."), "success")
    if request.form.get("aller") == "suite":
        return redirect(url_for("manage.step_languages", slug=slug))
    return redirect(url_for("manage.step_tongue", slug=slug, language=language))


def _page(form: TongueForm, language: str) -> ResponseReturnValue:
    rows = [(text, form[text.name]) for text in _texts(language)]
    for text, field in rows:
        field.label.text = _title(text.name)
    return step_page(
        "manage/tongue.html", form, rows=rows, language=language, name=NAMES[language], direction=direction(language)
    )


def _texts(language: str) -> list[tongues.Text]:
    if language == SOURCE or language not in g.consultation.languages:
        abort(404)
    return tongues.texts(g.consultation, language)


def _title(name: str) -> str:
    if name in NOTICE_PARTS:
        return str(_("Notice : %(part)s", part=notices.title(name)))
    return str({"title": _("Titre"), "introduction": _("Introduction")}[name])
