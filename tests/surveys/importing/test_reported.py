"""What is taken otherwise than it was written is said, row and column; nothing goes blank in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys import definition
from surveys.importing import layouts, sources
from surveys.importing.answers import Reader
from surveys.importing.reading import Reading
from surveys.models import Channel
from tests.surveys.importing.test_answers import PLACES, only, value
from tests.surveys.importing.test_answers import read as read_rows

RULED = definition.load(
    {
        "title": "T",
        "sections": [
            {
                "title": "S",
                "questions": [
                    {"kind": "yes_no", "name": "permis", "label": "Permis ?"},
                    {"kind": "short_text", "name": "voiture", "label": "Voiture ?", "relevant": "${permis} = 'oui'"},
                    {
                        "kind": "number",
                        "name": "enfants",
                        "label": "Enfants ?",
                        "constraint": ". <= 20",
                        "constraint_message": "Vingt enfants au plus.",
                    },
                    {"kind": "long_text", "name": "avis", "label": "Avis ?"},
                ],
            }
        ],
    }
)


def read(text: str) -> Reading:
    """Read a text file whose columns have the names of the questions."""
    recognised = layouts.read(sources.read(text.encode(), name="a.csv"))
    return Reader(
        table=recognised.table,
        plan=layouts.plan_for(recognised, RULED),
        questionnaire=RULED,
        name="t",
        places=PLACES,
        channel=Channel.IMPORT,
        today=dt.date(2023, 6, 30),
    ).read()


def test_a_ranking_with_a_hole_is_read_without_it_and_the_hole_is_told() -> None:
    columns = {"Rang 1": {"question": "ordre", "rank": 1}, "Rang 2": {"question": "ordre", "rank": 2}}
    reading = read_rows(columns, {"Rang 1": "", "Rang 2": "Réunion"})
    assert value(reading, "ordre") == ["reunion"]
    ((remark, times),) = reading.remarks.items()
    assert (remark.column, times, reading.first[remark]) == ("Rang 1", 1, 2)
    assert "sans ce trou" in remark.sentence


def test_a_ranking_that_stops_early_has_no_hole() -> None:
    columns = {"Rang 1": {"question": "ordre", "rank": 1}, "Rang 2": {"question": "ordre", "rank": 2}}
    assert not read_rows(columns, {"Rang 1": "Réunion", "Rang 2": ""}).remarks


@pytest.mark.parametrize("written", ["NSP", "nsp", "N.S.P."])
def test_do_not_know_where_the_question_does_not_offer_it_is_left_blank_and_told(written: str) -> None:
    reading = read_rows({"D": "deja", "B": "besoins"}, {"D": written, "B": "a"}, dont_know=["NSP", "N S P"])
    assert set(only(reading).submission.replies) == {"besoins"}
    ((remark, times),) = reading.remarks.items()
    assert (remark.column, times) == ("D", 1)
    assert f"« {written} » n’est pas proposé" in remark.sentence


def test_the_answer_to_a_question_that_was_not_to_be_put_is_told_with_its_column() -> None:
    reading = read("id;permis;voiture;avis\n1;non;bleue;a\n2;oui;rouge;b\n3;non;verte;c\n")
    assert reading.refusals == []
    ((remark, times),) = reading.remarks.items()
    assert (remark.column, times, reading.first[remark]) == ("voiture", 2, 2)
    assert "n’était pas à poser" in remark.sentence


def test_an_answer_that_breaks_a_constraint_is_refused_with_the_words_of_the_constraint() -> None:
    reading = read("id;enfants;avis\n1;3;a\n2;21;b\n")
    assert [each.row for each in reading.prepared] == [2]
    (refusal,) = reading.refusals
    assert (refusal.row, refusal.column, refusal.reason) == (3, "enfants", "Vingt enfants au plus.")
