"""The choices sheet: lists of answers, with what each says in other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.questions import Option
from surveys.words import _
from surveys.xlsform.cells import yes
from surveys.xlsform.problems import Findings
from surveys.xlsform.speech import Speech
from surveys.xlsform.tables import Line, Table

#: A code is quoted in conditions and separated by spaces in answers.
_CODE = re.compile(r"[^\s'\"$]{1,100}")


@dataclass
class ChoiceList:
    """The options of a list in order, each with the line it is written on."""

    options: list[Option] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def lists_of(table: Table, speech: Speech, findings: Findings) -> Mapping[str, ChoiceList]:
    """Read every list, noting all that is wrong in them."""
    lists: dict[str, ChoiceList] = {}
    for line in table.lines:
        name, option = line.text("list_name"), _option(line, speech, findings)
        if not name:
            findings.refuse(line.sheet, line.row, "list_name", _("le nom de la liste manque."))
        if not name or option is None:
            continue
        found = lists.setdefault(name, ChoiceList())
        if any(option.code == other.code for other in found.options):
            reason = _("le code « %(code)s » est déjà dans cette liste : changez-le.", code=option.code)
            findings.refuse(line.sheet, line.row, "name", reason)
            continue
        found.options.append(option)
        found.lines.append(line)
    return lists


def _option(line: Line, speech: Speech, findings: Findings) -> Option | None:
    code, label = line.text("name"), speech.text(line, "label")
    if not _CODE.fullmatch(code):
        reason = (
            _("le code « %(code)s » ne doit contenir ni espace, ni guillemet, ni apostrophe.", code=code[:60])
            if code
            else _("le code de la réponse manque.")
        )
        findings.refuse(line.sheet, line.row, "name", reason)
    if not label:
        findings.refuse(line.sheet, line.row, "label", _("le libellé de la réponse manque."))
    if not label or not _CODE.fullmatch(code):
        return None
    flags = {flag: yes(line, f"consult_{flag}", findings) for flag in ("other", "exclusive")}
    return Option(code, label, other=flags["other"], exclusive=flags["exclusive"])
