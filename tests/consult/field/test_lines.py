"""The sheet of lines: saved one by one by the script, all together without it, and never lost."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from consult.extensions import db
from surveys import workshops
from surveys.models import LineKind, Meeting, Role, Speaker, Wording
from surveys.typography import french
from surveys.workshops import LineFacts
from tests.consult import desk
from tests.pages import PageCheckingClient

ROW = {"kind": "besoin", "speaker": "habitant", "carried": "", "wording": "reformule"}


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
    desk.sign_in(app, client, Role.FACILITATOR)
    return made


@pytest.fixture
def sheet(made: desk.Desk) -> str:
    return f"/equipe/{desk.SLUG}/rencontres/{made.meeting_id}"


def _lines(app: Flask, made: desk.Desk) -> list[LineFacts]:
    with app.app_context():
        return workshops.lines_of(db.session, db.session.get_one(Meeting, made.meeting_id))


def _put(client: PageCheckingClient, sheet: str, line: str, **typed: str) -> TestResponse:
    headers = {"X-CSRFToken": desk.token_in(client, sheet)}
    return client.put(f"{sheet}/lignes/{line}", data={**ROW, **typed}, headers=headers)


def _post(client: PageCheckingClient, sheet: str, *rows: dict[str, str], **more: str) -> TestResponse:
    data = MultiDict({"csrf_token": desk.token_in(client, sheet), **more})
    for row in rows:
        for name, value in {**ROW, **row}.items():
            data.add(name, value)
    return client.post(sheet, data=data)


def test_a_line_is_saved_by_itself_however_often_it_is_sent(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    for _again in range(3):
        answer = _put(
            client, sheet, "x1", text="  Un   banc ", kind="piste", speaker="elu", carried="4", wording="mot-a-mot"
        )
        assert answer.get_json() == {"saved": True, "revision": 1, "uncoded": False}
    saved = _lines(app, made)[1]
    assert (saved.text, saved.kind, saved.speaker) == ("Un banc", LineKind.ACTION, Speaker.ELECTED)
    assert (saved.wording, saved.carried_by, len(_lines(app, made))) == (Wording.QUOTE, 4, 2)


def test_a_line_may_name_another_quartier(app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str) -> None:
    _put(client, sheet, "x1", text="Un banc", places="viguier")
    assert _lines(app, made)[1].place_ids == made.place_ids[1:]


@pytest.mark.parametrize(
    ("typed", "field", "advice"),
    [
        ({"text": "  "}, "text", "Écrivez ce qui a été dit"),
        ({"text": "x" * 4001}, "text", "4000 signes"),
        ({"text": "Un banc", "carried": "douze"}, "carried", "nombre entier"),
        ({"text": "Un banc", "carried": "0"}, "carried", "nombre entier"),
        ({"text": "Un banc", "carried": "²"}, "carried", "nombre entier"),
        ({"text": "Un banc", "carried": "9" * 5000}, "carried", "nombre entier"),
        ({"text": "Un banc", "kind": "cri"}, "kind", "Choisissez dans la liste"),
        ({"text": "Un banc", "places": "ailleurs"}, "places", "Choisissez un quartier"),
        ({"text": "Un banc", "manager": "moi"}, "manager", "Choisissez dans la liste"),
        ({"text": "Un banc", "latitude": "95", "longitude": "2"}, "latitude", "Écrivez des degrés"),
        ({"text": "Un banc", "latitude": "43,2"}, "latitude", "ou aucune des deux"),
        ({"text": "Un banc", "latitude": "nan", "longitude": "2"}, "latitude", "Écrivez des degrés"),
    ],
)
def test_a_line_that_cannot_be_says_at_which_field_and_how_to_mend_it(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str, typed: dict[str, str], field: str, advice: str
) -> None:
    answer = _put(client, sheet, "x1", **typed)
    assert answer.status_code == 422
    assert advice in answer.get_json()["errors"][field]
    assert len(_lines(app, made)) == 1


def test_without_a_script_the_whole_sheet_is_saved_and_a_block_becomes_several_lines(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    rows = (
        {"id": "l1", "text": "Les halls sont très sales"},
        {"id": "x1", "text": "- un banc\n- une fontaine\n", "kind": "piste"},
        {"id": "x2", "text": ""},
    )
    for _again in range(2):
        assert _post(client, sheet, *rows).status_code == 302
    assert [line.text for line in _lines(app, made)] == ["Les halls sont très sales", "un banc", "une fontaine"]
    assert "3 lignes sont enregistrées." in client.get(sheet).get_data(as_text=True)


def test_without_a_script_what_is_right_is_saved_and_what_is_wrong_is_kept_as_typed(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    answer = _post(client, sheet, {"id": "x1", "text": "Un banc"}, {"id": "x2", "text": "Une rampe", "carried": "dix"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "nombre entier" in page
    assert "Une rampe" in page
    assert 'value="dix"' in page
    assert [line.text for line in _lines(app, made)] == ["Les halls sont sales", "Un banc"]


def test_the_several_quartiers_of_a_line_are_shown_and_changed(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    with app.app_context():
        meeting = db.session.get_one(Meeting, made.meeting_id)
        both = LineFacts(client_id="x1", text="Le bus", place_ids=made.place_ids)
        workshops.record_line(db.session, meeting=meeting, facts=both)
        db.session.commit()
    page = client.get(sheet).get_data(as_text=True)
    assert page.count('name="places-x1"') == page.count(" checked") == 2
    _post(client, sheet, {"id": "x1", "text": "Le bus"}, **{"places-x1": "viguier"})
    assert _lines(app, made)[1].place_ids == made.place_ids[1:]
    _post(client, sheet, {"id": "x1", "text": "Le bus"})
    assert _lines(app, made)[1].place_ids == ()


def test_a_line_is_taken_away_and_sent_back(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    headers = {"X-CSRFToken": desk.token_in(client, sheet)}
    for _again in range(2):
        assert client.delete(f"{sheet}/lignes/l1", headers=headers).get_json() == {"saved": True}
    assert _lines(app, made) == []
    _put(client, sheet, "l1", text="Les halls sont sales")
    assert [line.client_id for line in _lines(app, made)] == ["l1"]


def test_without_a_script_taking_a_line_away_is_asked_once_in_words(
    app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    answer = _post(client, sheet, {"id": "l1", "text": "Les halls sont sales"}, remove="l1")
    question = answer.headers["Location"]
    assert french("Supprimer cette ligne ?") in client.get(question).get_data(as_text=True)
    assert len(_lines(app, made)) == 1
    client.post(question, data={"csrf_token": desk.token_in(client, question)})
    assert _lines(app, made) == []
    assert client.get(question).status_code == 404


def test_the_point_of_a_walk_is_kept(app: Flask, client: PageCheckingClient, made: desk.Desk, sheet: str) -> None:
    assert 'name="point"' not in client.get(sheet).get_data(as_text=True)
    with app.app_context():
        db.session.get_one(Meeting, made.meeting_id).kind = "diagnostic-en-marchant"  # type: ignore[assignment]
        db.session.commit()
    assert 'name="point"' in client.get(sheet).get_data(as_text=True)
    _put(client, sheet, "x1", text="Banc cassé", point="Place Joliot")
    assert _lines(app, made)[1].point == "Place Joliot"


def test_what_is_written_is_shown_as_text_never_as_markup(
    client: PageCheckingClient, made: desk.Desk, sheet: str
) -> None:
    _put(client, sheet, "x1", text="<script>alert(1)</script>")
    page = client.get(sheet).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_session_that_ended_is_said_to_the_script(app: Flask, client: PageCheckingClient, sheet: str) -> None:
    headers = {"X-CSRFToken": desk.token_in(client, sheet), "Accept": "application/json"}
    with client.session_transaction() as held:
        held["staff"] = "finie"
    assert client.put(f"{sheet}/lignes/x1", data=ROW, headers=headers).status_code == 401
