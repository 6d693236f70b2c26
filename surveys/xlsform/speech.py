"""In which language a form is written, and the texts of a line in that language and in the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.translating import SOURCE
from surveys.words import _
from surveys.xlsform import tongues
from surveys.xlsform.problems import Findings
from surveys.xlsform.tables import TRANSLATED, Line, Table


@dataclass
class Speech:
    """`base` is the language of headings taken as the source; `others` maps the other headings to their codes.

    `plain` tells whether a heading without language speaks the source language.
    """

    base: str = ""
    plain: bool = True
    others: dict[str, str] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)

    def text(self, line: Line | None, column: str) -> str:
        """The text of a cell in the source language."""
        if line is None:
            return ""
        return line.text(column, self.base) or (line.text(column) if self.plain else "")

    def translate(self, line: Line | None, column: str, key: str) -> None:
        """Keep what the other languages say of a cell, under the key of its text."""
        for heading, text in line.languages(column) if line else ():
            if heading in self.others:
                self.say(self.others[heading], key, text)

    def say(self, code: str, key: str, text: str) -> None:
        """Keep one text in one language."""
        self.translations.setdefault(code, {})[key] = text


def speech_of(tables: Iterable[Table], default: str, findings: Findings) -> Speech:
    """Find the source language of a form: French wherever it is there, else the default one, else the first."""
    columns = [column for table in tables for column in table.columns if column.name in TRANSLATED]
    labels = list(dict.fromkeys(column.language for column in columns if column.name == "label"))
    spoken = tongues.code_of(default) or ""
    base = next((code for code in (SOURCE, "", spoken) if code in labels), labels[0] if labels else "")
    others = {column.language: column.language for column in columns if column.language not in {base, "", SOURCE}}
    if base not in {SOURCE, ""}:
        reason = _("ce formulaire n’a pas de français\u00a0: ses textes sont gardés comme ils sont.")
        findings.remark("survey", None, "label", reason)
    if not base or "" not in labels:
        return Speech(base, True, others)
    if spoken and spoken != base and spoken not in others:
        return Speech(base, False, {**others, "": spoken})
    reason = _("cette colonne ne dit pas sa langue\u00a0: elle est laissée de côté.")
    findings.remark("survey", None, "label", reason)
    return Speech(base, False, others)
