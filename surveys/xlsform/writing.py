"""From a questionnaire to the sheets of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from surveys.definition import Questionnaire, Section, slug
from surveys.questions import Grid, Question
from surveys.translating import section_key
from surveys.words import _
from surveys.xlsform import tongues
from surveys.xlsform.lists import Lists
from surveys.xlsform.problems import Problem, XlsFormError
from surveys.xlsform.rows import Cells, Words, grid_rows, precision_row, question_row
from surveys.xlsform.workbook import Book

_ORDER = (
    *("type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "constraint_message"),
    *("appearance", "parameters", "consult_kind", "consult_name", "consult_role", "consult_dont_know"),
    *("consult_may_refuse", "consult_figure", "consult_unit", "consult_maximum", "consult_shuffled"),
)
_ALWAYS = ("type", "name", "label")
#: Groups that other tools keep for themselves.
_RESERVED = {"meta"}


def sheets_of(questionnaire: Questionnaire, *, name: str = "", version: str = "") -> Book:
    """Return the survey, choices and settings sheets; raise `XlsFormError` for what no form can hold."""
    words = Words(questionnaire.translations)
    lists = Lists(words)
    survey = _survey(questionnaire, words, lists)
    if problems := list(_unwritable(questionnaire)):
        raise XlsFormError(problems)
    settings = [_settings(questionnaire, words, name, version)]
    choices = lists.rows()
    return {
        "survey": _table(survey, [*_ORDER], _ALWAYS, words),
        "choices": _table(
            choices, ["list_name", "name", "label", "consult_other", "consult_exclusive"], ("label",), words
        ),
        "settings": _table(settings, list(settings[0]), (), words),
    }


def _survey(questionnaire: Questionnaire, words: Words, lists: Lists) -> list[Cells]:
    taken = {question.name for question in questionnaire.questions} | _RESERVED
    rows: list[Cells] = []
    for number, section in enumerate(questionnaire.sections, 1):
        rows.append(_opening(section, number, taken, words))
        for question in section.questions:
            rows.extend(_rows(question, words, lists))
        rows.append({"type": "end_group"})
    return rows


def _opening(section: Section, number: int, taken: set[str], words: Words) -> Cells:
    key = section_key(section, number)
    clashes = not section.name or section.name in taken
    return {
        "type": "begin_group",
        "name": f"_section_{number}" if clashes else section.name,
        "consult_name": section.name if clashes else "",
        **words.all("label", section.title, f"{key}.title"),
        **words.all("hint", section.help, f"{key}.help"),
        "relevant": section.relevant,
        "appearance": "field-list",
        "consult_kind": "section",
    }


def _rows(question: Question, words: Words, lists: Lists) -> Iterable[Cells]:
    if isinstance(question, Grid):
        return grid_rows(question, words, lists)
    return [question_row(question, words, lists), *precision_row(question, words)]


def _settings(questionnaire: Questionnaire, words: Words, name: str, version: str) -> Cells:
    form = re.sub(r"[^a-z0-9]+", "_", slug(name or questionnaire.title))
    titles = {f"consult_title_{code}": texts["title"] for code, texts in words.translations.items() if "title" in texts}
    return {
        "form_title": questionnaire.title,
        "form_id": form if form[0].isalpha() else f"q_{form}",
        "version": version or "1",
        "default_language": tongues.heading("fr") if words.translations else "",
        **titles,
    }


def _table(
    rows: Sequence[Cells], order: Sequence[str], always: Sequence[str], words: Words
) -> tuple[tuple[str, ...], ...]:
    """Lay cells out under their headings; a column that nothing fills is left out."""
    filled = {column for row in rows for column, cell in row.items() if cell}
    columns = [
        heading
        for column in order
        for heading in words.headings(column)
        if heading in filled or column in always or column in {"list_name", "name"}
    ]
    return (tuple(columns), *(tuple(row.get(column, "") for column in columns) for row in rows))


def _unwritable(questionnaire: Questionnaire) -> Iterable[Problem]:
    for question in questionnaire.questions:
        missing = _missing(question)
        if missing:
            yield Problem(
                "survey", None, "", _("question « %(name)s » : %(reason)s", name=question.name, reason=missing)
            )


def _missing(question: Question) -> str:
    rows: Sequence[object] = getattr(question, "rows", ())
    if isinstance(question, Grid) and not rows:
        return _("la grille n’a aucune ligne.")
    codes = [option.code for option in (*question.options, *getattr(question, "rows", ()))]
    if wrong := next((code for code in codes if not re.fullmatch(r"[^\s'\"$|]{1,100}", code)), None):
        return _("le code « %(code)s » ne doit contenir ni espace, ni guillemet, ni apostrophe.", code=wrong[:60])
    if question.kind in {"one_choice", "several_choices", "scale", "grid", "ranking"} and not question.options:
        return _("aucune réponse n’est proposée.")
    return "" if question.label.strip() else _("son texte manque.")
