"""A preview shows what residents will meet, and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from consult.extensions import db
from consult.manage import preview
from surveys import definition
from surveys.models import Answer, QuestionnaireVersion, Response, Role
from tests.consult import desk as small
from tests.consult.manage.conftest import Office
from tests.surveys.making import QUESTIONS, add_version

Make = Callable[[str], Office]
BAND = "Aperçu\u00a0: rien n’est enregistré"


def _walk(desk: Office, query: str = "", **typed: str) -> str:
    base = f"/equipe/{desk.slug}/apercu"
    first = desk.client.get(f"{base}/questions{query}").get_data(as_text=True)
    assert BAND in first
    review = desk.client.post(f"{base}/questions{query}", data={"page": "1", "aller": "suivant", **typed})
    assert BAND in review.get_data(as_text=True)
    last = desk.client.post(f"{base}/envoi{query}", data=typed)
    assert last.status_code == 200
    return last.get_data(as_text=True)


def test_a_draft_is_gone_through_to_the_end_and_nothing_is_stored(office: Make) -> None:
    desk = office("ready")
    assert desk.client.get(f"/c/{desk.slug}/").status_code == 404
    page = desk.page("apercu/")
    assert BAND in page
    assert f"/equipe/{desk.slug}/apercu/questions" in page
    assert f'href="/c/{desk.slug}' not in page
    assert "Fin de l’aperçu" in _walk(desk, **{"q-besoins": "Des bancs"})
    with desk.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Response)) == 0
        assert db.session.scalar(select(func.count()).select_from(Answer)) == 0


def test_a_consultation_without_questions_says_what_to_do(office: Make) -> None:
    desk = office("empty")
    page = desk.page("apercu/")
    assert "Rien à montrer pour l’instant" in page
    assert "preparation/questionnaires" in page
    assert "Rien à montrer" in desk.page("apercu/questions")


def test_any_version_can_be_looked_at(office: Make) -> None:
    desk = office("ready")
    with desk.app.app_context():
        made = desk.stored()
        add_version(db.session, made, {**QUESTIONS, "title": "Deuxième"}, version=2)
        db.session.commit()
        first = db.session.scalars(select(QuestionnaireVersion.id).where(QuestionnaireVersion.version == 1)).one()
    _walk(desk, f"?source=version-{first}")
    for wrong in ("version-0", "version-999", "version-x", "rien-1", "version-99999999999"):
        assert desk.client.get(f"/equipe/{desk.slug}/apercu/?source={wrong}").status_code == 404


def test_a_room_may_offer_its_own_drafts(office: Make) -> None:
    desk = office("empty")
    preview.register("essai", lambda _consultation, key: definition.load(QUESTIONS) if key == 7 else None)
    assert "Fin de l’aperçu" in _walk(desk, "?source=essai-7")
    assert desk.client.get(f"/equipe/{desk.slug}/apercu/?source=essai-8").status_code == 404


def test_the_analyst_looks_too_and_others_do_not(office: Make) -> None:
    desk = office("ready")
    for role, status in ((Role.ANALYST, 200), (Role.FACILITATOR, 403), (Role.COPIL, 403)):
        client = desk.app.test_client()
        with desk.app.app_context():
            slug, small.SLUG = small.SLUG, desk.slug
            try:
                small.sign_in(desk.app, client, role, email=f"{role}@ville.example")  # type: ignore[arg-type]
            finally:
                small.SLUG = slug
        assert client.get(f"/equipe/{desk.slug}/apercu/").status_code == status
        assert client.get(f"/equipe/{desk.slug}/preparation/").status_code == 403
