"""A new questionnaire: from nothing, from a model, from another consultation, or from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, Regexp

from consult.editor import blueprint
from consult.editor.access import ROLES, author, held, keep, note, shown
from consult.editor.forms import AboutForm
from consult.extensions import db
from consult.security import roles
from surveys import definition, drafts, editing, questionnaire_templates, staff, versions, xlsform
from surveys.definition import DefinitionError, Questionnaire, Section
from surveys.drafts import Facts
from surveys.editing import EditError
from surveys.models import Channel, QuestionnaireVersion
from surveys.typography import french
from surveys.xlsform import Problem, XlsFormError

BLANK, FILE, MODEL, VERSION = "vide", "fichier", "modele", "version"


class StartForm(AboutForm):
    """What a new questionnaire is, and what it starts from."""

    start = RadioField(_l("Commencer par"), default=BLANK)
    file = FileField(_l("Fichier XLSForm"), description=_l("Un classeur .xlsx fait dans un tableur, Kobo ou ODK."))
    name = StringField(
        _l("Nom court"),
        description=_l("Pour les fichiers et les adresses ; proposé d’après le titre si vous le laissez vide."),
        filters=[lambda value: (value or "").strip()],
        validators=[
            Optional(),
            Length(max=80),
            Regexp(r"^[a-z][a-z0-9-]*$", message=_l("Écrivez-le en minuscules sans accent, chiffres et tirets.")),
        ],
    )


@blueprint.get("/nouveau")
@roles(*ROLES)
def new(slug: str) -> ResponseReturnValue:
    """What the new questionnaire is, and what to start from."""
    return _new_page(_form())


@blueprint.post("/nouveau")
@roles(*ROLES)
def create(slug: str) -> ResponseReturnValue:
    """Begin a draft and open it; a spreadsheet is refused with every reason at once."""
    form = _form()
    if not form.validate():
        return _new_page(form), 422
    try:
        book = _begun_from(form.start.data)
        facts = Facts(_free_name(form), Channel(form.channel.data), form.public.data)
        ready = _titled(book, form.title.data)
        draft = drafts.begin(
            db.session, consultation_id=g.consultation.id, facts=facts, questionnaire=ready, author=author()
        )
    except XlsFormError as error:
        form.file.errors = (_refused_file(error),)
        return _new_page(form, problems=error.problems), 422
    except EditError as error:
        field = error.field if error.field in form else "title"
        form[field].errors = (error.message,)
        return _new_page(form), 422
    note("questionnaire.begun", draft, start=form.start.data)
    db.session.commit()
    return redirect(url_for("editor.whole", slug=slug, name=draft.name))


def _form() -> StartForm:
    form = StartForm()
    models = [
        SelectChoice(f"{MODEL}-{one.slug}", _("Modèle « %(title)s »", title=french(one.title)))
        for one in questionnaire_templates.all()
    ]
    form.start.choices = [
        SelectChoice(BLANK, _("Une page vide")),
        *models,
        *(SelectChoice(f"{VERSION}-{one.id}", words) for one, words in _reusable()),
        SelectChoice(FILE, _("Un fichier XLSForm")),
    ]
    return form


def _reusable() -> list[tuple[QuestionnaireVersion, str]]:
    """The newest version of every questionnaire of the consultations this person works on."""
    found: list[tuple[QuestionnaireVersion, str]] = []
    for consultation, held_roles in staff.consultations_of(db.session, staff_id=g.staff.id):
        if not set(held_roles) & set(ROLES):
            continue
        for version in _newest_of(versions.of_consultation(db.session, consultation.id)):
            words = _("« %(title)s », de %(where)s", title=version.title, where=consultation.title)
            found.append((version, words))
    return found


def _newest_of(rows: Sequence[QuestionnaireVersion]) -> list[QuestionnaireVersion]:
    newest: dict[str, QuestionnaireVersion] = {}
    for version in rows:
        newest.setdefault(version.name, version)
    return list(newest.values())


def _begun_from(start: str) -> Questionnaire:
    sort, _dash, key = start.partition("-")
    if sort == MODEL:
        return next(one.questionnaire for one in questionnaire_templates.all() if one.slug == key)
    if sort == VERSION:
        return next(definition.load(one.definition) for one, _words in _reusable() if str(one.id) == key)
    if sort == FILE:
        return _sent().questionnaire
    return Questionnaire("", (Section(_("Première page"), (), name="page_premiere"),))


def _titled(book: Questionnaire, title: str) -> Questionnaire:
    """The questionnaire under its own title; translations of the one it comes from do not say it."""
    if title != book.title:
        for language in tuple(book.translations):
            book = editing.translated(book, language, {"title": ""})
    return editing.retitle(book, title)


def _sent() -> xlsform.Reading:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise EditError(_("Choisissez le fichier à lire."), field="file")
    try:
        reading = xlsform.reading(sent.read())
    except DefinitionError as error:
        raise EditError(str(error), field="file") from error
    for remark in reading.remarks:
        flash(remark.sentence, "warning")
    return reading


def _refused_file(error: XlsFormError) -> str:
    words: str = _(
        "Ce fichier n’est pas repris : corrigez les points ci-dessous, puis renvoyez-le (%(count)s).",
        count=len(error.problems),
    )
    return words


def _free_name(form: StartForm) -> str:
    """The short name asked for, or one from the title that nothing bears yet."""
    if form.name.data:
        return str(form.name.data)
    taken = {one.name for one in versions.of_consultation(db.session, g.consultation.id)}
    taken |= {one.name for one in drafts.of_consultation(db.session, g.consultation.id)}
    words = editing.name_from(form.title.data, {name.replace("-", "_") for name in taken}, otherwise="questionnaire")
    return str(words).replace("_", "-")


def _new_page(form: StartForm, *, problems: Sequence[Problem] = ()) -> str:
    purposes = {f"{MODEL}-{one.slug}": one.purpose for one in questionnaire_templates.all()}
    return render_template("editor/new.html", form=form, problems=problems, purposes=purposes, slug=g.consultation.slug)


@blueprint.get("/<name>/reprendre")
@roles(*ROLES)
def choose_file(slug: str, name: str) -> ResponseReturnValue:
    """Which spreadsheet takes the place of the draft."""
    return _file_page(shown(name))


@blueprint.post("/<name>/reprendre")
@roles(*ROLES)
def take_file(slug: str, name: str) -> ResponseReturnValue:
    """Put what a spreadsheet says in the place of the draft; it can be undone."""
    draft = held(name)
    try:
        book = editing.named(_sent().questionnaire)
        kept = keep(draft, editing.retitle(book, book.title or draft.title), said=_("reprise d’un fichier XLSForm"))
    except XlsFormError as error:
        return _file_page(draft, message=_refused_file(error), problems=error.problems), 422
    except EditError as error:
        return _file_page(draft, message=error.message), 422
    db.session.commit()
    flash(
        _("Le fichier a remplacé le brouillon.") if kept else _("Le fichier dit la même chose que le brouillon."),
        "success",
    )
    return redirect(url_for("editor.whole", slug=slug, name=name))


def _file_page(draft: Any, *, message: str = "", problems: Sequence[Problem] = ()) -> str:
    return render_template(
        "editor/file.html", draft=draft, message=message, problems=problems, slug=g.consultation.slug
    )
