"""The introduction and the notice are translated on one page, and residents read them there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consult.extensions import db
from surveys import setting_up
from tests.consult.manage.conftest import Office

Make = Callable[[str], Office]
ARABIC = "قولوا لنا ما يهمكم."


def _offered(desk: Office, *languages: str) -> Office:
    with desk.app.app_context():
        setting_up.set_languages(db.session, desk.stored(), languages)
        db.session.commit()
    return desk


def test_the_steps_that_began_filled_in_are_to_be_looked_at_until_saved(office: Make) -> None:
    desk = office("ready")
    assert desk.page("preparation/").count("à vérifier") == 4
    assert "seule la réponse en ligne est prévue" in desk.page("preparation/canaux")
    assert "seul le français est proposé" in desk.page("preparation/langues")
    assert "Personne n’a encore vérifié" in desk.page("preparation/publication")
    desk.send("preparation/canaux", channels=["en-ligne"])
    desk.send("preparation/langues")
    assert "à vérifier" not in desk.page("preparation/")
    assert "Personne n’a encore vérifié" not in desk.page("preparation/publication")


def test_residents_read_the_translation_and_french_where_there_is_none(office: Make) -> None:
    desk = _offered(office("open"), "ar")
    sent = {"title": "عقد المدينة", "introduction": ARABIC, "purpose": "لمعرفة احتياجاتكم."}
    assert desk.send("preparation/langues/ar", **sent, aller="suite").status_code == 302
    page = desk.client.get(f"/c/{desk.slug}/?langue=ar").get_data(as_text=True)
    assert "<h1>عقد المدينة</h1>" in page
    assert f'<p class="lede">{ARABIC}</p>' in page
    assert page.count("لمعرفة احتياجاتكم.") == 2
    assert '<bdi lang="fr">Une mission d’intérêt public' in page
    assert "<title>عقد المدينة" in page
    assert ARABIC not in desk.client.get(f"/c/{desk.slug}/?langue=fr").get_data(as_text=True)
    assert ARABIC in desk.page("apercu/?langue=ar")


def test_setting_up_and_publishing_say_what_is_left_to_translate(office: Make) -> None:
    desk = _offered(office("ready"), "ar", "en")
    for rest in ("preparation/langues", "preparation/publication"):
        page = desk.page(rest)
        assert f'/equipe/{desk.slug}/preparation/langues/ar">Titre, introduction et notice en arabe' in page
        assert "11 textes" in page
        assert "Questionnaire «\u00a0Votre quartier\u00a0» en anglais" in page
    desk.send("preparation/langues/ar", introduction=ARABIC)
    assert "10 textes" in desk.page("preparation/publication")


def test_a_translation_too_long_is_refused_and_stays_as_typed(office: Make) -> None:
    desk = _offered(office("ready"), "en")
    answer = desk.send("preparation/langues/en", title="City contract", introduction="x" * 7000)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "5800 de trop" in page
    assert "x" * 7000 in page
    assert "City contract" in page


def test_an_introduction_too_long_is_refused_and_stays_as_typed(office: Make) -> None:
    desk = office("ready")
    answer = desk.send("preparation/identite", title="Titre", slug=desk.slug, introduction="x" * 7000)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "1\u202f200 signes au plus" in page or "1 200 signes au plus" in page
    assert "x" * 7000 in page
    # A browser told the limit would cut what is pasted without a word.
    assert "maxlength" not in page.partition('id="introduction"')[2].partition(">")[0]


def test_a_translation_whose_french_changed_is_to_be_read_again(office: Make) -> None:
    desk = _offered(office("ready"), "en")
    desk.send("preparation/langues/en", introduction="Tell us.")
    desk.send("preparation/identite", title="Titre", territory="Ville", slug=desk.slug, introduction="Autre chose.")
    page = desk.page("preparation/langues/en")
    assert "Le français a changé depuis" in page
    assert "Tell us." in page


@pytest.mark.parametrize("language", ["fr", "tr", "xx"])
def test_a_language_that_is_not_offered_has_no_page(office: Make, language: str) -> None:
    desk = _offered(office("ready"), "en")
    assert desk.client.get(f"/equipe/{desk.slug}/preparation/langues/{language}").status_code == 404
