"""Rows of a file become the same replies as on any other channel, or say in French why they do not."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping

import pytest

from surveys import definition
from surveys.importing import mapping, refusals
from surveys.importing.answers import Reader, submission_id
from surveys.importing.folding import fold
from surveys.importing.mapping import MappingError
from surveys.importing.places import Found, Places
from surveys.importing.reading import Prepared, Reading, Refusal
from surveys.importing.tables import Table, TableError
from surveys.models import Channel, PlaceRole
from surveys.questions import Json, Status

BOOK = definition.load(
    {
        "title": "En ligne",
        "sections": [
            {
                "title": "Vous",
                "questions": [
                    {
                        "kind": "quartier",
                        "name": "quartier",
                        "label": "Où ?",
                        "options": [
                            {"code": "grazailles", "label": "Grazailles"},
                            {"code": "la-conte-ozanam", "label": "La Conte Ozanam"},
                            {"code": "hors-qpv", "label": "Ailleurs"},
                        ],
                    },
                    {"kind": "age_band", "name": "age", "label": "Âge ?", "may_refuse": True},
                    {
                        "kind": "scale",
                        "name": "ressenti",
                        "label": "Comment ?",
                        "options": ["Très mal", "Bien"],
                        "dont_know": True,
                    },
                    {
                        "kind": "grid",
                        "name": "aspects",
                        "label": "Jugez",
                        "rows": ["La sécurité", "Les bus"],
                        "options": ["Mal", "Bien"],
                    },
                    {
                        "kind": "several_choices",
                        "name": "priorites",
                        "label": "Priorités ?",
                        "maximum": 2,
                        "options": [
                            "Emploi, formation",
                            "Santé",
                            "Commerces",
                            {"code": "autre", "label": "Autre", "other": True},
                        ],
                    },
                    {"kind": "ranking", "name": "ordre", "label": "Ordre ?", "options": ["Courrier", "Réunion"]},
                    {"kind": "number", "name": "annees", "label": "Années ?", "minimum": 0},
                    {"kind": "yes_no", "name": "deja", "label": "Déjà ?"},
                    {"kind": "long_text", "name": "besoins", "label": "Besoins ?"},
                ],
            }
        ],
    }
)
PLACES = Places(
    {
        fold(text): Found(slug, name, 1.0)
        for slug, name, texts in (
            ("grazailles", "Grazailles", ("Grazailles", "grasailles", "QP011003")),
            ("la-conte-ozanam", "La Conte Ozanam", ("La Conte Ozanam", "Ozanam", "La Conte")),
            ("hors-qpv", "Ailleurs", ("Ailleurs",)),
        )
        for text in texts
    }
)


def read(
    columns: Mapping[str, object], *rows: dict[str, str], first_row: int = 2, sheet: str = "", **plan: object
) -> Reading:
    """Read rows under a mapping written as YAML would give it."""
    import yaml

    headers = tuple(dict.fromkeys(["id", *(key for row in rows for key in row)]))
    filled = [tuple(({"id": str(rank)} | row).get(name, "") for name in headers) for rank, row in enumerate(rows)]
    text = yaml.safe_dump({"id": "id", "columns": dict(columns), **plan}, allow_unicode=True)
    return Reader(
        table=Table(headers, filled, sheet, first_row),
        plan=mapping.parse(text),
        questionnaire=BOOK,
        name="en-ligne",
        places=PLACES,
        channel=Channel.IMPORT,
        today=dt.date(2023, 6, 30),
    ).read()


def only(reading: Reading) -> Prepared:
    assert reading.refusals == []
    (prepared,) = reading.prepared
    return prepared


def value(reading: Reading, name: str) -> Json:
    return only(reading).submission.replies[name].value


@pytest.mark.parametrize("written", ["bien", "BIEN", " Bien ", "Bien."])
def test_an_option_is_known_by_code_or_label_whatever_case_and_accents(written: str) -> None:
    assert value(read({"R": "ressenti"}, {"R": written}), "ressenti") == "bien"


@pytest.mark.parametrize(
    ("written", "band"), [("34", "25-34"), ("14", "moins-15"), ("92 ans", "75-plus"), ("60 à 74 ans", "60-74")]
)
def test_an_age_falls_in_its_band(written: str, band: str) -> None:
    assert value(read({"A": "age"}, {"A": written}), "age") == band


def test_several_answers_in_one_cell_are_told_apart_even_when_a_label_holds_the_separator() -> None:
    given = {"P": "Emploi, formation, Santé"}
    assert value(read({"P": {"question": "priorites", "separator": ","}}, given), "priorites") == [
        "emploi-formation",
        "sante",
    ]


def test_several_answers_in_several_columns_are_those_ticked() -> None:
    columns = {
        "P [Santé]": {"question": "priorites", "option": "sante"},
        "P [C]": {"question": "priorites", "option": "Commerces"},
    }
    assert value(read(columns, {"P [Santé]": "Non", "P [C]": "1"}), "priorites") == ["commerces"]


def test_a_precision_in_its_own_column_ticks_the_other_answer() -> None:
    columns = {"P": "priorites", "Précisez": {"question": "priorites", "other": True}}
    found = value(read(columns, {"P": "Santé", "Précisez": "les chats"}), "priorites")
    assert found == {"choices": ["sante", "autre"], "other": "les chats"}


def test_a_grid_and_a_ranking_are_read_from_one_column_each() -> None:
    columns = {
        "[sécurité]": {"question": "aspects", "row": "La sécurité"},
        "[bus]": {"question": "aspects", "row": "les-bus"},
        "Rang 2": {"question": "ordre", "rank": 2},
        "Rang 1": {"question": "ordre", "rank": 1},
    }
    reading = read(columns, {"[sécurité]": "Mal", "[bus]": "", "Rang 1": "Réunion", "Rang 2": "Courrier"})
    assert value(reading, "aspects") == {"la-securite": "mal"}
    assert value(reading, "ordre") == ["reunion", "courrier"]


def test_open_answers_of_several_columns_become_one_text() -> None:
    reading = read({"B1": "besoins", "B2": "besoins"}, {"B1": "des bancs", "B2": "du calme"})
    assert value(reading, "besoins") == "des bancs\ndu calme"


def test_cells_are_recoded_before_they_are_matched() -> None:
    reading = read({"R": {"question": "ressenti", "values": {"+": "Bien", "5": "Bien"}}}, {"R": "5"})
    assert value(reading, "ressenti") == "bien"


def test_no_word_of_a_mapping_is_taken_for_a_truth_value_or_a_number() -> None:
    plan = mapping.parse("id: No\ncolumns:\n  08: {question: deja, values: {Yes: oui, No: non}}\nday: 2023-06-13")
    assert (plan.identifier, plan.columns[0].header, plan.day) == ("No", "08", dt.date(2023, 6, 13))
    assert plan.columns[0].values == {"yes": "oui", "no": "non"}


def test_a_non_answer_is_kept_as_one_where_the_question_offers_it() -> None:
    reading = read(
        {"R": "ressenti", "A": "age"}, {"R": "NSP", "A": "ne veut pas"}, dont_know=["nsp"], refused=["Ne veut pas"]
    )
    replies = only(reading).submission.replies
    assert (replies["ressenti"].status, replies["age"].status) == (Status.DONT_KNOW, Status.REFUSED)


def test_a_quartier_is_found_by_its_aliases_and_surely() -> None:
    prepared = only(read({"Q": "quartier"}, {"Q": "qp011003"}))
    assert prepared.submission.replies["quartier"].value == "grazailles"
    assert prepared.sure == {PlaceRole.LIVES: 1.0}


def test_a_misspelt_quartier_is_found_shown_and_said_to_be_doubtful() -> None:
    reading = read({"Q": "quartier"}, {"Q": "Grazzaile"})
    assert dict(reading.doubtful) == {("Grazzaile", "Grazailles"): 1}
    assert 0 < only(reading).sure[PlaceRole.LIVES] < 0.7


def test_an_unknown_quartier_is_refused_unless_the_mapping_says_what_it_is() -> None:
    (refusal,) = read({"Q": "quartier"}, {"Q": "Trèbes"}).refusals
    assert "« Trèbes »" in refusal.reason
    reading = read({"Q": {"question": "quartier", "unknown": "hors-qpv"}}, {"Q": "Trèbes"})
    assert value(reading, "quartier") == "hors-qpv"


def test_channel_and_day_come_from_columns_when_the_mapping_says_so() -> None:
    reading = read(
        {"B": "besoins"},
        {"B": "un", "C": "Tél.", "J": "13/06/2023 10:22:05"},
        {"B": "deux", "C": "Papier", "J": "2023-06-14"},
        {"B": "trois", "C": "", "J": ""},
        channel={"column": "C", "values": {"Tél.": "telephone"}},
        day={"column": "J"},
    )
    said = [(each.submission.channel, each.submission.day) for each in reading.prepared]
    assert said == [
        (Channel.TELEPHONE, dt.date(2023, 6, 13)),
        (Channel.PAPER, dt.date(2023, 6, 14)),
        (Channel.IMPORT, dt.date(2023, 6, 30)),
    ]


def test_a_constant_answers_for_every_row() -> None:
    assert value(read({"B": "besoins"}, {"B": "un"}, constants={"deja": "oui"}), "deja") == "oui"


def test_each_wrong_cell_of_a_row_is_refused_with_its_place_and_the_row_is_left_out() -> None:
    reading = read(
        {"R": "ressenti", "N": "annees"}, {"R": "moyen", "N": "-3"}, {"R": "bien", "N": "4"}, sheet="Réponses"
    )
    assert [each.submission.replies["annees"].value for each in reading.prepared] == [4]
    assert [(each.sheet, each.row, each.column) for each in reading.refusals] == [
        ("Réponses", 2, "R"),
        ("Réponses", 2, "N"),
    ]
    assert "« moyen »" in reading.refusals[0].reason
    assert "0" in reading.refusals[1].reason


def test_rows_without_identifier_twice_the_same_or_without_answer_are_refused() -> None:
    rows: list[dict[str, str]] = [
        {"id": "", "B": "a"},
        {"id": "7", "B": "b"},
        {"id": "7", "B": "c"},
        {"id": "8", "B": ""},
    ]
    reading = read({"B": "besoins"}, *rows, first_row=10)
    assert [each.row for each in reading.refusals] == [10, 12, 13]
    assert "ligne 11" in reading.refusals[1].reason
    assert [each.row for each in reading.prepared] == [11]


def test_a_blank_row_is_not_a_row() -> None:
    assert read({"B": "besoins"}, {"id": "", "B": ""}, {"B": "a"}).rows == 1


def test_the_id_of_a_row_depends_on_the_questionnaire_and_holds_in_its_column() -> None:
    assert submission_id("jeunes", "1") != submission_id("en-ligne", "1")
    assert len(submission_id("en-ligne", "x" * 5000)) <= 64


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("columns: {a: b}", "« id »"),
        ("id: a", "« columns »"),
        ("id: a\ncolumns: {a: {row: b}}", "« a »"),
        ("id: a\ncolumns: {a: {question: b, raw: c}}", "« raw »"),
        ("id: a\ncolonnes: {a: b}", "« colonnes »"),
        ("id: a\ncolumns: {a: b}\nchannel: fax", "« fax »"),
        ("id: a\ncolumns: {a: b}\nday: hier", "« hier »"),
        ("id: a\ncolumns: {a: {question: b, rank: x}}", "« a »"),
        ("id: a\ncolumns: {a: {question: b, values: [c]}}", "« values »"),
        ("id: a\ncolumns: {a: b}\nconstants: c", "« constants »"),
        ("id: a\ncolumns: [a: b: c", "ligne"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_in_one_sentence_what_to_mend(text: str, said: str) -> None:
    with pytest.raises(MappingError) as caught:
        mapping.parse(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ({"X": "inconnue"}, "« inconnue »"),
        ({"X": {"question": "aspects", "row": "ciel"}}, "« ciel »"),
        ({"X": "aspects"}, "« row »"),
        ({"X": {"question": "priorites", "option": "chats"}}, "« chats »"),
        ({"X": {"question": "besoins", "rank": 1}}, "« rank »"),
        ({"X": {"question": "ressenti", "option": "bien"}}, "« option »"),
    ],
)
def test_a_mapping_that_does_not_suit_the_questionnaire_is_refused(column: Mapping[str, object], said: str) -> None:
    with pytest.raises(MappingError, match=said):
        read(column, {"X": "a"})


def test_a_column_that_the_file_does_not_have_is_named_with_those_it_has() -> None:
    with pytest.raises(TableError, match="« Besoin »"):
        read({"Besoin": "besoins"}, {"Besoins": "a"})


def test_refused_rows_come_back_as_they_were_with_the_reason_last_and_no_cell_is_a_formula() -> None:
    table = Table(("id", "=B"), [("1", "a"), ("2", "-x"), ("3", "c")], "", 2)
    made = refusals.content(table, [Refusal("", 3, "=B", "Choisissez."), Refusal("", 3, "", "Vide.")])
    rows = list(csv.reader(made.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["id", "'=B", "motif"]
    assert rows[1][:2] == ["2", "'-x"]
    assert rows[1][2] == "Ligne 3\u00a0: Colonne « =B »\u00a0: Choisissez. Vide."
    assert len(rows) == 2
