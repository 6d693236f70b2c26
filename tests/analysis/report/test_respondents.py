"""The file of statisticians, read again: every answer under its own code, no answer told from an empty one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import cross
from analysis.material import Asked, Material, Person
from analysis.report import respondents
from analysis.report.respondents.variables import LONGEST_NAME, Names, declined
from analysis.summary import summarise
from surveys.questions import Date, Number, OneChoice, Option, Question, Reply, SeveralChoices, Status
from tests.analysis import made
from tests.analysis.report.test_workbook import HOSTILE

TODAY = dt.date(2023, 7, 6)
DK, REFUSED = -98.0, -99.0


def opened(material: Material, folder: Path, *, user_missing: bool = True) -> tuple[pandas.DataFrame, Any]:
    """The file as another program reads it, with what it says of its columns."""
    path = folder / "reponses.sav"
    path.write_bytes(respondents.content(material, today=TODAY))
    frame, said = pyreadstat.read_sav(str(path), user_missing=user_missing)
    return frame, said


def counted(frame: pandas.DataFrame, said: Any, name: str) -> dict[str, int]:
    """How many persons gave each answer of a column, by its words."""
    words = said.variable_value_labels[name]
    return {words[code]: int(count) for code, count in frame[name].value_counts().items()}


def test_each_answer_is_counted_as_the_pages_count_it(tmp_path: Path) -> None:
    material = made.consultation()
    frame, said = opened(material, tmp_path)
    assert len(frame) == len(material.persons)
    questions = {asked.question.name: (asked, summarise(asked)) for asked in material.asked}
    for name in ("logement", "bien"):
        asked, table = questions[name]
        wanted = {row.label: table.cell(row.code).count for row in table.rows} | dict(table.beside)
        assert counted(frame, said, name) == {label: count for label, count in wanted.items() if count}
    asked, table = questions["sujets"]
    for option in asked.question.options:
        assert (frame[f"sujets_{option.code}"] == 1).sum() == table.cell(option.code).count
    asked, table = questions["aspects"]
    for row in table.rows:
        wanted = {column.label: table.cell(row.code, column.code).count for column in table.columns}
        assert counted(frame, said, f"aspects_{row.code}") == wanted | dict(table.beside)
    asked, table = questions["rang"]
    for option in asked.question.options:
        assert (frame[f"rang_{option.code}"] == 1).sum() == table.cell(option.code, "premier").count


def test_the_mean_of_a_theme_is_the_share_of_the_pages(tmp_path: Path) -> None:
    material = made.consultation()
    frame, _said = opened(material, tmp_path)
    table = cross.themes(material)
    for row in table.rows:
        column = frame[f"t_{row.code}".replace("-", "_")]
        assert column.count() == table.base
        assert column.mean() == pytest.approx(table.cell(row.code).count / table.base)


def test_what_is_no_answer_is_missing_and_yet_told_from_an_empty_one(tmp_path: Path) -> None:
    replies = {
        "a": Reply(Status.ANSWERED, "oui"),
        "b": Reply(Status.DONT_KNOW),
        "c": Reply(Status.REFUSED),
    }
    question = OneChoice("avis", "Un avis ?", options=(Option("oui", "Oui"), Option("non", "Non")))
    several = SeveralChoices("choix", "Lesquels ?", options=(Option("x", "X"), Option("y", "Y")), may_refuse=True)
    asked = [Asked("q", question, replies, 4), Asked("q", several, {"a": Reply(Status.ANSWERED, ["x"])}, 4)]
    material = made.material([Person(key) for key in "abcd"], asked=asked)
    frame, said = opened(material, tmp_path)
    assert frame["avis"].fillna(0).tolist() == [1.0, DK, REFUSED, 0.0]
    assert said.missing_ranges["avis"] == [{"lo": DK, "hi": DK}, {"lo": REFUSED, "hi": REFUSED}]
    assert said.variable_value_labels["avis"][DK] == "Ne sait pas"
    assert frame[["choix_x", "choix_y"]].fillna(9).to_numpy().tolist() == [[1.0, 0.0], [9, 9], [9, 9], [9, 9]]
    assert said.variable_value_labels["choix_x"][REFUSED] == "Ne souhaite pas répondre"
    plain, _said = opened(material, tmp_path, user_missing=False)
    assert plain["avis"].count() == 1


def test_a_number_that_is_answered_is_never_taken_for_no_answer(tmp_path: Path) -> None:
    replies = {"a": Reply(Status.ANSWERED, -98), "b": Reply(Status.DONT_KNOW), "c": Reply(Status.ANSWERED, 2.5)}
    days = {"a": Reply(Status.ANSWERED, "2023-06-01")}
    asked = [Asked("q", Number("n", "Combien ?"), replies, 3), Asked("q", Date("jour", "Quand ?"), days, 3)]
    material = made.material([Person(key) for key in "abc"], asked=asked)
    frame, said = opened(material, tmp_path)
    assert frame["n"].tolist() == [-98.0, -998.0, 2.5]
    assert said.missing_ranges["n"] == [{"lo": -998.0, "hi": -998.0}]
    assert frame["jour"].tolist()[0] == 20230601.0


@pytest.mark.skipif(shutil.which("pspp-convert") is None, reason="NO PSPP: THE FILE WAS OPENED BY NO OTHER PROGRAM")
def test_another_statistical_program_reads_the_same_answers_by_their_words(tmp_path: Path) -> None:
    frame, said = opened(made.consultation(), tmp_path)
    command = ["pspp-convert", "--labels", str(tmp_path / "reponses.sav"), str(tmp_path / "reponses.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    again = pandas.read_csv(tmp_path / "reponses.csv", dtype=str, keep_default_na=False)
    for name, words in said.variable_value_labels.items():
        unlabelled = frame[name][~frame[name].isin(list(words)) & frame[name].notna()]
        wanted = frame[name].map(words)
        assert again[name][wanted.notna()].tolist() == wanted.dropna().tolist(), name
        assert set(again[name][frame[name].isna()]) <= {"", " "}, name
        assert [float(value) for value in again[name][unlabelled.index]] == unlabelled.tolist(), name


@given(st.lists(st.integers(-100_000, 100_000).map(float)))
def test_codes_of_no_answer_are_never_a_value(values: list[float]) -> None:
    codes = set(declined(values).values())
    assert len(codes) == 2
    assert not codes & set(values)


@given(st.lists(st.text(max_size=90), max_size=40))
def test_names_are_legal_and_each_is_given_once(wanted: list[str]) -> None:
    names = Names()
    given_ = [names.name(one) for one in [*wanted, "and", "2e choix", "Âge", "x" * 90, "x" * 90]]
    assert len(set(given_)) == len(given_)
    for name in given_:
        assert len(name.encode()) <= LONGEST_NAME
        assert name.isascii()
        assert name[0].isalpha()
        assert name not in {"and", "or", "not", "to", "with"}
        assert name.replace("_", "a").isalnum()


def test_no_text_no_key_and_no_day_of_a_person_is_in_it(tmp_path: Path) -> None:
    material = made.consultation()
    frame, said = opened(material, tmp_path)
    told = {*said.column_names, *said.column_names_to_labels.values()}
    told |= {label for labels in said.variable_value_labels.values() for label in labels.values()}
    assert not told & ({voice.text for voice in material.voices} | {person.key for person in material.persons})
    assert frame.dtypes.map(str).eq("float64").all()


def test_labels_of_any_length_and_script_are_kept_as_far_as_the_format_goes(tmp_path: Path) -> None:
    options = tuple(Option(f"o{n}", label + " é" * 100) for n, label in enumerate(HOSTILE))
    question: Question = OneChoice("quartier", "Où ? " * 80, options=options)
    replies = {"a": Reply(Status.ANSWERED, "o0")}
    material = made.material([Person("a", quartier="=1+1")], asked=[Asked("q" * 300, question, replies, 1)])
    material = dataclasses.replace(material, title="Un titre vraiment très long " * 9)
    frame, said = opened(material, tmp_path)
    assert list(frame.columns).count("quartier") == 1
    assert frame["quartier_2"].tolist() == [1.0]
    assert said.variable_value_labels["quartier_2"][1.0].startswith("=1+1 é é")
    assert said.variable_value_labels["quartier"] == {1.0: "=1+1"}


def test_the_same_answers_give_the_same_bytes_whenever_they_are_written() -> None:
    again = [respondents.content(made.consultation(), today=TODAY) for _time in range(2)]
    assert again[0] == again[1]
    assert b"06 Jul 23" in again[0][:120]
