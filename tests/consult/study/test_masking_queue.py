"""Doubtful maskings decided by people: at once in what is read, heard by the runs to come, gone with an answer."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from consult import analysing
from consult.extensions import db
from surveys import erasing
from surveys.models import (
    AuditEvent,
    Contribution,
    Idea,
    MaskingWord,
    Passage,
    PassageOrigin,
    PassageVerdict,
    Response,
    Role,
    RunState,
)
from surveys.staff import utc_now
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}"
DOUBT = "C'est Cazals qui laisse ses poubelles dans le hall"
SENSITIVE = "Mme Benali est malade et personne ne vient"


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        texts = (DOUBT, SENSITIVE, "Demandez à Cazals, il a les clés", "Il faut Dudule pour réparer", "Plus de police")
        for text in texts:
            desk.answer(db.session, made.consultation_id, text)
        db.session.commit()
        _analyse(made)
    desk.sign_in(app, client, Role.ANALYST)
    return made


def _analyse(made: desk.Desk) -> None:
    run = analysing.analyse_consultation(db.session, made.consultation_id)
    assert run.state is RunState.DONE, run.message


def _read(client: PageCheckingClient, address: str) -> str:
    page = client.get(HERE + address, follow_redirects=True).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def _post(client: PageCheckingClient, address: str, *, status: int = 302, **data: str) -> str:
    token = desk.token_in(client, f"{HERE}/masquage")
    answer = client.post(HERE + address, data={"csrf_token": token, **data})
    assert answer.status_code == status, answer.status
    return answer.get_data(as_text=True) if status != 302 else answer.headers["Location"]


def _passage(app: Flask, origin: PassageOrigin = PassageOrigin.DOUBT) -> int:
    with app.app_context():
        waiting = (Passage.origin == origin, Passage.verdict.is_(None))
        return db.session.scalars(select(Passage.id).where(*waiting).order_by(Passage.id)).first() or 0


def _masked(app: Flask) -> list[str]:
    """What everyone reads: contributions and ideas."""
    with app.app_context():
        return sorted({*db.session.scalars(select(Contribution.masked)), *db.session.scalars(select(Idea.text))})


def _naming(app: Flask, name: str) -> int:
    """How many contributions show a name; their ideas show it as often."""
    with app.app_context():
        shown = select(Contribution.id).where(Contribution.masked.contains(name))
        ideas = select(Idea.contribution_id).where(Idea.text.contains(name)).distinct()
        assert set(db.session.scalars(shown)) == set(db.session.scalars(ideas))
        return len(db.session.scalars(shown).all())


def test_a_doubt_is_masked_meanwhile_and_read_in_its_sentence(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    assert not any("Cazals" in text for text in _masked(app))
    page = _read(client, "/masquage")
    assert "Faut-il masquer ces mots" in page
    assert "Cazals" in page
    assert "Doutes (2)" in page
    assert "Sujets sensibles (1)" in page


def test_what_is_kept_is_read_at_once_and_stays_so(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    _post(client, f"/masquage/{_passage(app)}", verdict="kept")
    assert _naming(app, "Cazals") == 1
    assert "Doutes (1)" in _read(client, "/masquage")
    with app.app_context():
        _analyse(made)
        assert db.session.scalars(select(AuditEvent.details).where(AuditEvent.action == "masquage.choix")).one()
    assert _naming(app, "Cazals") == 1
    assert "Doutes (1)" in _read(client, "/masquage")


def test_a_decision_is_taken_back(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    passage = _passage(app)
    _post(client, f"/masquage/{passage}", verdict="kept")
    _post(client, f"/masquage/{passage}/annuler")
    assert not any("Cazals" in text for text in _masked(app))
    assert "Doutes (2)" in _read(client, "/masquage")


def test_a_word_kept_everywhere_answers_every_doubt_about_it(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    _post(client, f"/masquage/{_passage(app)}", verdict="kept", toujours="1")
    assert _naming(app, "Cazals") == 2
    assert "Doutes (0)" in _read(client, "/masquage")
    with app.app_context():
        _analyse(made)
    assert _naming(app, "Cazals") == 2
    with app.app_context():
        word = db.session.scalars(select(MaskingWord.id)).one()
    _post(client, f"/masquage/mots/{word}/retirer")
    assert _naming(app, "Cazals") == 1  # the one decided by itself stays kept


def test_a_word_typed_is_masked_in_every_answer(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    assert any("Dudule" in text for text in _masked(app))
    _post(client, "/masquage/mots", word="dudule", masked="1")
    assert not any("Dudule" in text for text in _masked(app))
    with app.app_context():
        desk.answer(db.session, made.consultation_id, "Bravo DUDULE du troisième")
        db.session.commit()
        _analyse(made)
    assert not any("dudule" in text.lower() for text in _masked(app))


def test_a_word_too_short_or_too_long_is_refused_and_kept_typed(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    page = _post(client, "/masquage/mots", status=422, word=" ? ", masked="1")
    assert "Écrivez le mot" in page
    page = _post(client, "/masquage/mots", status=422, word="Pour les", masked="1")
    assert "dans presque toutes les réponses" in page
    page = _post(client, "/masquage/mots", status=422, word="mot " * 60, masked="1")
    assert "Écrivez moins de mots" in page


def test_words_chosen_in_an_answer_are_masked_there(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    with app.app_context():
        found = select(Contribution.id).where(Contribution.masked.contains("Dudule"))
        contribution = db.session.scalars(found).one()
    page = _post(client, f"/contributions/{contribution}/masquer", status=422, words="Gaston")
    assert "Cette contribution ne contient pas" in page
    assert 'value="Gaston"' in page
    _post(client, f"/contributions/{contribution}/masquer", words="DUDULE")
    assert "Il faut [masqué] pour réparer" in _masked(app)
    assert "Décidés (1)" in _read(client, "/masquage/decides")
    with app.app_context():
        passage = db.session.scalars(select(Passage.id).where(Passage.origin == PassageOrigin.PERSON)).one()
    _post(client, f"/masquage/{passage}/annuler", decides="1")
    assert "Il faut Dudule pour réparer" in _masked(app)


def test_a_sensitive_subject_waits_beside_and_is_masked_on_demand(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    page = _read(client, "/masquage?liste=sensibles")
    assert "La santé d’une personne" in page
    assert "[nom]" in page  # who it is stays hidden
    assert "Benali" not in page
    _post(client, f"/masquage/{_passage(app, PassageOrigin.SENSITIVE)}", verdict="masked")
    assert "Mme [nom] est [masqué] et personne ne vient" in _masked(app)


def test_an_erased_answer_takes_its_doubts_and_its_words_with_it(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    _post(client, "/masquage/mots", word="Dudule", masked="1")
    with app.app_context():
        for response in db.session.scalars(select(Response)).all():
            erasing.erase(db.session, response)
        db.session.commit()
        assert db.session.scalars(select(Passage)).all() == []
        assert db.session.scalars(select(MaskingWord)).all() == []


def test_the_queue_is_for_those_who_may_read_originals(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    for role in (Role.LEAD, Role.COPIL, Role.FACILITATOR):
        other = app.test_client()
        assert isinstance(other, PageCheckingClient)
        desk.sign_in(app, other, role, email=f"{role.value}@ville.example")
        assert other.get(f"{HERE}/masquage").status_code == 403
    assert client.get(f"{HERE}/masquage?liste=autre").status_code == 404
    assert client.post(f"{HERE}/masquage/1", data={"verdict": "kept"}).status_code == 400
    token = desk.token_in(client, f"{HERE}/masquage")
    assert client.post(f"{HERE}/masquage/99999", data={"csrf_token": token, "verdict": "kept"}).status_code == 404


def test_a_verdict_says_nothing_of_a_text_corrected_since(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        passage = db.session.scalars(select(Passage).where(Passage.origin == PassageOrigin.DOUBT)).first()
        assert passage is not None
        passage.verdict, passage.digest, passage.decided_at = PassageVerdict.KEPT, "0" * 64, utc_now()
        db.session.commit()
        _analyse(made)
    assert not any("Cazals" in text for text in _masked(app))
