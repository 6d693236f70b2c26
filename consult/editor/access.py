"""What every view of the editor needs: the draft of the address, who changes it, and the writing of a change."""

from __future__ import annotations

import hashlib
import re

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from consult.extensions import db
from consult.residents.opening import now
from surveys import drafts, staff, versions
from surveys.definition import Questionnaire
from surveys.drafts import Author
from surveys.models import QuestionnaireDraft, QuestionnaireVersion, Staff

ROLES = ("chef-de-projet", "charge-etude")


def author() -> Author:
    """Who is changing a draft, today."""
    return Author(g.staff.id, now().date())


def shown(name: str) -> QuestionnaireDraft:
    """The draft to show; without one, the list says what can be opened."""
    found = drafts.find(db.session, g.consultation.id, name)
    return found or _elsewhere(name)


def held(name: str) -> QuestionnaireDraft:
    """The draft to change; one that was published in the meantime goes on as a new draft of its version."""
    found = drafts.locked(db.session, g.consultation.id, name)
    if found is not None:
        return found
    latest = versions.newest(db.session, g.consultation.id, name)
    if latest is None:
        return _elsewhere(name)
    flash(
        _("Ce questionnaire n’était plus en modification : la vôtre ouvre un nouveau brouillon."),
        "warning",
    )
    return drafts.reopen(db.session, latest, author=author())


def _elsewhere(name: str) -> QuestionnaireDraft:
    if not versions.with_name(db.session, g.consultation.id, name):
        abort(404)
    abort(redirect(url_for("editor.questionnaires", slug=g.consultation.slug)))


def version_or_404(name: str, number: int) -> QuestionnaireVersion:
    """One version of a questionnaire of this consultation."""
    known = {version.version: version for version in versions.with_name(db.session, g.consultation.id, name)}
    return known[number] if number in known else abort(404)


def keep(draft: QuestionnaireDraft, questionnaire: Questionnaire, *, said: str, part: str = "") -> bool:
    """Write a changed questionnaire and note who did; the view commits. False when nothing changed."""
    if not drafts.change(db.session, draft, questionnaire, said=said, part=part, author=author()):
        return False
    note("questionnaire.changed", draft)
    return True


def note(action: str, draft: QuestionnaireDraft, **details: str | int) -> None:
    """Write what was done to a draft in the audit log."""
    staff.audit(
        db.session,
        action,
        staff_id=g.staff.id,
        consultation_id=g.consultation.id,
        questionnaire=draft.name,
        **details,
    )


def seal(part: object) -> str:
    """A short word that changes whenever the part does: what a page saw of it."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]


def number_in(text: str) -> int | None:
    """The whole number a page sent: neither « ² », a digit that is no number, nor one of a thousand digits."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def wants_data() -> bool:
    """Whether the script of the page is asking, and will show the answer in its place."""
    return request.accept_mimetypes.best == "application/json"


def name_of(staff_id: int | None) -> str:
    """Who somebody is, in a sentence."""
    found = db.session.get(Staff, staff_id) if staff_id else None
    return (found.name or found.email) if found else _("Une autre personne")


def name_of_other(staff_id: int | None) -> str:
    """The same for what oneself did on another page."""
    return _("Vous, sur une autre page,") if staff_id == g.staff.id else name_of(staff_id)
