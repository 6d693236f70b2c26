"""What is written is read back equal, and other tools read it too."""

from __future__ import annotations

import dataclasses
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from surveys import definition, xlsform
from surveys.definition import Questionnaire, Section
from surveys.demo import content
from surveys.questions import KINDS, Invalid, Number, Option, Quartier, SeveralChoices, ShortText
from tests.samples import SAMPLES
from tests.surveys.xlsform.made import questionnaires

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
DEMO = {about["name"]: questionnaire for about, questionnaire in content.questionnaires()}


@MANY
@given(questionnaires())
def test_a_written_form_is_read_back_equal_and_other_tools_take_it(questionnaire: Questionnaire) -> None:
    form = xlsform.write(questionnaire)
    assert xlsform.read(form) == questionnaire
    assert convert(form, file_type=".xlsx").xform


@pytest.mark.parametrize("name", DEMO)
def test_the_questionnaires_of_the_demonstration_survive_the_trip(name: str) -> None:
    form = xlsform.write(DEMO[name], name=name, version="3")
    reading = xlsform.reading(form)
    assert reading.questionnaire == DEMO[name]
    assert definition.digest(reading.questionnaire) == definition.digest(DEMO[name])
    assert reading.remarks == ()
    converted = convert(form, file_type=".xlsx")
    assert not converted.warnings
    assert 'version="3"' in converted.xform


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.question["kind"])
def test_every_kind_of_question_survives_the_trip(sample: object) -> None:
    data = getattr(sample, "question")  # noqa: B009  the samples are typed elsewhere
    questionnaire = definition.load({"title": "T", "sections": [{"title": "S", "questions": [data]}]})
    assert xlsform.read(xlsform.write(questionnaire)) == questionnaire


def test_no_kind_of_question_is_left_without_a_sample() -> None:
    assert {sample.question["kind"] for sample in SAMPLES} == set(KINDS)


def test_other_tools_draw_a_grid_as_a_table_and_ask_what_other_means() -> None:
    xform = convert(xlsform.write(DEMO["en-ligne"]), file_type=".xlsx").xform
    assert 'appearance="list-nolabel"' in xform
    assert "_priorites_other" in xform
    assert "count-selected(.) &lt;= 3" in xform
    assert "odk:rank" in xform


def test_a_quartier_without_a_list_takes_the_places_of_the_consultation() -> None:
    asked = Questionnaire("T", (Section("S", (Quartier("ou", "Où ?", role="frequente"),)),))
    assert xlsform.read(xlsform.write(asked)) == asked


def test_a_whole_number_stays_whole() -> None:
    asked = Questionnaire("T", (Section("S", (Number("n", "Combien ?", minimum=0, whole=True),)),))
    form = xlsform.write(asked)
    assert xlsform.read(form) == asked
    assert 'type="int"' in convert(form, file_type=".xlsx").xform
    with pytest.raises(Invalid, match="entier"):
        asked.question("n").clean("1,5")
    assert asked.question("n").clean("2,0") == 2


def test_a_rule_of_ones_own_is_kept_beside_the_bounds_of_the_kind() -> None:
    several = SeveralChoices(
        "q",
        "?",
        options=(Option("a", "A"), Option("b", "B")),
        maximum=2,
        constraint="not(selected(., 'a') and selected(., 'b'))",
    )
    asked = Questionnaire(
        "T", (Section("S", (several, ShortText("t", "?", max_length=80, constraint="(. = 'a') or (. = 'b')"))),)
    )
    assert xlsform.read(xlsform.write(asked)) == asked


def test_formulas_and_links_stay_texts() -> None:
    asked = Questionnaire("=1+1", (Section("http://a.fr", (ShortText("q", '=HYPERLINK("http://a.fr")'),)),))
    with zipfile.ZipFile(BytesIO(xlsform.write(asked))) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if "sheet" in name)
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets.lower().replace("hyperlink(", "")


def test_what_no_form_can_hold_is_said_before_a_file_is_made() -> None:
    asked = Questionnaire("T", (Section("S", (SeveralChoices("vide", "?"), ShortText("long", "a" * 40_000))),))
    with pytest.raises(xlsform.XlsFormError) as refused:
        xlsform.write(asked)
    assert "vide" in str(refused.value)
    with pytest.raises(xlsform.XlsFormError, match="32767"):
        xlsform.write(Questionnaire("T", (Section("S", (ShortText("long", "a" * 40_000),)),)))
    assert dataclasses.is_dataclass(refused.value.problems[0])
