"""What is wrong in a form is said all at once, each thing where it is, in French."""

from __future__ import annotations

import pytest

from surveys import xlsform
from surveys.xlsform.markdown import book_of
from surveys.xlsform.reading import read_book

CHOICES = """
| choices |
| | list_name | name | label |
| | l         | a    | A     |
| | l         | b    | B     |
"""


def problems_of(survey: str, choices: str = CHOICES) -> list[tuple[str, int | None, str]]:
    with pytest.raises(xlsform.XlsFormError) as refused:
        read_book(book_of(survey + choices))
    return [(problem.sheet, problem.row, problem.column) for problem in refused.value.problems]


CASES = {
    "two questions have one name": ("| | text | q | Q |\n| | text | Q | Q |", [("survey", 3, "name")]),
    "a name that no column can have": ("| | text | 1 é | Q |", [("survey", 2, "name")]),
    "a list that is nowhere": ("| | select_one nulle | q | Q |", [("survey", 2, "type")]),
    "no list": ("| | select_one | q | Q |", [("survey", 2, "type")]),
    "a question without words": ("| | text | q | |", [("survey", 2, "label")]),
    "a group never closed": ("| | begin_group | g | G |\n| | text | q | Q |", [("survey", 2, "type")]),
    "a group closed twice": ("| | text | q | Q |\n| | end_group | | |", [("survey", 3, "type")]),
    "a group in a group": (
        "| | begin_group | g | G |\n| | begin_group | h | H |\n| | text | q | Q |\n| | end_group |\n| | end_group |",
        [("survey", 3, "type")],
    ),
    "a grid of anything": (
        "| | begin_group | g | G | | | table-list |\n| | text | r | R |\n| | select_one l | s | S |\n| | end_group |",
        [("survey", 3, "type")],
    ),
    "a condition on nobody": ("| | text | q | Q | ${rien} = 'a' |", [("survey", 2, "relevant")]),
    "a condition on what follows": (
        "| | text | q | Q | ${r} = 'a' |\n| | text | r | R | ${q} = 'a' |",
        [("survey", 2, "relevant")],
    ),
    "a condition nobody can read": ("| | text | q | Q | ${q = |", [("survey", 2, "relevant")]),
    "several things in several places": (
        "| | select_one l | q | Q |\n| | geopoint | g | G |\n| | text | 9 | |\n| | text | ok | Bien | ${q} = 'z' |",
        [("survey", 3, "type"), ("survey", 4, "name"), ("survey", 4, "label")],
    ),
    "nothing to ask": ("| | begin_group | g | G |\n| | end_group | | |", [("survey", None, "")]),
    "required under a condition": ("| | text | q | Q | | ${a} = 'b' |", [("survey", 2, "required")]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_found_where_it_is(case: str) -> None:
    rows, expected = CASES[case]
    survey = f"| survey |\n| | type | name | label | relevant | required | appearance |\n{rows}\n"
    assert problems_of(survey) == expected


def test_choices_are_judged_too() -> None:
    survey = "| survey |\n| | type | name | label |\n| | select_one l | q | Q |\n"
    choices = """
| choices |
| | list_name | name | label | image |
| | l         | a b  | A     |       |
| | l         | a    | A     | x.png |
| | l         | a    | B     |       |
| |           | c    | C     |       |
| | l         | d    |       |       |
"""
    assert problems_of(survey, choices) == [
        ("choices", 2, "name"),
        ("choices", 3, "image"),
        ("choices", 4, "name"),
        ("choices", 5, "list_name"),
        ("choices", 6, "label"),
    ]


def test_a_language_without_a_code_is_asked_for() -> None:
    survey = "| survey |\n| | type | name | label | label::Créole de chez nous |\n| | text | q | Q | X |\n"
    assert problems_of(survey) == [("survey", 1, "label::Créole de chez nous")]


def test_a_missing_sheet_and_a_missing_column_are_said() -> None:
    assert problems_of("", CHOICES) == [("", None, "")]
    assert problems_of("| survey |\n| | name | label |\n| | q | Q |\n") == [
        ("survey", None, "type"),
        ("survey", 2, "type"),
    ]


def test_a_reason_is_one_sentence_that_says_where() -> None:
    with pytest.raises(xlsform.XlsFormError) as refused:
        read_book(book_of("| survey |\n| | type | name | label |\n| | geopoint | g | G |\n"))
    assert str(refused.value).startswith("Feuille « survey », ligne 2, colonne « type » : les positions")


def test_names_in_capitals_are_lowered_in_conditions_too() -> None:
    survey = "| survey |\n| | type | name | label | relevant |\n"
    survey += "| | select_one l | Q1 | Q | |\n| | text | Q2 | R | ${Q1} = 'a' |\n"
    questionnaire = read_book(book_of(survey + CHOICES)).questionnaire
    assert [(question.name, question.relevant) for question in questionnaire.questions] == [
        ("q1", ""),
        ("q2", "${q1} = 'a'"),
    ]


def test_lines_put_aside_are_not_read() -> None:
    survey = "| survey |\n| | type | name | label | disabled |\n| | geopoint | g | G | yes |\n| | text | q | Q | |\n"
    assert [question.name for question in read_book(book_of(survey)).questionnaire.questions] == ["q"]
