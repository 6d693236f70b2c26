"""Notes are looked over before anything is stored; the same ones again change nothing."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from consult.extensions import db
from surveys import workshops
from surveys.models import LineKind, Meeting, MeetingKind, Role
from surveys.typography import french
from surveys.workshops import LineFacts
from tests.consult import desk
from tests.pages import PageCheckingClient

NOTES = "Besoins\n- Plus de bancs (x12)\n- Un médecin\nPistes d’action\n- Une benne\n- au pied de la tour"


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
    desk.sign_in(app, client, Role.FACILITATOR)
    return made


@pytest.fixture
def here(made: desk.Desk) -> str:
    return f"/equipe/{desk.SLUG}/rencontres/{made.meeting_id}/importer"


def _lines(app: Flask, made: desk.Desk) -> list[LineFacts]:
    with app.app_context():
        return workshops.lines_of(db.session, db.session.get_one(Meeting, made.meeting_id))


def _read(client: PageCheckingClient, here: str, **given: Any) -> TestResponse:
    token = desk.token_in(client, here)
    return client.post(here, data={"csrf_token": token, **given}, content_type="multipart/form-data")


def _review(page: str) -> MultiDict[str, str]:
    """The form of a review as a browser would send it, untouched."""
    form: MultiDict[str, str] = MultiDict()
    for name, value in re.findall(r'<input type="hidden" name="(csrf_token|id|heading|point)" value="([^"]*)"', page):
        form.add(name, value)
    for text in re.findall(r'<textarea name="text"[^>]*>([^<]*)<', page):
        form.add("text", text)
    for name, inside in re.findall(r'<select name="(\w+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        assert chosen
        form.add(name, chosen[1])
    for name, value in re.findall(r'<input name="(carried|table)"[^>]*value="([^"]*)"', page):
        form.add(name, value)
    for value in re.findall(r'name="garder" value="(\w+)" checked', page):
        form.add("garder", value)
    return form


def _store(client: PageCheckingClient, here: str, form: MultiDict[str, str]) -> TestResponse:
    return client.post(f"{here}/lignes", data=form)


def test_nothing_is_stored_before_the_review_is_sent(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    page = _read(client, here, texte=NOTES)
    assert page.status_code == 200
    assert "4 lignes lues." in page.text
    assert len(_lines(app, made)) == 1
    _store(client, here, _review(page.text))
    said = [(line.text, line.kind, line.carried_by) for line in _lines(app, made)[1:]]
    assert said[:2] == [("Plus de bancs", LineKind.NEED, 12), ("Un médecin", LineKind.NEED, None)]
    assert [kind for _text, kind, _carried in said[2:]] == [LineKind.ACTION] * 2


def test_the_same_notes_imported_again_change_nothing_even_what_was_corrected_since(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    _store(client, here, _review(_read(client, here, texte=NOTES).text))
    stored = _lines(app, made)
    again = _read(client, here, texte=NOTES).text
    assert "4 sont déjà dans la rencontre" in again
    assert again.count("déjà dans la rencontre</span>") == 4
    form = _review(again)
    for value in form.getlist("id"):
        form.add("garder", value)  # Even if the person ticks them all.
    _store(client, here, form)
    assert _lines(app, made) == stored


def test_lines_are_dropped_corrected_and_joined_on_the_review(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    form = _review(_read(client, here, texte=NOTES).text)
    first, _second, third, fourth = ids = form.getlist("id")
    form.setlist("garder", [first, third, fourth])
    form.setlist("fusionner", [fourth])
    form.setlist("text", ["Plus de bancs à l’ombre", *form.getlist("text")[1:]])
    _store(client, here, form)
    texts = [line.text for line in _lines(app, made)[1:]]
    assert texts == ["Plus de bancs à l’ombre", "Une benne au pied de la tour"]
    again = _review(_read(client, here, texte=NOTES).text)
    assert again.getlist("garder") == [ids[1]]  # The joined one is known too: only the dropped one is new.


def test_what_is_wrong_on_the_review_is_pointed_out_and_all_is_kept(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    form = _review(_read(client, here, texte=NOTES).text)
    form.setlist("carried", ["douze", *form.getlist("carried")[1:]])
    answer = _store(client, here, form)
    assert answer.status_code == 422
    assert "nombre entier" in answer.text
    assert 'value="douze"' in answer.text
    assert "au pied de la tour" in answer.text
    assert len(_lines(app, made)) == 1


def test_a_file_is_mapped_and_its_quartiers_are_found_or_doubted(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    sheet = "Remarque;Lieu;Voix\nUn banc;Le Viguié;3\nUne rampe;Paris;2\n".encode()
    page = _read(client, here, fichier=(io.BytesIO(sheet), "notes.csv"))
    assert french("« Le Viguié » est lu comme Le Viguier") in page.text
    assert french("« Paris » n’est pas un quartier connu") in page.text
    _store(client, here, _review(page.text))
    assert [(line.carried_by, line.place_ids) for line in _lines(app, made)[1:]] == [(3, made.place_ids[1:]), (2, ())]


def test_columns_taken_wrongly_are_read_again_as_the_person_says(client: PageCheckingClient, here: str) -> None:
    sheet = b"Nom;Propos\nSamira et tous les autres;Un banc\n"
    first = _read(client, here, fichier=(io.BytesIO(sheet), "notes.csv")).text
    carried = re.search(r'<textarea name="tableau"[^>]*>([^<]*)<', first)
    assert carried
    table = carried[1].replace("&#34;", '"')
    again = client.post(
        here,
        data={"csrf_token": desk.token_in(client, here), "tableau": table, "colonne-0": "", "colonne-1": "besoin"},
    )
    assert ">Un banc<" in again.text
    assert ">Samira et tous les autres<" not in again.text


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({"texte": ""}, "Collez au moins une ligne"),
        ({"fichier": (io.BytesIO(b"%PDF-1.7"), "a.pdf")}, "n’est pas lu ici"),
        ({"tableau": '{"header": 3}', "texte": " "}, "Collez au moins une ligne"),
        ({"tableau": "[", "texte": "\x00"}, "illisibles"),
    ],
)
def test_notes_that_cannot_be_read_say_so_in_one_sentence(
    client: PageCheckingClient, here: str, given: dict[str, Any], advice: str
) -> None:
    answer = _read(client, here, **given)
    assert answer.status_code == 422
    assert advice in answer.text


def test_a_review_cut_short_or_made_up_stores_nothing(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    token = desk.token_in(client, here)
    for form in ({}, {"id": "n1", "text": "seul"}, {"id": ["n1", "n2"], "garder": "n1"}):
        assert client.post(f"{here}/lignes", data={"csrf_token": token, **form}).status_code == 422
    assert len(_lines(app, made)) == 1


def test_in_a_seminar_headings_become_branches(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    with app.app_context():
        db.session.get_one(Meeting, made.meeting_id).kind = MeetingKind.SEMINAR
        db.session.commit()
    form = _review(_read(client, here, texte="# Cadre de vie\n- Composter\n- Planter\n# Emploi\n- Un forum").text)
    _store(client, here, form)
    lines = {line.client_id: line for line in _lines(app, made)[1:]}
    tied = [(line.text, lines[line.parent].text if line.parent else "") for line in lines.values()]
    assert tied == [
        ("Cadre de vie", ""),
        ("Composter", "Cadre de vie"),
        ("Planter", "Cadre de vie"),
        ("Emploi", ""),
        ("Un forum", "Emploi"),
    ]
