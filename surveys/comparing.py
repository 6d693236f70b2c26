"""What changed from one version of a questionnaire to the next, in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys import relevance
from surveys.definition import Questionnaire, Section
from surveys.labels import LANGUAGES
from surveys.questions import Option, Question
from surveys.words import _, ngettext


class Sort(StrEnum):
    """What happened to a part of the questionnaire."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Detail:
    """One field, as it was and as it is; either is empty when there was nothing, or there is nothing now."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one part; `question` is its name, empty for a section or for the whole."""

    sort: Sort
    what: str
    question: str = ""
    details: tuple[Detail, ...] = ()


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Return every change, in the order of the new questionnaire, what was taken away last."""
    return (*_of_whole(old, new), *_of_sections(old, new), *_of_questions(old, new), *_of_translations(old, new))


def _of_whole(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(Sort.CHANGED, _("Le questionnaire"), details=(Detail(_("Titre"), old.title, new.title),))


def _of_sections(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    before = {_key(section, n): section for n, section in enumerate(old.sections, 1)}
    after = {_key(section, n): section for n, section in enumerate(new.sections, 1)}
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    for key, section in after.items():
        was = before.get(key)
        if was is None:
            yield Change(Sort.ADDED, _page(section))
            continue
        if key in moved:
            yield Change(Sort.MOVED, _page(section))
        if details := tuple(_section_details(was, section, old, new)):
            yield Change(Sort.CHANGED, _page(section), details=details)
    yield from (Change(Sort.REMOVED, _page(section)) for key, section in before.items() if key not in after)


def _key(section: Section, number: int) -> str:
    return section.name or f"#{number}"


def _page(section: Section) -> str:
    return _("Page « %(title)s »") % {"title": section.title or section.name}


def _section_details(was: Section, now: Section, old: Questionnaire, new: Questionnaire) -> Iterator[Detail]:
    if was.title != now.title:
        yield Detail(_("Titre"), was.title, now.title)
    if was.help != now.help:
        yield Detail(_("Introduction"), was.help, now.help)
    if was.relevant != now.relevant:
        yield Detail(_("Condition"), _sentence(was.relevant, old), _sentence(now.relevant, new))


def _of_questions(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    before, after = _placed(old), _placed(new)
    stay = {name for name, (_was, page) in before.items() if name in after and _is_same_page(page, after[name][1])}
    moved = _moved([name for name in before if name in stay], [name for name in after if name in stay])
    for name, (question, page) in after.items():
        if name not in before:
            yield Change(Sort.ADDED, question.label, name)
            continue
        was, old_page = before[name]
        if name not in stay:
            yield Change(Sort.MOVED, question.label, name, (Detail(_("Page"), _title(old_page), _title(page)),))
        elif name in moved:
            yield Change(Sort.MOVED, question.label, name)
        if details := tuple(_details(was, question, old, new)):
            yield Change(Sort.CHANGED, question.label, name, details)
    yield from (Change(Sort.REMOVED, was.label, name) for name, (was, _) in before.items() if name not in after)


def _is_same_page(old: Section, new: Section) -> bool:
    return old.name == new.name if old.name and new.name else old.title == new.title


def _placed(questionnaire: Questionnaire) -> dict[str, tuple[Question, Section]]:
    return {q.name: (q, section) for section in questionnaire.sections for q in section.questions}


def _title(section: Section) -> str:
    return section.title or section.name


def _moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The fewest names whose moving explains the new order: all but a longest run that kept its order."""
    rank = {name: n for n, name in enumerate(old)}
    tails: list[int] = []
    runs: list[tuple[str, ...]] = []
    for name in new:
        at = bisect_left(tails, rank[name])
        run = (*(runs[at - 1] if at else ()), name)
        tails[at : at + 1], runs[at : at + 1] = [rank[name]], [run]
    return frozenset(new) - frozenset(runs[-1] if runs else ())


def differences(was: Question, now: Question, questionnaire: Questionnaire) -> tuple[Detail, ...]:
    """Return what differs between two texts of the same question, field by field."""
    return tuple(_details(was, now, questionnaire, questionnaire))


def _details(was: Question, now: Question, old: Questionnaire, new: Questionnaire) -> Iterator[Detail]:
    if was.kind != now.kind:
        yield Detail(_("Type"), _(was.words), _(now.words))
    for field, words in _fields().items():
        before, after = getattr(was, field, None), getattr(now, field, None)
        if before != after:
            yield Detail(words, _value(field, before, old), _value(field, after, new))
    for field, words in (("options", _("Réponses")), ("rows", _("Lignes"))):
        before, after = _listed(was, field), _listed(now, field)
        if list(before.values()) != list(after.values()):
            yield Detail(words, "\n".join(_gone(before, after)), "\n".join(_come(before, after)))


def _fields() -> Mapping[str, str]:
    return {
        "label": _("Question"),
        "help": _("Aide"),
        "interviewer": _("Pour l’enquêteur"),
        "required": _("Obligatoire"),
        "dont_know": _("« Je ne sais pas » proposé"),
        "may_refuse": _("« Je préfère ne pas répondre » proposé"),
        "figure": _("Compté dans les résultats"),
        "shuffled": _("Réponses mélangées"),
        "minimum": _("Minimum"),
        "maximum": _("Maximum"),
        "unit": _("Unité"),
        "whole": _("Nombre entier"),
        "max_length": _("Longueur permise"),
        "role": _("Ce que dit le quartier"),
        "relevant": _("Condition"),
        "constraint": _("Contrôle"),
        "constraint_message": _("Message du contrôle"),
    }


def _value(field: str, value: object, questionnaire: Questionnaire) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return _("oui") if value else _("non")
        case float() | int():
            return f"{value:g}".replace(".", ",")
    return _sentence(str(value), questionnaire) if field == "relevant" else str(value)


def _sentence(text: str, questionnaire: Questionnaire) -> str:
    return relevance.sentence(text, questionnaire) if text else ""


def _listed(question: Question, field: str) -> dict[str, Option]:
    items: tuple[Option, ...] = getattr(question, field, ())
    return {option.code: option for option in items}


def _gone(before: Mapping[str, Option], after: Mapping[str, Option]) -> Iterator[str]:
    """What the old list said that the new one does not say any more."""
    yield from (_option(option) for code, option in before.items() if after.get(code) != option)
    if list(before) != list(after) and set(before) == set(after):
        yield _("ordre : %(labels)s") % {"labels": ", ".join(option.label for option in before.values())}


def _come(before: Mapping[str, Option], after: Mapping[str, Option]) -> Iterator[str]:
    yield from _gone(after, before)


def _option(option: Option) -> str:
    marks = [
        words
        for marked, words in ((option.other, _("avec précision")), (option.exclusive, _("exclut les autres")))
        if marked
    ]
    return f"{option.label} ({', '.join(marks)})" if marks else option.label


def _of_translations(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    for language in dict.fromkeys((*old.translations, *new.translations)):
        before, after = old.translations.get(language, {}), new.translations.get(language, {})
        changed = sum(before.get(key) != text for key, text in after.items())
        gone = sum(key not in after for key in before)
        if changed or gone:
            words = ngettext("%(num)d texte écrit ou changé", "%(num)d textes écrits ou changés", changed, num=changed)
            less = ngettext("%(num)d texte retiré", "%(num)d textes retirés", gone, num=gone)
            what = _("Traduction en %(language)s") % {"language": LANGUAGES.get(language, language)}
            said = ", ".join(part for part, count in ((words, changed), (less, gone)) if count)
            yield Change(Sort.CHANGED, what, details=(Detail(_("Textes"), "", said),))
