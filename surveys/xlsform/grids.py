"""Grids: the `table-list` group, or lines that share the headings of a `label` line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from surveys.questions import Option
from surveys.words import _
from surveys.xlsform import cells, limits
from surveys.xlsform.questions import Data, Reader, read_name, read_options
from surveys.xlsform.tables import Line
from surveys.xlsform.tree import Group, Row
from surveys.xlsform.types import Base

#: What names a row in conditions and in columns of answers.
_ROW_CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_SHARED = {"label", "list-nolabel"}


def is_grid(group: Group) -> bool:
    """Whether a group is one grid."""
    return "table-list" in group.row.looks or (
        len(group.children) > 1
        and all(isinstance(child, Row) and child.looks & _SHARED for child in group.children)
        and len(list(runs(group.children))) == 1
    )


def runs(children: Sequence[Row | Group]) -> Iterator[list[Row | Group]]:
    """Cut a page into its questions: a `label` line and the `list-nolabel` lines after it go together."""
    run: list[Row | Group] = []
    for child in children:
        shared = child.looks & _SHARED if isinstance(child, Row) else set()
        if run and not (shared == {"list-nolabel"} and _of_one_list(run[0], child)):
            yield run
            run = []
        if shared:
            run.append(child)
        else:
            yield [child]
    if run:
        yield run


def _of_one_list(first: Row | Group, other: Row | Group) -> bool:
    return isinstance(first, Row) and isinstance(other, Row) and first.shape == other.shape


def read_grid(head: Line, rows: Sequence[Row | Group], reader: Reader) -> Data | None:
    """Return the mapping of a grid; `head` is the line that asks it, `rows` those that are asked of each thing."""
    name = read_name(head, reader)
    asked = [row for row in rows if isinstance(row, Row) and row.shape.base is Base.ONE and row.line is not head]
    asked = [row for row in asked if row.looks & _SHARED != {"label"}]
    _check_alike(head, rows, asked, reader)
    options = read_options(asked[0], name, reader) if asked else None
    read = tuple(option for row in asked if (option := _row(row.line, name, reader)))
    required = [reader.flag(row.line, "required") for row in asked]
    if any(required) and not all(required):
        reader.refuse(head, "required", _("rendez obligatoires toutes les lignes de la grille, ou aucune."))
    if options is None:
        return None
    return {
        "kind": "grid",
        "options": options,
        "rows": read,
        **_common(head, rows, name, reader),
        "required": all(required),
    }


def _check_alike(head: Line, rows: Sequence[Row | Group], asked: Sequence[Row], reader: Reader) -> None:
    if not asked:
        reader.refuse(head, "type", _("une grille a besoin d’au moins une ligne « select_one »."))
    for row in rows:
        line = row.line if isinstance(row, Row) else row.row.line
        other = isinstance(row, Group) or row.shape.base is not Base.ONE
        if other or (asked and isinstance(row, Row) and row.shape.options != asked[0].shape.options):
            reader.refuse(line, "type", _("dans une grille, chaque ligne est un « select_one » de la même liste."))
        if isinstance(row, Row) and (row.line.text("relevant") or row.line.text("constraint")) and row.line is not head:
            reader.refuse(
                line, "relevant", _("une ligne de grille n’a pas de condition à elle : posez-la sur la grille.")
            )


def _row(line: Line, grid: str, reader: Reader) -> Option | None:
    written = line.text("name")
    code = written.removeprefix(f"{grid}.") or written
    label = reader.text(line, "label", f"{grid}.row.{code}")
    if not _ROW_CODE.fullmatch(code):
        reader.refuse(line, "name", _("écrivez ce nom en lettres sans accent, chiffres, - et _."))
    elif f"{grid}.{code}" in reader.lines:
        reader.refuse(line, "name", _("deux lignes de cette grille ont le même nom : changez-en un."))
    if not label:
        reader.refuse(line, "label", _("le texte de cette ligne manque."))
    reader.names[written] = f"{grid}.{code}"
    reader.lines[f"{grid}.{code}"] = line
    return Option(code, label) if label and _ROW_CODE.fullmatch(code) else None


def _common(head: Line, rows: Sequence[Row | Group], name: str, reader: Reader) -> Data:
    """What the grid says as a whole; a group without words takes those of its `label` line."""
    label = reader.text(head, "label", f"{name}.label")
    titles = [row for row in rows if isinstance(row, Row) and row.looks & _SHARED == {"label"} and row.line is not head]
    if not label and titles:
        label = reader.text(titles[0].line, "label", f"{name}.label")
    if not label:
        reader.refuse(head, "label", _("le texte de la question manque."))
    shuffled = cells.parameters(head, reader.findings).get("randomize", "") == "true"
    return {
        "name": name,
        "label": label,
        "help": reader.text(head, "hint", f"{name}.help"),
        "interviewer": reader.text(head, "guidance_hint", f"{name}.interviewer"),
        "dont_know": reader.flag(head, "consult_dont_know"),
        "may_refuse": reader.flag(head, "consult_may_refuse"),
        "figure": reader.flag(head, "consult_figure", default=True),
        "shuffled": reader.flag(head, "consult_shuffled") or shuffled,
        "relevant": head.text("relevant"),
        "constraint": limits.split("grid", head.text("constraint"))[0],
        "constraint_message": reader.text(head, "constraint_message", f"{name}.constraint_message"),
    }
