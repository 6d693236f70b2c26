"""Which parts of a questionnaire read which questions, so that no change leaves an expression without its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveys import relevance
from surveys.definition import Questionnaire, Section
from surveys.editing.base import EditError
from surveys.questions import Option, Question
from surveys.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Reader:
    """One expression of a questionnaire: the condition of a section, the condition or the constraint of a question."""

    section: str
    question: str
    label: str
    text: str

    @property
    def reads(self) -> frozenset[str]:
        """The questions it reads; none where it cannot be understood."""
        return references(self.text)


def references(text: str) -> frozenset[str]:
    """The questions an expression reads; none where it cannot be understood."""
    try:
        return relevance.questions_read(relevance.parse(text)) if text else frozenset()
    except relevance.ExpressionError:
        return frozenset()


def readers(questionnaire: Questionnaire) -> Iterator[Reader]:
    """Every expression, in the order of the questionnaire."""
    for section in questionnaire.sections:
        if section.relevant:
            yield Reader(section.name, "", section.title, section.relevant)
        for question in section.questions:
            for text in (question.relevant, question.constraint):
                if text:
                    yield Reader(section.name, question.name, question.label, text)


def readers_of(questionnaire: Questionnaire, name: str) -> tuple[Reader, ...]:
    """The expressions of other parts that read a question."""
    return tuple(one for one in readers(questionnaire) if name in one.reads and one.question != name)


def dangling(questionnaire: Questionnaire) -> frozenset[tuple[str, str, str]]:
    """(section, question, name read) wherever an expression reads a question that is not put before it."""
    found: set[tuple[str, str, str]] = set()
    before: set[str] = set()
    for section in questionnaire.sections:
        found |= _astray(section, "", section.relevant, before)
        for question in section.questions:
            for text in (question.relevant, question.constraint):
                found |= _astray(section, question.name, text, before)
            before.add(question.name)
    return frozenset(found)


def _astray(section: Section, question: str, text: str, before: set[str]) -> set[tuple[str, str, str]]:
    return {(section.name, question, name) for name in references(text) - before}


def guarded(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """Return the changed questionnaire; raise `EditError` where an expression would lose a question it reads."""
    # A question that moves to another page keeps its expressions: pages are not compared, but for their own.
    known = {_owner(part) for part in dangling(before)}
    lost = [part for part in dangling(after) if _owner(part) not in known]
    if not lost:
        return after
    present = {question.name for question in after.questions}
    gone = sorted({name for _section, _question, name in lost} - present)
    raise _gone(before, gone[0]) if gone else _late(after, min(lost))


def _owner(part: tuple[str, str, str]) -> tuple[str, str, str]:
    section, question, name = part
    return ("" if question else section), question, name


def refuse_if_read(questionnaire: Questionnaire, name: str) -> None:
    """Raise `EditError` while an expression of another part reads a question."""
    if readers_of(questionnaire, name):
        raise _gone(questionnaire, name)


def _gone(before: Questionnaire, name: str) -> EditError:
    return EditError(
        _("« %(label)s » sert dans une condition : changez d’abord %(users)s.")
        % {"label": before.question(name).label or name, "users": _listed(readers_of(before, name))},
        questions=[one.question for one in readers_of(before, name) if one.question],
    )


def _late(after: Questionnaire, part: tuple[str, str, str]) -> EditError:
    section, question, name = part
    owner = after.question(question).label if question else next(s.title for s in after.sections if s.name == section)
    return EditError(
        _("« %(owner)s » a une condition sur « %(read)s » : elle doit rester après.")
        % {"owner": owner or question or section, "read": after.question(name).label or name},
        questions=[one for one in (question, name) if one],
    )


def _listed(users: tuple[Reader, ...]) -> str:
    words = [_("« %(label)s »") % {"label": one.label or one.question or one.section} for one in users]
    return ngettext("la condition de %(users)s", "les conditions de %(users)s", len(words), users=", ".join(words))


def refuse_lost_codes(questionnaire: Questionnaire, old: Question, new: Question) -> None:
    """Raise `EditError` where an option or a row that a condition names would go."""
    for field in ("options", "rows"):
        kept = {option.code for option in _listed_in(new, field)}
        for option in _listed_in(old, field):
            if option.code in kept:
                continue
            users = tuple(one for one in readers_of(questionnaire, old.name) if names_code(one.text, option.code))
            if users:
                raise EditError(
                    _("La réponse « %(label)s » sert dans une condition : changez d’abord %(users)s.")
                    % {"label": option.label, "users": _listed(users)},
                    field=field,
                    questions=[one.question for one in users if one.question],
                )


def _listed_in(question: Question, field: str) -> tuple[Option, ...]:
    items: tuple[Option, ...] = getattr(question, field, ())
    return items


def names_code(text: str, code: str) -> bool:
    """Whether an expression names an option or a row; taken as yes where the same word is quoted for another reason."""
    return f"'{code}'" in text or f'"{code}"' in text or f".{code}}}" in text


def renamed(questionnaire: Questionnaire, old: str, new: str) -> Questionnaire:
    """The same questionnaire, every expression reading a question under its new name."""

    rows = [row.code for row in _listed_in(questionnaire.question(new), "rows")]
    named = {old: new} | {f"{old}.{row}": f"{new}.{row}" for row in rows}

    def again(text: str) -> str:
        if old not in references(text):
            return text
        return relevance.render(relevance.renamed(relevance.parse(text), named))

    def question(one: Question) -> Question:
        return replace(one, relevant=again(one.relevant), constraint=again(one.constraint))

    return replace(
        questionnaire,
        sections=tuple(
            replace(
                section,
                relevant=again(section.relevant),
                questions=tuple(question(one) for one in section.questions),
            )
            for section in questionnaire.sections
        ),
    )
