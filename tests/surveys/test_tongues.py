"""A translation holds for the French it was made from: what changes since is read in French until somebody looks."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import publishing, setting_up, tongues, waves
from surveys.models import NOTICE_PARTS
from surveys.setting_up import Identity, SetUpError
from tests.surveys.making import act, ready, somebody


def test_every_text_written_in_french_is_to_be_translated_in_each_other_language(session: Session) -> None:
    made = ready(session)
    assert [text.name for text in tongues.missing(made, "ar")] == ["title", "introduction", *NOTICE_PARTS]
    assert tongues.missing(made, "fr") == []
    setting_up.set_translations(session, made, "ar", {"title": "عقد المدينة", "purpose": "  "})
    assert "title" not in [text.name for text in tongues.missing(made, "ar")]
    assert tongues.spoken(made, "ar") == {made.title: "عقد المدينة"}
    assert tongues.spoken(made, "tr") == tongues.spoken(made, "fr") == {}


def test_a_translation_is_read_no_more_once_its_french_changed_until_it_is_kept_again(session: Session) -> None:
    made = ready(session)
    setting_up.set_translations(session, made, "en", {"dpo": "Write to us.", "title": "City contract"})
    setting_up.set_notice(session, made, {"dpo": "Écrivez au nouveau délégué."}, act())
    (stale,) = [text for text in tongues.missing(made, "en") if text.stale]
    assert (stale.name, stale.translation) == ("dpo", "Write to us.")
    assert tongues.spoken(made, "en") == {made.title: "City contract"}
    setting_up.set_translations(session, made, "en", {"dpo": "Write to the new officer."})
    assert tongues.spoken(made, "en")["Écrivez au nouveau délégué."] == "Write to the new officer."


def test_a_translation_emptied_is_forgotten(session: Session) -> None:
    made = ready(session)
    setting_up.set_translations(session, made, "en", {"title": "City contract"})
    setting_up.set_translations(session, made, "en", {"title": ""})
    assert tongues.spoken(made, "en") == {}


def test_publishing_counts_what_is_left_language_by_language_and_refuses_nothing_for_it(session: Session) -> None:
    made = ready(session)
    setting_up.set_languages(session, made, ["tr"])
    own, asked = publishing.untranslated(session, made)
    assert (own.language, own.count, own.questionnaire) == ("tr", len(tongues.NAMES), None)
    assert asked.questionnaire is not None
    assert asked.count > 0
    assert publishing.missing(session, made) == []
    setting_up.set_translations(session, made, "tr", dict.fromkeys(tongues.NAMES, "Yazıldı."))
    assert [one.questionnaire is None for one in publishing.untranslated(session, made)] == [False]


def test_a_next_wave_keeps_the_translations(session: Session) -> None:
    who = somebody(session)
    made = ready(session, who)
    setting_up.set_translations(session, made, "en", {"introduction": "Tell us."})
    after = waves.duplicate(session, made, title="Deuxième vague", wave="2", by=who)
    assert tongues.spoken(after, "en") == {made.introduction: "Tell us."}


@pytest.mark.parametrize("name", ["title", "introduction", "rights"])
def test_a_text_too_long_is_refused_with_what_is_over(session: Session, name: str) -> None:
    made = ready(session)
    with pytest.raises(SetUpError, match="de trop") as refused:
        setting_up.set_translations(session, made, "en", {name: "a" * 7000})
    assert refused.value.field == name
    assert tongues.spoken(made, "en") == {}


def test_an_introduction_of_seven_thousand_signs_is_refused_whoever_writes_it(session: Session) -> None:
    made = ready(session)
    with pytest.raises(SetUpError, match="1200 signes au plus, il y en a 5800 de trop"):
        setting_up.set_identity(session, made, Identity(made.title, made.territory, "a" * 7000, made.slug))
    assert made.introduction == "Dites ce qui compte."
