"""`docs/questions.md` says the truth: its example is a working kind, its tables are the closed sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from consult.posted import raw_of
from surveys import definition, questions
from surveys.questions import KINDS, Json, Number, Question, Scale, Widget
from surveys.questions.base import text_of
from tests import test_question_contract as contract
from tests.samples import Sample

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Sample:
    """The kind and the sample of the page, added as it says."""
    kind_block, sample_block = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {"dataclass": dataclass, "Number": Number, "Json": Json, "text_of": text_of}
    exec(kind_block, names)  # noqa: S102  our own page
    monkeypatch.setitem(KINDS, "percentage", names["Percentage"])
    written = eval(sample_block, {"Sample": Sample})  # noqa: S307  our own page
    assert isinstance(written, Sample)
    return written


def test_the_example_keeps_every_promise_of_a_kind(sample: Sample, session: Session) -> None:
    contract.test_a_good_value_is_stored_as_it_was_meant(sample, session)
    contract.test_a_bad_value_is_refused_in_one_french_sentence(sample)
    contract.test_a_required_question_left_empty_says_what_to_do(sample)
    contract.test_not_knowing_and_not_wishing_are_answers_of_their_own(sample)
    contract.test_counts_never_exceed_those_who_answered(sample)
    contract.test_what_is_exported_is_what_was_stored(sample)
    contract.test_a_definition_is_read_back_equal(sample)


def test_a_field_added_to_a_kind_is_accepted_and_saved(sample: Sample) -> None:
    asked = definition.question_from(sample.question | {"maximum": 50})
    book = definition.Questionnaire("T", (definition.Section("S", (asked,)),))
    assert definition.dump(book)["sections"][0]["questions"][0]["maximum"] == 50


@pytest.mark.parametrize("closed", [Widget, Scale])
def test_the_tables_of_the_page_list_the_closed_sets_in_full(closed: type[Widget] | type[Scale]) -> None:
    table = PAGE.split(f"| `{closed.__name__}` |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {str(member) for member in closed}


@pytest.mark.parametrize(
    ("kind", "posted", "received"),
    [
        ("short_text", {"q-x": "a"}, "a"),
        ("long_text", {"q-x": "a"}, "a"),
        ("number", {"q-x": "3"}, "3"),
        ("date", {"q-x": "13/06/2023"}, "13/06/2023"),
        ("one_choice", {"q-x": "bus"}, {"choice": "bus", "other": ""}),
        ("scale", {"q-x": "bus"}, {"choice": "bus", "other": ""}),
        ("several_choices", {"q-x": "bus"}, {"choices": ["bus"], "other": ""}),
        ("grid", {"q-x-parcs": "bus"}, {"parcs": "bus", "rues": ""}),
        ("ranking", {"q-x-1": "bus"}, ["bus", ""]),
        ("note", {}, None),
    ],
)
def test_a_page_gives_what_the_table_says(kind: str, posted: dict[str, str], received: object) -> None:
    data: dict[str, Any] = {"kind": kind, "name": "x", "label": "X"}
    data |= (
        {"options": ["Bus", "Tram"]} if kind in {"one_choice", "scale", "several_choices", "grid", "ranking"} else {}
    )
    data |= {"rows": ["Parcs", "Rues"]} if kind == "grid" else {}
    assert raw_of(definition.question_from(data), MultiDict(posted)) == received


def test_every_widget_has_its_macro() -> None:
    controls = (ROOT / "consult/templates/residents/controls.html").read_text(encoding="utf-8")
    macros = set(re.findall(r"{%-? macro (\w+)\(f", controls))
    assert {str(widget) for widget in Widget} <= macros


def test_the_shapes_to_start_from_exist() -> None:
    named = re.search(r"the kind that already has the shape: (.*?)\.\n", PAGE, re.DOTALL)
    assert named
    for name in re.findall(r"`(\w+)`", named.group(1)):
        assert issubclass(getattr(questions, name), Question)
