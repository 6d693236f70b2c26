"""Notes as people hand them over: what is read in them, and what cannot be, said in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.models import LineKind, Speaker, Wording
from surveys.notes import reading
from surveys.notes.note import MOST_NOTES, Note, NotesError

SHEET: list[list[object]] = [
    ["Remarque", "Nature", "Qui parle", "Votes", "Quartier", "Table", "Autre"],
    ["Plus de bancs", "Besoin", "Habitante", 12, "Viguier", "Table 1", "x"],
    ["Une benne", "Piste d’action", "Élu", "+++", "", "", ""],
    ["", "", "", "", "", "", ""],
]


def _said(notes: tuple[Note, ...]) -> list[tuple[str, LineKind | None, int | None]]:
    return [(note.text, note.kind, note.carried) for note in notes]


def document(write: Callable[[Any], None]) -> bytes:
    """A Word document filled by a function."""
    made = Document()
    write(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def _minutes(add: Any) -> None:
    add.add_heading("Compte rendu de l’atelier", 0)
    add.add_heading("Table 2", 1)
    add.add_heading("Besoins", 2)
    add.add_paragraph("Plus de bancs (x12)", style="List Bullet")
    add.add_paragraph("« On ne dort plus » (habitante)", style="List Bullet")
    add.add_paragraph().add_run("Pistes d’action").bold = True
    add.add_paragraph("Une benne au pied de la tour : 4 votes")
    add.add_heading("Propreté", 1)
    add.add_paragraph("Les halls sont sales +++")
    table = add.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Constats", "Pistes", "Rue sombre", "Changer les ampoules"), strict=True):
        cell.text = text


def test_a_word_document_gives_its_paragraphs_with_what_its_headings_say() -> None:
    notes = reading.read_file("cr.docx", document(_minutes)).notes
    assert _said(notes) == [
        ("Plus de bancs", LineKind.NEED, 12),
        ("On ne dort plus", LineKind.NEED, None),
        ("Une benne au pied de la tour", LineKind.ACTION, 4),
        ("Les halls sont sales", None, 3),
        ("Rue sombre", LineKind.FACT, None),
        ("Changer les ampoules", LineKind.ACTION, None),
    ]
    assert (notes[1].speaker, notes[1].wording) == (Speaker.RESIDENT, Wording.QUOTE)
    assert [note.table for note in notes[:3]] == ["Table 2"] * 3
    assert notes[3].heading == "Propreté"


def _merged(span: int, rows: int) -> Callable[[Any], None]:
    """A table whose first cell says it covers `span` columns, and whose rows are merged into one column."""

    def write(add: Any) -> None:
        table = add.add_table(rows=rows, cols=1)
        for row in table._tbl.tr_lst:
            row.tc_lst[0].vMerge = "continue"
        first = table._tbl.tr_lst[0].tc_lst[0]
        first.vMerge, first.grid_span = "restart", span
        first.p_lst[0].add_r().text = "Une rampe à la poste"

    return write


def test_a_merged_cell_of_a_word_document_is_read_once() -> None:
    notes = reading.read_file("cr.docx", document(_merged(3, 600))).notes
    assert [note.text for note in notes] == ["Une rampe à la poste"]


def test_a_merged_cell_wider_than_any_page_is_refused_before_its_table_is_read() -> None:
    with pytest.raises(NotesError, match="plus de 100 colonnes"):
        reading.read_file("cr.docx", document(_merged(2_000_000_000, 1)))


def test_a_workbook_is_read_by_the_names_of_its_columns() -> None:
    found = reading.read_file("notes.xlsx", workbook(SHEET))
    assert _said(found.notes) == [("Plus de bancs", LineKind.NEED, 12), ("Une benne", LineKind.ACTION, 3)]
    assert [note.speaker for note in found.notes] == [Speaker.RESIDENT, Speaker.ELECTED]
    assert (found.notes[0].place, found.notes[0].table) == ("Viguier", "Table 1")


def test_columns_named_after_kinds_hold_what_was_said_of_each() -> None:
    text = "Besoins;Pistes d’action\nDes bancs;Une benne\nUn médecin;\n".encode()
    assert _said(reading.read_file("n.csv", text).notes) == [
        ("Des bancs", LineKind.NEED, None),
        ("Une benne", LineKind.ACTION, None),
        ("Un médecin", LineKind.NEED, None),
    ]


def test_a_table_without_names_is_read_by_its_longest_column() -> None:
    found = reading.read_file("n.csv", b"1;Les halls sont sales\n2;Un banc manque\n")
    assert [note.text for note in found.notes] == ["Les halls sont sales", "Un banc manque"]


def test_a_block_copied_from_a_spreadsheet_is_a_table() -> None:
    found = reading.read_text("Texte\tVotes\nUn banc\t3\n")
    assert _said(found.notes) == [("Un banc", None, 3)]


@pytest.mark.parametrize(
    ("line", "text", "carried"),
    [
        ("Un banc (x12)", "Un banc", 12),
        ("Un banc x3", "Un banc", 3),
        ("Un banc – 12 votes", "Un banc", 12),
        ("Un banc (5 personnes)", "Un banc", 5),
        ("Un banc (7)", "Un banc", 7),
        ("Un banc ++", "Un banc", 2),
        ("Une salle pour 12 personnes", "Une salle pour 12 personnes", None),
        ("Ouvrir en 2026", "Ouvrir en 2026", None),
        ("Apprendre le C++", "Apprendre le C++", None),
        ("Un banc (x99999)", "Un banc (x99999)", None),
    ],
)
def test_the_number_at_the_end_of_a_line_is_how_many_carried_it(line: str, text: str, carried: int | None) -> None:
    [note] = reading.read_text(line).notes
    assert (note.text, note.carried) == (text, carried)


def test_the_same_notes_have_the_same_identities_and_repeated_ones_their_own() -> None:
    first, again = (reading.read_text("- un banc\n- un banc\n- une rampe").notes for _time in range(2))
    assert [note.id for note in first] == [note.id for note in again]
    assert len({note.id for note in first}) == 3


def _zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


def _locked() -> bytes:
    data = bytearray(_zip(**{"word/document.xml": b"<x/>"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"", "est vide"),
        ("a.csv", b"\xef\xbb\xbf  \n", "est vide"),
        ("a.docx", b"PK\x03\x04 abime", "est abîmé"),
        ("a.docx", _zip(**{"word/document.xml": b"<w:document"}), "abîmé ou protégé"),
        ("a.docx", document(lambda _made: None), "aucune ligne"),
        ("a.docm", _zip(**{"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", _locked(), "mot de passe"),
        ("a.docx", _zip(**{"word/document.xml": b"\0" * 40_000_000}), "trop gros une fois décompressé"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 600, "ancien document Word"),
        ("a.xlsx", _zip(**{"xl/workbook.xml": b"<x/>"}), "classeur lisible"),
        ("a.zip", _zip(**{"a.txt": b"bonjour"}), "n’est pas lu ici"),
        ("a.pdf", b"%PDF-1.7", "n’est pas lu ici"),
        ("a.csv", b'a;"b\nc', "guillemet"),
        ("a.txt", b"un\0deux", "caractère nul"),
        ("a.txt", b"x" * 5000, "dépasse 4000 signes"),
        ("a.txt", b"\n".join([b"x" * 3900] * 30), "trop longues"),
        ("a.txt", "\n".join(f"ligne {n}" for n in range(MOST_NOTES + 1)).encode(), "au plus"),
        ("a.txt", b"x" * (reading.MOST_BYTES + 1), "15 Mo"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(NotesError, match=words) as refusal:
        reading.read_file(name, data)
    assert "\n" not in str(refusal.value)


DOCX, XLSX = document(_minutes), workbook(SHEET)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([DOCX, XLSX]), st.binary(min_size=1, max_size=60), st.integers(0, 40_000))
def test_a_damaged_file_is_read_or_refused_never_a_crash(whole: bytes, noise: bytes, at: int) -> None:
    at %= len(whole)
    _read("n.xlsx" if whole is XLSX else "n.docx", whole[:at] + noise + whole[at + len(noise) :])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["n.csv", "n.txt", "n.docx", "n.ods", "n"]), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    _read(name, data)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_pasted_text_is_read_or_refused(text: str) -> None:
    try:
        notes = reading.read_text(text).notes
    except NotesError:
        return
    assert all(note.text and note.id for note in notes)


def _read(name: str, data: bytes) -> None:
    with suppress(NotesError):
        assert reading.read_file(name, data).notes


@pytest.mark.parametrize("name", ["notes." + "x" * 300, "notes.xl\x00sx", ".."])
def test_a_workbook_may_have_any_name(name: str) -> None:
    assert reading.read_file(name, workbook(SHEET)).notes
