"""The call desk: the script, the interview, the ends of a call, the list and the targets, for those they are for."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from consult.extensions import db
from surveys import notation, stricken
from surveys.exporting.answers import table
from surveys.models import (
    Answer,
    Appointment,
    AuditEvent,
    Channel,
    Consultation,
    Contact,
    Place,
    QuestionnaireVersion,
    Response,
    Role,
    Staff,
    State,
    Target,
    Wording,
)
from tests.consult import desk
from tests.consult.calls import phone_survey
from tests.pages import PageCheckingClient

ROOM = f"/equipe/{phone_survey.SLUG}/appels"
SAID = {"q-quartier": "grazailles", "q-besoins": "Un banc près de l’école", "notation-besoins": "mot-a-mot"}


@pytest.fixture
def people(app: Flask) -> int:
    with app.app_context():
        return phone_survey.set_up(db.session, people=3).consultation_id


@pytest.fixture
def caller(app: Flask, client: PageCheckingClient, people: int) -> PageCheckingClient:
    desk.sign_in(app, client, Role.INTERVIEWER)
    return client


@pytest.fixture
def lead(app: Flask, client: PageCheckingClient, people: int) -> PageCheckingClient:
    desk.sign_in(app, client, Role.LEAD)
    return client


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def _next(client: PageCheckingClient) -> str:
    token = desk.token_in(client, f"{ROOM}/")
    return client.post(f"{ROOM}/suivant", data={"csrf_token": token}, follow_redirects=True).text


def _interview(client: PageCheckingClient, page: str | None = None, **said: str) -> TestResponse:
    page = page or client.get(f"{ROOM}/entretien").text
    sent = {name: _hidden(page, name) for name in ("csrf_token", "appel", "ticket")}
    return client.post(f"{ROOM}/entretien", data=sent | said)


def _end(client: PageCheckingClient, page: str, **typed: str) -> TestResponse:
    sent = {name: _hidden(page, name) for name in ("csrf_token", "appel")}
    return client.post(f"{ROOM}/issue", data=sent | typed)


def test_the_notice_is_said_before_the_questions(caller: PageCheckingClient) -> None:
    page = _next(caller)
    for part in (
        "La ville d’essai",
        "Connaître les besoins",
        "Une seule question est obligatoire",
        "Êtes-vous d’accord",
    ):
        assert part in page
    assert "Merci de prendre ce temps" not in page


def test_an_interview_is_stored_with_its_agent_and_strikes_the_person_off(
    app: Flask, caller: PageCheckingClient
) -> None:
    name = re.search(r"Personne secrète \d+", _next(caller))
    assert name
    page = _interview(caller, **SAID)
    assert page.status_code == 201
    assert re.search(r"[A-Z2-7]{5}-[A-Z2-7]{5}", page.text)
    with app.app_context():
        response = db.session.scalars(select(Response)).one()
        assert (response.channel, response.staff_id is not None) == (Channel.TELEPHONE, True)
        assert notation.of_response(db.session, response.key) == {"besoins": Wording.QUOTE}
        assert name[0] not in [contact.name for contact in db.session.scalars(select(Contact))]
        events = [event.action for event in db.session.scalars(select(AuditEvent))]
        assert not [action for action in events if "appel" in action or "entretien" in action]


def test_the_same_interview_sent_twice_is_one_answer_and_strikes_one_person_off(
    app: Flask, caller: PageCheckingClient
) -> None:
    _next(caller)
    page = caller.get(f"{ROOM}/entretien").text
    first, second = (_interview(caller, page, **SAID) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    with app.app_context():
        assert len(db.session.scalars(select(Response)).all()) == 1
        assert len(db.session.scalars(select(Contact)).all()) == 2


def test_a_fault_shows_every_answer_again_and_keeps_the_person(app: Flask, caller: PageCheckingClient) -> None:
    _next(caller)
    page = _interview(caller, **{name: value for name, value in SAID.items() if name != "q-quartier"})
    assert page.status_code == 422
    assert "Un banc près de l’école" in page.text
    assert 'value="mot-a-mot" checked' in page.text
    assert _interview(caller, page.text, **SAID).status_code == 201


def test_an_interview_cut_short_is_kept_as_it_is_when_the_person_agrees(app: Flask, caller: PageCheckingClient) -> None:
    _next(caller)
    assert _interview(caller, **{"q-besoins": "Un banc", "fin": "partiel"}).status_code == 201
    with app.app_context():
        assert [answer.question for answer in db.session.scalars(select(Answer))] == ["besoins"]


def test_an_end_is_noted_and_the_next_person_follows(app: Flask, caller: PageCheckingClient) -> None:
    page = _next(caller)
    answer = _end(caller, page, issue="absent", note="Plutôt le soir")
    assert answer.headers["Location"].endswith("/appels/en-cours")
    with app.app_context():
        tried = db.session.scalars(select(Contact).where(Contact.attempts == 1)).one()
        assert (tried.note, tried.claim) == ("Plutôt le soir", None)


def test_an_appointment_is_a_moment_to_come(app: Flask, caller: PageCheckingClient) -> None:
    page = _next(caller)
    refused = _end(caller, page, issue="a-rappeler", jour="12/06/2001", heure="10:00", note="gardée")
    assert refused.status_code == 422
    assert "n’est pas un moment à venir" in refused.text
    assert "gardée" in refused.text
    later = phone_survey.tomorrow()
    assert _end(caller, page, issue="a-rappeler", jour=later, heure="14h30").status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Appointment)).one().at.strftime("%H:%M") == "14:30"


def test_an_appointment_is_refused_with_what_was_typed(caller: PageCheckingClient) -> None:
    refused = _end(caller, _next(caller), issue="a-rappeler", jour="31/02", heure="14 h 30")
    assert refused.status_code == 422
    assert "31/02" in refused.text
    assert "n’est pas une date" in refused.text
    assert re.search(r'id="jour"[^>]*aria-invalid="true" autofocus', refused.text)


def test_an_appointment_whose_hour_has_passed_is_said_late_and_comes_first(
    app: Flask, caller: PageCheckingClient
) -> None:
    with app.app_context():
        waiting = db.session.scalars(select(Contact).order_by(Contact.phone.desc())).first()
        assert waiting is not None
        waiting.attempts, name = 9, waiting.name
        past = dt.datetime(2023, 6, 12, 14, 30)  # noqa: DTZ001 - the clock of the town hall
        db.session.add(Appointment(contact_key=waiting.key, at=past))
        db.session.commit()
    assert "en retard" in caller.get(f"{ROOM}/").text
    page = _next(caller)
    assert f"<h1>{name}</h1>" in page
    assert "lundi 12 juin 2023" in page
    assert "en retard" in page


def test_an_objection_erases_the_person_at_once(
    app: Flask, caller: PageCheckingClient, people: int, tmp_path: Path
) -> None:
    page = _next(caller)
    with app.app_context():
        before = {contact.phone for contact in db.session.scalars(select(Contact))}
        noted = len(db.session.scalars(select(AuditEvent)).all())
    assert _end(caller, page, issue="opposition", puis="pause").status_code == 302
    with app.app_context():
        left = {contact.phone for contact in db.session.scalars(select(Contact))}
        assert len(left) == 2
        assert len(stricken.list_of(db.session, people).closed) == 1
        assert len(db.session.scalars(select(AuditEvent)).all()) == noted, "an interview leaves no hour either"
    disk = b"".join(path.read_bytes() for path in tmp_path.rglob("consult.sqlite*"))
    assert [phone for phone in before - left if phone.encode() in disk] == []


def test_a_list_emptied_on_the_way_to_a_call_is_on_no_page_of_the_disk(
    app: Flask, caller: PageCheckingClient, people: int, tmp_path: Path
) -> None:
    with app.app_context():
        phones = [contact.phone for contact in db.session.scalars(select(Contact))]
        stricken.list_of(db.session, people).purge_on = dt.date(2023, 1, 1)
        db.session.commit()
    token = desk.token_in(caller, f"{ROOM}/")
    caller.post(f"{ROOM}/suivant", data={"csrf_token": token})
    disk = b"".join(path.read_bytes() for path in tmp_path.rglob("consult.sqlite*"))
    assert [phone for phone in phones if phone.encode() in disk] == []


def test_an_end_without_a_choice_says_what_to_do(caller: PageCheckingClient) -> None:
    page = _end(caller, _next(caller))
    assert page.status_code == 422
    assert "Dites comment l’appel s’est terminé." in page.text


def test_after_the_interview_its_caller_reads_no_answer_anywhere(app: Flask, caller: PageCheckingClient) -> None:
    _next(caller)
    _interview(caller, **SAID)
    for path in ("appels/", "appels/en-cours", "appels/entretien", "appels/objectifs", "saisie/", "saisie/papier"):
        page = caller.get(f"/equipe/{phone_survey.SLUG}/{path}", follow_redirects=True)
        assert page.status_code == 200
        assert "Un banc" not in page.text
    assert caller.get(f"{ROOM}/liste").status_code == 403


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ANALYST, Role.COPIL])
def test_those_who_do_not_call_open_no_list(app: Flask, client: PageCheckingClient, people: int, role: Role) -> None:
    desk.sign_in(app, client, role)
    for path in ("", "en-cours", "entretien", "liste"):
        assert client.get(f"{ROOM}/{path}").status_code == 403
    assert client.get(f"{ROOM}/objectifs").status_code == (200 if role is Role.ANALYST else 403)


def test_the_lead_brings_in_a_file_and_finds_the_refused_rows(app: Flask, lead: PageCheckingClient) -> None:
    file = (io.BytesIO("Nom;Téléphone;Quartier\nAline;0199001234;grazaile\nPaul;12;\n".encode()), "liste.csv")
    token = desk.token_in(lead, f"{ROOM}/liste")
    page = lead.post(f"{ROOM}/liste/importer", data={"csrf_token": token, "fichier": file})
    assert page.status_code == 200
    assert "1 personne ajoutée" in page.text
    assert "1 ligne refusée" in page.text
    assert 'href="data:text/csv;base64,' in page.text
    assert "à vérifier" in lead.get(f"{ROOM}/liste?voir=doute").text


def test_a_file_that_is_none_is_refused_in_one_sentence(lead: PageCheckingClient) -> None:
    token = desk.token_in(lead, f"{ROOM}/liste")
    for sent in ({}, {"fichier": (io.BytesIO(b"%PDF-1.7"), "liste.pdf")}, {"fichier": (io.BytesIO(b""), "vide.csv")}):
        assert lead.post(f"{ROOM}/liste/importer", data={"csrf_token": token} | sent).status_code == 422


def test_a_doubt_is_settled_and_a_person_is_erased(app: Flask, lead: PageCheckingClient, people: int) -> None:
    with app.app_context():
        contact = db.session.scalars(select(Contact).order_by(Contact.phone)).first()
        assert contact is not None
        contact.doubts = {"quartier": "grazaile"}
        key, place_id = contact.key, db.session.scalars(select(Place.id).order_by(Place.id)).first()
        db.session.commit()
    address = f"{ROOM}/liste/{key}"
    token = desk.token_in(lead, address)
    assert lead.post(address, data={"csrf_token": token, "quartier": str(place_id)}).status_code == 302
    with app.app_context():
        contact = db.session.get_one(Contact, key)
        assert (contact.place_id, contact.doubts) == (place_id, {})
    assert lead.post(f"{address}/effacer", data={"csrf_token": token}).status_code == 302
    with app.app_context():
        assert db.session.get(Contact, key) is None
        assert len(stricken.list_of(db.session, people).closed) == 1
    assert lead.get(address).status_code == 404


def test_people_are_given_to_a_caller(app: Flask, lead: PageCheckingClient) -> None:
    with app.app_context():
        keys = [contact.key for contact in db.session.scalars(select(Contact))][:2]
        me = db.session.scalars(select(Staff.id)).one()
    token = desk.token_in(lead, f"{ROOM}/liste")
    data = {"csrf_token": token, "contact": keys, "a": str(me)}
    assert lead.post(f"{ROOM}/liste/attribuer", data=data).status_code == 302
    with app.app_context():
        assert len(db.session.scalars(select(Contact).where(Contact.assigned_to == me)).all()) == 2
    assert lead.post(f"{ROOM}/liste/attribuer", data=data | {"a": "99"}).status_code == 400


def test_the_list_is_emptied_only_when_asked_in_words(app: Flask, lead: PageCheckingClient) -> None:
    token = desk.token_in(lead, f"{ROOM}/liste")
    assert lead.post(f"{ROOM}/liste/vider", data={"csrf_token": token}).status_code == 422
    assert lead.post(f"{ROOM}/liste/vider", data={"csrf_token": token, "certain": "oui"}).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Contact)).all() == []
    assert "La liste est vide" in lead.get(f"{ROOM}/liste").text


def test_targets_are_typed_watched_and_taken_away(app: Flask, lead: PageCheckingClient) -> None:
    token = desk.token_in(lead, f"{ROOM}/objectifs")
    with app.app_context():
        place = str(db.session.scalars(select(Place.id).order_by(Place.id)).first())
    typed = {"csrf_token": token, "quartier": place, "age": "60 ans et plus", "sexe": "femme"}
    assert lead.post(f"{ROOM}/objectifs", data=typed | {"objectif": "beaucoup"}).status_code == 422
    assert lead.post(f"{ROOM}/objectifs", data=typed | {"objectif": "12"}).status_code == 302
    page = lead.get(f"{ROOM}/objectifs").text
    assert "60 ans et plus" in page
    assert "0 personnes sur 12 espérées" in page
    assert lead.post(f"{ROOM}/objectifs/retirer", data=typed | {"age": "60-"}).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Target)).all() == []


def test_a_reached_target_refuses_nobody(app: Flask, caller: PageCheckingClient, people: int) -> None:
    with app.app_context():
        place = db.session.scalars(select(Place).where(Place.slug == "grazailles")).one()
        db.session.add(Target(place_id=place.id, age="", sex="", wanted=1))
        db.session.commit()
    for _time in range(2):
        _next(caller)
        assert _interview(caller, **SAID).status_code == 201


def test_nobody_is_called_once_the_consultation_is_closed(app: Flask, caller: PageCheckingClient) -> None:
    _next(caller)
    with app.app_context():
        db.session.query(Consultation).update({"state": State.CLOSED})
        db.session.commit()
    assert caller.get(f"{ROOM}/entretien").headers["Location"].endswith("/appels/")
    assert "n’est pas ouverte" in caller.get(f"{ROOM}/").text


def test_how_an_answer_was_noted_is_exported_beside_it(app: Flask, caller: PageCheckingClient, people: int) -> None:
    _next(caller)
    _interview(caller, **SAID)
    with app.app_context():
        version = db.session.scalars(select(QuestionnaireVersion)).one()
        header, rows = table(db.session, version)
        (row,) = rows
    assert header.index("besoins.notation") == header.index("besoins") + 1
    assert (row["besoins"], row["besoins.notation"]) == (SAID["q-besoins"], "mot-a-mot")


def test_a_page_far_beyond_the_list_is_an_empty_page(lead: PageCheckingClient) -> None:
    assert lead.get(f"{ROOM}/liste?page={10**30}").status_code == 200


@pytest.mark.parametrize("name", ["liste.c\x00sv", "..", "a." + "b" * 300])
def test_a_call_list_may_have_any_name(lead: PageCheckingClient, name: str) -> None:
    file = (io.BytesIO("Nom;Téléphone;Quartier\nAline;0199001234;grazailles\n".encode()), name)
    token = desk.token_in(lead, f"{ROOM}/liste")
    assert lead.post(f"{ROOM}/liste/importer", data={"csrf_token": token, "fichier": file}).status_code == 200
