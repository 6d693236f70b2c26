"""Facts and a layout made into a PDF: what people wrote reaches the typesetter as data, never as markup."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

_FONTS = Path(__file__).parent.parent.parent / "static" / "vendor" / "print-fonts"
_LAYOUTS = resources.files("surveys.printing")
#: What a text may not hold: controls, halves of characters, places without a character.
_UNPRINTABLE = {"Cc", "Cs", "Cn", "Co"}


def typeset(layout: str, facts: Mapping[str, Any]) -> bytes:
    """Return the tagged PDF of a layout filled with facts; it conforms to PDF/UA where fonts draw every character."""
    texts = json.dumps(_printable(facts), ensure_ascii=False)
    sources = {"main.typ": _layout(layout), "common.typ": _layout("common")}
    try:
        return _compile(sources, texts, ["ua-1"])
    except typst.TypstError:
        # A character that no font draws leaves a hole: still readable and tagged, no longer conforming.
        return _compile(sources, texts, [])


def _compile(sources: Mapping[str, bytes], texts: str, standards: list[str]) -> bytes:
    compile_: Any = typst.compile  # its stub does not know that sources may be given by name
    made = compile_(
        dict(sources),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"facts": texts},
        pdf_standards=standards,
        format="pdf",
    )
    assert isinstance(made, bytes)  # noqa: S101 - one file is asked for, one comes back
    return made


@cache
def _layout(name: str) -> bytes:
    return _LAYOUTS.joinpath(f"{name}.typ").read_bytes()


def _printable(value: Any) -> Any:
    match value:
        case str():
            return "".join(c for c in value if c == "\n" or unicodedata.category(c) not in _UNPRINTABLE)
        case Mapping():
            return {str(key): _printable(item) for key, item in value.items()}
        case list() | tuple():
            return [_printable(item) for item in value]
        case _:
            return value
