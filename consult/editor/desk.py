"""The editor: the whole questionnaire at left, one question to write, and what residents will see of it."""

from __future__ import annotations

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.editor import blueprint, clauses, options, pages, sheet
from consult.editor.access import (
    ROLES,
    author,
    held,
    keep,
    name_of_other,
    note,
    seal,
    shown,
    wants_data,
)
from consult.editor.forms import AboutForm
from consult.editor.sheet import Sheet
from consult.extensions import db
from consult.security import roles
from surveys import comparing, drafts, editing
from surveys.definition import Questionnaire
from surveys.editing import EditError
from surveys.models import Channel, QuestionnaireDraft
from surveys.questions import Question


@blueprint.get("/<name>/")
@roles(*ROLES)
def whole(slug: str, name: str) -> ResponseReturnValue:
    """The questionnaire as a whole: its title, who it is for, its plan."""
    draft = shown(name)
    about = {"title": draft.title, "public": draft.public, "channel": draft.channel, "seen": _seal_of(draft)}
    return _whole_page(draft, AboutForm(formdata=None, data=about))


@blueprint.post("/<name>/")
@roles(*ROLES)
def save_whole(slug: str, name: str) -> ResponseReturnValue:
    """Keep the title, the public and the channel."""
    draft, form = held(name), AboutForm()
    if not form.validate():
        return _refused_whole(draft, form)
    if form.seen.data != _seal_of(draft):
        form.title.errors = (_changed_by(draft), *_now_says(draft))
        form.seen.data = _seal_of(draft)
        return _refused_whole(draft, form, 409)
    questionnaire = editing.retitle(drafts.read(draft), form.title.data)
    keep(draft, questionnaire, said=_("titre du questionnaire"), part="whole")
    if drafts.describe(draft, channel=Channel(form.channel.data), public=form.public.data, author=author()):
        note("questionnaire.described", draft)
    db.session.commit()
    return _kept(draft, url_for("editor.whole", slug=slug, name=name), seen=_seal_of(draft))


def _now_says(draft: QuestionnaireDraft) -> tuple[str, ...]:
    return (_("On y lit maintenant : « %(title)s », pour %(public)s.", title=draft.title, public=draft.public),)


def _seal_of(draft: QuestionnaireDraft) -> str:
    return seal((draft.title, draft.public, str(draft.channel)))


def _refused_whole(draft: QuestionnaireDraft, form: AboutForm, status: int = 422) -> ResponseReturnValue:
    if wants_data():
        return jsonify(errors=form.errors), status
    return _whole_page(draft, form), status


def _whole_page(draft: QuestionnaireDraft, form: AboutForm) -> str:
    return render_template("editor/whole.html", form=form, **pages.frame(draft))


@blueprint.get("/<name>/questions/<question>")
@roles(*ROLES)
def question(slug: str, name: str, question: str) -> ResponseReturnValue:
    """One question to write."""
    draft = shown(name)
    questionnaire = drafts.read(draft)
    try:
        found = editing.question_at(questionnaire, question)
    except EditError as error:
        flash(error.message, "warning")
        return redirect(url_for("editor.whole", slug=slug, name=name))
    return _page(draft, questionnaire, sheet.stored(questionnaire, found))


@blueprint.post("/<name>/questions/<question>")
@roles(*ROLES)
def save_question(slug: str, name: str, question: str) -> ResponseReturnValue:
    """Keep what was written of a question, or show it again with what is to be mended."""
    draft = held(name)
    questionnaire = drafts.read(draft)
    try:
        found = editing.question_at(questionnaire, question)
    except EditError:
        return _lost(draft, questionnaire)
    typed = _after_button(sheet.posted(questionnaire, found), request.form.get("do", ""))
    if request.form.get("do", "").startswith("if-") or typed.form.errors:
        return _page(draft, questionnaire, typed, status=422 if typed.form.errors else 200)
    return _saved(draft, questionnaire, typed)


def _after_button(typed: Sheet, do: str) -> Sheet:
    """The sheet after one of the small buttons inside it: a line moved, a clause added."""
    act, _sep, key = do.partition(":")
    field, _dash, way = act.rpartition("-")
    if field in typed.lists:
        lines = typed.lists[field]
        steps = {"up": -1, "down": 1}
        changed = options.emptied(lines, key) if way == "remove" else options.moved(lines, key, steps.get(way, 0))
        return Sheet(typed.question, typed.form, {**typed.lists, field: changed}, typed.posed)
    if act.startswith("if-"):
        try:
            return Sheet(typed.question, typed.form, typed.lists, clauses.acted(typed.posed, act))
        except EditError as error:
            sheet.refused(typed, error)
    return typed


def _saved(draft: QuestionnaireDraft, questionnaire: Questionnaire, typed: Sheet) -> ResponseReturnValue:
    made = sheet.made(typed, questionnaire)
    if made is None:
        return _refused(draft, questionnaire, typed, 422)
    if typed.form.seen.data != seal(typed.question) and made != typed.question:
        return _refused(draft, questionnaire, typed, 409, mine=made)
    try:
        changed = editing.change_question(questionnaire, made)
    except EditError as error:
        sheet.refused(typed, error)
        return _refused(draft, questionnaire, typed, 422)
    keep(draft, changed, said=_("« %(label)s »", label=made.label), part=f"question {made.name}")
    db.session.commit()
    address = url_for("editor.question", slug=g.consultation.slug, name=draft.name, question=made.name)
    codes = {field: options.codes_of(lines, getattr(made, field)) for field, lines in typed.lists.items()}
    return _kept(draft, address, seen=seal(made), codes=codes)


def _kept(draft: QuestionnaireDraft, address: str, **told: object) -> ResponseReturnValue:
    if wants_data():
        return jsonify(said=_("Enregistré"), revision=draft.revision, **told)
    flash(_("C’est enregistré."), "success")
    return redirect(address)


def _refused(
    draft: QuestionnaireDraft,
    questionnaire: Questionnaire,
    typed: Sheet,
    status: int,
    *,
    mine: Question | None = None,
) -> ResponseReturnValue:
    if wants_data():
        words = _changed_by(draft) if status == 409 else ""
        return jsonify(errors=typed.form.errors, conflict=words), status
    return _page(draft, questionnaire, typed, status=status, mine=mine)


def _page(
    draft: QuestionnaireDraft,
    questionnaire: Questionnaire,
    typed: Sheet,
    *,
    status: int = 200,
    mine: Question | None = None,
) -> ResponseReturnValue:
    differences = comparing.differences(typed.question, mine, questionnaire) if mine else ()
    if differences:
        # Whoever sends it again has read both texts.
        typed.form.seen.data = seal(typed.question)
    page = render_template(
        "editor/question.html",
        sheet=typed,
        form=typed.form,
        differences=differences,
        changed_by=_changed_by(draft) if differences else "",
        **pages.frame(draft, questionnaire, question=typed.question),
    )
    return page, status


def _changed_by(draft: QuestionnaireDraft) -> str:
    words: str = _(
        "%(who)s a changé ce texte pendant que vous l’écriviez : rien n’est encore enregistré.",
        who=name_of_other(draft.edited_by),
    )
    return words


def _lost(draft: QuestionnaireDraft, questionnaire: Questionnaire) -> ResponseReturnValue:
    """The question is gone: what was typed for it is shown whole, so that nothing is lost."""
    if wants_data():
        return jsonify(errors={}, conflict=_("Cette question a été supprimée ou renommée entre-temps.")), 409
    typed = [
        text for key in ("label", "help", "options-label", "rows-label") for text in request.form.getlist(key) if text
    ]
    page = render_template("editor/gone.html", typed="\n".join(typed), **pages.frame(draft, questionnaire))
    return page, 409
