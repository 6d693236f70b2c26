"""The sheets of needs and actions: every number is the published cell of the page, persons and lines apart."""

from __future__ import annotations

import dataclasses
import random

import pytest

from analysis.briefing import brief
from analysis.families import Family, Sides, frame
from analysis.material import Filter, Material, Open
from analysis.needs import crossing
from analysis.reader import Reader
from analysis.report import workbook
from analysis.report.beyond import Beyond
from tests.analysis import made
from tests.analysis.report.test_workbook import opened, said

SIDES = Sides(frozenset({"Piste d’action"}), frozenset({"Besoin"}), actions=frozenset({"q.idees"}))
FAMILIES = (Family("cadre", "Cadre de vie", ("proprete", "logement")), Family("securite", "Sécurité", ("securite",)))
SHEETS = ("Besoins, pistes – personnes", "Besoins, pistes – rencontres")


def consultation() -> Material:
    """The consultation of two hundred persons, half of whom were asked for ideas of actions."""
    draw, material = random.Random(5), made.consultation()  # noqa: S311 - invented data
    voices = [
        dataclasses.replace(
            voice,
            question="q.idees" if voice.person and draw.random() < 0.5 else "q.besoins" if voice.person else "",
            kind="" if voice.person else draw.choice(("Besoin", "Piste d’action")),
        )
        for voice in material.voices
    ]
    asked = (Open("q.besoins", "q", "Besoins"), Open("q.idees", "q", "Idées"))
    return dataclasses.replace(material, voices=tuple(voices), open=asked)


@pytest.mark.parametrize("choice", [Filter(), Filter(canal="Téléphone"), Filter(quartier="Grazailles")], ids=str)
def test_every_number_is_that_of_the_page_whatever_the_choice(choice: Filter) -> None:
    material = consultation()
    briefing = brief(material, choice=choice)
    crossed = crossing(Reader(material, choice, 5), briefing, frame(FAMILIES, SIDES, material.codebook, {}))
    found = opened(workbook.content(briefing, beyond=Beyond(needs=crossed)))
    codes = {row.label: row.code for row in crossed.table.rows}
    for name, persons in zip(SHEETS, (True, False), strict=True):
        for label, *values in found[name][1:]:
            cells = [crossed.table.cell(codes[label], column.code) for column in crossed.table.columns]
            assert values == [said(cell, cell.count) if persons else cell.lines for cell in cells]


def test_there_is_no_such_sheet_where_nobody_said_a_need_nor_an_action() -> None:
    material = made.material(quartiers=made.QUARTIERS)
    briefing = brief(material)
    crossed = crossing(Reader(material, Filter(), 5), briefing, frame(FAMILIES, SIDES, made.shipped(), {}))
    assert not set(SHEETS) & set(opened(workbook.content(briefing, beyond=Beyond(needs=crossed))))
