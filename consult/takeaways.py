"""What is taken away of a consultation, by the ending of its name: one place for the pages and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from analysis.briefing import Briefing
from analysis.material import Material


@dataclass(frozen=True)
class Source:
    """What files are made of: `briefing` is what its reader may see, `material` what it was counted from."""

    briefing: Briefing
    material: Material
    today: dt.date


def _deck(source: Source) -> bytes:
    return _writer("deck").content(source.briefing, today=source.today)  # type: ignore[no-any-return]


def _page(source: Source) -> bytes:
    return _writer("page").content(source.briefing).encode()  # type: ignore[no-any-return]


def _themes(source: Source) -> bytes:
    return _writer("themes_csv").text(source.briefing).encode("utf-8-sig")  # type: ignore[no-any-return]


def _workbook(source: Source) -> bytes:
    write = _writer("workbook").content
    return write(source.briefing, plan=source.material.codebook, today=source.today)  # type: ignore[no-any-return]


def _writer(name: str) -> Any:
    """A writer loaded when a file is asked for: a page that shows figures needs none of them."""
    return import_module(f"analysis.report.{name}")


#: Ending of a name to what writes such a file for the committee.
REPORTS: Mapping[str, Callable[[Source], bytes]] = {
    ".pptx": _deck,
    ".xlsx": _workbook,
    ".html": _page,
    ".csv": _themes,
}
