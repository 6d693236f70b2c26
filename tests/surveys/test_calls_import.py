"""A file of people to call: each row added, known, struck off before, or refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import calls_import, stricken
from surveys.calls_import import Report
from surveys.importing.errors import TableError
from surveys.importing.tables import Table, read_table
from surveys.models import Consultation, Contact, Place, PlaceAlias, PlaceKind

SECRET = b"essai"
ROWS = """Nom;Prénom;Téléphone;Quartier;Langue;Note
Calvet;Aline;01 99 00 12 34;Grazailles;;Entend mal
Benali;Kheira;+33 6 39 98 12 34;les grazailles;arabe;
Delmas;Paul;199005678;Grazaile;;
Izard;Henri;trop court;Grazailles;;
Kaci;Saïd;08 99 12 34 56;Grazailles;;
Abadie;Odette;01 99 00 12 34;Grazailles;;
"""


@pytest.fixture
def consultation_id(session: Session) -> int:
    consultation = Consultation(slug="essai", title="Essai")
    session.add(consultation)
    session.flush()
    place = Place(consultation_id=consultation.id, slug="grazailles", name="Grazailles", kind=PlaceKind.QPV)
    session.add(place)
    session.flush()
    session.add(PlaceAlias(place_id=place.id, alias="Les Grazailles"))
    session.flush()
    return consultation.id


def _table(tmp_path: Path, text: str = ROWS) -> Table:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


def _bring(session: Session, consultation_id: int, table: Table) -> Report:
    return calls_import.bring_in(session, consultation_id=consultation_id, table=table, secret=SECRET)


def _people(session: Session) -> dict[str, Contact]:
    return {contact.phone: contact for contact in session.scalars(select(Contact))}


def test_each_row_is_added_or_refused_with_its_line_and_its_reason(
    session: Session, consultation_id: int, tmp_path: Path
) -> None:
    report = _bring(session, consultation_id, _table(tmp_path))
    assert (report.added, report.known, report.doubtful) == (3, 1, 1)
    assert [(row.line, row.reason[:14]) for row in report.refused] == [(5, "« trop court »"), (6, "« 08 99 12 34 ")]
    aline = _people(session)["0199001234"]
    assert (aline.name, aline.note, aline.doubts) == ("Aline Calvet", "Entend mal", {})
    assert aline.place_id is not None


def test_what_was_guessed_is_kept_as_the_file_said_it(session: Session, consultation_id: int, tmp_path: Path) -> None:
    _bring(session, consultation_id, _table(tmp_path))
    paul = _people(session)["0199005678"]
    assert paul.doubts == {"quartier": "Grazaile", "telephone": "199005678"}
    assert paul.place_id == _people(session)["0199001234"].place_id


def test_the_same_file_again_changes_nothing(session: Session, consultation_id: int, tmp_path: Path) -> None:
    _bring(session, consultation_id, _table(tmp_path))
    before = {phone: contact.key for phone, contact in _people(session).items()}
    report = _bring(session, consultation_id, _table(tmp_path))
    assert (report.added, report.known) == (0, 4)
    assert {phone: contact.key for phone, contact in _people(session).items()} == before


def test_who_was_struck_off_does_not_come_back(session: Session, consultation_id: int, tmp_path: Path) -> None:
    _bring(session, consultation_id, _table(tmp_path))
    stricken.strike(session, _people(session)["0199001234"], secret=SECRET)
    report = _bring(session, consultation_id, _table(tmp_path))
    assert (report.added, report.closed) == (0, 2)
    assert "0199001234" not in _people(session)


def test_a_workbook_with_numbers_as_numbers_is_read(session: Session, consultation_id: int, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Personne", "Portable"])
    sheet.write_row(1, 0, ["Aline", 199001234])
    book.close()
    assert _bring(session, consultation_id, read_table(path)).added == 1
    assert list(_people(session)) == ["0199001234"]


def test_a_file_without_numbers_is_refused_whole(session: Session, consultation_id: int, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Aucune colonne de téléphone"):
        _bring(session, consultation_id, _table(tmp_path, "Nom;Rue\nAline;Haute\n"))


def test_refused_rows_come_back_as_a_file_that_can_be_brought_in_again(
    session: Session, consultation_id: int, tmp_path: Path
) -> None:
    text = calls_import.refused_csv(_bring(session, consultation_id, _table(tmp_path)))
    again = _table(tmp_path, text.removeprefix("\ufeff").replace("trop court", "01 99 00 99 99"))
    assert again.columns[-2:] == ("ligne", "motif")
    report = _bring(session, consultation_id, again)
    assert (report.added, len(report.refused)) == (1, 1)


def test_a_formula_in_a_refused_row_stays_a_text(session: Session, consultation_id: int, tmp_path: Path) -> None:
    report = _bring(session, consultation_id, _table(tmp_path, "Nom;Téléphone\n=1+1;12\n"))
    assert "'=1+1" in calls_import.refused_csv(report)
