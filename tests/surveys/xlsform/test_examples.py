"""Forms that the XLSForm community publishes: those of the subset are read, the others refused with their reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveys import xlsform
from surveys.questions import Grid, Number, OneChoice, Ranking, Rating, SeveralChoices
from surveys.xlsform.markdown import book_of
from surveys.xlsform.reading import Reading, read_book

EXAMPLES = Path(__file__).parent / "examples"
READ = {
    "text_and_integer": "short_text number",
    "yes_or_no": "one_choice",
    "specify_other": "one_choice",
    "table_list": "grid",
    "range": "scale number scale",
    "rank": "ranking",
    "guidance": "short_text",
    "relevant": "one_choice short_text several_choices number",
    "kobo_likert": "grid long_text",
}
#: For each form refused, every place where it is: (sheet, row, column).
REFUSED = {
    "group": [("survey", 4, "type")],
    "widgets": [
        ("survey", 5, "type"),
        ("survey", 9, "label"),
        ("survey", 10, "type"),
        ("survey", 11, "type"),
        ("survey", 12, "type"),
        ("survey", 14, "type"),
    ],
    "loop": [("survey", 3, "type")],
    "external": [
        ("", None, ""),
        ("", None, ""),
        ("survey", 3, "CHOICE_FILTER"),
        ("survey", 3, "type"),
        ("survey", 4, "type"),
    ],
    "calculations": [("survey", 4, "calculation"), ("survey", 4, "type"), ("survey", 5, "label")],
    "cascading": [("survey", 3, "choice_filter")],
    "repeat": [("survey", 2, "repeat_count"), ("survey", 2, "type")],
    "kobo_matrix": [("survey", 2, "type")],
}


def example(name: str) -> Reading:
    return read_book(book_of((EXAMPLES / f"{name}.md").read_text(encoding="utf-8")))


def test_every_example_has_a_verdict_an_origin_and_a_licence() -> None:
    files = [path for path in EXAMPLES.glob("*.md") if path.name != "README.md"]
    assert {path.stem for path in files} == READ.keys() | REFUSED.keys()
    for path in files:
        head = path.read_text(encoding="utf-8").splitlines()[:2]
        assert [line.split(" : ")[0] for line in head] == ["Origine", "Licence"], path


@pytest.mark.parametrize("name", READ)
def test_a_form_of_the_subset_is_read(name: str) -> None:
    questionnaire = example(name).questionnaire
    assert " ".join(question.kind for question in questionnaire.questions) == READ[name]
    assert xlsform.read(xlsform.write(questionnaire)) == questionnaire


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_outside_the_subset_is_refused_with_every_place_at_once(name: str) -> None:
    with pytest.raises(xlsform.XlsFormError) as refused:
        example(name)
    problems = refused.value.problems
    assert [(problem.sheet, problem.row, problem.column) for problem in problems] == REFUSED[name]
    assert all(problem.sentence.endswith(".") for problem in problems)


def test_conditions_bounds_and_maximum_are_understood() -> None:
    reading = example("relevant")
    _watch, team, toppings, age = reading.questionnaire.questions
    assert team.relevant == "${watch_sports} = 'yes'"
    assert isinstance(toppings, SeveralChoices)
    assert toppings.maximum == 3
    assert isinstance(age, Number)
    assert (age.minimum, age.maximum, age.whole, age.constraint) == (18, 120, True, "")
    assert [remark.column for remark in reading.remarks] == ["required_message"]


def test_traces_of_the_device_are_left_out_with_a_word() -> None:
    assert [remark.row for remark in example("kobo_likert").remarks] == [2, 3]


def test_lines_that_share_their_headings_make_one_grid() -> None:
    grid = next(iter(example("kobo_likert").questionnaire.questions))
    assert isinstance(grid, Grid)
    assert [row.code for row in grid.rows] == ["Water", "Transport"]
    table = next(iter(example("table_list").questionnaire.questions))
    assert isinstance(table, Grid)
    assert [row.label for row in table.rows] == ["Q1", "Q2"]


def test_or_other_opens_a_precision() -> None:
    sex = next(iter(example("specify_other").questionnaire.questions))
    assert isinstance(sex, OneChoice)
    assert [(option.code, option.other) for option in sex.options] == [
        ("male", False),
        ("female", False),
        ("other", True),
    ]


def test_a_short_range_is_a_scale_and_a_long_one_a_number() -> None:
    level, amount, usual = example("range").questionnaire.questions
    assert isinstance(level, Rating)
    assert isinstance(amount, Number)
    assert (len(level.options), len(usual.options), amount.maximum) == (10, 11, 140)


def test_french_is_the_source_and_the_plain_column_a_translation() -> None:
    questionnaire = example("rank").questionnaire
    order = questionnaire.question("order")
    assert isinstance(order, Ranking)
    assert order.label == "Ranger"
    assert questionnaire.translations["en"]["order.option.a"] == "A"
