"""Without a script, people are put the questions that concern them, and nothing they typed is lost in silence."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveys.models import Answer, Consultation
from tests.consult.residents.paper import Typed, filled, heading, press, text_of, tree_of
from tests.consult.residents.ruled import add_ruled
from tests.pages import PageCheckingClient


@pytest.fixture(autouse=True)
def consultation(session: Session) -> Consultation:
    return add_ruled(session)


def begin(client: PageCheckingClient) -> TestResponse:
    return client.get("/c/bus/questions")


def go(client: PageCheckingClient, *pages: Typed) -> TestResponse:
    """Answer page after page, pressing the button that goes on."""
    at = begin(client)
    for typed in pages:
        onward = "Relire" if "Relire mes réponses" in at.get_data(as_text=True) else "Continuer"
        at = press(client, at, onward, typed)
    return at


def stored(session: Session) -> dict[str, object]:
    session.rollback()
    return {row.question: row.value or row.status for row in session.scalars(select(Answer))}


def read(response: TestResponse) -> str:
    return text_of(next(iter(tree_of(response).iter("main")))).replace("\u202f", " ").replace("\xa0", " ")


def test_a_page_is_passed_over_when_the_answers_before_it_say_so(client: PageCheckingClient) -> None:
    without = go(client, {"bus": "non"})
    assert heading(without) == "Sans le bus"
    assert "Page 2 sur 3" in read(without)
    assert heading(press(client, without, "Revenir à la page précédente")) == "Vous"
    assert heading(go(client, {"bus": "oui", "ligne": "4"})) == "Le bus"
    assert heading(go(client, {})) == "Pour finir"


def test_a_question_that_depends_on_its_own_page_is_shown_with_its_condition_in_words(
    client: PageCheckingClient,
) -> None:
    page = read(begin(client))
    assert "Si « Prenez-vous le bus ? » est « Oui » :" in page
    assert "Quelle ligne prenez-vous ?" in page


def test_what_is_required_is_not_where_the_question_is_not_put(client: PageCheckingClient) -> None:
    assert heading(go(client, {"bus": "non"})) == "Sans le bus"
    mend = go(client, {"bus": "oui"})
    assert mend.status_code == 422
    assert "Écrivez votre réponse." in read(mend)


def test_a_constraint_is_judged_with_its_own_words(client: PageCheckingClient) -> None:
    alone = go(client, {"foyer": "0"})
    assert (alone.status_code, "Comptez-vous : une personne au moins." in read(alone)) == (422, True)
    many = go(client, {"foyer": "3", "enfants": "3"})
    assert (many.status_code, "Il doit rester une personne adulte." in read(many)) == (422, True)
    assert heading(go(client, {"foyer": "3", "enfants": "2"})) == "Pour finir"
    assert heading(go(client, {"foyer": "1", "enfants": "9"})) == "Pour finir", "a question not put breaks no rule"


def test_a_question_of_a_later_page_waits_for_the_answers_before_it(client: PageCheckingClient) -> None:
    assert "Vont-ils à l’école" in read(go(client, {"foyer": "3", "enfants": "2"}))
    assert "Vont-ils à l’école" not in read(go(client, {"foyer": "3", "enfants": "0"}))
    assert "Vont-ils à l’école" not in read(go(client, {"foyer": "1", "enfants": "2"}))


def test_the_review_lists_what_is_put_and_says_what_will_not_be_sent(
    client: PageCheckingClient, session: Session
) -> None:
    review = go(client, {"bus": "non", "ligne": "la 4, le soir"}, {"pourquoi": "Trop cher"}, {"mot": "Merci"})
    said = read(review)
    assert "Qu’est-ce qui vous gêne" not in said
    listed, _, aside = said.partition("Ce qui ne sera pas envoyé")
    assert "la 4, le soir" not in listed
    assert "Quelle ligne prenez-vous ? la 4, le soir" in aside
    assert press(client, review, "Envoyer").status_code == 201
    assert stored(session) == {"bus": "non", "pourquoi": "Trop cher", "mot": "Merci"}


def test_nothing_is_said_of_what_will_not_be_sent_when_there_is_nothing(client: PageCheckingClient) -> None:
    assert "Ce qui ne sera pas envoyé" not in read(go(client, {"bus": "non"}, {"pourquoi": "Cher"}, {}))


def test_what_was_typed_comes_back_with_its_question(client: PageCheckingClient, session: Session) -> None:
    review = go(client, {"bus": "oui", "ligne": "4"}, {"gene": "lattente", "attente": "À la gare"}, {"mot": "Merci"})
    changed = press(client, press(client, review, "Modifier Vous"), "Revenir à la relecture", {"bus": "non"})
    assert "À la gare" in read(changed).partition("Ce qui ne sera pas envoyé")[2]
    again = press(client, press(client, changed, "Modifier Vous"), "Revenir à la relecture", {"bus": "oui"})
    assert "Ce qui ne sera pas envoyé" not in read(again)
    assert press(client, again, "Envoyer").status_code == 201
    assert stored(session)["attente"] == "À la gare"


def test_a_page_that_lies_about_what_was_put_stores_nothing_of_it(client: PageCheckingClient, session: Session) -> None:
    review = go(client, {"bus": "non"}, {"pourquoi": "Cher"}, {})
    forged = filled(review)
    forged.add("q-attente", "jamais demandé")
    forged.add("q-ecole", "oui")
    forged.add("q-foyer", "pas un nombre")
    answer = client.post("/c/bus/envoi", data=forged)
    assert answer.status_code == 422, "an answer that is put and cannot be read is to be mended"
    forged.setlist("q-foyer", [])
    assert client.post("/c/bus/envoi", data=forged).status_code == 201
    assert stored(session) == {"bus": "non", "pourquoi": "Cher"}


def test_asking_for_a_page_that_is_not_put_leads_to_the_next_one(client: PageCheckingClient) -> None:
    given = filled(go(client, {"bus": "non"}))
    given["aller"] = "modifier-2"
    assert heading(client.post("/c/bus/questions", data=given)) == "Sans le bus"


def test_what_is_stored_opens_again_with_the_questions_that_were_put(client: PageCheckingClient) -> None:
    review = go(client, {"bus": "non", "ligne": "4"}, {"pourquoi": "Cher"}, {})
    thanks = press(client, review, "Envoyer")
    code = next(
        text_of(e) for e in tree_of(thanks).iter() if "receipt__code" in (e.get("class") or "") or e.tag == "output"
    )
    opened = client.post("/c/bus/recu", data={"code": code, "faire": "changer"})
    assert "Sans le bus" in read(opened)
    assert "Quelle ligne" not in read(opened)


def test_options_keep_one_order_for_one_person_and_another_for_another(
    client: PageCheckingClient, session: Session
) -> None:
    def order(page: TestResponse) -> list[str]:
        return [e.get("value") for e in tree_of(page).iter("input") if e.get("name") == "q-gene"]

    page = go(client, {"bus": "oui", "ligne": "4"})
    back = press(client, press(client, page, "Revenir à la page précédente"), "Continuer")
    assert order(back) == order(page)
    assert order(page)[-1] == "autre"
    orders = {tuple(order(go(client, {"bus": "oui", "ligne": "4"}))) for _person in range(20)}
    assert len(orders) > 1
    review = press(client, press(client, page, "Continuer", {"gene": order(page)[:3]}), "Relire")
    press(client, review, "Envoyer")
    assert stored(session)["gene"] == ["lattente", "le-prix", "la-proprete"]


def test_the_page_that_holds_every_question_says_each_condition(client: PageCheckingClient, session: Session) -> None:
    page = client.get("/c/bus/questions/tout")
    assert read(page).count("Si « Prenez-vous le bus ? » est « Oui » :") == 2
    answer = press(client, page, "Envoyer", {"bus": "non", "ligne": "4", "attente": "Gare", "pourquoi": "Cher"})
    assert answer.status_code == 201
    assert stored(session) == {"bus": "non", "pourquoi": "Cher"}
