"""A sheet of LibreOffice comes in by the pages, without JavaScript, and the way back loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from surveys.exporting.files import ods_bytes
from tests.browser.acting import press
from tests.browser.conftest import Site

HEAD = ["N°", "Quartier", "Tu te sens comment ?", "Une idée ?"]
ROWS: list[list[str | int | float]] = [
    [1, "Grazailles", "Bien", "Un city stade près du collège, avec de la lumière"],
    [2, "Grazailes", "Bien", "=SOMME(A1)"],
    [3, "Grazailles", "Mal", ""],
    [4, "Grazailles", "Mal", "Des bus après vingt heures"],
]
Look = Callable[[Page], None]


def test_a_sheet_becomes_a_questionnaire_and_its_answers(
    sign_in: Callable[..., Page], site: Site, look_at: Look, tmp_path: Path
) -> None:
    file = tmp_path / "jeunes.ods"
    file.write_bytes(ods_bytes(HEAD, ROWS, "Réponses"))
    page = sign_in("charge-etude", java_script_enabled=False)
    page.goto(f"/equipe/{site.demo.slug}/imports/")
    look_at(page)
    page.get_by_label("Le fichier des réponses").set_input_files(file)
    press(page, "Lire le fichier")
    expect(page.get_by_role("cell", name="Grazailes")).to_be_visible()
    look_at(page)
    press(page, "C’est bien lu : continuer")
    page.get_by_text("Un nouveau questionnaire, fait à partir des colonnes").click()
    page.get_by_label("Titre du nouveau questionnaire").fill("Enquête du collège")
    look_at(page)
    press(page, "Continuer")
    expect(page.get_by_label("Type de question (Quartier)")).to_have_value("quartier")
    look_at(page)
    press(page, "Vérifier avant d’importer")
    look_at(page)
    page.get_by_label("Quartier (Grazailes)").select_option(label="Grazailles")
    press(page, "Continuer")
    look_at(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("De quels quartiers s’agit-il ?")
    page.go_forward()
    press(page, "Importer 4 réponses")
    site.work()
    page.reload()
    expect(page.get_by_text("Enquête du collège")).to_be_visible()
    expect(page.locator(".stats").get_by_text("4", exact=True)).to_be_visible()
    look_at(page)
