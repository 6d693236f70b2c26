"""A questionnaire is written question by question, with or without a script."""

from __future__ import annotations

import pytest
from flask import Flask

from consult.extensions import db
from surveys.models import AuditEvent, QuestionnaireVersion, Response, Role
from surveys.questions import Option
from tests.consult import desk
from tests.consult.editor.book import (
    BOOK,
    HERE,
    add,
    another,
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
JSON = {"Accept": "application/json"}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.INTERVIEWER, Role.COPIL])
def test_other_roles_do_not_enter(app: Flask, made: desk.Desk, role: Role) -> None:
    client = another(app, role)
    assert client.get(f"{HERE}/").status_code == 403
    assert client.get(f"{BOOK}/").status_code == 403


def test_the_list_shows_versions_with_their_answers_and_who_writes(client: PageCheckingClient, made: desk.Desk) -> None:
    page = text_of(client.get(f"{HERE}/"))
    assert "Version 1 2 questions 4 réponses" in page
    opened(client)
    assert "Brouillon modifié par Agent" in text_of(client.get(f"{HERE}/"))


def test_without_a_questionnaire_the_list_says_what_to_do(
    app: Flask, made: desk.Desk, client: PageCheckingClient
) -> None:
    with app.app_context():
        db.session.query(Response).delete()
        db.session.query(QuestionnaireVersion).delete()
        db.session.commit()
    assert "Aucun questionnaire pour l’instant" in client.get(f"{HERE}/").text


def test_a_question_is_added_after_another_under_a_name_from_its_label(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    assert add(client, "Quel est votre âge ?", "age_band", after="besoins") == "age"
    assert [question.name for question in stored(app).questions] == ["besoins", "age", "rue"]


@pytest.mark.parametrize(("typed", "words"), [({"label": " "}, "Écrivez la question."), ({}, "Choisissez comment")])
def test_a_question_to_add_says_what_it_misses(
    client: PageCheckingClient, made: desk.Desk, typed: dict[str, str], words: str
) -> None:
    opened(client)
    answer = post(client, f"{BOOK}/ajouter", **{"label": "Où ?", **typed})
    assert answer.status_code == 422
    assert words in answer.text


def test_everything_of_a_question_is_kept(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    opened(client)
    name = add(client, "Quels sujets ?", "several_choices")
    answer = save(
        client,
        name,
        label="Vos 3 sujets ?",
        help="Trois au plus",
        maximum="3",
        required="y",
        may_refuse="y",
        shuffled="y",
        figure="y",
        interviewer="Lire lentement",
        **lines("options", "Bus", "Parcs", "Autre", "Aucun"),
        **{"options-other": "k2", "options-exclusive": "k3"},
    )
    assert answer.status_code == 302
    question = stored(app).question(name)
    assert question.options == (
        Option("bus", "Bus"),
        Option("parcs", "Parcs"),
        Option("autre", "Autre", other=True),
        Option("aucun", "Aucun", exclusive=True),
    )
    assert (question.label, question.help, question.interviewer) == (
        "Vos 3 sujets ?",
        "Trois au plus",
        "Lire lentement",
    )
    assert (question.required, question.may_refuse, question.dont_know, question.shuffled) == (True, True, False, True)
    page = text_of(client.get(answer.headers["Location"]))
    assert "Ce que voient les habitants Vos 3 sujets ?" in page
    assert "Choisissez 3 réponses au plus." in page


def test_an_answer_renamed_keeps_its_code_and_a_pasted_list_adds_lines(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    name = add(client, "Transport ?", "one_choice")
    save(client, name, label="Transport ?", **lines("options", "Bus", "Tram"))
    typed = lines("options", "Bus de nuit", "Tram", codes=("bus", "tram"))
    save(client, name, label="Transport ?", **typed, **{"options-paste": "- Vélo\n- À pied"})
    assert [(o.code, o.label) for o in stored(app).question(name).options] == [
        ("bus", "Bus de nuit"),
        ("tram", "Tram"),
        ("velo", "Vélo"),
        ("a-pied", "À pied"),
    ]


@pytest.mark.parametrize(
    ("act", "labels"),
    [("options-down:k0", ["Tram", "Bus"]), ("options-up:k1", ["Tram", "Bus"]), ("options-remove:k0", ["Tram"])],
)
def test_lines_move_and_go_with_plain_buttons(
    app: Flask, client: PageCheckingClient, made: desk.Desk, act: str, labels: list[str]
) -> None:
    opened(client)
    name = add(client, "Transport ?", "one_choice")
    save(client, name, label="Transport ?", **lines("options", "Bus", "Tram"), do=act)
    assert [option.label for option in stored(app).question(name).options] == labels


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("one_choice", {"label": ""}, "Écrivez la question."),
        ("one_choice", lines("options", "Oui", "oui"), "écrit deux fois"),
        ("number", {"minimum": "douze"}, "Écrivez un nombre en chiffres"),
        ("short_text", {"max_length": "0"}, "Écrivez un nombre entier, 1 ou plus."),
        ("number", {"constraint": ". >"}, "Contrôle"),
        ("number", {"if-mode": "text", "if-text": "${rue = 1"}, "Caractère 1"),
        ("number", {"if-mode": "text", "if-text": "${absente} = 1"}, "Aucune question ne s’appelle"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(
    app: Flask, client: PageCheckingClient, made: desk.Desk, kind: str, typed: dict[str, str], words: str
) -> None:
    opened(client)
    name = add(client, "Première ?", kind)
    before = stored(app)
    answer = save(client, name, **{"label": "Ma question ?", "help": "Mon aide à moi", **typed})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Mon aide à moi" in answer.text
    assert stored(app) == before


def test_a_condition_is_a_sentence_built_step_by_step_without_a_script(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    first = add(client, "Prenez-vous le bus ?", "yes_no")
    last = add(client, "Pourquoi ?", "long_text")
    before = stored(app)
    answer = save(client, last, label="Pourquoi ?", do="if-more")
    assert answer.status_code == 200
    assert "Choisir une question…" in answer.text
    chosen = {"if-question": first, "if-test": "", "if-value": ""}
    answer = save(client, last, label="Pourquoi ?", **chosen, do="if-refresh")
    assert '<option value="non">Non</option>' in answer.text
    assert stored(app) == before, "nothing is written while the sentence is being built"
    answer = save(client, last, label="Pourquoi ?", **chosen)
    assert (answer.status_code, "choisissez une réponse" in answer.text) == (422, True)
    answer = save(client, last, label="Pourquoi ?", **{**chosen, "if-test": "is", "if-value": "non"})
    assert answer.status_code == 302
    assert stored(app).question(last).relevant == f"${{{first}}} = 'non'"
    assert "Seulement si « Prenez-vous le bus ? » est « Non »." in text_of(client.get(answer.headers["Location"]))


def test_conditions_are_joined_and_taken_away(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    opened(client)
    add(client, "Âge ?", "number")
    last = add(client, "Pourquoi ?", "long_text")
    two = {
        "if-question": ["age", "besoins"],
        "if-test": ["at_least", "answered"],
        "if-value": ["60", ""],
        "if-joint": "or",
    }
    save(client, last, label="Pourquoi ?", **two)
    assert stored(app).question(last).relevant == "${age} >= 60 or ${besoins} != ''"
    answer = save(client, last, label="Pourquoi ?", **two, do="if-remove-0")
    assert answer.text.count('name="if-question"') == 1
    save(client, last, label="Pourquoi ?")
    assert stored(app).question(last).relevant == ""


def test_a_condition_too_rich_for_sentences_is_edited_as_text(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    last = add(client, "Pourquoi ?", "long_text")
    rich = "string-length(${besoins}) > 10 and (${rue} = 'a' or ${rue} = 'b')"
    save(client, last, label="Pourquoi ?", **{"if-mode": "text", "if-text": rich})
    assert stored(app).question(last).relevant == rich
    page = client.get(f"{BOOK}/questions/{last}")
    assert 'name="if-text"' in page.text
    answer = save(client, last, label="Pourquoi ?", **{"if-mode": "text", "if-text": rich, "do": "if-sentence"})
    assert answer.status_code == 422
    assert "ne s’écrit pas en phrases" in text_of(answer)


def test_a_question_that_a_condition_reads_stays_and_the_page_says_why(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    first = add(client, "Prenez-vous le bus ?", "yes_no")
    last = add(client, "Pourquoi ?", "long_text")
    save(client, last, label="Pourquoi ?", **{"if-question": first, "if-test": "is", "if-value": "non"})
    here = f"{BOOK}/questions/{first}"
    answer = post(client, f"{BOOK}/geste", here, do="remove", part=first, here=f"question:{first}")
    assert answer.headers["Location"] == here
    assert "sert dans une condition : changez d’abord la condition de « Pourquoi ? »" in text_of(client.get(here))
    assert first in {question.name for question in stored(app).questions}


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("up", ["rue", "besoins"]),
        ("duplicate", ["besoins", "rue", "rue_2"]),
        ("remove", ["besoins"]),
    ],
)
def test_a_question_is_moved_copied_removed_and_the_change_undone(
    app: Flask, client: PageCheckingClient, made: desk.Desk, act: str, names: list[str]
) -> None:
    opened(client)
    before = stored(app)
    here = f"{BOOK}/questions/rue"
    post(client, f"{BOOK}/geste", here, do=act, part="rue", here="question:rue")
    assert [question.name for question in stored(app).questions] == names
    revision = client.get(f"{BOOK}/").text.partition('name="revision" value="')[2].partition('"')[0]
    post(client, f"{BOOK}/annuler", f"{BOOK}/", revision=revision)
    assert stored(app) == before


def test_a_page_is_added_written_moved_and_removed(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    opened(client)
    answer = post(client, f"{BOOK}/geste", f"{BOOK}/", do="add-section", part="")
    here = answer.headers["Location"].partition("?")[0]
    name = here.rpartition("/")[2]
    post(client, here, seen=seen(client, here), title="Vous", help="Merci de répondre", **{"if-mode": "sentence"})
    assert (stored(app).sections[1].title, stored(app).sections[1].help) == ("Vous", "Merci de répondre")
    post(client, f"{BOOK}/geste", here, do="section-up", part=name, here=f"section:{name}")
    assert [section.title for section in stored(app).sections] == ["Vous", "Vos idées"]
    post(client, f"{BOOK}/geste", here, do="section-remove", part=name, here=f"section:{name}")
    assert [section.title for section in stored(app).sections] == ["Vos idées"]


def test_the_script_saves_a_form_and_is_told_codes_and_errors(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    name = add(client, "Transport ?", "one_choice")
    address = f"{BOOK}/questions/{name}"
    typed = {"csrf_token": desk.token_in(client, address), "seen": seen(client, address), "label": "Transport ?"}
    told = client.post(address, data={**typed, **lines("options", "Bus", "Tram")}, headers=JSON)
    assert told.json is not None
    assert told.json["codes"] == {"options": {"k0": "bus", "k1": "tram"}}
    wrong = client.post(address, data={**typed, "seen": told.json["seen"], "label": ""}, headers=JSON)
    assert (wrong.status_code, wrong.json) == (422, {"conflict": "", "errors": {"label": ["Écrivez la question."]}})


def test_what_was_done_is_in_the_audit_log_without_a_word_of_the_questions(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    opened(client)
    add(client, "Quel est votre âge ?", "age_band")
    with app.app_context():
        events = db.session.query(AuditEvent).filter(AuditEvent.action.startswith("questionnaire.")).all()
        assert [event.action for event in events] == ["questionnaire.opened", "questionnaire.changed"]
        assert all(event.details == {"questionnaire": "en-ligne"} for event in events)


@pytest.mark.parametrize("number", ["²", "١", "9" * 5000, "-1", ""])
def test_what_is_no_number_is_no_revision_and_no_version(
    client: PageCheckingClient, made: desk.Desk, number: str
) -> None:
    opened(client)
    for act in ("annuler", "publier"):
        assert post(client, f"{BOOK}/{act}", f"{BOOK}/", revision=number).status_code == 302
    assert client.get(f"{BOOK}/questionnaire.xlsx?version={number}").status_code == 200
