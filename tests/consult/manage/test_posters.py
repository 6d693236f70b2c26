"""A poster: its short address, the quartier it proposes, the answers it is counted for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from consult.residents import tickets
from surveys import life, places, posters, setting_up
from surveys.models import (
    Consultation,
    Place,
    PlaceMethod,
    PlaceRole,
    Poster,
    Response,
    ResponsePlace,
    ResponsePoster,
    State,
)
from surveys.places import PlaceFacts
from surveys.posters import PosterError
from tests.consult.manage.conftest import Office
from tests.pages import PageCheckingClient
from tests.surveys.making import NOW, act, ready

Make = Callable[[str], Office]
LATER = NOW.date().replace(year=2090)


@pytest.fixture
def hung(app: Flask) -> Poster:
    """A poster in Grazailles, in a consultation open today, where there is another quartier."""
    with app.app_context():
        made = ready(db.session)
        setting_up.set_dates(db.session, made, {"opens_on": NOW.date(), "closes_on": LATER, "keep_until": LATER}, act())
        places.add(db.session, made.id, PlaceFacts("Le Viguier"))
        life.publish(db.session, made, act())
        place_id = db.session.scalars(select(Place.id).where(Place.slug == "grazailles")).one()
        poster = posters.add(db.session, consultation_id=made.id, label="Arrêt de bus", place_id=place_id)
        db.session.commit()
        return poster


def _pairs(page: str) -> dict[str, str]:
    """The hidden fields of a page of questions, and what is ticked on it."""
    inputs = re.findall(r"<input [^>]*>", page)
    found = {}
    for one in inputs:
        name, value = re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)
        if name and value and ('type="hidden"' in one or re.search(r"\bchecked\b", one)):
            found[name[1]] = value[1]
    return found


def _answer(client: PageCheckingClient, code: str, **typed: str) -> str:
    """Follow a poster, fill the page, read it again, send it; returns the last page."""
    notice = client.get(f"/a/{code}", follow_redirects=True).get_data(as_text=True)
    begin = re.search(r'href="(/c/[^"]*/questions[^"]*)"', notice)
    assert begin
    page = client.get(begin[1].replace("&amp;", "&")).get_data(as_text=True)
    asked = re.search(r'<form id="reponses"[^>]*action="([^"]*)"', page)
    assert asked
    data = _pairs(page) | typed | {"aller": "suivant"}
    review = client.post(asked[1].replace("&amp;", "&"), data=data).get_data(as_text=True)
    send = re.search(r'action="([^"]*envoi[^"]*)"', review)
    assert send
    return client.post(send[1].replace("&amp;", "&"), data=_pairs(review)).get_data(as_text=True)


@pytest.mark.parametrize("typed", [str.upper, posters.shown, lambda code: f" {code} "])
def test_a_code_is_known_however_it_is_typed(
    client: PageCheckingClient, hung: Poster, typed: Callable[[str], str]
) -> None:
    answer = client.get(f"/a/{typed(hung.code)}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/c/contrat-de-ville-2026/?affiche=")


def test_an_unknown_code_or_a_draft_leads_nowhere(app: Flask, client: PageCheckingClient, hung: Poster) -> None:
    assert client.get("/a/zzzzzz").status_code == 404
    with app.app_context():
        db.session.query(Consultation).one().state = State.DRAFT
        db.session.commit()
    assert client.get(f"/a/{hung.code}").status_code == 404


def test_the_quartier_of_the_poster_is_ticked_and_said_so(client: PageCheckingClient, hung: Poster) -> None:
    notice = client.get(f"/a/{hung.code}", follow_redirects=True).get_data(as_text=True)
    assert "Vous venez de l’affiche" in notice
    assert "Grazailles est déjà coché" in notice
    page = client.get(f"/c/contrat-de-ville-2026/questions?affiche={hung.code}").get_data(as_text=True)
    assert _pairs(page)["q-quartier"] == "grazailles"
    plain = client.get("/c/contrat-de-ville-2026/questions").get_data(as_text=True)
    assert "q-quartier" not in _pairs(plain)


def test_an_answer_is_counted_for_its_poster_and_its_quartier_known_by_it(
    app: Flask, client: PageCheckingClient, hung: Poster
) -> None:
    assert "Merci" in _answer(client, hung.code, **{"q-besoins": "Des bancs"})
    with app.app_context():
        tied = db.session.scalars(select(ResponsePlace)).one()
        assert (tied.role, tied.method) == (PlaceRole.LIVES, PlaceMethod.POSTER)
        assert [row.answers for row in posters.of(db.session, hung.consultation_id)] == [1]


def test_another_quartier_chosen_is_declared_and_the_poster_still_counted(
    app: Flask, client: PageCheckingClient, hung: Poster
) -> None:
    assert "Merci" in _answer(client, hung.code, **{"q-quartier": "le-viguier"})
    with app.app_context():
        tied = db.session.scalars(select(ResponsePlace)).one()
        assert (tied.method, db.session.get_one(Place, tied.place_id).slug) == (PlaceMethod.DECLARED, "le-viguier")
        assert db.session.scalars(select(ResponsePoster.poster_id)).all() == [hung.id]


def test_a_corrected_answer_keeps_its_poster(app: Flask, client: PageCheckingClient, hung: Poster) -> None:
    thanks = _answer(client, hung.code, **{"q-besoins": "Des bancs"})
    code = "".join(
        re.findall(r"[A-Z2-7]{5}-|[A-Z2-7]{1,5}(?=<)", thanks.partition('id="code"')[2].partition("</p>")[0])
    )
    data = {"code": code, "faire": "changer"}
    review = client.post("/c/contrat-de-ville-2026/recu", data=data).get_data(as_text=True)
    data = _pairs(review) | {"q-besoins": "Des bancs à l’ombre"}
    assert client.post("/c/contrat-de-ville-2026/envoi", data=data).status_code == 201
    with app.app_context():
        key = db.session.scalars(select(Response.key)).one()
        assert db.session.scalars(select(ResponsePoster.response_key)).all() == [key]


def test_a_poster_of_another_consultation_is_no_poster_here(
    app: Flask, client: PageCheckingClient, hung: Poster
) -> None:
    with app.app_context():
        other = Consultation(slug="ailleurs", title="Ailleurs", state=State.OPEN)
        db.session.add(other)
        db.session.flush()
        code = posters.add(db.session, consultation_id=other.id, label="Ici", place_id=None).code
        db.session.commit()
    page = client.get(f"/c/contrat-de-ville-2026/?affiche={code}").get_data(as_text=True)
    assert "Vous venez de l’affiche" not in page


def test_a_ticket_given_before_posters_existed_is_still_read(app: Flask) -> None:
    with app.test_request_context():
        signed = tickets._signer().dumps([3, "abc", ""])
        assert tickets.read(str(signed)) == tickets.Ticket(3, "abc", "")


def test_codes_are_short_plain_and_drawn_at_random() -> None:
    drawn = {posters.draw_code() for _number in range(500)}
    assert len(drawn) > 495
    assert all(re.fullmatch(r"[a-z2-9]{6}", code) and not set(code) & set("ilo015") for code in drawn)


def test_two_posters_cannot_be_told_apart_by_the_same_words(app: Flask, hung: Poster) -> None:
    with app.app_context():
        with pytest.raises(PosterError, match="déjà ce lieu"):
            posters.add(db.session, consultation_id=hung.consultation_id, label="ARRÊT de bus", place_id=None)
        with pytest.raises(PosterError, match="Dites où"):
            posters.add(db.session, consultation_id=hung.consultation_id, label=" ", place_id=None)


def test_a_poster_that_brought_answers_stays_and_small_counts_are_not_shown(office: Make) -> None:
    desk = office("open")
    assert desk.send("affiches", label="Mairie", place="").status_code == 302
    assert desk.send("affiches", label="mairie", place="").status_code == 422
    page = desk.page("affiches")
    assert "aucune" in page
    number = re.search(r"/affiches/(\d+)", page)
    assert number
    assert "a4.pdf" in desk.page(f"affiches/{number[1]}")
    for rest in (f"affiches/{number[1]}/a5.pdf", "affiches/a4.pdf"):
        printed = desk.client.get(f"/equipe/{desk.slug}/{rest}")
        assert (printed.mimetype, printed.data[:5]) == ("application/pdf", b"%PDF-")
    _answer(desk.client, _code(desk), **{"q-besoins": "Des bancs"})
    assert "moins de 5" in desk.page("affiches")
    assert desk.send(f"affiches/{number[1]}/suppression").headers["Location"].endswith(f"/affiches/{number[1]}")
    assert desk.send(f"affiches/{number[1]}", label="Mairie annexe", place="").status_code == 302
    assert "Mairie annexe" in desk.page("affiches")


def test_a_poster_is_printed_in_each_language_offered_and_leads_to_it(office: Make) -> None:
    desk = office("open")
    desk.send("affiches", label="Mairie", place="")
    desk.send("preparation/langues", languages=["ar"])
    number = re.search(r"/affiches/(\d+)", desk.page("affiches"))
    assert number
    assert "العربية" in desk.page(f"affiches/{number[1]}")
    printed = desk.client.get(f"/equipe/{desk.slug}/affiches/{number[1]}/a4.pdf?langue=ar")
    assert printed.data[:5] == b"%PDF-"
    assert printed.headers["Content-Disposition"].endswith('affiche-mairie-ar-a4.pdf"')
    assert desk.client.get(f"/equipe/{desk.slug}/affiches/{number[1]}/a4.pdf?langue=tr").status_code == 404
    page = desk.client.get(f"/a/{_code(desk)}?langue=ar", follow_redirects=True)
    assert '<html lang="ar" dir="rtl"' in page.get_data(as_text=True)


def test_an_unused_poster_is_removed(office: Make) -> None:
    desk = office("ready")
    desk.send("affiches", label="Mairie", place="")
    number = re.search(r"/affiches/(\d+)", desk.page("affiches"))
    assert number
    desk.send(f"affiches/{number[1]}/suppression")
    assert "Aucune affiche pour l’instant" in desk.page("affiches")
    assert desk.client.get(f"/equipe/{desk.slug}/affiches/a4.pdf").status_code == 404


def _code(desk: Office) -> str:
    with desk.app.app_context():
        return db.session.scalars(select(Poster.code)).one()
