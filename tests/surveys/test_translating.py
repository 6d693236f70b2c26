"""A questionnaire read in another language keeps its names and codes, and shows French where a text misses."""

from __future__ import annotations

from surveys import definition
from surveys.translating import in_language, languages, missing, texts

FRENCH = definition.load(
    {
        "title": "Essai",
        "sections": [
            {
                "title": "Vous",
                "name": "vous",
                "help": "Deux minutes.",
                "questions": [
                    {"kind": "yes_no", "name": "bus", "label": "Le bus ?", "constraint_message": "Un mot."},
                    {"kind": "grid", "name": "avis", "label": "Avis", "rows": ["Parcs"], "options": ["Mal", "Bien"]},
                ],
            },
            {
                "title": "Fin",
                "questions": [{"kind": "number", "name": "ans", "label": "Depuis ?", "unit": "ans"}],
            },
        ],
        "translations": {
            "tr": {
                "title": "Deneme",
                "section.vous.title": "Siz",
                "section.2.title": "Son",
                "bus.option.oui": "Evet",
                "bus.unit": "reste d’un autre type",
                "avis.row.parcs": "Parklar",
                "ans.unit": "yıl",
                "disparue.label": "Eski",
            }
        },
    }
)


def test_every_text_a_person_reads_has_a_key() -> None:
    assert texts(FRENCH) == {
        "title": "Essai",
        "section.vous.title": "Vous",
        "section.vous.help": "Deux minutes.",
        "bus.label": "Le bus ?",
        "bus.constraint_message": "Un mot.",
        "bus.option.oui": "Oui",
        "bus.option.non": "Non",
        "avis.label": "Avis",
        "avis.option.mal": "Mal",
        "avis.option.bien": "Bien",
        "avis.row.parcs": "Parcs",
        "section.2.title": "Fin",
        "ans.label": "Depuis ?",
        "ans.unit": "ans",
    }


def test_a_translated_questionnaire_shows_french_where_a_text_misses() -> None:
    turkish = in_language(FRENCH, "tr")
    shown = texts(turkish)
    assert [shown[key] for key in ("title", "section.vous.title", "bus.option.oui", "avis.row.parcs", "ans.unit")] == [
        "Deneme",
        "Siz",
        "Evet",
        "Parklar",
        "yıl",
    ]
    assert [shown[key] for key in ("bus.label", "bus.option.non")] == ["Le bus ?", "Non"]
    assert [o.code for o in turkish.question("bus").options] == ["oui", "non"]


def test_what_misses_in_a_language_is_listed_with_its_french() -> None:
    assert missing(FRENCH, "fr") == {}
    assert set(missing(FRENCH, "ar")) == set(texts(FRENCH))
    assert missing(FRENCH, "tr") == {
        key: text
        for key, text in texts(FRENCH).items()
        if key not in {"title", "section.vous.title", "section.2.title", "bus.option.oui", "avis.row.parcs", "ans.unit"}
    }


def test_a_language_without_any_text_reads_in_french() -> None:
    assert in_language(FRENCH, "ar") is FRENCH
    assert in_language(FRENCH, "fr") is FRENCH
    assert languages(FRENCH) == ("fr", "tr")


def test_a_questionnaire_can_stand_in_a_set_whatever_its_translations() -> None:
    assert len({FRENCH, in_language(FRENCH, "tr")}) == 2
