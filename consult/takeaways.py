"""What is taken away of a consultation, by the ending of its name: one place for the pages and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from flask_babel import gettext as _

from analysis.briefing import Briefing, brief
from analysis.material import Material
from analysis.report.beyond import Beyond
from surveys.printing.typesetting import typeset


class NothingToTakeError(Exception):
    """A file that would hold nothing; the message is one French sentence."""


@dataclass(frozen=True)
class Source:
    """What files are made of: `briefing` is what the committee may see, `material` what it was counted from."""

    briefing: Briefing
    material: Material
    today: dt.date
    k_public: int
    #: What the committee reads besides the briefing, gathered when a file asks for it.
    beyond: Callable[[], Beyond] = Beyond
    #: The presentation whose look the deck takes; ours where there is none.
    template: bytes | None = None


def _deck(source: Source) -> bytes:
    write = _writer("deck").content
    return bytes(write(source.briefing, today=source.today, beyond=source.beyond(), template=source.template))


def _page(source: Source) -> bytes:
    return str(_writer("page").content(source.briefing)).encode()


def _themes(source: Source) -> bytes:
    return str(_writer("themes_csv").text(source.briefing)).encode("utf-8-sig")


def _workbook(source: Source) -> bytes:
    plan = source.material.codebook
    write = _writer("workbook").content
    return bytes(write(source.briefing, plan=plan, beyond=source.beyond(), today=source.today))


def _document(source: Source) -> bytes:
    return bytes(_writer("document").content(_outline(source)))


def _pdf(source: Source) -> bytes:
    return typeset("report", _writer("outline").facts(_outline(source)))


def _outline(source: Source) -> Any:
    """The report as one value, whatever the format."""
    return _writer("outline").outline(source.briefing, today=source.today, beyond=source.beyond())


def _open_data(source: Source) -> bytes:
    public = brief(source.material, k=source.k_public, committee=source.briefing.k)
    return bytes(_writer("open_data").content(public, source.material.codebook, today=source.today))


def _plan(source: Source) -> bytes:
    if not source.material.codebook.themes:
        raise NothingToTakeError(_("Aucun plan de classement n’est encore choisi\u00a0: lancez d’abord une analyse."))
    return bytes(_writer("qda").content(source.material.codebook))


def _team_workbook(source: Source) -> bytes:
    """The tables of everyone, and the answers of each."""
    persons = _writer("respondents").variables(_answered(source))
    plan, write = source.material.codebook, _writer("workbook").content
    return bytes(write(source.briefing, plan=plan, beyond=source.beyond(), persons=persons, today=source.today))


def _respondents(source: Source) -> bytes:
    return bytes(_writer("respondents").content(_answered(source), today=source.today))


def _answered(source: Source) -> Material:
    if not source.material.persons:
        raise NothingToTakeError(_("Personne n’a encore répondu\u00a0: il n’y a pas de ligne à écrire."))
    return source.material


def _writer(name: str) -> Any:
    """A writer loaded when a file is asked for: a page that shows figures needs none of them."""
    return import_module(f"analysis.report.{name}")


#: Ending of a name to what writes such a file for the committee.
REPORTS: Mapping[str, Callable[[Source], bytes]] = {
    ".pptx": _deck,
    ".docx": _document,
    ".pdf": _pdf,
    ".xlsx": _workbook,
    ".html": _page,
    ".csv": _themes,
}
#: The same for who works on the data: what anyone may have, and what the team alone may.
DATA: Mapping[str, Callable[[Source], bytes]] = {
    ".zip": _open_data,
    ".qdc": _plan,
    ".sav": _respondents,
    ".xlsx": _team_workbook,
}
