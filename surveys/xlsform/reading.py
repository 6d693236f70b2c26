"""From sheets to a questionnaire, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from surveys import definition, relevance
from surveys.definition import DefinitionError, Questionnaire
from surveys.words import _
from surveys.xlsform import grids, headings, tongues
from surveys.xlsform.choices import lists_of
from surveys.xlsform.problems import Findings, Problem, XlsFormError
from surveys.xlsform.questions import Data, Reader, read_question
from surveys.xlsform.speech import Speech, speech_of
from surveys.xlsform.tables import Line, Table, table_of
from surveys.xlsform.tree import Group, Row, tree_of
from surveys.xlsform.types import Base
from surveys.xlsform.workbook import FOREIGN, Book

_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_UNNAMED = re.compile(r"_section_\d+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A questionnaire and what of its form was left out without changing what is asked."""

    questionnaire: Questionnaire
    remarks: tuple[Problem, ...] = ()


@dataclass
class Page:
    """A section while it is read; `line` is where its group opens, None where no group holds it."""

    line: Line | None
    data: dict[str, Any]
    questions: list[Data] = field(default_factory=list)


def read_book(book: Book) -> Reading:
    """Read the sheets of a form; raise `XlsFormError` with everything that stops it."""
    findings = Findings()
    survey, choices, settings = (table_of(book, sheet, findings) for sheet in ("survey", "choices", "settings"))
    _check_sheets(book, survey, findings)
    headings.judge(survey, "survey", findings)
    headings.judge(choices, "choices", findings)
    about = settings.lines[0] if settings.lines else Line("settings", 2, {})
    speech = speech_of((survey, choices), about.text("default_language"), findings)
    reader = Reader(speech, lists_of(choices, speech, findings), findings)
    title = about.text("form_title") or about.text("form_id") or _("Questionnaire sans titre")
    pages = _pages(tree_of(survey, findings), title, reader)
    _speak_title(about, settings, speech)
    questionnaire = _questionnaire(title, pages, reader)
    if findings.problems or questionnaire is None:
        raise XlsFormError(sorted(findings.problems, key=_place))
    return Reading(questionnaire, tuple(findings.remarks))


def _place(problem: Problem) -> tuple[int, int]:
    return (("survey", "choices", "settings").index(problem.sheet) if problem.sheet else -1, problem.row or 0)


def _check_sheets(book: Book, survey: Table, findings: Findings) -> None:
    for sheet in FOREIGN:
        if any(cell.strip() for row in book.get(sheet, ()) for cell in row):
            findings.refuse(
                "", None, "", _("La feuille « %(sheet)s » n’est pas prise en charge : supprimez-la.", sheet=sheet)
            )
    if not survey.columns:
        findings.refuse("", None, "", _("Il faut une feuille « survey » : c’est elle qui porte les questions."))
        return
    for column in ("type", "name", "label"):
        if all(known.name != column for known in survey.columns):
            findings.refuse("survey", None, column, _("cette colonne manque."))


def _speak_title(about: Line, settings: Table, speech: Speech) -> None:
    for column, text in about.cells.items():
        found = re.fullmatch(r"(?i)consult_title_(.+)", settings.heading(column))
        if found and (code := tongues.code_of(f"({found.group(1)})")):
            speech.say(code, "title", text)


def _pages(top: Sequence[Row | Group], title: str, reader: Reader) -> list[Page]:
    """Cut the form into sections: each group is one, and so are the questions between groups."""
    pages: list[Page] = []
    loose: list[Row | Group] = []
    for child in [*top, None]:
        if isinstance(child, Row) or (isinstance(child, Group) and grids.is_grid(child)):
            loose.append(child)
            continue
        if loose:
            page = Page(None, {"title": title})
            pages.append(page)
            _fill(page, loose, len(pages), reader)
            loose = []
        if child is not None:
            page = _page(child, len(pages) + 1, title, reader)
            pages.append(page)
            _fill(page, child.children, len(pages), reader)
    return pages


def _page(group: Group, number: int, title: str, reader: Reader) -> Page:
    line = group.row.line
    written = line.text("consult_name") or line.text("name")
    name = "" if _UNNAMED.fullmatch(written) or not re.fullmatch(definition.NAME, written.lower()) else written.lower()
    key = f"section.{name or number}"
    ours = line.text("consult_kind").lower() == "section"
    if line.text("constraint"):
        reader.refuse(line, "constraint", _("un groupe n’a pas de contrainte : posez-la sur une question."))
    label = reader.text(line, "label", f"{key}.title") or ("" if ours else title)
    help_ = reader.text(line, "hint", f"{key}.help")
    return Page(line, {"title": label, "help": help_, "relevant": line.text("relevant"), "name": name})


def _fill(page: Page, children: Sequence[Row | Group], number: int, reader: Reader) -> None:
    for run in grids.runs(children):
        first = run[0]
        if isinstance(first, Group):
            data = _inner(first, page, number, reader)
        elif first.looks & {"label"} or len(run) > 1:
            data = grids.read_grid(first.line, run, reader)
        elif first.line.text("consult_kind").lower() in {"section_help", "precision"}:
            data = None
            _help(first, page, number, reader)
        else:
            data = read_question(first, reader)
        if data is not None:
            page.questions.append(data)


def _inner(group: Group, page: Page, number: int, reader: Reader) -> Data | None:
    if grids.is_grid(group):
        return grids.read_grid(group.row.line, group.children, reader)
    reason = _(
        "un groupe dans un groupe n’est pas pris en charge : une page ne contient que des questions et des grilles."
    )
    reader.refuse(group.row.line, "type", reason)
    _fill(page, group.children, number, reader)
    return None


def _help(row: Row, page: Page, number: int, reader: Reader) -> None:
    if row.shape.base is Base.NOTE:
        key = f"section.{page.data.get('name') or number}.help"
        page.data["help"] = reader.text(row.line, "label", key)


def _questionnaire(title: str, pages: Sequence[Page], reader: Reader) -> Questionnaire | None:
    """Build the value, putting the definition's own objections on the lines they are about."""
    for page in pages:
        page.data["relevant"] = _renamed(page.data.get("relevant", ""), reader)
        for data in page.questions:
            data["relevant"] = _renamed(data["relevant"], reader)
            data["constraint"] = _renamed(data["constraint"], reader)
            data.update({key: [asdict(option) for option in data[key]] for key in ("options", "rows") if key in data})
            _try(data, reader)
    names = [page.data["name"] for page in pages if page.data.get("name")]
    for page in pages:
        if page.line and page.data.get("name") and names.count(page.data["name"]) > 1:
            reader.refuse(page.line, "name", _("deux groupes ont ce nom : changez-en un."))
    if not reader.findings.problems and not any(page.questions for page in pages):
        reader.findings.refuse("survey", None, "", _("cette feuille n’a aucune question."))
    if reader.findings.problems:
        return None
    sections = [{**page.data, "questions": page.questions} for page in pages]
    translations = reader.speech.translations
    questionnaire = definition.load({"title": title, "sections": sections, "translations": translations})
    _judge(questionnaire, pages, reader)
    return questionnaire


def _renamed(expression: str, reader: Reader) -> str:
    return _REFERENCE.sub(lambda found: f"${{{reader.names.get(found[1], found[1])}}}", expression)


def _try(data: Data, reader: Reader) -> None:
    if data["name"].startswith("_"):
        return
    try:
        definition.question_from(data)
    except DefinitionError as error:
        reader.refuse(reader.lines[data["name"]], "type", str(error))


def _judge(questionnaire: Questionnaire, pages: Sequence[Page], reader: Reader) -> None:
    for fault in relevance.faults(questionnaire):
        line = reader.lines[fault.question] if fault.question else pages[fault.section - 1].line
        reader.findings.refuse("survey", line.row if line else None, fault.field, fault.message)
