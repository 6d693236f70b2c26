"""Fiches action opened again: every field in its order, what is empty said so, the same bytes each time."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from analysis.report import fiche
from analysis.report.fiche import Sheet
from analysis.report.fiche_fields import MODELS, PLACE

LONG = "Un intitulé d’action qui n’en finit pas de dire ce qu’il faudrait faire dans chacun des quartiers du territoire"


def _sheet(number: str = "1.1", **known: Any) -> Sheet:
    given: dict[str, Any] = {
        "kind": "Fiche opérationnelle",
        "number": number,
        "title": "Une permanence de santé",
        "above": (("Pilier", "Grandir"), ("Enjeu", "Vivre en bonne santé")),
        "qualified": (("Programme existant", "Couverte par le contrat local de santé"), ("Stratégie", "")),
        "said": ("Sur l’objectif\u00a0: 43 personnes.",),
        "quoted": (("Une permanence au centre social", "Atelier"),),
        "parts": (
            ("Descriptif", (("Descriptif", "Une ligne\nUne autre"),)),
            ("Calendrier", (("Début", "2024"), ("Fin", ""))),
        ),
    }
    return Sheet(**(given | known))


def _opened(*sheets: Sheet) -> Any:
    return Document(io.BytesIO(fiche.content(sheets, title="Fiches", foot="Contrat de ville")))


def _cells(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def test_fields_stand_in_their_order_and_what_is_empty_is_left_to_write() -> None:
    assert _cells(_opened(_sheet())) == [
        ["Pilier", "Grandir"],
        ["Enjeu", "Vivre en bonne santé"],
        ["Programme existant", "Couverte par le contrat local de santé"],
        ["Stratégie", "À compléter"],
        ["Descriptif", "Une ligne\nUne autre"],
        ["Calendrier", "Calendrier"],
        ["Début", "2024"],
        ["Fin", "À compléter"],
    ]


def test_each_action_is_a_heading_and_begins_a_page() -> None:
    document = _opened(_sheet("1.1"), _sheet("1.2", title="Un relais"))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Une permanence de santé",
        "Un relais",
    ]
    heads = [p for p in document.paragraphs if " n° " in p.text]
    assert [p.paragraph_format.page_break_before for p in heads] == [False, True]


def test_what_the_consultation_says_stands_with_its_quotes() -> None:
    words = [paragraph.text for paragraph in _opened(_sheet()).paragraphs]
    assert "Sur l’objectif\u00a0: 43 personnes." in words
    assert "«\u00a0Une permanence au centre social\u00a0»" in words
    assert "Ce que dit la concertation" not in [p.text for p in _opened(_sheet(said=(), quoted=())).paragraphs]


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert fiche.content([_sheet()], title="a", foot="b") == fiche.content([_sheet()], title="a", foot="b")


def test_text_that_word_refuses_is_cleaned_and_markup_is_text() -> None:
    cells = _cells(_opened(_sheet(title="=<b>A</b>\x0b\x00\ud800", parts=(("X", (("Y", "</w:t>\x00 & =1+1"),)),))))
    assert ["X", "</w:t> & =1+1"] in cells


@pytest.mark.parametrize("code", MODELS)
def test_a_model_names_each_field_once(code: str) -> None:
    parts = MODELS[code].with_places([("grazailles", "Grazailles"), ("viguier", "Le Viguier")])
    names = [field.name for part in parts for field in part.fields]
    assert len(names) == len(set(names))
    assert all(field.label and part.heading for part in parts for field in part.fields)
    assert (f"{PLACE}viguier" in names) is (code == "toulouse")


def test_the_models_hold_the_fields_of_the_contracts_they_follow() -> None:
    headings = {code: [part.heading for part in model.parts] for code, model in MODELS.items()}
    assert len(headings["montpellier"]) == 10
    assert headings["montpellier"][0] == "Rappel des éléments clés du diagnostic auxquels l’action répond"
    assert [field.label for field in MODELS["moissac"].parts[2].fields] == [
        "Objectifs de l’action",
        "Cible",
        "Délais",
        "Acteurs",
        "Financeurs potentiels",
    ]
    assert [field.label for field in MODELS["toulouse"].parts[3].fields][:3] == ["Indicateurs", "Source", "Millésime"]


@pytest.mark.slow
def test_another_program_opens_the_sheets(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here: the sheets are NOT proven to open in it")
    path = tmp_path / "fiches.docx"
    path.write_bytes(fiche.content([_sheet(), _sheet("1.2", title=LONG)], title="Fiches", foot="Contrat de ville"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [shutil.which("soffice") or "", profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "fiches.txt").read_text(encoding="utf-8")
    assert LONG in text
    assert text.count("À compléter") == 4
