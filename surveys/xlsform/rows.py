"""One question as lines of the survey sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questions import Grid, LongText, Number, OneChoice, Quartier, Question, Ranking, Rating, SeveralChoices
from surveys.translating import SOURCE
from surveys.xlsform import limits, tongues
from surveys.xlsform.bases import TOLD, base_of

if TYPE_CHECKING:
    from surveys.xlsform.lists import Lists

Cells = dict[str, str]
_PRECISION = {"fr": "Précisez", "en": "Please specify", "ar": "يرجى التحديد", "tr": "Belirtiniz", "es": "Especifique"}


@dataclass(frozen=True)
class Words:
    """The texts of a questionnaire in every language, under the headings that XLSForm gives them."""

    translations: Mapping[str, Mapping[str, str]]

    def all(self, column: str, french: str, key: str) -> Cells:
        """A text in every language it is written in, by heading."""
        told = {self._heading(column, code): texts[key] for code, texts in self.translations.items() if key in texts}
        return {self._heading(column, SOURCE): french, **told}

    def headings(self, column: str) -> Iterable[str]:
        """Every heading a column can have."""
        spoken = column in {"label", "hint", "guidance_hint", "constraint_message", "consult_unit"}
        return (self._heading(column, code) for code in (SOURCE, *self.translations)) if spoken else (column,)

    def _heading(self, column: str, code: str) -> str:
        return f"{column}::{tongues.heading(code)}" if self.translations else column


def question_row(question: Question, words: Words, lists: Lists) -> Cells:
    """The line that asks a question."""
    return {**_typed(question, words, lists), **_common(question, words)}


def _common(question: Question, words: Words) -> Cells:
    name = question.name
    return {
        "name": name,
        **words.all("label", question.label, f"{name}.label"),
        **words.all("hint", question.help, f"{name}.help"),
        **words.all("guidance_hint", question.interviewer, f"{name}.interviewer"),
        **words.all("constraint_message", question.constraint_message, f"{name}.constraint_message"),
        "required": "yes" if question.required else "",
        "relevant": question.relevant,
        "constraint": limits.join(_base(question), question.constraint, _bounds(question)),
        "consult_dont_know": "yes" if question.dont_know else "",
        "consult_may_refuse": "yes" if question.may_refuse else "",
        "consult_figure": "" if question.figure else "no",
        **_shuffled(question),
    }


def _shuffled(question: Question) -> Cells:
    if not question.shuffled:
        return {}
    drawn = _base(question).startswith(("select", "rank"))
    return {"parameters": "randomize=true"} if drawn else {"consult_shuffled": "yes"}


def _typed(question: Question, words: Words, lists: Lists) -> Cells:
    """What tells one kind from another."""
    base, own = _base(question), "" if question.kind in TOLD else question.kind
    cells = {"type": base, "consult_kind": own}
    if base.startswith(("select", "rank")):
        cells["type"] = f"{base} {lists.name_for(question)}"
    if isinstance(question, Quartier):
        cells["consult_role"] = question.role
    elif isinstance(question, LongText):
        cells["appearance"] = "multiline"
    elif isinstance(question, Rating):
        cells["appearance"] = "likert"
    elif isinstance(question, Number):
        cells |= words.all("consult_unit", question.unit, f"{question.name}.unit")
    elif isinstance(question, Ranking) and question.maximum is not None:
        cells["consult_maximum"] = str(question.maximum)
    return cells


def _base(question: Question) -> str:
    if isinstance(question, Quartier) and not question.options:
        return "text"
    if isinstance(question, Number) and question.whole:
        return "integer"
    return base_of(type(question))


def _bounds(question: Question) -> Mapping[str, float | None]:
    """The bounds of a kind, those that it has without being asked left out."""
    match question:
        case Number():
            return {"minimum": question.minimum, "maximum": question.maximum}
        case SeveralChoices():
            return {"maximum": question.maximum}
        case _ if hasattr(question, "max_length"):
            length: int = question.max_length
            return {"max_length": None if length == type(question).max_length else length}
        case _:
            return {}


def precision_row(question: Question, words: Words) -> Iterable[Cells]:
    """The line that lets other tools ask what « other » means; it is not read back, the option says it."""
    others = [option.code for option in question.options if option.other]
    if not others or not isinstance(question, OneChoice | SeveralChoices):
        return
    spoken = {f"{question.name}.other": _PRECISION["fr"]}
    told = {code: {f"{question.name}.other": _PRECISION[code]} for code in words.translations if code in _PRECISION}
    labels = Words({code: told.get(code, {}) for code in words.translations})
    yield {
        "type": "text",
        "name": f"_{question.name}_other",
        **labels.all("label", spoken[f"{question.name}.other"], f"{question.name}.other"),
        "relevant": " or ".join(f"selected(${{{question.name}}}, '{code}')" for code in others),
        "consult_kind": "precision",
    }


def grid_rows(grid: Grid, words: Words, lists: Lists) -> Iterable[Cells]:
    """The lines of a grid: a group that other tools draw as a table."""
    options = lists.name_for(grid)
    yield {
        "type": "begin_group",
        "appearance": "table-list",
        "consult_kind": "grid",
        **_common(grid, words),
        "required": "",
    }
    for row in grid.rows:
        yield {
            "type": f"select_one {options}",
            "name": f"{grid.name}.{row.code}",
            **words.all("label", row.label, f"{grid.name}.row.{row.code}"),
            "required": "yes" if grid.required else "",
        }
    yield {"type": "end_group"}
