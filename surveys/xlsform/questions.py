"""One line of the survey sheet as the mapping of one question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import NAME, slug
from surveys.questions import Option
from surveys.words import _
from surveys.xlsform import cells, limits
from surveys.xlsform.bases import own_kinds
from surveys.xlsform.choices import ChoiceList
from surveys.xlsform.problems import Findings
from surveys.xlsform.speech import Speech
from surveys.xlsform.tables import Line
from surveys.xlsform.tree import Row
from surveys.xlsform.types import Base

Data = dict[str, Any]
#: Scales longer than this are asked as a number.
LONGEST_SCALE = 11
#: Types of line that ask the same kinds.
_TYPES = {Base.WHOLE: "decimal"}
OTHER = "other"
#: What a cell shows of an earlier answer.
_RECALL = re.compile(r"\$\{[^}]*\}")


@dataclass
class Reader:
    """What is needed to read any line, and what is learnt on the way.

    `names` maps names as written to names as kept; `lines` maps a kept name to where it is written.
    """

    speech: Speech
    lists: Mapping[str, ChoiceList]
    findings: Findings
    names: dict[str, str] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)

    def refuse(self, line: Line, column: str, reason: str) -> None:
        """Note what is wrong in a cell."""
        self.findings.refuse(line.sheet, line.row, column, reason)

    def remark(self, line: Line, column: str, reason: str) -> None:
        """Note what is left out of a cell."""
        self.findings.remark(line.sheet, line.row, column, reason)

    def flag(self, line: Line, column: str, *, default: bool = False) -> bool:
        """Read a yes or a no."""
        return cells.yes(line, column, self.findings, default=default)

    def text(self, line: Line, column: str, key: str = "") -> str:
        """Read a text with its translations, which are kept under a key."""
        text = self.speech.text(line, column)
        if _RECALL.search(text):
            self.refuse(
                line, column, _("une réponse ne peut pas être rappelée dans un texte : réécrivez-le sans « ${…} ».")
            )
        if key:
            self.speech.translate(line, column, key)
        return text


def read_question(row: Row, reader: Reader) -> Data | None:
    """Return the mapping of the question a line asks, None where it could not be read; problems are noted."""
    name = read_name(row.line, reader)
    data = _KINDS[row.shape.base](row, name, reader)
    return None if data is None else {**data, **_common(row.line, name, reader), **_shuffled(row, reader)}


def read_name(line: Line, reader: Reader) -> str:
    """Return the name of a line, in lower case, unique; a name of the line's own where it is wrong."""
    written = line.text("name")
    name = written.lower()
    if not re.fullmatch(NAME, name):
        reader.refuse(line, "name", _bad_name(written))
        name = f"_{line.row}"
    elif name in reader.lines:
        reason = _(
            "« %(name)s » est déjà le nom de la ligne %(row)d : changez-le.", name=name, row=reader.lines[name].row
        )
        reader.refuse(line, "name", reason)
        name = f"_{line.row}"
    reader.names[written] = name
    reader.lines[name] = line
    return name


def _bad_name(written: str) -> str:
    if not written:
        return _("le nom de la question manque.")
    better = re.sub(r"\W|^(?=\d)|-", "_", slug(written))
    better = better if re.fullmatch(NAME, better) else f"q{better}"[:60]
    return _("écrivez le nom en minuscules sans accent, chiffres et _ : par exemple « %(name)s ».", name=better)


def _common(line: Line, name: str, reader: Reader) -> Data:
    label = reader.text(line, "label", f"{name}.label")
    if not label:
        reader.refuse(line, "label", _("le texte de la question manque."))
    return {
        "name": name,
        "label": label,
        "help": reader.text(line, "hint", f"{name}.help"),
        "interviewer": reader.text(line, "guidance_hint", f"{name}.interviewer"),
        "required": reader.flag(line, "required"),
        "dont_know": reader.flag(line, "consult_dont_know"),
        "may_refuse": reader.flag(line, "consult_may_refuse"),
        "figure": reader.flag(line, "consult_figure", default=True),
        "relevant": line.text("relevant"),
        "constraint_message": reader.text(line, "constraint_message", f"{name}.constraint_message"),
    }


def _shuffled(row: Row, reader: Reader) -> Data:
    asked = reader.flag(row.line, "consult_shuffled")
    for key, value in ({} if row.shape.base is Base.RANGE else cells.parameters(row.line, reader.findings)).items():
        if key == "randomize":
            asked = asked or value.lower() in {"true", "true()", "yes"}
        else:
            reader.remark(row.line, "parameters", _("« %(key)s » est laissé de côté.", key=key))
    return {"shuffled": asked}


def _ruled(row: Row, base: str) -> Data:
    rule, bounds = limits.split(base, row.line.text("constraint"))
    return {"constraint": rule, **bounds}


def _kind(row: Row, reader: Reader, default: str) -> str:
    kind, allowed = row.line.text("consult_kind").lower(), own_kinds(_TYPES.get(row.shape.base, row.shape.base))
    if kind and kind not in allowed:
        reader.refuse(row.line, "consult_kind", _("« %(kind)s » ne va pas avec ce type de ligne.", kind=kind))
    return kind if kind in allowed else default


def _text(row: Row, name: str, reader: Reader) -> Data:
    kind = _kind(row, reader, "long_text" if "multiline" in row.looks else "short_text")
    if kind == "quartier":
        return {"kind": kind, **_ruled(row, kind), **_role(row)}
    return {"kind": kind, **_ruled(row, "text")}


def _role(row: Row) -> Data:
    return {"role": role} if (role := row.line.text("consult_role").lower()) else {}


def _number(row: Row, name: str, reader: Reader) -> Data:
    unit = reader.text(row.line, "consult_unit", f"{name}.unit")
    return {
        "kind": _kind(row, reader, "number"),
        "unit": unit,
        "whole": row.shape.base is Base.WHOLE,
        **_ruled(row, "decimal"),
    }


def _day(row: Row, name: str, reader: Reader) -> Data:
    return {"kind": _kind(row, reader, "date"), **_ruled(row, "date")}


def _note(row: Row, name: str, reader: Reader) -> Data:
    return {"kind": _kind(row, reader, "note"), **_ruled(row, "note")}


def _one(row: Row, name: str, reader: Reader) -> Data | None:
    options = read_options(row, name, reader)
    kind = _kind(row, reader, "scale" if "likert" in row.looks else "one_choice")
    role = _role(row) if kind == "quartier" else {}
    return None if options is None else {"kind": kind, "options": options, **role, **_ruled(row, "select_one")}


def _several(row: Row, name: str, reader: Reader) -> Data | None:
    options = read_options(row, name, reader)
    return (
        None
        if options is None
        else {"kind": _kind(row, reader, "several_choices"), "options": options, **_ruled(row, "select_multiple")}
    )


def _rank(row: Row, name: str, reader: Reader) -> Data | None:
    options = read_options(row, name, reader)
    maximum = cells.whole(row.line, "consult_maximum", reader.findings)
    bounds = {} if maximum is None else {"maximum": maximum}
    return (
        None
        if options is None
        else {"kind": _kind(row, reader, "ranking"), "options": options, **bounds, **_ruled(row, "rank")}
    )


def read_options(row: Row, name: str, reader: Reader) -> tuple[Option, ...] | None:
    """Return the options of the list a line names, with their translations; None where there is no such list."""
    found = reader.lists.get(row.shape.options)
    if found is None:
        reason = _("la liste « %(list)s » n’est pas dans la feuille choices.", list=row.shape.options[:60])
        reader.refuse(row.line, "type", reason)
        return None
    for option, line in zip(found.options, found.lines, strict=True):
        reader.text(line, "label", f"{name}.option.{option.code}")
    options = tuple(found.options)
    if row.shape.other and not any(option.other for option in options):
        options = (*(option for option in options if option.code != OTHER), Option(OTHER, _("Autre"), other=True))
    return options


def _acknowledge(row: Row, name: str, reader: Reader) -> Data:
    reader.remark(row.line, "type", _("« acknowledge » devient une question à répondre par oui ou non."))
    return {"kind": "yes_no", **_ruled(row, "select_one")}


def _range(row: Row, name: str, reader: Reader) -> Data | None:
    given = {"start": "0", "end": "10", "step": "1", **cells.parameters(row.line, reader.findings)}
    try:
        start, end, step = (limits.number(given[key].replace(",", ".")) for key in ("start", "end", "step"))
        count = int((end - start) / step) + 1
    except (ValueError, ZeroDivisionError, OverflowError):
        reader.refuse(row.line, "parameters", _("écrivez par exemple « start=1 end=5 step=1 »."))
        return None
    if step <= 0 or count < 2:
        reader.refuse(row.line, "parameters", _("la fin doit être plus grande que le début, et le pas positif."))
        return None
    rule = limits.split("range", row.line.text("constraint"))[0]
    if count > LONGEST_SCALE:
        whole = all(isinstance(value, int) for value in (start, end, step))
        return {"kind": "number", "minimum": start, "maximum": end, "whole": whole, "constraint": rule}
    steps = [limits.plain(round(start + step * rank, 6)) for rank in range(count)]
    return {"kind": "scale", "options": tuple(Option(text, text) for text in steps), "constraint": rule}


_KINDS: Mapping[Base, Callable[[Row, str, Reader], Data | None]] = {
    Base.TEXT: _text,
    Base.WHOLE: _number,
    Base.NUMBER: _number,
    Base.DATE: _day,
    Base.NOTE: _note,
    Base.ONE: _one,
    Base.SEVERAL: _several,
    Base.RANK: _rank,
    Base.RANGE: _range,
    Base.ACKNOWLEDGE: _acknowledge,
}
