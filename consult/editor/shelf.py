"""The questionnaires of a consultation: their versions, which never change, and the drafts being written."""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.editor import blueprint, kinds
from consult.editor.access import ROLES, author, name_of, note, number_in, shown, version_or_404
from consult.extensions import db
from consult.residents.opening import with_places
from consult.security import roles
from surveys import definition, drafts, relevance, versions, xlsform
from surveys.definition import Questionnaire
from surveys.labels import CHANNELS
from surveys.models import QuestionnaireDraft, QuestionnaireVersion, Role
from surveys.questions import Scale
from surveys.xlsform import XlsFormError

MOST_REASONS = 5
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Shelved:
    """One questionnaire of the list: its draft and its versions, the newest first, each with its responses."""

    name: str
    title: str
    public: str
    channel: str
    versions: tuple[tuple[QuestionnaireVersion, int, int], ...]
    draft: QuestionnaireDraft | None
    by: str


@blueprint.get("/")
@roles(*ROLES)
def questionnaires(slug: str) -> ResponseReturnValue:
    """The questionnaires of the consultation."""
    return render_template("editor/list.html", rows=_shelved(), slug=slug, leads=Role.LEAD in g.roles)


def _shelved() -> list[Shelved]:
    counts = versions.responses(db.session, g.consultation.id)
    by_name: dict[str, list[QuestionnaireVersion]] = {}
    for version in versions.of_consultation(db.session, g.consultation.id):
        by_name.setdefault(version.name, []).append(version)
    edited = {draft.name: draft for draft in drafts.of_consultation(db.session, g.consultation.id)}
    return [_row(name, by_name.get(name, []), edited.get(name), counts) for name in dict.fromkeys((*by_name, *edited))]


def _row(
    name: str, published: list[QuestionnaireVersion], draft: QuestionnaireDraft | None, counts: dict[int, int]
) -> Shelved:
    newest = published[0] if published else None
    said = newest or draft
    if said is None:  # A name comes from a version or from a draft.
        raise LookupError(name)
    rows = tuple((version, counts.get(version.id, 0), _asked(version)) for version in published)
    return Shelved(
        name, said.title, said.public, CHANNELS[said.channel], rows, draft, name_of(draft.edited_by) if draft else ""
    )


def _asked(version: QuestionnaireVersion) -> int:
    book = definition.load(version.definition)
    return sum(question.scale is not Scale.NONE for question in book.questions)


@blueprint.post("/<name>/modifier")
@roles(*ROLES)
def edit(slug: str, name: str) -> ResponseReturnValue:
    """Begin a draft from the newest version, or go on with the one there is."""
    newest = versions.newest(db.session, g.consultation.id, name)
    if newest is None:
        shown(name)
    else:
        note("questionnaire.opened", drafts.reopen(db.session, newest, author=author()))
        db.session.commit()
    return redirect(url_for("editor.whole", slug=slug, name=name))


@blueprint.get("/<name>/abandonner")
@roles(*ROLES)
def ask_to_discard(slug: str, name: str) -> ResponseReturnValue:
    """Ask once, in words, whether a draft must go."""
    draft = shown(name)
    published = versions.with_name(db.session, g.consultation.id, name)
    return render_template("editor/discard.html", draft=draft, published=published, slug=slug)


@blueprint.post("/<name>/abandonner")
@roles(*ROLES)
def discard(slug: str, name: str) -> ResponseReturnValue:
    """Take a draft away once confirmed; versions stay."""
    draft = drafts.locked(db.session, g.consultation.id, name)
    if draft is not None:
        note("questionnaire.discarded", draft)
        drafts.discard(db.session, draft)
        db.session.commit()
        flash(_("Le brouillon est abandonné."), "success")
    return redirect(url_for("editor.questionnaires", slug=slug))


@blueprint.get("/<name>/versions/<int:number>")
@roles(*ROLES)
def version(slug: str, name: str, number: int) -> ResponseReturnValue:
    """One version, to read."""
    found = version_or_404(name, number)
    book = with_places(definition.load(found.definition), g.consultation)
    count = versions.responses(db.session, g.consultation.id).get(found.id, 0)
    return render_template(
        "editor/version.html",
        slug=slug,
        version=found,
        book=book,
        responses=count,
        kinds={kind.value: kind.words for kind in kinds.offered()},
        sentence=lambda text: relevance.sentence(text, book),
        others=versions.with_name(db.session, g.consultation.id, name),
    )


@blueprint.get("/<name>/questionnaire.xlsx")
@roles(*ROLES)
def export(slug: str, name: str) -> ResponseReturnValue:
    """The draft, or one version with ``?version=``, as an XLSForm."""
    wanted = request.args.get("version", "")
    number = number_in(wanted)
    if number is not None:
        found = version_or_404(name, number)
        return _file(definition.load(found.definition), name, wanted)
    draft = drafts.find(db.session, g.consultation.id, name)
    newest = versions.newest(db.session, g.consultation.id, name)
    if draft is None and newest is not None:
        return _file(definition.load(newest.definition), name, str(newest.version))
    try:
        return _file(drafts.read(shown(name)), name, "brouillon")
    except XlsFormError as error:  # A draft may still hold what no form can.
        flash(" ".join(problem.sentence for problem in error.problems[:MOST_REASONS]), "error")
        return redirect(url_for("editor.whole", slug=slug, name=name))


def _file(book: Questionnaire, name: str, number: str) -> ResponseReturnValue:
    content = io.BytesIO(xlsform.write(book, name=name, version=number))
    return send_file(content, mimetype=SPREADSHEET, as_attachment=True, download_name=f"{name}-{number}.xlsx")
