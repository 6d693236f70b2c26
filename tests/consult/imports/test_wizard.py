"""A file comes in by the pages: read, tied to questions, tried, imported, mended, taken back."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import filters, importing_work, jobs
from consult.extensions import db
from surveys import imports
from surveys.importing.storing import Recorded
from surveys.models import (
    Answer,
    Channel,
    FileImport,
    ImportState,
    PlaceAlias,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
)
from surveys.typography import french
from tests.consult.desk import SLUG
from tests.consult.imports.desk import FILE, opened

HOME = f"/equipe/{SLUG}/imports/"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return opened(app)


def bring(client: FlaskClient, content: bytes = FILE, name: str = "jeunes.csv", **more: str) -> str:
    answer = client.post(HOME, data={"fichier": (io.BytesIO(content), name), **more})
    assert answer.status_code == 302, answer.text
    return str(answer.location).split("/")[4]


def prepared(client: FlaskClient, questionnaire: str = "jeunes", **columns: str) -> str:
    key = bring(client)
    client.post(
        f"{HOME}{key}/questionnaire", data={"questionnaire": questionnaire, "title": "Jeunes", "identifier": "N°"}
    )
    chosen = {"target-0": "quartier", "target-1": "deja", "target-2": "besoins", **columns}
    client.post(f"{HOME}{key}/colonnes", data=chosen)
    return key


def count(app: Flask, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_nothing_is_recorded_before_it_is_asked_for(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    page = client.get(f"{HOME}{key}/verification").text
    assert french("« parfois » n’est pas une des réponses") in page
    assert count(app, Response) == 0


def test_a_file_is_imported_by_the_worker_once_however_often_it_is_asked(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    assert count(app, Response) == 2
    with app.app_context():
        one = db.session.get_one(FileImport, key)
        assert (one.state, one.added, one.refused) == (ImportState.DONE, 2, 1)
        assert imports.kept(db.session, one, imports.SOURCE) is None
    assert "réponses ajoutées" in client.get(f"{HOME}{key}").text


def test_refused_rows_are_mended_and_brought_again_without_choosing_anything_anew(
    app: Flask, client: FlaskClient
) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    refused = client.get(f"{HOME}{key}/refus")
    assert refused.data.decode("utf-8-sig").splitlines()[0] == "N°;Quartier;Déjà ?;Besoins;motif"
    again = bring(client, refused.data.replace(b";parfois;", b";oui;"), "refus-jeunes.csv", comme=key)
    client.post(f"{HOME}{again}/importer")
    jobs.work_off(app)
    assert count(app, Response) == 3


def test_an_import_is_taken_back_whole_and_can_be_made_again(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    client.post(f"{HOME}{key}/annuler")
    assert count(app, Response) == 2  # the box was not ticked
    client.post(f"{HOME}{key}/annuler", data={"certain": "oui"})
    assert (count(app, Response), count(app, Answer)) == (0, 0)
    again = prepared(client)
    client.post(f"{HOME}{again}/importer")
    jobs.work_off(app)
    assert count(app, Response) == 2


def test_an_import_whose_answers_changed_is_not_taken_back(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    with app.app_context():
        db.session.delete(db.session.scalars(select(Response)).first())
        db.session.commit()
    client.post(f"{HOME}{key}/annuler", data={"certain": "oui"})
    assert count(app, Response) == 1


def test_a_new_questionnaire_is_made_from_the_columns(app: Flask, client: FlaskClient) -> None:
    key = bring(client)
    client.post(
        f"{HOME}{key}/questionnaire", data={"questionnaire": "*", "title": "Enquête jeunes", "identifier": "N°"}
    )
    kinds = {"kind-0": "quartier", "kind-1": "one_choice", "kind-2": "long_text", "label-1": "Déjà venu ?"}
    assert client.post(f"{HOME}{key}/colonnes", data=kinds).status_code == 302
    client.post(f"{HOME}{key}/quartiers", data={"text-0": "Grazaile", "place-0": "grazailles", "alias-0": "oui"})
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    with app.app_context():
        made = db.session.scalars(
            select(QuestionnaireVersion).where(QuestionnaireVersion.title == "Enquête jeunes")
        ).one()
        assert made.channel is Channel.IMPORT
        labels = [question["label"] for question in made.definition["sections"][0]["questions"]]
        assert labels == ["Quartier", "Déjà venu ?", "Besoins"]
        assert "Grazaile" in set(db.session.scalars(select(PlaceAlias.alias)))
        assert set(db.session.scalars(select(ResponsePlace.confidence))) == {1.0}
    assert count(app, Response) == 3


def test_an_unsure_quartier_is_shown_before_anything_is_tried(client: FlaskClient) -> None:
    key = prepared(client)
    page = client.get(f"{HOME}{key}/quartiers").text
    assert french("« Grazaile »") in page
    assert french("proche de « Grazailles »") in page


@pytest.mark.parametrize(("content", "said"), [(b"", "est vide"), (b"%PDF-1.7", "CSV, XLSX ou ODS")])
def test_a_file_that_is_no_table_is_one_sentence_and_nothing_is_kept(
    app: Flask, client: FlaskClient, content: bytes, said: str
) -> None:
    answer = client.post(HOME, data={"fichier": (io.BytesIO(content), "x.csv")})
    assert answer.status_code == 422
    assert said in answer.text
    assert count(app, FileImport) == 0


def test_a_file_read_wrong_is_read_otherwise(client: FlaskClient) -> None:
    key = bring(client, "N°;Quartier\n1;Grazailles\n".encode("mac-roman"))
    client.post(f"{HOME}{key}/fichier", data={"encoding": "mac-roman", "layout": "auto", "faire": "relire"})
    assert "N°" in client.get(f"{HOME}{key}/fichier").text


def test_a_large_file_is_tried_by_the_worker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.imports.desk.AT_ONCE", 1)
    key = prepared(client)
    assert "Faire l’essai" in client.get(f"{HOME}{key}/verification").text
    client.post(f"{HOME}{key}/essai")
    jobs.work_off(app)
    assert count(app, Response) == 0
    assert french("« parfois »") in client.get(f"{HOME}{key}/verification").text


def test_a_stopped_import_goes_on_and_doubles_nothing(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    with app.app_context():
        db.session.get_one(FileImport, key).state = ImportState.STOPPED
        db.session.commit()
    jobs.work_off(app)
    assert count(app, Response) == 0
    client.post(f"{HOME}{key}/reprendre")
    jobs.work_off(app)
    assert count(app, Response) == 2


def test_an_import_that_waits_is_stopped_and_goes_on_when_asked(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    assert "Interrompre" in client.get(f"{HOME}{key}").text
    client.post(f"{HOME}{key}/interrompre")
    jobs.work_off(app)
    assert count(app, Response) == 0
    assert "Reprendre" in client.get(f"{HOME}{key}").text
    client.post(f"{HOME}{key}/reprendre")
    jobs.work_off(app)
    assert count(app, Response) == 2


def test_an_import_stopped_between_two_lots_keeps_the_first_and_goes_on_from_there(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.importing.storing.LOT", 1)
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    note = imports.note

    def stopped_after_the_first(session: Session, key: str, recorded: Recorded) -> None:
        note(session, key, recorded)
        session.commit()
        if recorded.keys:
            client.post(f"{HOME}{key}/interrompre")

    with monkeypatch.context() as once:
        once.setattr(imports, "note", stopped_after_the_first)
        jobs.work_off(app)
    assert count(app, Response) == 1
    with app.app_context():
        one = db.session.get_one(FileImport, key)
        assert (one.state, one.added) == (ImportState.STOPPED, 1)
    client.post(f"{HOME}{key}/reprendre")
    jobs.work_off(app)
    assert count(app, Response) == 2


def test_what_is_over_is_not_stopped(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    client.post(f"{HOME}{key}/interrompre")
    with app.app_context():
        assert db.session.get_one(FileImport, key).state is ImportState.DONE


def test_a_trial_is_stopped_and_its_choices_may_change_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.imports.desk.AT_ONCE", 1)
    key = prepared(client)
    client.post(f"{HOME}{key}/essai")
    client.post(f"{HOME}{key}/interrompre")
    jobs.work_off(app)
    assert "Faire l’essai" in client.get(f"{HOME}{key}/verification").text


def cells_kept(app: Flask, key: str) -> set[str]:
    """What the row of an import still quotes of the cells of its file."""
    with app.app_context():
        one = db.session.get_one(FileImport, key)
        said = json.dumps([one.choices, one.plan, one.report, one.message], ensure_ascii=False)
        return {cell for cell in ("Grazaile", "parfois", "des bancs", "du calme", "du sport") if cell in said}


def test_a_finished_import_keeps_no_cell_but_the_reasons_of_what_is_to_mend(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    assert cells_kept(app, key) == {"parfois"}
    assert french("« parfois »") in client.get(f"{HOME}{key}").text


def test_an_import_taken_back_leaves_no_cell_in_the_base_nor_on_the_disk(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    client.post(f"{HOME}{key}/annuler", data={"certain": "oui"})
    assert cells_kept(app, key) == set()
    assert client.get(f"{HOME}{key}").status_code == 200
    assert b"du calme" not in b"".join(path.read_bytes() for path in tmp_path.rglob("consult.sqlite*"))


def test_a_file_left_aside_is_on_no_page_of_the_disk(client: FlaskClient, tmp_path: Path) -> None:
    key = bring(client)
    assert b"du calme" in b"".join(path.read_bytes() for path in tmp_path.rglob("consult.sqlite*"))
    client.post(f"{HOME}{key}/abandonner")
    assert b"du calme" not in b"".join(path.read_bytes() for path in tmp_path.rglob("consult.sqlite*"))


def test_the_page_says_until_when_refused_rows_are_kept_and_then_they_are_gone(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    with app.app_context():
        last = imports.kept_until(db.session.get_one(FileImport, key))
        said = f"gardés jusqu’au {filters.day(last)}"
    assert said in client.get(f"{HOME}{key}").text
    for today, status in ((last, 200), (last + dt.timedelta(days=1), 404)):
        with app.app_context():
            imports.forget(db.session, today=today)
            db.session.commit()
        assert client.get(f"{HOME}{key}/refus").status_code == status


def test_what_an_old_import_quoted_is_forgotten_with_its_files(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    with app.app_context():
        today = db.session.get_one(FileImport, key).begun_on
        imports.forget(db.session, today=today + dt.timedelta(days=imports.KEPT_DAYS))
        db.session.commit()
    assert cells_kept(app, key) == {"parfois"}
    with app.app_context():
        imports.forget(db.session, today=today + dt.timedelta(days=imports.KEPT_DAYS + 1))
        db.session.commit()
        assert db.session.get_one(FileImport, key).added == 2
    assert cells_kept(app, key) == set()


@pytest.mark.parametrize("how", ["the worker left", "an error"])
def test_a_trial_cut_short_is_asked_for_again_from_its_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("consult.imports.desk.AT_ONCE", 1)
    key = prepared(client)
    with app.app_context():
        one = db.session.get_one(FileImport, key)
        one.state = ImportState.WAITING
        db.session.commit()
        if how == "an error":
            with monkeypatch.context() as broken:
                broken.setattr("consult.importing.tried", lambda *_a, **_k: [][0])
                with pytest.raises(IndexError):
                    importing_work.perform(db.session, key, "try")
        else:
            one.state = ImportState.RUNNING
            db.session.commit()
            imports.interrupt(db.session)
            db.session.commit()
    assert "recommencez-le" in client.get(f"{HOME}{key}").text
    assert "Faire l’essai" in client.get(f"{HOME}{key}/verification").text
    client.post(f"{HOME}{key}/essai")
    jobs.work_off(app)
    assert french("« parfois »") in client.get(f"{HOME}{key}/verification").text


def test_columns_sent_before_the_questionnaire_is_chosen_lead_back_to_it(client: FlaskClient) -> None:
    key = bring(client)
    answer = client.post(f"{HOME}{key}/colonnes", data={"target-0": "quartier"})
    assert (answer.status_code, answer.location) == (302, f"{HOME}{key}/questionnaire")


def test_an_answer_that_is_nearly_one_is_shown_and_what_is_decided_of_it_is_kept(
    app: Flask, client: FlaskClient
) -> None:
    key = prepared(client)
    page = client.get(f"{HOME}{key}/reponses").text
    assert french("« parfois »") in page
    assert "laisser vide" in page
    client.post(f"{HOME}{key}/reponses", data={"text-0": "parfois", "question-0": "deja", "reponse-0": "oui"})
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    assert count(app, Response) == 3
    with app.app_context():
        assert db.session.get_one(FileImport, key).plan["columns"]["Déjà ?"]["values"] == {"parfois": "oui"}


def test_an_answer_left_empty_does_not_refuse_its_row(app: Flask, client: FlaskClient) -> None:
    key = prepared(client)
    client.post(f"{HOME}{key}/reponses", data={"text-0": "parfois", "question-0": "deja", "reponse-0": "|vide"})
    assert "selected>laisser vide" in client.get(f"{HOME}{key}/reponses").text
    client.post(f"{HOME}{key}/importer")
    jobs.work_off(app)
    assert count(app, Response) == 3


def test_columns_that_look_like_a_question_are_proposed_to_be_checked(client: FlaskClient) -> None:
    key = bring(client, FILE.replace(b"Quartier", b"Dans quel quartier habitez-vous ?"))
    client.post(f"{HOME}{key}/questionnaire", data={"questionnaire": "jeunes", "identifier": "N°"})
    page = client.get(f"{HOME}{key}/colonnes").text
    assert '<option value="quartier" selected>' in page
    assert "Proposée par ressemblance, à vérifier." in page


def test_a_file_of_which_no_column_is_chosen_is_said_in_the_words_of_the_page(client: FlaskClient) -> None:
    key = bring(client)
    client.post(f"{HOME}{key}/questionnaire", data={"questionnaire": "jeunes", "identifier": "N°"})
    answer = client.post(f"{HOME}{key}/colonnes", data={})
    assert answer.status_code == 422
    assert "Choisissez une question pour au moins une colonne." in answer.text


def test_a_trial_offers_its_refused_rows_and_lists_the_answers_taken_once_a_column(client: FlaskClient) -> None:
    key = bring(client, FILE + b"4;Grazailles;souvent;rien\n")
    client.post(f"{HOME}{key}/questionnaire", data={"questionnaire": "jeunes", "identifier": "N°"})
    client.post(f"{HOME}{key}/colonnes", data={"target-0": "quartier", "target-1": "deja"})
    page = client.get(f"{HOME}{key}/verification").text
    assert f"{HOME}{key}/refus" in page
    assert page.count("n’est pas une des réponses\u00a0: Oui, Non") == 1
    assert french("« souvent » n’est pas une des réponses.") in page
    rows = client.get(f"{HOME}{key}/refus").data.decode("utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in rows] == ["N°", "3", "4"]
