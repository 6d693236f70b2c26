"""Layouts of files recognised, and the correspondence each proposes; a proposal is shown, never imposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from surveys.definition import Questionnaire
from surveys.importing import mapping, refusals
from surveys.importing.folding import fold
from surveys.importing.layouts.framaforms import framaforms
from surveys.importing.layouts.model import Group, Part, Recognised, find
from surveys.importing.layouts.proposing import columns_of, matched
from surveys.importing.layouts.tools import RECOGNISERS
from surveys.importing.mapping import WHOLE_ROW, MappingError, Plan
from surveys.importing.sources import Grid
from surveys.importing.tables import Table, table_of
from surveys.words import _

__all__ = [
    "NAMES",
    "Group",
    "Part",
    "Recognised",
    "columns_of",
    "label",
    "left_aside",
    "matched",
    "plan_for",
    "proposal",
    "proposal_head",
    "read",
]

NAMES = (*RECOGNISERS, "framaforms")
_IDENTIFIERS = ("id", "identifiant", "numero", "n°", "no", "num", "code", "cle", "uuid", "reference")
_DAYS = ("date", "jour", "horodateur", "horodatage", "date de reponse", "date de passation", "submitted at")


def label(layout: str) -> str:
    """What a layout is called on a page."""
    return {
        "consult": _("export de Consult"),
        "limesurvey": "LimeSurvey",
        "kobo": "KoboToolbox / ODK",
        "decidim": "Decidim",
        "google": "Google Forms",
        "framaforms": "Framaforms",
    }.get(layout, _("aucune présentation connue"))


def read(grid: Grid, layout: str = "auto") -> Recognised:
    """Read a grid under a layout: `auto` finds it, "" takes the columns as they are; raise `TableError`.

    A layout asked for that is not that of the file raises `MappingError`.
    """
    if layout in {"auto", "framaforms"} and (found := framaforms(grid)) is not None:
        return found
    table = refusals.mended(table_of(grid, number_twins=True))
    for name, recogniser in RECOGNISERS.items():
        if layout in {"auto", name} and (found := recogniser(table)) is not None:
            return found
    if layout not in {"auto", ""}:
        raise MappingError(_("Le fichier n’a pas la présentation attendue\u00a0: %(label)s.", label=label(layout)))
    return _plain(table)


def _plain(table: Table) -> Recognised:
    """Any table: one question a column, told apart by the column whose name says so and whose cells differ."""
    identifier = next((found for name in _IDENTIFIERS if (found := find(table, name)) and _differs(table, found)), "")
    day = find(table, *_DAYS)
    left = tuple(header for header in (identifier, day, find(table, refusals.REASON)) if header)
    groups = tuple(Group(header, header, (Part(header),)) for header in table.columns if header not in left)
    return Recognised("", table, groups, identifier=identifier or WHOLE_ROW, day=day, left=left)


def _differs(table: Table, header: str) -> bool:
    cells = [cell.strip() for cell in table.column(header)]
    return all(cells) and len(set(cells)) == len(cells)


def proposal(recognised: Recognised, questionnaire: Questionnaire) -> dict[str, Any]:
    """The correspondence of a file with a questionnaire, as a mapping file would say it; what fits nothing is left."""
    columns: dict[str, Any] = {}
    for group in recognised.groups:
        question = matched(group, questionnaire)
        if question is not None:
            columns |= columns_of(group, question)
    return proposal_head(recognised) | {"columns": columns}


def proposal_head(recognised: Recognised) -> dict[str, Any]:
    """Everything of a correspondence but its columns."""
    said: dict[str, Any] = {"id": recognised.identifier}
    for key in ("day", "language", "channel"):
        if header := getattr(recognised, key):
            said[key] = {"column": header}
    for key in ("complete", "dont_know", "refused", "empty"):
        if value := getattr(recognised, key):
            said[key] = value if isinstance(value, str) else list(value)
    if recognised.notations:
        said["notations"] = dict(recognised.notations)
    return said


def plan_for(recognised: Recognised, questionnaire: Questionnaire) -> Plan:
    """The plan a layout proposes by itself; raise `MappingError` when no column answers any question."""
    said = proposal(recognised, questionnaire)
    if not said["columns"]:
        raise MappingError(
            _(
                "Aucune colonne ne porte le nom d’une question\u00a0: donnez une correspondance."
                " Colonnes\u00a0: %(names)s.",
                names=", ".join(group.label for group in recognised.groups[:30]),
            )
        )
    return mapping.of(said)


def left_aside(recognised: Recognised, columns: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns that hold answers and that a correspondence does not take."""
    taken = {fold(header) for header in columns}
    return tuple(part.header for group in recognised.groups for part in group.parts if fold(part.header) not in taken)
