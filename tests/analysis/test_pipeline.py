"""The whole analysis: exact spans, one result whatever the order, nothing personal in what leaves."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from analysis import codebook
from analysis.codebook import Codebook, Theme
from analysis.pipeline import Settings, analyse
from analysis.text.normalise import key
from analysis.types import Correction, Document, Status, Synthesis

PLAN = Codebook(
    "essai",
    "Essai",
    "1",
    (
        Theme("securite", "Sécurité", examples=("plus de police", "il y a du deal", "on a peur le soir")),
        Theme("securite/nuit", "Sécurité la nuit", parent="securite", examples=("peur de sortir la nuit",)),
        Theme("proprete", "Propreté", examples=("c’est sale", "des poubelles partout", "nettoyer les rues")),
        Theme("bus", "Transports en commun", examples=("plus de bus", "le tram passe trop peu", "bus le dimanche")),
    ),
)

SAID = [
    "Plus de police, nettoyer la rue",
    "plus de police",
    "PLUS DE POLICE !!",
    "c'est sale, il n'y a pas assez de poubelles",
    "le bus le dimanche",
    "RAS",
    "",
    "?",
    "Mon voisin Karim Benali crie la nuit, appelez le 06 12 34 56 78",
    "des bancs à l’ombre",
    "we need more buses on Sunday",
    "نريد حافلات أكثر يوم الأحد",
]


def documents(texts: list[str] = SAID) -> list[Document]:
    return [Document(f"d{rank}", text) for rank, text in enumerate(texts)]


@pytest.fixture(scope="module")
def made() -> Synthesis:
    return analyse(documents(), codebook=PLAN)


def themes_of(synthesis: Synthesis) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for coding in synthesis.codings:
        if coding.theme_id:
            found[coding.document].add(coding.theme_id)
    return found


def test_every_document_is_accounted_for(made: Synthesis) -> None:
    assert {coding.document for coding in made.codings} == {document.id for document in documents()}
    assert set(made.masked) == set(made.languages) == {document.id for document in documents()}


def test_a_span_is_the_idea_where_it_was_written(made: Synthesis) -> None:
    texts = {document.id: document.text for document in documents()}
    for coding in made.codings:
        idea = texts[coding.document][coding.start : coding.end]
        assert idea == coding.text or "[" in coding.text


def test_several_ideas_take_several_themes(made: Synthesis) -> None:
    assert {"securite", "proprete"} <= themes_of(made)["d0"]


def test_blank_texts_and_non_answers_hold_no_opinion(made: Synthesis) -> None:
    silent = {coding.document for coding in made.codings if coding.status is Status.NO_OPINION}
    assert silent == {"d5", "d6", "d7"}


def test_texts_that_differ_by_typing_alone_take_the_same_themes(made: Synthesis) -> None:
    assert themes_of(made)["d1"] == themes_of(made)["d2"] == {"securite"}


def test_other_languages_are_coded_and_named(made: Synthesis) -> None:
    assert "bus" in themes_of(made)["d10"]
    assert (made.languages["d10"], made.languages["d11"], made.languages["d1"]) == ("en", "ar", "fr")


def test_nothing_personal_leaves(made: Synthesis) -> None:
    left = [coding.text for coding in made.codings] + list(made.masked.values())
    left += [extract.text for chosen in made.extracts.values() for extract in chosen]
    assert not any(secret in text for text in left for secret in ("Benali", "Karim", "06 12"))


def test_scores_lie_between_nought_and_one_and_theme_names_follow_ids(made: Synthesis) -> None:
    for coding in made.codings:
        assert 0 <= coding.score <= 1
        assert bool(coding.theme_id) == (coding.status is Status.CODED)
        assert coding.theme == (PLAN.get(coding.theme_id).label if coding.theme_id else "")


@pytest.mark.parametrize("plan", [PLAN, None], ids=["plan", "discover"])
def test_the_same_run_gives_the_same_result_whatever_the_order(plan: Codebook | None) -> None:
    texts = [f"{text} {place}" for text in SAID[:5] for place in ("ici", "au nord", "au sud", "partout", "le soir")]
    straight = documents(texts)
    shuffled = random.Random(7).sample(straight, len(straight))  # noqa: S311  a shuffle, not a secret
    one, same, other = (analyse(given, codebook=plan) for given in (straight, straight, shuffled))
    assert one.codings == same.codings
    assert one.extracts == same.extracts == other.extracts
    assert sorted(map(repr, one.codings)) == sorted(map(repr, other.codings))


def test_a_decision_of_a_person_is_kept_and_learnt_from() -> None:
    corrections = [Correction("Des bancs à l'ombre", ("proprete",)), Correction("plus de police", ())]
    corrected = analyse(documents(), codebook=PLAN, corrections=corrections)
    assert themes_of(corrected)["d9"] == {"proprete"}
    statuses = {coding.status for coding in corrected.codings if coding.document in {"d1", "d2"}}
    assert statuses == {Status.NO_OPINION}


def test_a_correction_of_a_theme_since_retired_is_forgotten(made: Synthesis) -> None:
    corrected = analyse(documents(), codebook=PLAN, corrections=[Correction("plus de police", ("retire",))])
    assert corrected.codings == made.codings


def test_no_document_gives_an_empty_synthesis() -> None:
    empty = analyse([], codebook=PLAN)
    assert (empty.codings, empty.emerging, dict(empty.extracts)) == ((), (), {})


@pytest.mark.parametrize("text", ["police", "RAS", "", "\x00", "a" * 5000])
def test_one_document_is_enough(text: str) -> None:
    for plan in (PLAN, None):
        assert len({coding.document for coding in analyse([Document("1", text)], codebook=plan).codings}) == 1


def test_progress_names_each_step_and_reaches_its_end() -> None:
    told: dict[str, tuple[int, int]] = {}
    made = analyse(documents(), codebook=PLAN, progress=lambda name, done, total: told.update({name: (done, total)}))
    assert list(told) == [step.name for step in made.steps]
    assert all(done == total for done, total in told.values())


def test_extracts_are_few_distinct_and_of_different_persons() -> None:
    texts = ["plus de police"] * 5 + ["plus de police le soir", "on a peur de sortir la nuit", "il y a du deal en bas"]
    made = analyse(documents(texts), codebook=PLAN, settings=Settings(extracts=3))
    for chosen in made.extracts.values():
        assert len(chosen) <= 3
        assert len({key(extract.text) for extract in chosen}) == len({extract.document for extract in chosen})
        assert len(chosen) == len({key(extract.text) for extract in chosen})


def test_a_sub_theme_shows_in_the_extracts_of_its_theme() -> None:
    made = analyse(documents(["peur de sortir la nuit"]), codebook=PLAN)
    assert themes_of(made)["d0"] == {"securite/nuit"}
    assert [extract.text for extract in made.extracts["securite"]] == ["peur de sortir la nuit"]


def test_the_shipped_plan_reads_without_accents_and_in_capitals_as_with_them() -> None:
    plan = codebook.shipped("politique-de-la-ville")
    said = ["sécurité", "éclairage public", "les déchets par terre", "médecins"]
    plain = ["SECURITE", "ECLAIRAGE PUBLIC", "LES DECHETS PAR TERRE", "medecins"]
    assert themes_of(analyse(documents(said), codebook=plan)) == themes_of(analyse(documents(plain), codebook=plan))
