"""The exports of known tools are recognised, their columns gathered, and what they say comes in as it was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from surveys import definition
from surveys.importing import layouts, sources
from surveys.importing.answers import Reader
from surveys.importing.mapping import WHOLE_ROW
from surveys.importing.places import Found, Places
from surveys.importing.reading import Reading
from surveys.models import Channel
from surveys.questions import Json

SAMPLES = Path(__file__).parent / "samples"
PLACES = Places({"grazailles": Found("grazailles", "Grazailles", 1.0), "la conte": Found("la-conte", "La Conte", 1.0)})


def recognised(name: str) -> layouts.Recognised:
    return layouts.read(sources.read((SAMPLES / name).read_bytes(), name=name))


def read(name: str, *questions: Mapping[str, object]) -> Reading:
    found = recognised(name)
    book = definition.load({"title": "T", "sections": [{"title": "S", "questions": list(questions)}]})
    return Reader(
        table=found.table,
        plan=layouts.plan_for(found, book),
        questionnaire=book,
        name="essai",
        places=PLACES,
        channel=Channel.IMPORT,
        today=dt.date(2023, 6, 30),
    ).read()


def said(reading: Reading) -> list[dict[str, Json]]:
    assert reading.refusals == []
    return [{key: reply.value for key, reply in one.submission.replies.items()} for one in reading.prepared]


def days(reading: Reading) -> list[int]:
    return [one.submission.day.day for one in reading.prepared]


QUARTIER: dict[str, object] = {
    "kind": "quartier",
    "name": "quartier",
    "label": "Dans quel quartier ?",
    "options": [{"code": "grazailles", "label": "Grazailles"}, {"code": "la-conte", "label": "La Conte"}],
}
PRIORITIES: dict[str, object] = {
    "kind": "several_choices",
    "name": "priorites",
    "label": "Vos priorités ?",
    "options": [
        {"code": "emploi", "label": "Emploi"},
        {"code": "sante", "label": "Santé"},
        {"code": "autre", "label": "Autre", "other": True},
    ],
}
JUDGED: dict[str, object] = {
    "kind": "grid",
    "name": "aspects",
    "label": "Jugez",
    "rows": [{"code": "securite", "label": "La sécurité"}, {"code": "bus", "label": "Les bus"}],
    "options": ["Mal", "Bien"],
}
NEEDS: dict[str, object] = {"kind": "long_text", "name": "besoins", "label": "Besoins"}


@pytest.mark.parametrize(
    ("name", "layout", "identifier"),
    [
        ("limesurvey-codes.csv", "limesurvey", "id"),
        ("limesurvey-textes.csv", "limesurvey", "ID de la réponse"),
        ("kobo.csv", "kobo", "_uuid"),
        ("google.csv", "google", WHOLE_ROW),
        ("framaforms.csv", "framaforms", "SID"),
        ("decidim-enquete.csv", "decidim", "ID"),
        ("decidim-propositions.jsonl", "decidim", "id"),
        ("decidim-commentaires.jsonl", "decidim", "id"),
    ],
)
def test_each_tool_is_recognised_with_what_tells_its_rows_apart(name: str, layout: str, identifier: str) -> None:
    found = recognised(name)
    assert (found.layout, found.identifier) == (layout, identifier)


def test_limesurvey_by_code_keeps_only_finished_answers() -> None:
    options = [{"code": "A1", "label": "Mal"}, {"code": "A2", "label": "Bien"}]
    reading = read(
        "limesurvey-codes.csv",
        QUARTIER | {"options": [{"code": "A1", "label": "Grazailles"}, {"code": "A2", "label": "La Conte"}]},
        {"kind": "age_band", "name": "age", "label": "Âge"},
        NEEDS,
        PRIORITIES
        | {
            "options": [
                {"code": "SQ001", "label": "Emploi"},
                {"code": "SQ002", "label": "Santé"},
                {"code": "autre", "label": "Autre", "other": True},
            ]
        },
        JUDGED | {"options": options, "rows": [{"code": "SQ001", "label": "S"}, {"code": "SQ002", "label": "B"}]},
        {"kind": "ranking", "name": "ordre", "label": "Ordre", "options": options},
    )
    assert reading.unfinished == 1
    assert [one.submission.language for one in reading.prepared] == ["fr", "ar"]
    assert said(reading) == [
        {
            "quartier": "A1",
            "age": "25-34",
            "besoins": "Plus de bancs",
            "priorites": ["SQ001"],
            "aspects": {"SQ001": "A1", "SQ002": "A2"},
            "ordre": ["A2", "A1"],
        },
        {
            "quartier": "A2",
            "age": "60-74",
            "priorites": {"choices": ["SQ002", "autre"], "other": "des chats"},
            "aspects": {"SQ001": "A2"},
            "ordre": ["A1"],
        },
    ]


def test_limesurvey_in_full_words_says_the_same() -> None:
    priorities = PRIORITIES | {"options": ["L’emploi", "La santé", {"code": "autre", "label": "Autre", "other": True}]}
    reading = read("limesurvey-textes.csv", QUARTIER, priorities, JUDGED)
    assert said(reading) == [
        {"quartier": "grazailles", "priorites": ["lemploi"], "aspects": {"securite": "mal", "bus": "bien"}},
        {
            "quartier": "la-conte",
            "priorites": {"choices": ["la-sante", "autre"], "other": "des chats"},
            "aspects": {"securite": "bien"},
        },
    ]
    assert days(reading) == [13, 14]


def test_kobo_reads_choices_one_by_one_and_leaves_its_groups() -> None:
    reading = read("kobo.csv", QUARTIER, {"kind": "age_band", "name": "age", "label": "Âge"}, PRIORITIES, NEEDS)
    assert said(reading) == [
        {"quartier": "grazailles", "age": "25-34", "priorites": ["emploi", "sante"], "besoins": "Plus de bancs"},
        {"quartier": "la-conte", "age": "60-74", "priorites": ["sante"]},
    ]
    assert days(reading) == [13, 14]


def test_google_forms_reads_labels_that_hold_commas_and_tells_equal_rows_apart() -> None:
    priorities = PRIORITIES | {"options": ["Emploi, formation", "Santé"]}
    reading = read("google.csv", QUARTIER, priorities, JUDGED, NEEDS)
    assert said(reading)[0] == {
        "quartier": "grazailles",
        "priorites": ["emploi-formation", "sante"],
        "aspects": {"securite": "mal", "bus": "bien"},
        "besoins": "Des bancs, du calme",
    }
    assert len({one.submission.id for one in reading.prepared}) == 3
    assert days(reading) == [13, 13, 13]
    assert "Adresse e-mail" in recognised("google.csv").left


def test_framaforms_joins_its_three_lines_of_titles() -> None:
    reading = read("framaforms.csv", QUARTIER, PRIORITIES, JUDGED)
    assert said(reading) == [
        {
            "quartier": "grazailles",
            "priorites": ["emploi", "sante"],
            "aspects": {"securite": "mal", "bus": "bien"},
        },
        {
            "quartier": "la-conte",
            "priorites": {"choices": ["sante", "autre"], "other": "des chats"},
            "aspects": {"securite": "bien"},
        },
    ]
    assert [one.row for one in reading.prepared] == [4, 5]
    assert days(reading) == [13, 14]


def test_answers_to_a_decidim_survey_come_in() -> None:
    reading = read("decidim-enquete.csv", QUARTIER, PRIORITIES, NEEDS)
    assert said(reading) == [
        {"quartier": "grazailles", "priorites": ["emploi", "sante"], "besoins": "Des bancs"},
        {"quartier": "la-conte", "priorites": ["sante"]},
    ]


@pytest.mark.parametrize("name", ["decidim-propositions.jsonl", "decidim-commentaires.jsonl"])
def test_contributions_of_decidim_are_texts(name: str) -> None:
    reading = read(name, {"kind": "long_text", "name": "contribution", "label": "Contribution", "max_length": 20000})
    assert len(reading.prepared) == 3
    assert all(len(str(one["contribution"])) > 20 for one in said(reading))


def test_a_layout_can_be_refused_for_the_columns_as_they_are() -> None:
    data = (SAMPLES / "google.csv").read_bytes()
    assert layouts.read(sources.read(data, name="google.csv"), "").layout == ""
