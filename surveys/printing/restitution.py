"""« Vous avez dit, nous avons fait » for one quartier, on paper: what was said beside what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from surveys.printing.poster import code_of
from surveys.printing.typesetting import typeset
from surveys.typography import french
from surveys.words import _

_LONGEST = 700


@dataclass(frozen=True, slots=True)
class Done:
    """What is done with a theme: its state and a sentence; `state` gives its colour, `when` a day still to come."""

    state: str
    words: str
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A theme as it was heard, beside what is done; `value` is its share in words, "" where none is published."""

    label: str
    colour: str
    value: str
    sentence: str
    done: Sequence[Done] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; what is "" or empty is left out."""

    territory: str
    quartier: str
    title: str
    base: str
    message: str
    rows: Sequence[Row]
    limits: Sequence[str]
    contact: str
    address: str
    made: str


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the tagged PDF of a sheet, on as many A4 pages as it needs: most hold on one."""
    return typeset("restitution", _facts(sheet))


def _facts(sheet: Sheet) -> dict[str, Any]:
    said: dict[str, Any] = {
        "heading": _("Vous avez dit, nous avons fait"),
        "said": _("Vous avez dit"),
        "done": _("Nous avons fait"),
        "nothing": _("Pas encore de réponse."),
        "also": _("Aussi"),
        "limits_title": _("Ce que ces chiffres ne disent pas"),
        "contact_title": _("À qui s’adresser"),
        "read_more": _("Tout lire :"),
        "alt": "",
        "page": _("Page"),
    }
    if sheet.address:
        said["alt"] = _("Code à scanner : %(address)s", address=sheet.address)
    facts = {**said, **asdict(sheet), "document": f"{said['heading']}, {sheet.quartier}"}
    printed = {name: _typeset(value) for name, value in facts.items()}
    return printed | {"address": sheet.address, "qr": code_of(sheet.address) if sheet.address else ""}


def _typeset(value: Any) -> Any:
    """The same values with French spaces, no text longer than a sheet can hold."""
    match value:
        case str():
            return french(value if len(value) <= _LONGEST else value[: _LONGEST - 1].rstrip() + "…")
        case dict():
            return {key: _typeset(item) for key, item in value.items()}
        case list() | tuple():
            return [_typeset(item) for item in value]
        case _:
            return value
