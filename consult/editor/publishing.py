"""From a draft to a version: what is to be mended, what changed, what it means for the answers already there."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.editor import blueprint, pages
from consult.editor.access import ROLES, note, number_in, shown, version_or_404
from consult.extensions import db
from consult.security import roles
from surveys import comparing, definition, drafts, editing, versions
from surveys.definition import Questionnaire
from surveys.editing import EditError
from surveys.models import QuestionnaireDraft, QuestionnaireVersion

DRAFT = "brouillon"


@blueprint.get("/<name>/publier")
@roles(*ROLES)
def review(slug: str, name: str) -> ResponseReturnValue:
    """What would be published, and whether it can be."""
    return _review_page(shown(name))


@blueprint.post("/<name>/publier")
@roles(*ROLES)
def publish(slug: str, name: str) -> ResponseReturnValue:
    """Freeze the draft into the next version."""
    draft = drafts.locked(db.session, g.consultation.id, name) or shown(name)
    revision = request.form.get("revision", "")
    try:
        version = drafts.publish(db.session, draft, revision=number_in(revision) or 0)
    except EditError as error:
        db.session.rollback()
        flash(error.message, "error")
        return redirect(url_for("editor.review", slug=slug, name=name))
    note("questionnaire.published", draft, version=version.version)
    db.session.commit()
    flash(_("La version %(version)s est publiée.", version=version.version), "success")
    return redirect(url_for("editor.version", slug=slug, name=name, number=version.version))


def _review_page(draft: QuestionnaireDraft) -> str:
    book = drafts.read(draft)
    newest = versions.newest(db.session, g.consultation.id, draft.name)
    return render_template(
        "editor/review.html",
        faults=editing.faults(book),
        newest=newest,
        changes=comparing.compare(_named(newest), book) if newest else (),
        same=newest is not None and drafts.is_same(draft, newest),
        tied=_tied(draft.name),
        **pages.frame(draft, book),
    )


def _named(version: QuestionnaireVersion) -> Questionnaire:
    return editing.named(definition.load(version.definition))


def _tied(name: str) -> list[tuple[int, int]]:
    """(version, responses) of every version that has some, the oldest first."""
    counts = versions.responses(db.session, g.consultation.id)
    found = reversed(versions.with_name(db.session, g.consultation.id, name))
    return [(version.version, counts[version.id]) for version in found if counts.get(version.id)]


@blueprint.get("/<name>/differences")
@roles(*ROLES)
def differences(slug: str, name: str) -> ResponseReturnValue:
    """What changed from one version to another, or to the draft."""
    known = [str(one.version) for one in reversed(versions.with_name(db.session, g.consultation.id, name))]
    draft = drafts.find(db.session, g.consultation.id, name)
    if draft is not None:
        known.append(DRAFT)
    if not known:
        shown(name)
    newer = request.args.get("a", known[-1])
    older = request.args.get("de", known[max(0, known.index(newer) - 1)] if newer in known else known[0])
    newer, older = (one if one in known else known[-1] for one in (newer, older))
    return render_template(
        "editor/differences.html",
        slug=slug,
        name=name,
        known=known,
        older=older,
        newer=newer,
        changes=comparing.compare(_book(name, older), _book(name, newer)),
        tied=_tied(name),
    )


def _book(name: str, which: str) -> Questionnaire:
    if which == DRAFT:
        return drafts.read(shown(name))
    return _named(version_or_404(name, int(which)))
