"""Several questionnaires online: each has its address, and whoever comes without one chooses."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import posters
from surveys.models import Answer, Channel, Consultation, QuestionnaireVersion, Response
from tests.consult.residents.everything import add_everything
from tests.consult.residents.paper import heading, press
from tests.consult.residents.test_answering import at_review
from tests.consult.residents.test_receipt import code_in
from tests.pages import PageCheckingClient
from tests.surveys.making import add_version

YOUNG = {
    "title": "Et vous, les jeunes ?",
    "sections": [
        {"title": "Toi", "questions": [{"kind": "long_text", "name": "envie", "label": "Tu as envie de quoi ?"}]}
    ],
}


def _young(session: Session, consultation: Consultation, *, version: int = 1) -> QuestionnaireVersion:
    made = add_version(session, consultation, YOUNG, version=version + 100)
    made.name, made.public, made.version = "jeunes", "14 à 22 ans", version
    session.commit()
    return made


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = add_everything(session, languages=["fr", "ar"])
    _young(session, made, version=7)
    return made


@pytest.mark.usefixtures("consultation")
def test_the_address_of_the_consultation_lets_choose(client: PageCheckingClient) -> None:
    page = client.get("/c/tout/").get_data(as_text=True)
    assert "Choisissez le questionnaire qui vous concerne" in page
    assert "Commencer" not in page
    for address, words in (("/c/tout/en-ligne/", "Votre quartier, votre avis"), ("/c/tout/jeunes/", "14 à 22 ans")):
        assert f'href="{address}' in page
        assert words in page
    for rest in ("questions", "questions/tout"):
        answer = client.get(f"/c/tout/{rest}")
        assert answer.headers["Location"].startswith("/c/tout/")


@pytest.mark.parametrize(
    ("name", "first"), [("jeunes", "Tu as envie de quoi"), ("en-ligne", "Dans quel quartier habitez-vous")]
)
@pytest.mark.usefixtures("consultation")
def test_each_questionnaire_is_answered_at_its_own_address_whatever_its_version(
    client: PageCheckingClient, name: str, first: str
) -> None:
    notice = client.get(f"/c/tout/{name}/").get_data(as_text=True)
    assert "Choisir un autre questionnaire" in notice
    begin = notice.partition("/c/tout/questions?")[2].partition('"')[0].replace("&amp;", "&")
    assert f"questionnaire={name}" in begin
    for rest in ("questions", "questions/tout"):
        assert first in client.get(f"/c/tout/{rest}?{begin}").get_data(as_text=True)


def test_the_answer_is_tied_to_the_questionnaire_that_was_chosen(
    client: PageCheckingClient, session: Session, consultation: Consultation
) -> None:
    young = session.query(QuestionnaireVersion).filter_by(name="jeunes").one()
    page = client.get("/c/tout/questions?questionnaire=jeunes")
    review = press(client, page, "Relire", {"envie": "Un terrain de foot"})
    thanks = press(client, review, "Envoyer")
    assert heading(thanks) == "Merci, votre réponse est enregistrée"
    session.rollback()
    assert session.query(Response).one().questionnaire_id == young.id
    assert session.query(Answer).one().value == "Un terrain de foot"
    mine = client.post("/c/tout/recu", data={"code": code_in(thanks)})
    assert "Un terrain de foot" in mine.get_data(as_text=True)
    changing = press(client, mine, "Changer")
    assert "questionnaire=jeunes" in changing.get_data(as_text=True)
    again = press(client, press(client, changing, "Modifier"), "Revenir", {"envie": "Une piste"})
    assert heading(press(client, again, "Envoyer")) == "Merci, votre réponse est enregistrée"
    session.rollback()
    assert session.query(Answer).one().value == "Une piste"


def test_a_poster_points_at_the_choice_or_at_one_questionnaire(
    client: PageCheckingClient, session: Session, consultation: Consultation
) -> None:
    either = posters.add(session, consultation_id=consultation.id, label="Mairie", place_id=None)
    one = posters.add(session, consultation_id=consultation.id, label="Lycée", place_id=None, questionnaire="jeunes")
    gone = posters.add(session, consultation_id=consultation.id, label="Gare", place_id=None, questionnaire="retire")
    session.commit()
    for poster, path in ((either, "/c/tout/"), (one, "/c/tout/jeunes/"), (gone, "/c/tout/")):
        answer = client.get(f"/a/{poster.code}")
        assert answer.headers["Location"].partition("?")[0] == path
    chosen = client.get(f"/c/tout/?affiche={either.code}").get_data(as_text=True)
    assert f"affiche={either.code}" in chosen.partition('href="/c/tout/jeunes/')[2].partition('"')[0]


@pytest.mark.parametrize("name", ["inconnu", "attente", "questions"])
@pytest.mark.usefixtures("consultation")
def test_a_questionnaire_that_is_not_online_has_no_address(client: PageCheckingClient, name: str) -> None:
    assert client.get(f"/c/tout/{name}/").status_code == 404


def test_a_questionnaire_that_left_the_web_is_no_longer_offered(
    client: PageCheckingClient, session: Session, consultation: Consultation
) -> None:
    paper = _young(session, consultation, version=8)
    paper.channel = Channel.PAPER
    session.commit()
    page = client.get("/c/tout/").get_data(as_text=True)
    assert "Commencer" in page
    assert "Choisissez le questionnaire" not in page
    assert heading(at_review(client)) == "Relire et envoyer"


def test_one_questionnaire_has_the_addresses_it_always_had(client: PageCheckingClient, session: Session) -> None:
    made = add_everything(session)
    page = client.get(f"/c/{made.slug}/").get_data(as_text=True)
    assert f'href="/c/{made.slug}/questions"' in page
    assert "questionnaire=" not in page
