"""The analyst launches an analysis, follows it, and finds what they changed kept by it."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.extensions import db
from surveys import definition
from surveys.collect import Submission, record
from surveys.models import Channel, Consultation, QuestionnaireVersion
from surveys.questions import Reply, Status, Widget
from tests.browser.acting import press
from tests.browser.conftest import Site

NEW = "Les encombrants traînent des semaines au pied des tours, personne ne ramasse les déchets"
AN_ANALYSIS = 240_000  # milliseconds, on a machine that does other things


def _address(site: Site, rest: str) -> str:
    return f"/equipe/{site.demo.slug}/{rest}"


def _somebody_answers(site: Site, text: str) -> None:
    with site.app.app_context():
        version = db.session.scalars(
            select(QuestionnaireVersion)
            .join(Consultation, Consultation.id == QuestionnaireVersion.consultation_id)
            .where(Consultation.slug == site.demo.slug, QuestionnaireVersion.channel == Channel.ONLINE)
        ).first()
        assert version
        asked = definition.load(version.definition)
        name = next(question.name for question in asked.questions if question.widget is Widget.PARAGRAPH)
        replies = {name: Reply(Status.ANSWERED, text)}
        submission = Submission(id="apres", channel=Channel.ONLINE, day=dt.date(2023, 6, 30), replies=replies)
        record(db.session, version=version, questionnaire=asked, submission=submission, secret=b"essai")
        db.session.commit()


@contextmanager
def _worker(site: Site) -> Iterator[None]:
    """What ``consult worker`` does, beside the pages."""
    thread = threading.Thread(target=site.work)
    thread.start()
    try:
        yield
    finally:
        thread.join()  # Or it would go on writing under the second try.


def test_an_analysis_brings_the_new_answers_and_keeps_the_new_name_and_the_moved_idea(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    page.goto(_address(site, "themes/proprete"))
    page.get_by_label("Nom du thème").fill("Rues propres et déchets")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rues propres et déchets")
    look_at(page)

    page.goto(_address(site, "themes/commerces"))
    idea = page.locator(".idea").first
    words = idea.locator(".idea__text").inner_text()
    idea.get_by_role("link", name="Déplacer").click()
    look_at(page)
    page.get_by_role("checkbox", checked=True).first.uncheck()
    for box in page.get_by_role("checkbox", checked=True).all():
        box.uncheck()
    page.get_by_label("Chercher un thème").fill("mentale")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    press(page, "Ranger dans les thèmes cochés")
    expect(page.get_by_text("est maintenant dans « Santé mentale ».")).to_be_visible()
    look_at(page)

    _somebody_answers(site, NEW)
    page.goto(_address(site, "analyse"))
    expect(page.get_by_text("1 contribution n’a pas encore été lue.")).to_be_visible()
    press(page, "Lancer l’analyse")
    expect(page.get_by_role("heading", name="L’analyse est en cours")).to_be_visible()
    look_at(page)
    expect(page).to_have_title("0\u202f% – Analyse – Consult")
    with _worker(site):
        expect(page).to_have_title(re.compile(r"^[1-9]\d?\u202f% – Analyse"), timeout=AN_ANALYSIS)
        expect(page.get_by_text("dont 1 nouvelle.").first).to_be_visible(timeout=AN_ANALYSIS)
    look_at(page)

    page.get_by_role("link", name="Voir les thèmes").click()
    expect(page.get_by_role("link", name="Rues propres et déchets", exact=True)).to_be_visible()
    look_at(page)
    page.goto(_address(site, "themes/proprete?nouvelles=1"))
    expect(page.get_by_text("personne ne ramasse les déchets").first).to_be_visible()
    page.goto(_address(site, "themes/sante/sante-mentale"))
    moved = page.locator(".idea", has_text=words)
    expect(moved.get_by_text("relue", exact=True)).to_be_visible()


def test_a_moved_idea_can_be_put_back_without_a_script(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("charge-etude", java_script_enabled=False)
    page.goto(_address(site, "themes/logement"))
    words = page.locator(".idea__text").first.inner_text()
    page.get_by_role("link", name="Déplacer").first.click()
    press(page, "Sans avis")
    expect(page.get_by_text("est maintenant sans thème.")).to_be_visible()
    press(page, "Annuler")
    expect(page.get_by_text("Le déplacement est annulé.")).to_be_visible()
    assert page.locator(".idea__text").first.inner_text() == words


def test_the_pages_of_the_desk_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    for rest in ("analyse", "themes", "themes/securite", "themes/securite?nouvelles=1", "a-classer", "sans-avis"):
        page.goto(_address(site, rest))
        look_at(page)
    page.goto(_address(site, "themes/securite"))
    page.get_by_role("link", name="Déplacer").first.click()
    press(page, "Voir le texte d’origine")
    expect(page.get_by_role("heading", level=1)).to_have_text("Texte d’origine")
    look_at(page)


def test_a_theme_with_no_name_is_pointed_out(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    page.goto(_address(site, "themes/jeunesse-education"))
    page.get_by_label("Nom du thème").fill("")
    press(page, "Renommer")
    expect(page.get_by_text("Donnez un nom au thème.")).to_be_visible()
    look_at(page)
