"""Drafts of questionnaires: begun from a version or from nothing, changed, undone, published as a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys import definition, editing
from surveys.definition import Questionnaire
from surveys.editing import EditError
from surveys.models import Channel, DraftState, QuestionnaireDraft, QuestionnaireVersion
from surveys.versions import newest, with_name
from surveys.words import _

#: How many changes can be undone, one after the other.
KEPT_STATES = 40


class StaleError(EditError):
    """Somebody else changed what a page was about to change; nothing was written."""


@dataclass(frozen=True)
class Author:
    """Who changes a draft, and the day."""

    staff_id: int
    day: dt.date


@dataclass(frozen=True)
class Facts:
    """What is said of a questionnaire beside its questions."""

    name: str
    channel: Channel
    public: str


def find(session: Session, consultation_id: int, name: str) -> QuestionnaireDraft | None:
    """The draft of a questionnaire, None when nobody edits it."""
    return session.scalar(_draft(consultation_id, name))


def locked(session: Session, consultation_id: int, name: str) -> QuestionnaireDraft | None:
    """The same for who will change it: others who do wait for the end of this transaction."""
    return session.scalar(_draft(consultation_id, name).with_for_update())


def _draft(consultation_id: int, name: str) -> Select[QuestionnaireDraft]:
    row = QuestionnaireDraft
    return select(row).where(row.consultation_id == consultation_id, row.name == name)


def read(draft: QuestionnaireDraft) -> Questionnaire:
    """What a draft holds."""
    return definition.load(draft.definition)


def begin(
    session: Session, *, consultation_id: int, facts: Facts, questionnaire: Questionnaire, author: Author
) -> QuestionnaireDraft:
    """Start a questionnaire that has no version yet; raise `EditError` when its name is taken."""
    if with_name(session, consultation_id, facts.name) or find(session, consultation_id, facts.name):
        raise EditError(
            _("Un questionnaire de cette consultation s’appelle déjà « %(name)s ».") % {"name": facts.name},
            field="name",
        )
    return _added(session, consultation_id, facts, questionnaire, author, base=None)


def reopen(session: Session, version: QuestionnaireVersion, *, author: Author) -> QuestionnaireDraft:
    """The draft that follows a version: the one being edited, or a new one begun from it."""
    if found := find(session, version.consultation_id, version.name):
        return found
    facts = Facts(version.name, version.channel, version.public)
    questionnaire = definition.load(version.definition)
    return _added(session, version.consultation_id, facts, questionnaire, author, base=version.id)


def _added(
    session: Session,
    consultation_id: int,
    facts: Facts,
    questionnaire: Questionnaire,
    author: Author,
    *,
    base: int | None,
) -> QuestionnaireDraft:
    ready = editing.named(questionnaire)
    draft = QuestionnaireDraft(
        consultation_id=consultation_id,
        name=facts.name,
        title=ready.title,
        channel=facts.channel,
        public=facts.public,
        definition=definition.dump(ready),
        base_id=base,
        edited_by=author.staff_id,
        edited_on=author.day,
    )
    try:
        with session.begin_nested():
            session.add(draft)
            session.flush()
    except IntegrityError:  # Somebody began the same one at the same moment: theirs is the one draft.
        found = find(session, consultation_id, facts.name)
        if found is None:
            raise
        return found
    return draft


def change(
    session: Session,
    draft: QuestionnaireDraft,
    questionnaire: Questionnaire,
    *,
    said: str,
    author: Author,
    part: str = "",
) -> bool:
    """Write a changed questionnaire, keeping what it was; returns False when nothing changed.

    Successive changes of one `part` by the same person are one change to undo.
    """
    after = definition.dump(questionnaire)
    if after == draft.definition:
        return False
    last = last_change(session, draft)
    if not (part and last and (last.part, last.staff_id) == (part, author.staff_id)):
        _keep(session, draft, said=said, part=part, author=author)
    _write(draft, questionnaire, author)
    session.flush()
    return True


def describe(draft: QuestionnaireDraft, *, channel: Channel, public: str, author: Author) -> bool:
    """Change who is asked and how; returns False when nothing changed."""
    if (draft.channel, draft.public) == (channel, public):
        return False
    draft.channel, draft.public = channel, public
    draft.revision += 1
    draft.edited_by, draft.edited_on = author.staff_id, author.day
    return True


def last_change(session: Session, draft: QuestionnaireDraft) -> DraftState | None:
    """The change that would be undone now."""
    return session.scalar(
        select(DraftState).where(DraftState.draft_id == draft.id).order_by(DraftState.revision.desc()).limit(1)
    )


def undo(session: Session, draft: QuestionnaireDraft, *, revision: int, author: Author) -> str:
    """Take the last change back and return what it was; raise `EditError` when a page shows an older draft."""
    state = last_change(session, draft)
    if state is None:
        raise EditError(_("Il n’y a plus rien à annuler."))
    if draft.revision != revision:
        raise StaleError(_("Le questionnaire a changé depuis l’affichage de la page : relisez, puis annulez."))
    said = state.said
    _write(draft, definition.load(state.definition), author)
    session.delete(state)
    session.flush()
    return said


def publish(session: Session, draft: QuestionnaireDraft, *, revision: int) -> QuestionnaireVersion:
    """Freeze a sound draft into the next version, and end it; raise `EditError` where it must not be."""
    if draft.revision != revision:
        raise StaleError(_("Le questionnaire a changé depuis l’affichage de la page : relisez, puis publiez."))
    questionnaire = read(draft)
    if faults := editing.faults(questionnaire):
        raise EditError(faults[0].message)
    latest = newest(session, draft.consultation_id, draft.name)
    if latest is not None and is_same(draft, latest):
        raise EditError(
            _("Rien n’a changé depuis la version %(version)s : il n’y a rien à publier.") % {"version": latest.version}
        )
    version = QuestionnaireVersion(
        consultation_id=draft.consultation_id,
        name=draft.name,
        version=latest.version + 1 if latest else 1,
        title=questionnaire.title,
        channel=draft.channel,
        public=draft.public,
        definition=definition.dump(questionnaire),
        digest=definition.digest(questionnaire),
    )
    session.add(version)
    discard(session, draft)
    return version


def is_same(draft: QuestionnaireDraft, version: QuestionnaireVersion) -> bool:
    """Whether publishing a draft would say again what a version says."""
    before = editing.named(definition.load(version.definition))
    same_text = definition.digest(before) == definition.digest(read(draft))
    return same_text and (draft.channel, draft.public) == (version.channel, version.public)


def discard(session: Session, draft: QuestionnaireDraft) -> None:
    """Take a draft away with what it was; versions stay."""
    session.execute(delete(DraftState).where(DraftState.draft_id == draft.id))
    session.delete(draft)
    session.flush()


def of_consultation(session: Session, consultation_id: int) -> Sequence[QuestionnaireDraft]:
    """Every draft of a consultation, by name."""
    row = QuestionnaireDraft
    return session.scalars(select(row).where(row.consultation_id == consultation_id).order_by(row.name)).all()


def _keep(session: Session, draft: QuestionnaireDraft, *, said: str, part: str, author: Author) -> None:
    session.add(
        DraftState(
            draft_id=draft.id,
            revision=draft.revision + 1,
            definition=draft.definition,
            said=said[:300],
            part=part[:80],
            staff_id=author.staff_id,
        )
    )
    session.flush()
    # Revisions are no count of states: savings of one form raise them and keep nothing.
    states = select(DraftState.revision).where(DraftState.draft_id == draft.id).order_by(DraftState.revision.desc())
    if old := session.scalars(states.offset(KEPT_STATES)).all():
        session.execute(
            delete(DraftState)
            .where(DraftState.draft_id == draft.id, DraftState.revision.in_(old))
            .execution_options(synchronize_session=False)
        )


def _write(draft: QuestionnaireDraft, questionnaire: Questionnaire, author: Author) -> None:
    draft.definition = definition.dump(questionnaire)
    draft.title = questionnaire.title
    draft.revision += 1
    draft.edited_by, draft.edited_on = author.staff_id, author.day
