"""Whatever the bytes, a file comes in or is refused in one French sentence: never anything else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from surveys.definition import DefinitionError
from surveys.exporting.files import ods_bytes
from surveys.importing import drafting, layouts, mapping, profiling, refusals, sources
from surveys.importing.answers import Reader
from surveys.importing.mapping import MappingError
from surveys.importing.sources import Choice
from surveys.importing.tables import TableError
from surveys.importing.unsure import places_met
from surveys.models import Channel
from tests.surveys.importing.test_answers import BOOK, PLACES

REFUSED = (TableError, MappingError, drafting.DraftError, DefinitionError)
TOKENS = (
    b";", b",", b"\t", b"|", b"\n", b"\r\n", b"\r", b'"', b"'", b"\x00", b"\xff", b"\xe9", b"\xed\xa0\x80", b"=1+1",
    "\u202f".encode(), "\u2028".encode(), "😀".encode(), "٣".encode(), "½".encode(), b"\x1f", b"\x0c", b"1e400", b"nan",
    b"1 234,5", b"31/02/2023", b"12/06/2023", b"0000-00-00", b"99999999999999999999", b'{"a": NaN}', b'{"\\ud800": 1}',
    b"id", b"quartier", b"Grazailles", b"ressenti", b"NSP", b"annees", b"ordre", b"priorites [Autre]",
)  # fmt: skip
HEADS = (
    "id", "quartier", "age", "ressenti", "aspects", "aspects [Les bus]", "priorites", "priorites [Autre]", "ordre",
    "ordre [Rang 1]", "annees", "deja", "besoins", "jour", "", "Horodateur", "SID", "_uuid", "_submission_time",
    "submitdate", "lastpage", "reponse", "questionnaire",
)  # fmt: skip
CELLS = (
    "", "1", "Bien", "(ne sait pas)", "'(ne sait pas)", "N/A", "12/06/2023", "2023-06-13T10:00:00Z", "31/02/2023",
    "45000", "1 234,5", "1\u202f234,5", "1e309", "-1e400", "nan", "²", "٣", "１２", "-0", "Santé;Commerces",
    "Courrier|Réunion", "é" * 5_100, "\r\n", "\x01", "\u202e", '"', "9" * 30, "A" * 70_000,
)  # fmt: skip
LAYOUTS = ("auto", "", *layouts.NAMES)


def outcome(data: bytes, name: str, layout: str = "auto", choice: Choice | None = None) -> str:
    """Take a file as the pages do, to the end: the sentence it is refused with, "" when it comes in."""
    try:
        grid = sources.read(data, name=name, choice=choice)
        recognised = layouts.read(grid, layout)
        shown = profiling.profile(grid, recognised, PLACES)
        json.dumps(shown).encode()
        _as_existing(recognised)
        _as_new(recognised, shown)
    except REFUSED as refusal:
        said = str(refusal)
        assert said
        assert "\n" not in said
        return said
    return ""


def _as_existing(recognised: layouts.Recognised) -> None:
    reader = Reader(
        table=recognised.table,
        plan=layouts.plan_for(recognised, BOOK),
        questionnaire=BOOK,
        name="en-ligne",
        places=PLACES,
        channel=Channel.IMPORT,
        today=dt.date(2023, 6, 30),
    )
    reading = reader.read()
    places_met(reader)
    refusals.content(recognised.table, reading.refusals)
    for refusal in reading.refusals:
        sentence = refusals.sentence(refusal)
        assert f"igne {refusal.row}" in sentence


def _as_new(recognised: layouts.Recognised, shown: dict[str, object]) -> None:
    groups = shown["groups"]
    assert isinstance(groups, list)
    fields = [drafting.Field(profiling.group_of(said), said["label"], said["kind"], said["answers"]) for said in groups]
    drafting.made("Essai", fields, [("grazailles", "Grazailles")])
    mapping.of(layouts.proposal_head(recognised) | {"columns": drafting.columns(fields)})


CHOICES = st.builds(
    Choice,
    st.sampled_from(["", "Feuille1", "absente"]),
    st.sampled_from(["", *sources.ENCODINGS]),
    st.sampled_from(["", ";", ",", "\t", "|"]),
)
NAMES = st.sampled_from(["a.csv", "a.jsonl", "a.xlsx", "a.csv.gz", "a", ""])


@given(data=st.binary(max_size=400), name=NAMES, layout=st.sampled_from(LAYOUTS), choice=CHOICES)
@settings(deadline=None)
def test_any_bytes_come_in_or_are_refused(data: bytes, name: str, layout: str, choice: Choice) -> None:
    outcome(data, name, layout, choice)


@given(pieces=st.lists(st.sampled_from(TOKENS), max_size=80), name=NAMES, choice=CHOICES)
@settings(deadline=None)
def test_any_text_with_odd_quotes_and_letters_comes_in_or_is_refused(
    pieces: list[bytes], name: str, choice: Choice
) -> None:
    outcome(b"".join(pieces), name, "auto", choice)


@given(
    head=st.lists(st.sampled_from(HEADS), min_size=1, max_size=8),
    rows=st.lists(st.lists(st.sampled_from(CELLS), max_size=9), max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    delimiter=st.sampled_from(";,\t|"),
    layout=st.sampled_from(LAYOUTS),
)
@settings(deadline=None)
def test_any_table_comes_in_or_is_refused(
    head: list[str], rows: list[list[str]], encoding: str, delimiter: str, layout: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    outcome(out.getvalue().encode(encoding, "replace"), "a.csv", layout)


def book() -> bytes:
    """A workbook with merged cells, formulas, moments, durations, links, notes and an empty sheet."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as one:
        one.add_worksheet("Vide")
        sheet = one.add_worksheet("Réponses")
        sheet.write_row(0, 0, ["id", "age", "annees", "besoins", "jour", "durée"])
        sheet.write_row(1, 0, [1, 34, 1234.5])
        sheet.merge_range(1, 3, 2, 3, "des bancs")
        sheet.write_number(1, 4, 45_000, one.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(1, 5, 1.5, one.add_format({"num_format": "[h]:mm"}))
        sheet.write_formula(2, 0, "=1+1", value=2)
        sheet.write_formula(2, 1, "=1/0", value="#DIV/0!")
        sheet.write_url(2, 3, "https://exemple.fr")
        sheet.write_comment(2, 2, "à revoir")
    return made.getvalue()


BOOKS = {"a.xlsx": book(), "a.ods": ods_bytes(["id", "age", "besoins"], [["1", "34", "un\ndeux"]] * 3, "Réponses")}
HARM = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), min_size=1, max_size=8)


def harmed(data: bytes, harm: list[tuple[float, bytes]], cut: float) -> bytes:
    broken = bytearray(data)
    for share, piece in harm:
        place = int(share * len(broken))
        broken[place : place + len(piece)] = piece
    return bytes(broken[: int(cut * len(broken))])


@given(name=st.sampled_from(sorted(BOOKS)), harm=HARM, cut=st.sampled_from([1.0, 1.0, 0.99, 0.7, 0.2]))
@settings(deadline=None)
def test_a_broken_or_cut_workbook_comes_in_or_is_refused(
    name: str, harm: list[tuple[float, bytes]], cut: float
) -> None:
    outcome(harmed(BOOKS[name], harm, cut), name)


@given(name=st.sampled_from(sorted(BOOKS)), place=st.integers(0, 30), harm=HARM)
@settings(deadline=None)
def test_a_workbook_whose_parts_are_broken_comes_in_or_is_refused(
    name: str, place: int, harm: list[tuple[float, bytes]]
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOKS[name])) as whole, zipfile.ZipFile(made, "w") as archive:
        parts = whole.namelist()
        for rank, part in enumerate(parts):
            content = whole.read(part)
            archive.writestr(part, harmed(content, harm, 1.0) if rank == place % len(parts) else content)
    outcome(made.getvalue(), name)


@given(text=st.text(st.sampled_from("abcid: {}[],'\"&*!|>%@-?#\n\t0é\x00\u2028columns"), max_size=80))
@settings(deadline=None)
def test_any_mapping_is_read_or_refused(text: str) -> None:
    for written in (text, f"id: a\ncolumns: {{{text}}}", f"id: a\ncolumns: {{a: b}}\n{text}"):
        try:
            mapping.parse(written)
        except MappingError as error:
            refusal = str(error)
        else:
            refusal = ""
        assert "\n" not in refusal


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("id", "columns", "channel", "day", "language", "complete", "constants", "dont_know", "refused", "empty")


@given(content=st.dictionaries(st.sampled_from(KEYS), NESTED) | NESTED)
@settings(deadline=None)
def test_any_kept_mapping_is_read_or_refused(content: object) -> None:
    with suppress(MappingError):
        mapping.of(content)


def test_a_duration_beyond_any_calendar_is_refused() -> None:
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as one:
        sheet = one.add_worksheet("Réponses")
        sheet.write_row(0, 0, ["id", "durée"])
        sheet.write_number(1, 1, 1e12, one.add_format({"num_format": "[h]:mm"}))
    with pytest.raises(TableError, match=r"« a\.xlsx » n’est pas un classeur lisible"):
        sources.read(made.getvalue(), name="a.xlsx")


def test_ten_thousand_columns_are_refused_with_the_most_there_may_be() -> None:
    head = ";".join(f"c{rank}" for rank in range(10_000))
    assert "10000 colonnes" in outcome(f"{head}\n1\n".encode(), "a.csv")


def test_a_workbook_shows_the_value_of_a_formula_and_never_computes_it() -> None:
    grid = sources.read(BOOKS["a.xlsx"], name="a.xlsx")
    assert grid.sheet == "Réponses"
    assert grid.sheets == ("Vide", "Réponses")
    assert grid.rows[1][:5] == ["1", "34", "1234.5", "des bancs", "2023-03-15"]
    assert grid.rows[2][0] == "2"
    assert grid.rows[2][1] in {"", "#DIV/0!"}
