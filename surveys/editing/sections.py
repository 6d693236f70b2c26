"""Changes of sections, which people see as pages: each returns the changed questionnaire, or raises `EditError`."""

from __future__ import annotations

from dataclasses import replace

from surveys.definition import Questionnaire, Section
from surveys.editing import texts
from surveys.editing.base import EditError, names, section_at, with_section
from surveys.editing.naming import name_from
from surveys.editing.reading import guarded
from surveys.words import _


def named(questionnaire: Questionnaire) -> Questionnaire:
    """The same questionnaire, every section with a name, which its addresses and translations go by."""
    taken = set(names(questionnaire))
    sections: list[Section] = []
    moved: dict[str, str] = {}
    for number, section in enumerate(questionnaire.sections, 1):
        name = section.name or name_from(f"page {section.title}", taken, otherwise="page")
        taken.add(name)
        if not section.name:
            moved[f"section.{number}."] = f"section.{name}."
        sections.append(replace(section, name=name))
    return replace(
        questionnaire,
        sections=tuple(sections),
        translations={
            language: {_follow(key, moved): text for key, text in known.items()}
            for language, known in questionnaire.translations.items()
        },
    )


def _follow(key: str, moved: dict[str, str]) -> str:
    for old, new in moved.items():
        if key.startswith(old):
            return new + key[len(old) :]
    return key


def add_section(questionnaire: Questionnaire, title: str, *, after: str = "") -> tuple[Questionnaire, str]:
    """Add an empty section after another or at the end; returns the questionnaire and its name."""
    name = name_from(f"page {title}", names(questionnaire), otherwise="page")
    ranks = {section.name: rank for rank, section in enumerate(questionnaire.sections, 1)}
    rank = ranks.get(after, len(questionnaire.sections))
    section = Section(title=title.strip(), questions=(), name=name)
    sections = (*questionnaire.sections[:rank], section, *questionnaire.sections[rank:])
    return replace(questionnaire, sections=sections), name


def change_section(questionnaire: Questionnaire, name: str, *, title: str, help: str, relevant: str) -> Questionnaire:
    """Change what a section says and when it is put; its questions stay."""
    section = section_at(questionnaire, name)
    changed = replace(section, title=title.strip(), help=help.strip(), relevant=relevant)
    return texts.pruned(guarded(questionnaire, with_section(questionnaire, changed)))


def move_section(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    """Move a section with its questions one place up (-1) or down (+1)."""
    sections = list(questionnaire.sections)
    rank = sections.index(section_at(questionnaire, name))
    if not 0 <= rank + step < len(sections):
        return questionnaire
    sections[rank], sections[rank + step] = sections[rank + step], sections[rank]
    return guarded(questionnaire, replace(questionnaire, sections=tuple(sections)))


def remove_section(questionnaire: Questionnaire, name: str) -> Questionnaire:
    """Take a section away with its questions; refused while a condition elsewhere reads one of them."""
    section = section_at(questionnaire, name)
    if len(questionnaire.sections) == 1:
        raise EditError(_("Gardez au moins une page : renommez celle-ci ou supprimez ses questions."))
    left = tuple(one for one in questionnaire.sections if one is not section)
    return texts.pruned(guarded(questionnaire, replace(questionnaire, sections=left)))


def retitle(questionnaire: Questionnaire, title: str) -> Questionnaire:
    """Change what the questionnaire is called; raise `EditError` for an empty title."""
    if not title.strip():
        raise EditError(_("Donnez un titre au questionnaire."), field="title")
    return texts.pruned(replace(questionnaire, title=title.strip()))
