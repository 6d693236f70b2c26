"""The `type` column: what a line of the survey sheet is, or why it cannot be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from surveys.words import _


class Base(StrEnum):
    """What a line can be; kinds of question are told apart by the other columns."""

    TEXT = "text"
    WHOLE = "integer"
    NUMBER = "decimal"
    DATE = "date"
    NOTE = "note"
    ONE = "select_one"
    SEVERAL = "select_multiple"
    RANK = "rank"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    BEGIN = "begin_group"
    END = "end_group"
    #: Traces that other tools take of the person or the device, left out with a word.
    TRACE = "trace"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Shape:
    """A type as read: the list of a choice, whether it adds « other », why it is refused."""

    base: Base
    options: str = ""
    other: bool = False
    reason: str = ""


_SIMPLE = {
    "text": Base.TEXT,
    "string": Base.TEXT,
    "integer": Base.WHOLE,
    "int": Base.WHOLE,
    "decimal": Base.NUMBER,
    "number": Base.NUMBER,
    "date": Base.DATE,
    "note": Base.NOTE,
    "range": Base.RANGE,
    "acknowledge": Base.ACKNOWLEDGE,
    "trigger": Base.ACKNOWLEDGE,
    "begin group": Base.BEGIN,
    "end group": Base.END,
}
_TRACES = {
    *(
        "start",
        "start time",
        "end",
        "end time",
        "today",
        "deviceid",
        "device id",
        "imei",
        "subscriberid",
        "subscriber id",
    ),
    *("simserial", "sim id", "phonenumber", "username", "email", "audit", "start-geopoint"),
    *(
        "background-audio",
        "background-geopoint",
        "get device id",
        "get subscriber id",
        "get sim id",
        "get phone number",
    ),
}
_CHOICE = re.compile(
    r"(?P<how>select[ _]one|select1|select[ _]multiple|select all that apply|rank)(?:\s+from)?"
    r"\s+(?P<list>\S+)(?P<other>\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_HOW = {"select one": Base.ONE, "select1": Base.ONE, "rank": Base.RANK}


def shape_of(written: str) -> Shape:
    """Read a type as XLSForm allows it to be written."""
    usual = " ".join(written.replace("_", " ").lower().split())
    if usual in _SIMPLE:
        return Shape(_SIMPLE[usual])
    if usual in _TRACES:
        return Shape(Base.TRACE)
    if choice := _CHOICE.fullmatch(" ".join(written.split())):
        how = choice["how"].lower().replace("_", " ")
        return Shape(_HOW.get(how, Base.SEVERAL), choice["list"], other=choice["other"] is not None)
    return Shape(Base.REFUSED, reason=_reason(usual))


def _reason(usual: str) -> str:
    first = usual.split(" ")[0] if usual else ""
    if not usual:
        return _("le type manque : écrivez par exemple « text » ou « select_one liste ».")
    if first in {"begin", "end"}:
        return _("les groupes répétés, boucles et matrices Kobo ne sont pas pris en charge : posez chaque question.")
    if usual in {"select one", "select multiple", "rank", "select all that apply"}:
        return _("le nom de la liste manque : écrivez par exemple « select_one liste ».")
    if first in {"select", "rank"} or "external" in usual or "from file" in usual:
        return _("les réponses doivent venir de la feuille choices : recopiez-les-y.")
    if first in _KNOWN:
        return _KNOWN[first]
    return _("le type « %(kind)s » n’est pas pris en charge.", kind=usual)


_RECORDING = _("les photos, sons, vidéos et fichiers ne sont pas recueillis : retirez cette ligne.")
_PLACE = _("les positions ne sont pas recueillies : retirez cette ligne ou demandez le nom du lieu.")
_COMPUTED = _("les calculs ne sont pas pris en charge : retirez cette ligne.")
_KNOWN = {
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "barcode"), _RECORDING),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "gps", "location", "osm"), _PLACE),
    **dict.fromkeys(("calculate", "hidden", "xml-external", "csv-external"), _COMPUTED),
    **dict.fromkeys(("time", "datetime"), _("les heures ne sont pas recueillies : demandez une date ou un texte.")),
}
