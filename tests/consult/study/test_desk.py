"""The study desk: a real analysis launched from the page, and what people changed kept by the next one."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import pipeline
from consult import analysing, jobs
from consult.extensions import db
from consult.noting import Notes
from surveys import codebooks, contributions, findings, runs, staff, workshops
from surveys.models import AuditEvent, Contribution, Decision, Idea, Meeting, Role, Run, RunState
from surveys.workshops import LineFacts
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}"


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
    desk.sign_in(app, client, Role.ANALYST)
    return made


@pytest.fixture
def analysed(app: Flask, made: desk.Desk) -> desk.Desk:
    with app.app_context():
        run = analysing.analyse_consultation(db.session, made.consultation_id)
        assert run.state is RunState.DONE, run.message
    return made


def _text(client: PageCheckingClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _post(client: PageCheckingClient, address: str, *, page: str = "/analyse", **data: object) -> int:
    return client.post(HERE + address, data={"csrf_token": desk.token_in(client, HERE + page), **data}).status_code


def _idea(app: Flask, words: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Idea.id).where(Idea.text.contains(words), Idea.decision_id.is_not(None))).one()


def _analyse(app: Flask, client: PageCheckingClient) -> None:
    assert _post(client, "/analyse") == 302
    assert jobs.work_off(app) == 1


def test_before_the_first_analysis_the_themes_say_what_to_do(client: PageCheckingClient, made: desk.Desk) -> None:
    assert "Lancez une première analyse" in _text(client, f"{HERE}/themes")
    assert "5 contributions n’ont pas encore été lues." in _text(client, f"{HERE}/analyse")


def test_an_analysis_launched_from_the_page_is_done_by_the_worker(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    assert _post(client, "/analyse") == 302
    waiting = client.get(f"{HERE}/analyse").get_data(as_text=True)
    assert "Voir où elle en est" in waiting
    assert client.get(f"{HERE}/analyse/etat").get_json()["progress"] == 0
    assert jobs.work_off(app) == 1
    assert client.get(f"{HERE}/analyse/etat").get_json() is None
    page = _text(client, f"{HERE}/analyse")
    assert "5 contributions lues, dont 5 nouvelles." in page
    assert "Toutes les contributions reçues ont été lues." in page


def test_asking_twice_launches_one_analysis(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    _post(client, "/analyse")
    _post(client, "/analyse")
    assert jobs.work_off(app) == 1
    with app.app_context():
        assert len(runs.history(db.session, made.consultation_id)) == 1


def test_each_step_is_noted_as_the_analysis_advances(app: Flask, made: desk.Desk) -> None:
    seen: list[tuple[int, str]] = []
    with app.app_context():

        def watch(_name: str, _done: int, _total: int) -> None:
            run = db.session.scalars(select(Run)).one()
            db.session.refresh(run)
            seen.append((run.progress, run.message))

        analysing.analyse_consultation(db.session, made.consultation_id, progress=watch)
    percents = [percent for percent, _message in seen]
    assert percents == sorted(percents)
    assert percents[-1] > 50
    assert len({message for _percent, message in seen}) >= 4
    assert not [message for _percent, message in seen if " / " in message]


@pytest.mark.parametrize(
    ("done", "said"), [(0, "Sens"), (512, "Sens\u00a0: 512 / 1\u202f180"), (1180, "Sens")], ids=str
)
def test_a_count_is_shown_only_while_it_moves(app: Flask, made: desk.Desk, done: int, said: str) -> None:
    with app.app_context():
        run = runs.ask(db.session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
        Notes(db.session, run.id, None)("Sens", done, 1180)
        db.session.refresh(run)
        assert run.message == said


def test_what_was_said_is_under_its_theme_with_names_and_phones_masked(
    client: PageCheckingClient, analysed: desk.Desk
) -> None:
    assert "Les poubelles débordent tous les week-ends" in _text(client, f"{HERE}/themes/proprete")
    page = _text(client, f"{HERE}/themes/securite")
    assert "Plus de police le soir" in page
    assert "06 12 34 56 78" not in page
    assert "Martin" not in page
    assert "RAS" in _text(client, f"{HERE}/sans-avis")


def test_the_original_words_are_for_the_analyst_alone_and_reading_them_is_noted(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    with app.app_context():
        key = db.session.scalars(select(Contribution.id).where(Contribution.masked.contains("police"))).one()
    address = f"{HERE}/contributions/{key}/original"
    data = {"csrf_token": desk.token_in(client, f"{HERE}/analyse")}
    assert "06 12 34 56 78" in client.post(address, data=data).get_data(as_text=True)
    with app.app_context():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "contribution.original")).one()
        assert event.details == {"contribution_id": key}
    lead = app.test_client()
    assert isinstance(lead, PageCheckingClient)
    desk.sign_in(app, lead, Role.LEAD, email="chef@ville.example")
    data = {"csrf_token": desk.token_in(lead, f"{HERE}/analyse")}
    assert lead.post(address, data=data).status_code == 403


def test_a_second_run_keeps_a_renamed_theme_and_a_moved_idea_and_brings_the_new_answers(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    assert _post(client, "/themes/proprete", label="Rues propres") == 302
    moved = _idea(app, "poubelles débordent")
    assert _post(client, f"/idees/{moved}", outcome="coded", themes="securite/eclairage") == 302
    with app.app_context():
        desk.answer(db.session, analysed.consultation_id, "Les poubelles ne sont pas ramassées")
        db.session.commit()
    assert "1 contribution n’a pas encore été lue." in _text(client, f"{HERE}/analyse")
    _analyse(app, client)
    themes = _text(client, f"{HERE}/themes")
    assert "Rues propres d’abord « Propreté et gestion des déchets »" in themes
    clean, lit = _text(client, f"{HERE}/themes/proprete"), _text(client, f"{HERE}/themes/securite/eclairage")
    assert "Les poubelles débordent" not in clean
    assert "Les poubelles débordent tous les week-ends" in lit
    new = _text(client, f"{HERE}/themes/proprete?nouvelles=1")
    assert "Les poubelles ne sont pas ramassées" in new
    assert "1 idée nouvelle" in new


def test_a_moved_idea_is_said_and_can_be_put_back(app: Flask, client: PageCheckingClient, analysed: desk.Desk) -> None:
    moved, back = _idea(app, "poubelles débordent"), f"{HERE}/themes/proprete"
    token = desk.token_in(client, f"{HERE}/analyse")
    data = {"csrf_token": token, "outcome": "coded", "themes": ["securite"], "back": back}
    answer = client.post(f"{HERE}/idees/{moved}", data=data)
    assert "est maintenant dans « Sécurité et tranquillité publique »." in _text(client, answer.headers["Location"])
    client.post(f"{HERE}/idees/{moved}/annuler", data={"csrf_token": token, "back": back})
    assert "Les poubelles débordent tous les week-ends" in _text(client, back)


def test_after_many_moves_one_still_comes_back_to_the_same_list(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    address = f"{HERE}/themes/proprete?page=1&nouvelles=1&deplacee={_idea(app, 'poubelles débordent')}"
    page = client.get(address).get_data(as_text=True)
    backs = set(re.findall(r'name="back" value="([^"]+)"', page))
    assert backs == {f"{HERE}/themes/proprete?page=1&amp;nouvelles=1"}


@pytest.mark.parametrize("huge", ["99999999999999999999", "9" * 5000, "-1", "²", ""])
def test_a_number_no_page_has_shows_a_page_there_is(client: PageCheckingClient, analysed: desk.Desk, huge: str) -> None:
    said = "Les poubelles débordent tous les week-ends"
    assert said in _text(client, f"{HERE}/themes/proprete?page={huge}&deplacee={huge}")
    assert "RAS" in _text(client, f"{HERE}/sans-avis?page={huge}")


@pytest.mark.parametrize(("outcome", "page"), [("unclassified", "a-classer"), ("no_opinion", "sans-avis")])
def test_an_idea_can_be_left_without_a_theme(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk, outcome: str, page: str
) -> None:
    assert _post(client, f"/idees/{_idea(app, 'poubelles débordent')}", outcome=outcome) == 302
    _analyse(app, client)
    assert "Les poubelles débordent tous les week-ends" in _text(client, f"{HERE}/{page}")


def test_a_sub_theme_implies_its_theme(app: Flask, client: PageCheckingClient, analysed: desk.Desk) -> None:
    idea = _idea(app, "poubelles débordent")
    assert _post(client, f"/idees/{idea}", outcome="coded", themes=["securite", "securite/eclairage", "inconnu"]) == 302
    page = client.get(f"{HERE}/idees/{idea}").get_data(as_text=True)
    assert re.findall(r'value="([^"]+)" checked', page) == ["securite/eclairage"]


def test_moving_an_idea_nowhere_is_refused_in_words(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    idea = _idea(app, "poubelles débordent")
    assert _post(client, f"/idees/{idea}", outcome="coded") == 422
    assert _post(client, f"/idees/{idea}", outcome="autre") == 400


def test_a_name_that_cannot_be_is_refused_at_its_field(client: PageCheckingClient, analysed: desk.Desk) -> None:
    data = {"csrf_token": desk.token_in(client, f"{HERE}/analyse"), "label": "Éclairage public"}
    answer = client.post(f"{HERE}/themes/proprete", data=data)
    assert answer.status_code == 422
    assert "Un autre thème s’appelle déjà" in answer.get_data(as_text=True)


def test_without_any_contribution_the_analysis_says_so(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    with app.app_context():
        run = analysing.analyse_consultation(db.session, made.consultation_id + 1)
        assert run.state is RunState.FAILED
        assert run.message.startswith("Aucune contribution à analyser")


def test_a_failure_is_one_french_sentence_and_leaves_the_themes_as_they_were(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pipeline, "analyse", broken)
    _analyse(app, client)
    page = _text(client, f"{HERE}/analyse")
    assert "La dernière analyse n’est pas allée au bout. L’analyse s’est arrêtée" in page
    assert "Les poubelles débordent tous les week-ends" in _text(client, f"{HERE}/themes/proprete")


def test_a_stopped_analysis_writes_nothing(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    _post(client, "/analyse")
    with app.app_context():
        run = runs.current(db.session, made.consultation_id)
        assert run
        run_id = run.id
    assert _post(client, f"/analyse/{run_id}/arreter") == 302
    jobs.work_off(app)
    with app.app_context():
        assert db.session.get_one(Run, run_id).state is RunState.FAILED
        assert db.session.scalars(select(Idea)).all() == []


def test_a_run_stopped_while_it_reads_stays_stopped(app: Flask, made: desk.Desk) -> None:
    with app.app_context():

        def stop(name: str, _done: int, _total: int) -> None:
            run = runs.current(db.session, made.consultation_id)
            if run and name == "Classement des idées":
                runs.fail(db.session, run.id, message="Arrêtée.", at=staff.utc_now())
                db.session.commit()

        run = analysing.analyse_consultation(db.session, made.consultation_id, progress=stop)
        assert (run.state, run.message) == (RunState.FAILED, "Arrêtée.")
        assert db.session.scalars(select(Idea)).all() == []


def test_what_changed_while_the_machine_read_is_left_for_the_next_run(app: Flask, made: desk.Desk) -> None:
    with app.app_context():

        def correct(name: str, done: int, _total: int) -> None:
            if name == "Classement des idées" and done:
                meeting = db.session.get_one(Meeting, made.meeting_id)
                facts = LineFacts(client_id="l1", text="Les halls sont propres")
                workshops.record_line(db.session, meeting=meeting, facts=facts)
                db.session.commit()

        run = analysing.analyse_consultation(db.session, made.consultation_id, progress=correct)
        assert run.message == "4 contributions lues, dont 4 nouvelles."
        assert contributions.waiting(db.session, made.consultation_id) == 1


def test_an_analysis_that_its_worker_left_half_done_is_said_to_be_interrupted(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    with app.app_context():
        run = runs.ask(db.session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
        runs.advance(db.session, run.id, progress=40, message="Classement des idées")
        db.session.commit()
        jobs.tidy()
    assert "L’analyse a été interrompue : relancez-la." in _text(client, f"{HERE}/analyse")


def test_an_analysis_whose_place_in_the_queue_was_lost_is_queued_again_and_done_once(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    with app.app_context():
        runs.ask(db.session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
        db.session.commit()
        jobs.tidy()
        jobs.tidy()
    assert jobs.work_off(app) == 2
    with app.app_context():
        assert [run.state for run in runs.history(db.session, made.consultation_id)] == [RunState.DONE]
        assert len({*db.session.scalars(select(Decision.run_id))}) == 1


def test_an_analysis_that_could_not_be_queued_says_to_launch_it_again(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    queue = jobs.queue_of(app)
    with sqlite3.connect(queue.storage.filename) as file:
        file.execute("DROP TABLE task")
    assert _post(client, "/analyse") == 302
    assert "L’analyse n’a pas pu être lancée : relancez-la dans un instant." in _text(client, f"{HERE}/analyse")
    with app.app_context():
        assert runs.current(db.session, made.consultation_id) is None


def test_a_button_pressed_between_the_last_note_and_the_last_write_stops_the_run(
    app: Flask, made: desk.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force = findings.put_in_force

    def press(session: Session, run: Run, **rest: Any) -> None:
        runs.fail(session, run.id, message="Arrêtée.", at=staff.utc_now())
        session.commit()
        in_force(session, run, **rest)

    monkeypatch.setattr(findings, "put_in_force", press)
    with app.app_context():
        run = analysing.analyse_consultation(db.session, made.consultation_id)
        assert (run.state, run.message) == (RunState.FAILED, "Arrêtée.")
        assert db.session.scalars(select(Idea)).all() == []


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.INTERVIEWER, Role.COPIL])
def test_the_desk_is_closed_to_other_roles(app: Flask, made: desk.Desk, role: Role) -> None:
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    desk.sign_in(app, client, role, email="autre@ville.example")
    for page in ("analyse", "themes", "themes/proprete", "a-classer", "idees/1"):
        assert client.get(f"{HERE}/{page}").status_code == 403


def test_what_is_not_of_this_consultation_does_not_exist(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    with app.app_context():
        foreign = runs.ask(db.session, consultation_id=analysed.consultation_id + 1, staff_id=None, at=staff.utc_now())
        db.session.commit()
        foreign_id = foreign.id
    _post(client, f"/analyse/{foreign_id}/arreter")
    with app.app_context():
        assert db.session.get_one(Run, foreign_id).state is RunState.QUEUED
    assert client.get(f"{HERE}/themes/inconnu").status_code == 404
    assert client.get(f"{HERE}/idees/999999").status_code == 404


def test_the_shipped_plan_is_the_first_of_a_consultation(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        made = desk.set_up(db.session)
        analysing.analyse_consultation(db.session, made.consultation_id)
        version = codebooks.living(db.session, made.consultation_id)
        assert version
        assert (version.version, version.source) == (1, "politique-de-la-ville")
        assert len(codebooks.themes_of(db.session, version)) > 60
