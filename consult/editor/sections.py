"""One page of the questionnaire: what it says before its questions, and when it is put."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.editor import blueprint, clauses, pages
from consult.editor.access import ROLES, held, keep, name_of_other, seal, shown, wants_data
from consult.editor.clauses import Posed
from consult.editor.forms import SectionSheet
from consult.extensions import db
from consult.security import roles
from surveys import drafts, editing, relevance
from surveys.definition import Questionnaire, Section
from surveys.editing import EditError
from surveys.models import QuestionnaireDraft


@blueprint.get("/<name>/pages/<section>")
@roles(*ROLES)
def section(slug: str, name: str, section: str) -> ResponseReturnValue:
    """One page of questions to write."""
    draft = shown(name)
    book = drafts.read(draft)
    try:
        found = editing.section_at(book, section)
    except EditError as error:
        flash(error.message, "warning")
        return redirect(url_for("editor.whole", slug=slug, name=name))
    form = SectionSheet(formdata=None, data={"title": found.title, "help": found.help, "seen": _seal(found)})
    posed = clauses.shown(found.relevant, clauses.subjects(book, before_section=found.name))
    return _page(draft, book, found, form, posed)


@blueprint.post("/<name>/pages/<section>")
@roles(*ROLES)
def save_section(slug: str, name: str, section: str) -> ResponseReturnValue:
    """Keep what was written of a page."""
    draft = held(name)
    book = drafts.read(draft)
    form = SectionSheet()
    try:
        found = editing.section_at(book, section)
    except EditError as error:
        return _gone(draft, book, error)
    posed = clauses.posted(request.form, clauses.subjects(book, before_section=found.name))
    do = request.form.get("do", "")
    if do.startswith("if-"):
        return _acted(draft, book, found, form, posed, do)
    if not form.validate():
        return _refused(draft, book, found, form, posed, 422)
    return _saved(draft, book, found, form, posed)


def _acted(
    draft: QuestionnaireDraft, book: Questionnaire, found: Section, form: SectionSheet, posed: Posed, do: str
) -> ResponseReturnValue:
    try:
        return _page(draft, book, found, form, clauses.acted(posed, do))
    except EditError as error:
        form.condition.errors = (error.message,)
        return _refused(draft, book, found, form, posed, 422)


def _saved(
    draft: QuestionnaireDraft, book: Questionnaire, found: Section, form: SectionSheet, posed: Posed
) -> ResponseReturnValue:
    if form.seen.data != _seal(found):
        form.title.errors = (
            _("%(who)s a changé cette page pendant que vous l’écriviez.", who=name_of_other(draft.edited_by)),
            _("On y lit maintenant : « %(title)s » %(help)s", title=found.title, help=found.help),
        )
        form.seen.data = _seal(found)
        return _refused(draft, book, found, form, posed, 409)
    try:
        changed = _changed(book, found, form, posed)
    except EditError as error:
        form.condition.errors = (error.message,)
        return _refused(draft, book, found, form, posed, 422)
    said = _("page « %(title)s »", title=form.title.data)
    keep(draft, changed, said=said, part=f"section {found.name}")
    db.session.commit()
    if wants_data():
        seen = _seal(editing.section_at(changed, found.name))
        return jsonify(said=_("Enregistré"), revision=draft.revision, seen=seen)
    flash(_("C’est enregistré."), "success")
    return redirect(url_for("editor.section", slug=g.consultation.slug, name=draft.name, section=found.name))


def _changed(book: Questionnaire, found: Section, form: SectionSheet, posed: Posed) -> Questionnaire:
    relevant = clauses.expression(posed)
    before = [question.name for one in book.sections[: book.sections.index(found)] for question in one.questions]
    if wrong := relevance.check(relevant, book, before=before):
        raise EditError(wrong, field="condition")
    return editing.change_section(book, found.name, title=form.title.data, help=form.help.data or "", relevant=relevant)


def _seal(section: Section) -> str:
    return seal(replace(section, questions=()))


def _gone(draft: QuestionnaireDraft, book: Questionnaire, error: EditError) -> ResponseReturnValue:
    if wants_data():
        return jsonify(errors={}, conflict=error.message), 409
    typed = "\n".join(text for key in ("title", "help") if (text := request.form.get(key, "")))
    return render_template("editor/gone.html", typed=typed, **pages.frame(draft, book)), 409


def _refused(
    draft: QuestionnaireDraft, book: Questionnaire, found: Section, form: SectionSheet, posed: Posed, status: int
) -> ResponseReturnValue:
    if wants_data():
        words = form.title.errors[0] if status == 409 else ""
        return jsonify(errors=form.errors, conflict=words), status
    return _page(draft, book, found, form, posed), status


def _page(draft: QuestionnaireDraft, book: Questionnaire, found: Section, form: SectionSheet, posed: Posed) -> str:
    return render_template("editor/section.html", form=form, posed=posed, **pages.frame(draft, book, section=found))
