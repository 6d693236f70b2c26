"""Two people on one questionnaire, a name that answers keep, files, translations, publishing."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from surveys import definition, questionnaire_templates, xlsform
from surveys.models import Consultation, QuestionnaireVersion, Role
from tests.consult import desk
from tests.consult.editor.book import (
    BOOK,
    HERE,
    add,
    another,
    dumped,
    lines,
    made,
    opened,
    post,
    save,
    seen,
    stored,
    text_of,
)
from tests.pages import PageCheckingClient

__all__ = ["made"]
RUE = f"{BOOK}/questions/rue"
JSON = {"Accept": "application/json"}


def test_the_second_of_two_people_sees_both_texts_and_chooses(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    other = another(app)
    first, second = seen(client, RUE), seen(other, RUE)
    post(client, RUE, seen=first, label="Quelle rue habitez-vous ?")
    answer = post(other, RUE, seen=second, label="Le nom de votre rue", help="Sans numéro")
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Agent a changé ce texte pendant que vous l’écriviez : rien n’est encore enregistré." in page
    assert "Question Quelle rue habitez-vous ? Le nom de votre rue" in page
    assert stored(app).question("rue").label == "Quelle rue habitez-vous ?"
    again = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', answer.text)
    assert again
    assert post(other, RUE, seen=again[1], label="Le nom de votre rue", help="Sans numéro").status_code == 302
    assert stored(app).question("rue").label == "Le nom de votre rue"


def test_two_people_on_two_questions_do_not_hinder_each_other(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    other = another(app)
    first, second = seen(client, RUE), seen(other, f"{BOOK}/questions/besoins")
    assert post(client, RUE, seen=first, label="Rue ?").status_code == 302
    assert post(other, f"{BOOK}/questions/besoins", seen=second, label="Besoins ?").status_code == 302
    assert [question.label for question in stored(app).questions] == ["Besoins ?", "Rue ?"]


def test_the_script_is_told_of_the_other_person(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    opened(client)
    other = another(app)
    late = seen(other, RUE)
    post(client, RUE, seen=seen(client, RUE), label="Rue ?")
    data = {"csrf_token": desk.token_in(other, RUE), "seen": late, "label": "La rue"}
    told = other.post(RUE, data=data, headers=JSON)
    assert told.status_code == 409
    assert told.json is not None
    assert told.json["conflict"].startswith("Agent a changé")


def test_what_was_typed_for_a_question_since_removed_is_shown_whole(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    other = another(app)
    late, token = seen(other, RUE), desk.token_in(other, RUE)
    post(client, f"{BOOK}/geste", RUE, do="remove", part="rue")
    typed = {"csrf_token": token, "seen": late, "label": "Le nom de votre rue", "help": "Sans numéro"}
    answer = other.post(RUE, data=typed)
    assert answer.status_code == 409
    assert "Le nom de votre rue\nSans numéro" in unescape(answer.text)


def test_what_was_typed_while_another_published_opens_a_new_draft(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    post(client, RUE, seen=seen(client, RUE), label="Rue ?")
    other = another(app)
    late, token = seen(other, RUE), desk.token_in(other, RUE)
    _publish(client)
    answer = other.post(RUE, data={"csrf_token": token, "seen": late, "label": "Votre rue, sans numéro"})
    assert answer.status_code == 302
    assert "la vôtre ouvre un nouveau brouillon" in text_of(other.get(RUE))
    assert stored(app).question("rue").label == "Votre rue, sans numéro"


def _revision(client: PageCheckingClient) -> str:
    return client.get(f"{BOOK}/publier").text.partition('name="revision" value="')[2].partition('"')[0]


def _publish(client: PageCheckingClient) -> None:
    answer = post(client, f"{BOOK}/publier", revision=_revision(client))
    assert "/versions/" in answer.headers["Location"]


def test_a_version_is_published_with_what_it_changes_and_the_first_stays(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    page = text_of(client.get(f"{BOOK}/publier"))
    assert "Rien n’a changé depuis la version 1 : il n’y a rien à publier." in page
    post(client, RUE, seen=seen(client, RUE), label="Rue ?")
    page = text_of(client.get(f"{BOOK}/publier"))
    assert "4 réponses restent liées à la version 1." in page
    assert "changée Rue ? Question Avant : Votre rue Maintenant : Rue ?" in page
    _publish(client)
    with app.app_context():
        found = db.session.scalars(select(QuestionnaireVersion).order_by(QuestionnaireVersion.version)).all()
        labels = [definition.load(version.definition).question("rue").label for version in found]
    assert labels == ["Votre rue", "Rue ?"]
    assert "4 réponses sont liées à cette version" in text_of(client.get(f"{BOOK}/versions/1"))
    assert "sans réponse encore" in text_of(client.get(f"{BOOK}/versions/2"))
    assert "De la version 1 à la version 2." in text_of(client.get(f"{BOOK}/differences"))
    assert client.get(f"{BOOK}/versions/3").status_code == 404


def test_what_stands_against_publishing_leads_to_its_question(client: PageCheckingClient, made: desk.Desk) -> None:
    opened(client)
    name = add(client, "Quel sujet ?", "one_choice")
    answer = client.get(f"{BOOK}/publier")
    assert f'href="{BOOK}/questions/{name}#options"' in answer.text
    assert "« Quel sujet ? » : il faut au moins deux réponses au choix." in text_of(answer)
    sent = post(client, f"{BOOK}/publier", f"{BOOK}/", revision="2")
    assert sent.headers["Location"] == f"{BOOK}/publier"


def test_a_draft_that_changed_since_it_was_read_is_not_published(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    post(client, RUE, seen=seen(client, RUE), label="Rue ?")
    read = _revision(client)
    other = another(app)
    post(other, RUE, seen=seen(other, RUE), label="La rue ?")
    post(client, f"{BOOK}/publier", revision=read)
    assert "relisez, puis publiez" in text_of(client.get(f"{BOOK}/publier"))


def test_a_name_under_which_answers_are_kept_does_not_change(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    here = f"{BOOK}/questions/besoins"
    post(client, f"{BOOK}/geste", here, do="rename", part="besoins", name="envies", here="question:besoins")
    assert "« besoins » garde son nom : 4 réponses" in text_of(client.get(here))
    post(client, f"{BOOK}/geste", RUE, do="rename", part="rue", name="voie", here="question:rue")
    assert [question.name for question in stored(app).questions] == ["besoins", "voie"], "nobody answered « rue »"


def test_the_kind_of_a_published_question_changes_under_another_name(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    here = f"{BOOK}/questions/besoins"
    answer = post(client, f"{BOOK}/geste", here, do="kind", part="besoins", kind="short_text")
    assert "dans la version 1, « besoins » était d’un autre type" in text_of(client.get(answer.headers["Location"]))
    assert [(q.name, q.kind) for q in stored(app).questions] == [("besoins_2", "short_text"), ("rue", "short_text")]
    name = add(client, "Un avis ?", "long_text")
    post(client, f"{BOOK}/geste", f"{BOOK}/questions/{name}", do="kind", part=name, kind="one_choice")
    assert stored(app).question(name).kind == "one_choice", "never published, it keeps its name"


def test_texts_are_translated_and_what_is_missing_is_counted(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    here = f"{BOOK}/traduire/ar"
    page = client.get(here)
    assert "4 textes à traduire sur 4." in text_of(page)
    assert 'dir="rtl"' in page.text
    post(client, here, **{"t-rue.label": "شارعك", "was-rue.label": "", "t-absent.label": "x"})
    assert stored(app).translations == {"ar": {"rue.label": "شارعك"}}
    assert "3 textes à traduire sur 4." in text_of(client.get(here))
    assert client.get(f"{BOOK}/traduire/fr").status_code == 404
    assert client.get(f"{BOOK}/traduire/xx").status_code == 404


def test_a_text_that_two_people_translate_is_shown_to_the_second(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    other, here = another(app), f"{BOOK}/traduire/tr"
    post(client, here, **{"t-rue.label": "Sokak", "was-rue.label": ""})
    answer = post(
        other, here, **{"t-rue.label": "Caddeniz", "was-rue.label": "", "t-title": "Mahalle", "was-title": ""}
    )
    assert answer.status_code == 409
    assert "Agent a traduit ce texte entre-temps" in text_of(answer)
    assert "Sokak" in answer.text
    assert "Caddeniz" in answer.text
    assert stored(app).translations["tr"] == {"rue.label": "Sokak", "title": "Mahalle"}
    post(other, here, **{"t-rue.label": "Caddeniz", "was-rue.label": "Sokak"})
    assert stored(app).translations["tr"]["rue.label"] == "Caddeniz"


def _start(client: PageCheckingClient, **typed: Any) -> str:
    data: dict[str, Any] = {"title": "Les jeunes", "public": "jeunes", "channel": "en-ligne", "start": "vide", **typed}
    answer = post(client, f"{HERE}/nouveau", **data)
    assert answer.status_code == 302, text_of(answer)
    return answer.headers["Location"]


def test_a_questionnaire_starts_from_nothing_and_says_what_to_do(client: PageCheckingClient, made: desk.Desk) -> None:
    address = _start(client)
    assert address == f"{HERE}/jeunes/"
    assert "Aucune question pour l’instant" in text_of(client.get(address))
    assert _start(client) == f"{HERE}/jeunes-2/"


@pytest.mark.parametrize("model", ["contrat-de-ville", "jeunes", "acteurs"])
def test_a_questionnaire_starts_from_a_model_and_can_be_published_as_it_is(
    client: PageCheckingClient, made: desk.Desk, model: str
) -> None:
    address = _start(client, title="Notre enquête", start=f"modele-{model}")
    page = text_of(client.get(f"{address}publier"))
    assert "Publier la version 1" in page
    assert "à corriger" not in page
    assert client.get(f"{address}traduire/ar").status_code == 200
    assert "Aperçu" in text_of(client.get(_preview(client, address)))


def _preview(client: PageCheckingClient, address: str) -> str:
    found = re.search(r'href="([^"]*/apercu/[^"]*brouillon-[0-9]+)"', client.get(address).text)
    assert found
    return unescape(found[1])


def test_a_title_of_ones_own_drops_the_translations_of_the_title_of_the_model(
    client: PageCheckingClient, made: desk.Desk
) -> None:
    model = questionnaire_templates.all()[0]
    here = f"{_start(client, title='Notre enquête', start=f'modele-{model.slug}')}traduire/ar"
    assert "1 texte à traduire" in text_of(client.get(here))
    assert len(model.questionnaire.translations["ar"]) > 50


def test_a_draft_that_no_form_can_hold_is_not_exported_and_says_why(
    client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    add(client, "Quel sujet ?", "one_choice")
    answer = client.get(f"{BOOK}/questionnaire.xlsx")
    assert answer.headers["Location"] == f"{BOOK}/"
    assert "Feuille" in text_of(client.get(f"{BOOK}/"))


def test_a_questionnaire_starts_from_one_of_a_consultation_of_mine_only(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    with app.app_context():
        elsewhere = db.session.scalars(select(Consultation).where(Consultation.slug == "ailleurs")).one()
        foreign = desk.questionnaire(db.session, elsewhere.id).id
        own = db.session.query(QuestionnaireVersion).filter_by(consultation_id=made.consultation_id).one().id
        db.session.commit()
    page = client.get(f"{HERE}/nouveau").text
    assert f'value="version-{own}"' in page
    assert f'value="version-{foreign}"' not in page
    copied = client.get(_start(client, start=f"version-{own}"))
    assert "2 questions, 1 page." in text_of(copied)
    answer = post(client, f"{HERE}/nouveau", title="X", public="x", channel="papier", start=f"version-{foreign}")
    assert answer.status_code == 422


def test_a_name_already_taken_is_refused_at_its_field(client: PageCheckingClient, made: desk.Desk) -> None:
    typed = {"title": "Bis", "public": "x", "channel": "papier", "start": "vide", "name": "en-ligne"}
    answer = post(client, f"{HERE}/nouveau", **typed)
    assert answer.status_code == 422
    assert "s’appelle déjà « en-ligne »" in text_of(answer)
    assert 'value="Bis"' in answer.text


def test_a_draft_goes_out_as_an_xlsform_and_comes_back_the_same(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    name = add(client, "Transport ?", "one_choice")
    save(client, name, label="Transport ?", **lines("options", "Bus", "Tram"))
    before = stored(app)
    sheet = client.get(f"{BOOK}/questionnaire.xlsx")
    assert sheet.headers["Content-Disposition"] == "attachment; filename=en-ligne-brouillon.xlsx"
    post(client, f"{BOOK}/geste", f"{BOOK}/", do="remove", part=name)
    answer = post(client, f"{BOOK}/reprendre", file=(io.BytesIO(sheet.data), "q.xlsx"))
    assert answer.status_code == 302, text_of(answer)
    assert dumped(stored(app)) == dumped(before)


def test_a_file_that_is_not_one_is_refused_with_where_and_why_and_changes_nothing(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    before = stored(app)
    for content in (b"", b"n'importe quoi"):
        answer = post(client, f"{BOOK}/reprendre", file=(io.BytesIO(content), "q.xlsx"))
        assert answer.status_code == 422
        assert "À corriger dans le fichier" in text_of(answer)
    assert "Choisissez le fichier à lire." in text_of(post(client, f"{BOOK}/reprendre"))
    assert stored(app) == before


def test_an_xlsform_starts_a_questionnaire(client: PageCheckingClient, made: desk.Desk) -> None:
    content = xlsform.write(definition.load(desk.QUESTIONS), name="x")
    address = _start(client, start="fichier", file=(io.BytesIO(content), "q.xlsx"))
    assert "2 questions, 1 page." in text_of(client.get(address))


def test_a_draft_is_given_up_only_once_asked(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    opened(client)
    assert "Tout ce qui y a été changé depuis la version 1 sera perdu" in text_of(client.get(f"{BOOK}/abandonner"))
    post(client, f"{BOOK}/abandonner")
    assert client.get(f"{BOOK}/").headers["Location"] == f"{HERE}/"
    assert "Version 1" in text_of(client.get(f"{HERE}/"))


def test_a_title_changed_by_another_is_not_overwritten_in_silence(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    other = another(app)
    late = seen(other, f"{BOOK}/")
    facts = {"public": "habitants", "channel": "en-ligne"}
    post(client, f"{BOOK}/", seen=seen(client, f"{BOOK}/"), title="Nos quartiers", **facts)
    answer = post(other, f"{BOOK}/", seen=late, title="Vos quartiers", **facts)
    assert answer.status_code == 409
    assert "On y lit maintenant : « Nos quartiers »" in text_of(answer)
    assert stored(app).title == "Nos quartiers"


@pytest.mark.parametrize("rest", ["/", "/publier", "/ajouter", "/traduire/ar", "/questions/rue", "/reprendre"])
def test_without_a_draft_the_pages_of_one_lead_to_the_list(
    client: PageCheckingClient, made: desk.Desk, rest: str
) -> None:
    assert client.get(f"{BOOK}{rest}").headers["Location"] == f"{HERE}/"
    assert client.get(f"{HERE}/absent{rest}").status_code == 404


def test_a_lead_finds_the_way_back_to_the_preparation(app: Flask, made: desk.Desk) -> None:
    page = another(app, Role.LEAD).get(f"{HERE}/").text
    assert "/preparation/questionnaires" in page
