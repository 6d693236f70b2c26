"""What is done to a whole question or page: added, moved, duplicated, removed, renamed; and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from consult.editor import blueprint, kinds, pages
from consult.editor.access import ROLES, author, held, keep, note, number_in, shown
from consult.editor.forms import KindForm
from consult.extensions import db
from consult.security import roles
from surveys import drafts, editing, versions
from surveys.definition import Questionnaire
from surveys.editing import EditError
from surveys.models import QuestionnaireDraft
from surveys.questions import KINDS


@dataclass(frozen=True)
class Done:
    """A changed questionnaire, what was done in a few words, and what to show next."""

    questionnaire: Questionnaire
    said: str
    question: str = ""
    section: str = ""


Act = Callable[[QuestionnaireDraft, Questionnaire, str], Done]


@blueprint.get("/<name>/ajouter")
@roles(*ROLES)
def choose_kind(slug: str, name: str) -> ResponseReturnValue:
    """What the new question asks, and how it is answered."""
    draft = shown(name)
    return _kind_page(draft, _kind_form())


@blueprint.post("/<name>/ajouter")
@roles(*ROLES)
def add(slug: str, name: str) -> ResponseReturnValue:
    """Put the new question at its place and open it."""
    draft, form = held(name), _kind_form()
    if not form.validate():
        return _kind_page(draft, form), 422
    book = drafts.read(draft)
    question = editing.new_question(book, form.kind.data, form.label.data)
    home = _home(book, form.section.data or "", form.after.data or "")
    changed = editing.add_question(book, question, section=home, after=form.after.data or "")
    keep(draft, changed, said=_("ajout de « %(label)s »", label=question.label))
    db.session.commit()
    return redirect(url_for("editor.question", slug=slug, name=name, question=question.name, fait="add"))


def _home(book: Questionnaire, section: str, after: str) -> str:
    """The section a new question goes to: the one asked for, that of the question it follows, or the last."""
    for one in book.sections:
        if one.name == section or any(question.name == after for question in one.questions):
            return one.name
    return book.sections[-1].name


def _kind_form() -> KindForm:
    form = KindForm()
    form.kind.choices = [SelectChoice(kind.value, kind.words) for kind in kinds.offered()]
    if request.method == "GET":
        form.after.data, form.section.data = request.args.get("apres", ""), request.args.get("page", "")
    return form


def _kind_page(draft: QuestionnaireDraft, form: KindForm) -> str:
    return render_template("editor/add.html", form=form, offered=kinds.offered(), **pages.frame(draft))


@blueprint.post("/<name>/geste")
@roles(*ROLES)
def act(slug: str, name: str) -> ResponseReturnValue:
    """Do one thing to one question or page; refused with why where it cannot be."""
    draft = held(name)
    book = drafts.read(draft)
    wanted, _sep, detail = request.form.get("do", "").partition(":")
    part = request.form.get("part", "")
    try:
        done = _ACTS[wanted](draft, book, detail or part) if wanted in _ACTS else Done(book, "")
        keep(draft, done.questionnaire, said=done.said)
    except EditError as error:
        db.session.rollback()
        flash(error.message, "error")
        return redirect(_here(slug, name))
    db.session.commit()
    return redirect(_next(slug, name, done, wanted))


def _here(slug: str, name: str) -> str:
    """The page the act was asked from."""
    sort, _sep, part = request.form.get("here", "").partition(":")
    if part and sort == "question":
        return url_for("editor.question", slug=slug, name=name, question=part)
    if part and sort == "section":
        return url_for("editor.section", slug=slug, name=name, section=part)
    return url_for("editor.whole", slug=slug, name=name)


def _next(slug: str, name: str, done: Done, wanted: str) -> str:
    if done.question:
        return url_for("editor.question", slug=slug, name=name, question=done.question, fait=wanted)
    if done.section:
        return url_for("editor.section", slug=slug, name=name, section=done.section, fait=wanted)
    return url_for("editor.whole", slug=slug, name=name)


def _label(book: Questionnaire, name: str) -> str:
    return editing.question_at(book, name).label or name


def _move(step: int) -> Act:
    def move(_draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
        said = _("déplacement de « %(label)s »", label=_label(book, name))
        return Done(editing.move_question(book, name, step=step), said, question=name)

    return move


def _move_to(_draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
    target = request.form.get("target", "")
    said = _("déplacement de « %(label)s »", label=_label(book, name))
    return Done(editing.move_to_section(book, name, target), said, question=name)


def _duplicate(_draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
    changed, copy = editing.duplicate_question(book, name)
    return Done(changed, _("copie de « %(label)s »", label=_label(book, name)), question=copy)


def _remove(_draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
    label, home = _label(book, name), editing.section_of(book, name)
    changed = editing.remove_question(book, name)
    flash(_("« %(label)s » est supprimée. « Annuler » la remet.", label=label), "success")
    left = editing.section_at(changed, home.name).questions
    rank = [one.name for one in home.questions].index(name)
    near = left[min(rank, len(left) - 1)].name if left else ""
    return Done(changed, _("suppression de « %(label)s »", label=label), question=near, section=home.name)


def _rename(draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
    new = request.form.get("name", "").strip()
    known = versions.published(db.session, draft.consultation_id, draft.name).get(name)
    if new != name and known and known.answers:
        raise EditError(
            _(
                "« %(name)s » garde son nom : %(count)s réponses sont rangées sous ce nom depuis une version publiée.",
                name=name,
                count=known.answers,
            )
        )
    said = _("nom de « %(label)s »", label=_label(book, name))
    return Done(editing.rename_question(book, name, new), said, question=new)


def _retype(draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise EditError(_("Choisissez un type de question."))
    known = versions.published(db.session, draft.consultation_id, draft.name).get(name)
    anew = known is not None and known.kind != kind
    changed, now_named = editing.change_kind(book, name, kind, anew=anew)
    if known and now_named != name:
        flash(
            _(
                "La question change de nom, « %(new)s » : dans la version %(version)s, « %(old)s » était d’un autre "
                "type, et ses réponses ne se mélangent pas aux nouvelles.",
                new=now_named,
                old=name,
                version=known.version,
            ),
            "warning",
        )
    said = _("type de « %(label)s »", label=_label(book, name))
    return Done(changed, said, question=now_named)


def _add_section(_draft: QuestionnaireDraft, book: Questionnaire, after: str) -> Done:
    changed, made = editing.add_section(book, _("Nouvelle page"), after=after)
    return Done(changed, _("ajout d’une page"), section=made)


def _move_section(step: int) -> Act:
    def move(_draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
        said = _("déplacement de la page « %(title)s »", title=editing.section_at(book, name).title)
        return Done(editing.move_section(book, name, step=step), said, section=name)

    return move


def _remove_section(_draft: QuestionnaireDraft, book: Questionnaire, name: str) -> Done:
    title = editing.section_at(book, name).title
    changed = editing.remove_section(book, name)
    flash(_("La page « %(title)s » est supprimée. « Annuler » la remet.", title=title), "success")
    return Done(changed, _("suppression de la page « %(title)s »", title=title))


_ACTS: dict[str, Act] = {
    "up": _move(-1),
    "down": _move(1),
    "move": _move_to,
    "duplicate": _duplicate,
    "remove": _remove,
    "rename": _rename,
    "kind": _retype,
    "add-section": _add_section,
    "section-up": _move_section(-1),
    "section-down": _move_section(1),
    "section-remove": _remove_section,
}


@blueprint.post("/<name>/annuler")
@roles(*ROLES)
def undo(slug: str, name: str) -> ResponseReturnValue:
    """Take the last change back."""
    draft = held(name)
    revision = request.form.get("revision", "")
    try:
        said = drafts.undo(db.session, draft, revision=number_in(revision) or 0, author=author())
    except EditError as error:
        flash(error.message, "error")
        return redirect(url_for("editor.whole", slug=slug, name=name))
    note("questionnaire.undone", draft)
    db.session.commit()
    flash(_("C’est annulé : %(said)s.", said=said), "success")
    sort, _space, part = request.form.get("here", "").partition(":")
    book = drafts.read(draft)
    known = {"question": {q.name for q in book.questions}, "section": {s.name for s in book.sections}}
    if part in known.get(sort, set()):
        return redirect(_here(slug, name))
    return redirect(url_for("editor.whole", slug=slug, name=name))
