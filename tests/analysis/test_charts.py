"""Figures draw what is published, in the order and style of the house."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from analysis import charts, palette
from analysis.briefing import Closed
from analysis.disclosure import publish
from analysis.material import Asked
from analysis.summary import summarise
from surveys.questions import Grid, LongText, OneChoice, Option, Question, Ranking, Rating, Reply, SeveralChoices
from surveys.questions import Status as Answered
from tests.analysis import made

OPTIONS = tuple(Option(code, code.upper()) for code in "abc")


def closed(question: Question, *values: object) -> Closed:
    replies = {f"p{n}": Reply(Answered.ANSWERED, value) for n, value in enumerate(values)}
    return Closed("essai", "?", question.scale, publish(summarise(Asked("e", question, replies, len(values))), k=5))


def drawn(question: Question, *values: object) -> dict[str, Any]:
    figure = charts.closed(closed(question, *values))
    assert figure is not None
    return figure


def words(figure: dict[str, Any]) -> list[str]:
    """The labels and remarks of a figure, from top to bottom."""
    notes = sorted(figure["layout"]["annotations"], key=lambda note: -note["y"])
    return [note["text"] for note in notes]


def test_bars_are_sorted_start_at_zero_and_carry_their_values() -> None:
    figure = drawn(OneChoice("q", "?", options=OPTIONS), *["b"] * 30, *["a"] * 10)
    (bars,) = figure["data"]
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert bars["x"] == [0.75, 0.25]
    assert bars["text"] == ["<b>75\u202f%</b>  30", "<b>25\u202f%</b>  10"]
    assert words(figure)[:2] == ["B", "A"]


def test_a_scale_keeps_its_own_order() -> None:
    figure = drawn(Rating("q", "?", options=OPTIONS), *["c"] * 30, *["a"] * 10, *["b"] * 7)
    assert [word for word in words(figure) if word in "ABC"] == ["A", "B", "C"]


def test_a_masked_row_has_no_bar_and_says_so() -> None:
    figure = drawn(SeveralChoices("q", "?", options=OPTIONS), *[["a", "b"]] * 3, *[["a"]] * 20)
    (bars,) = figure["data"]
    assert len(bars["x"]) == 1
    assert palette.MASKED in words(figure)
    assert "personne" in words(figure)
    assert json.dumps(figure).count('"dot"') == 1


def test_a_grid_is_one_bar_a_line_whose_parts_and_masked_end_make_it_whole() -> None:
    rows = (Option("x", "X"), Option("y", "Y"))
    values = [{"x": "pas", "y": "tres"}] * 20 + [{"x": "tres", "y": "peu"}] * 9 + [{"x": "assez", "y": "pas"}] * 3
    figure = drawn(Grid("q", "?", options=made.SATISFIED, rows=rows), *values)
    known = [sum(trace["x"][line] for trace in figure["data"]) for line in range(2)]
    ends = {shape["y0"] + charts.THICKNESS / 2: shape for shape in figure["layout"]["shapes"]}
    for line, share in enumerate(known):
        place = float(len(rows) - 1 - line)
        assert share == pytest.approx(1) or ends[place]["x0"] == pytest.approx(share)
        assert share == pytest.approx(1) or ends[place]["x1"] == 1
    assert words(figure)[0] == "X"


def test_a_ranking_shows_who_came_first_inside_who_was_ranked() -> None:
    figure = drawn(Ranking("q", "?", options=OPTIONS), *[["a", "b"]] * 10, *[["b", "a"]] * 6)
    first, then = figure["data"]
    assert [one + two for one, two in zip(first["x"], then["x"], strict=True)] == [1.0, 1.0]
    assert first["x"] == [0.625, 0.375]


def test_a_hidden_first_rank_is_not_drawn_as_never_first() -> None:
    question = closed(Ranking("q", "?", options=OPTIONS), *[["a", "b"]] * 20, *[["b", "c"]] * 2, *[["c", "b"]] * 12)
    figure = charts.ranks(question.table)
    assert figure["data"][1]["marker"]["color"] == [palette.SHARES[1], palette.SHARES[2], palette.SHARES[1]]
    assert len(charts.legend(question)) == 3


def test_a_legend_is_given_only_where_colours_mean_something() -> None:
    rated = closed(Grid("q", "?", options=made.SATISFIED, rows=OPTIONS))
    assert [label for _colour, label in charts.legend(rated)] == [option.label for option in made.SATISFIED]
    assert charts.legend(closed(OneChoice("q", "?", options=OPTIONS))) == ()


def test_a_label_is_text_and_never_markup() -> None:
    figure = drawn(OneChoice("q", "?", options=(Option("a", "<a href=x>Très & long</a> " * 4),)), *["a"] * 9)
    assert words(figure)[0].startswith("&lt;a href=x&gt;Très &amp; long")
    assert words(figure)[0].count("<br>") >= 1


@pytest.mark.parametrize("question", [*made.questions(), LongText("t", "?")])
def test_a_question_without_an_answer_draws_nothing(question: Question) -> None:
    assert charts.closed(closed(question)) is None


@pytest.mark.parametrize("question", made.questions())
def test_every_figure_is_plain_json_in_the_house_style(question: Question) -> None:
    asked = next(one for one in made.consultation().asked if one.question.name == question.name)
    figure = charts.closed(Closed("e", "?", question.scale, publish(summarise(asked), k=5)))
    assert figure is not None
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["template"]["layout"]["font"]["family"] == palette.FONT
    assert not figure["layout"]["template"]["layout"]["showlegend"]


def test_days_climb_in_steps_to_the_last_count() -> None:
    day = dt.date(2023, 6, 1)
    figure = charts.timeline([(day, 12), (day + dt.timedelta(3), 463)])
    assert figure is not None
    assert figure["data"][0]["y"] == [12, 463]
    assert {"<b>463</b>", "1er juin 2023", "4 juin 2023"} <= set(words(figure))
    assert charts.timeline([(day, 12)]) is None
