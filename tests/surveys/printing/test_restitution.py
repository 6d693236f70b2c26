"""The sheet of a quartier: read on paper, by a screen reader, with long names and with little to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import zxingcpp

from surveys.printing import Sheet, sheet_pdf
from surveys.printing.restitution import Done, Row
from tests.surveys.printing.opened import is_accessible, lowest_ink, pages_of, sizes_of, text_of

ADDRESS = "https://consult.montauban.fr/c/contrat-de-ville/resultats"
DONE = Done("faite", "C’est fait", "Les onze lampadaires du passage de l’école sont de nouveau allumés.")
LATER = Done("decidee", "C’est décidé", "Une ligne du soir sera essayée.", "prévu pour mars 2027")
REFUSED = Done("refusee", "Ce ne sera pas fait", "Pas de caméras cette année : trop cher.")
ROWS = (
    Row("Sécurité et tranquillité publique", "#8c2f39", "48 %", "24 personnes sur 50 en ont parlé.", (DONE, REFUSED)),
    Row("Mobilités et déplacements", "#2b5c9e", "", "Sans chiffre publié.", (LATER,)),
    Row("Propreté", "#2f6f4e", "24 %", "12 personnes sur 50 en ont parlé."),
)
SHEET = Sheet(
    territory="Ville de Montauban",
    quartier="Grazailles",
    title="La sécurité revient dans près de la moitié des retours",
    base="50 personnes de ce quartier ont dit ce qu’elles pensaient avec leurs mots.",
    message="Merci d’avoir répondu.",
    rows=ROWS,
    limits=("Chacun était libre de répondre.",),
    contact="Service politique de la ville\n01 00 00 00 00",
    address=ADDRESS,
    made="Chiffres arrêtés le 22 novembre 2026.",
)
HOSTILE = '#include "x" $a^2$ *b* _c_ <lab> @ref \\ // /* `raw` [x] #panic("x") \u202e\x00 😀 مرحبا'


def test_it_says_what_was_said_what_is_done_and_whom_to_ask(tmp_path: Path) -> None:
    text = " ".join(text_of(sheet_pdf(SHEET), tmp_path, how="-raw").split())
    for words in (
        "Vous avez dit, nous avons fait",
        "Grazailles",
        "48 %",
        "24 personnes sur 50 en ont parlé.",
        "C’est décidé",
        "prévu pour mars 2027",
        "Ce ne sera pas fait",
        "Pas encore de réponse.",
        "01 00 00 00 00",
        ADDRESS,
        "22 novembre 2026",
    ):
        assert words in text.replace("\u202f", " "), words


def test_it_is_tagged_and_says_its_title() -> None:
    pdf = sheet_pdf(SHEET)
    assert is_accessible(pdf)
    assert b"Vous avez dit, nous avons fait, Grazailles" in pdf


def test_a_telephone_finds_the_page_of_the_results(tmp_path: Path) -> None:
    [page] = pages_of(sheet_pdf(SHEET), tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]


def test_little_to_say_is_said_large_and_much_still_holds_on_one_page(tmp_path: Path) -> None:
    little = sizes_of(sheet_pdf(SHEET), tmp_path)["passage"]
    long = replace(DONE, text="Deux agents passent chaque semaine et font le point avec le conseil citoyen. " * 2)
    much = replace(SHEET, rows=[replace(ROWS[0], done=(long,))] * 7)
    assert len(pages_of(sheet_pdf(much), tmp_path)) == 1
    assert little >= 13 > sizes_of(sheet_pdf(much), tmp_path)["conseil"] >= 10


def test_what_does_not_hold_goes_on_overleaf_with_its_number(tmp_path: Path) -> None:
    pdf = sheet_pdf(replace(SHEET, rows=ROWS * 8))
    pages = pages_of(pdf, tmp_path)
    assert len(pages) > 1
    assert f"Page 1 / {len(pages)}" in " ".join(text_of(pdf, tmp_path).split())
    assert is_accessible(pdf)


def test_a_quartier_that_said_too_little_is_told_so(tmp_path: Path) -> None:
    few = replace(SHEET, title="", base="Trop peu de personnes se sont exprimées.", rows=ROWS[2:], limits=())
    text = text_of(sheet_pdf(few), tmp_path)
    assert "Trop peu de personnes se sont exprimées." in text
    assert "Ce que ces chiffres ne disent pas" not in text


def test_long_names_stay_on_their_sheet(tmp_path: Path) -> None:
    name = "Quartier prioritaire du Vernet Salanque et de la Cité Saint-Assiscle Bas-Vernet Diagonale du Vernet"
    rows = [replace(row, label=name) for row in ROWS]
    pdf = sheet_pdf(replace(SHEET, quartier=name, territory=name, rows=rows, contact=f"{name}\n" * 4))
    [page] = pages_of(pdf, tmp_path)
    assert lowest_ink(page) < 1
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]


def test_what_people_write_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    rows = (Row(HOSTILE, "#8c2f39", "48 %", HOSTILE, (replace(DONE, text=HOSTILE, words=HOSTILE),)),)
    pdf = sheet_pdf(replace(SHEET, quartier=HOSTILE, message=HOSTILE, contact=HOSTILE, rows=rows, limits=(HOSTILE,)))
    text = text_of(pdf, tmp_path)
    for words in ("#include", "$a^2$", "*b*", "_c_", "<lab>", "@ref", "`raw`"):
        assert words in text, words
