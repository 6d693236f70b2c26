"""What every page of the editor shows around the part being written: the plan, the last change, the preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from consult.editor import kinds
from consult.editor.access import name_of
from consult.extensions import db
from consult.forms import QuestionForm
from consult.manage import preview
from consult.residents.opening import with_places
from surveys import drafts, editing, relevance, translating
from surveys.definition import Questionnaire, Section
from surveys.labels import LANGUAGES
from surveys.models import QuestionnaireDraft
from surveys.questions import Question, Scale

#: What a draft is called in the address of the preview.
DRAFT = "brouillon"


@dataclass(frozen=True)
class Entry:
    """One question in the plan; notes have no number."""

    question: Question
    number: int | None
    to_mend: bool


@dataclass(frozen=True)
class Page:
    """One section in the plan."""

    section: Section
    entries: tuple[Entry, ...]
    to_mend: bool


@dataclass(frozen=True)
class Undoable:
    """The change that can be taken back."""

    said: str
    by: str


def frame(
    draft: QuestionnaireDraft,
    questionnaire: Questionnaire | None = None,
    *,
    question: Question | None = None,
    section: Section | None = None,
) -> dict[str, Any]:
    """The context of a page about a draft; the question or section is the one being written."""
    book = questionnaire or drafts.read(draft)
    last = drafts.last_change(db.session, draft)
    return {
        "slug": g.consultation.slug,
        "draft": draft,
        "book": book,
        "plan": _plan(book),
        "asked": sum(one.scale is not Scale.NONE for one in book.questions),
        "undoable": Undoable(last.said, name_of(last.staff_id)) if last else None,
        "question": question,
        "section": section or (editing.section_of(book, question.name) if question else None),
        "kinds": {kind.value: kind.words for kind in kinds.offered()},
        "tried": QuestionForm([placed(question)]) if question else (),
        "sentence": lambda text: relevance.sentence(text, book),
        "resident_preview": url_for("manage.preview", slug=g.consultation.slug, source=f"{DRAFT}-{draft.id}"),
        "languages": [(code, LANGUAGES[code], *editing.count_missing(book, code)) for code in translated_languages()],
    }


def translated_languages() -> tuple[str, ...]:
    """The languages a questionnaire can be translated into: those of the consultation first."""
    own = [code for code in g.consultation.languages if code in LANGUAGES]
    return tuple(code for code in dict.fromkeys((*own, *LANGUAGES)) if code != translating.SOURCE)


def _plan(book: Questionnaire) -> list[Page]:
    faults = editing.faults(book)
    questions = {fault.question for fault in faults if fault.question}
    sections = {fault.section for fault in faults if fault.section}
    numbers = _numbers(book)
    return [
        Page(
            section,
            tuple(Entry(one, numbers.get(one.name), one.name in questions) for one in section.questions),
            section.name in sections,
        )
        for section in book.sections
    ]


def _numbers(book: Questionnaire) -> dict[str, int]:
    asked = (question for question in book.questions if question.scale is not Scale.NONE)
    return {question.name: number for number, question in enumerate(asked, 1)}


def placed(question: Question) -> Question:
    """The question as residents meet it: one on the quartier that lists none offers those of the consultation."""
    alone = Questionnaire("", (Section("", (question,)),))
    return next(iter(with_places(alone, g.consultation).questions))


def draft_under(consultation_id: int, key: int) -> Questionnaire | None:
    """What the preview for residents shows of a draft."""
    found = db.session.get(QuestionnaireDraft, key)
    return drafts.read(found) if found is not None and found.consultation_id == consultation_id else None


preview.register(DRAFT, draft_under)
