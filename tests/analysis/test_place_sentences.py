"""What a quartier's page says follows its numbers: returns are the subject, no cause is told, nothing masked said."""

from __future__ import annotations

import dataclasses
import re

import pytest

from analysis import place_sentences
from analysis.briefing import brief
from analysis.couleur import Couleur, Gap, Verdict
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.french import NARROW
from analysis.tables import TOTAL, Axis
from tests.analysis import made
from tests.analysis.test_couleur import drawn, of, planted

SHOWN = PublishedCell(Shown.COUNT, 12, 0.24)
LABELS = {"s": "Sécurité et tranquillité publique", "c": "Commerces et vie économique du quartier", "z": "Zones calmes"}
#: Words that would say why, or speak of who did not answer.
FORBIDDEN = re.compile(
    r"\b(parce que|car|à cause|grâce|dû à|due à|habitants|population|prouve|significati)", re.IGNORECASE
)


def gap(code: str, verdict: Verdict, here: float, others: float) -> Gap:
    """A theme of so many returns here and elsewhere."""
    cells = [dataclasses.replace(SHOWN, share=share) for share in (here, others)]
    told = verdict in (Verdict.MORE, Verdict.LESS)
    return Gap(Axis(code, LABELS[code]), cells[0], cells[1], verdict, 0.004 if told else None)


def found(*gaps: Gap, base: int = 50, attempts: int = 12, masked: int = 0) -> Couleur:
    axes = (Axis("Nord", "Nord", base=base), Axis("autres", "Autres", base=200), Axis(TOTAL, "Ensemble", base=250))
    cells = {(one.theme.code, "Nord"): one.here for one in gaps}
    table = Published("c", "C", tuple(one.theme for one in gaps), axes, cells, "personnes", 250, {}, 5)
    hidden = tuple(Axis(f"m{n}", f"Masqué {n}") for n in range(masked))
    return Couleur("Nord", table, gaps, hidden, attempts)


SAFETY = gap("s", Verdict.MORE, 0.48, 0.25)
SHOPS = gap("c", Verdict.LESS, 0.1, 0.35)
CALM = gap("z", Verdict.CHANCE, 0.12, 0.1)


@pytest.mark.parametrize(
    ("couleur", "said"),
    [
        (
            found(SAFETY),
            "Au Nord, les retours évoquent plus souvent la sécurité que dans les autres quartiers (48 % contre 25 %)",
        ),
        (
            found(SHOPS),
            "Au Nord, les retours évoquent moins souvent les commerces que dans les autres quartiers"
            " (10 % contre 35 %)",
        ),
        (
            found(SAFETY, SHOPS),
            "Au Nord, les retours évoquent plus souvent la sécurité, et moins souvent les commerces, qu’ailleurs",
        ),
        (
            found(SAFETY, dataclasses.replace(CALM, verdict=Verdict.MORE, p=0.01)),
            "Au Nord, les retours évoquent plus souvent la sécurité et « Zones calmes » que dans les autres quartiers",
        ),
        (found(CALM), "Au Nord, aucun thème ne se distingue des autres quartiers au-delà du hasard"),
        (
            found(CALM, masked=2),
            "Au Nord, le seul thème comparable ne se distingue pas des autres quartiers au-delà du hasard",
        ),
        (
            found(CALM, dataclasses.replace(SHOPS, verdict=Verdict.CHANCE, p=None), masked=2),
            "Au Nord, aucun des deux thèmes comparables ne se distingue des autres quartiers au-delà du hasard",
        ),
        (found(masked=3), "Au Nord, trop peu de retours sur chaque thème pour comparer le quartier aux autres"),
        (found(CALM, attempts=0), "Au Nord, trop peu de retours pour dire ce qui distingue le quartier"),
        (None, "Au Nord, trop peu de retours pour dire ce qui distingue le quartier"),
    ],
)
def test_the_title_says_what_is_told_and_no_more(couleur: Couleur | None, said: str) -> None:
    assert " ".join(place_sentences.title("Le Nord", couleur).split()) == said


def test_a_title_names_two_themes_and_counts_the_others() -> None:
    more = [dataclasses.replace(gap(code, Verdict.MORE, 0.5, 0.2)) for code in "scz"]
    said = place_sentences.title("Nord", found(*more, gap("s", Verdict.MORE, 0.4, 0.2)))
    assert "et 2 autres thèmes que dans les autres quartiers" in said


def test_the_lede_compares_and_says_what_such_numbers_could_tell() -> None:
    said = " ".join(place_sentences.lede("Nord", found(CALM)).split())
    assert said.startswith(
        "50 personnes du quartier se sont exprimées, comparées à 200 personnes des autres quartiers."
    )
    assert "« Zones calmes » y revient le plus (12 % des retours)." in said
    assert re.search(r"ne serait dit plus fréquent ici qu’à partir de \d+ %\.$", said)
    assert "à partir de" not in place_sentences.lede("Nord", found(SAFETY)), "it is said where nothing stands out"


@pytest.mark.parametrize(("p", "said"), [(0.0004, "0,001"), (0.004, "0,01"), (0.05, "0,05")])
def test_a_told_difference_says_how_unlikely_chance_is_and_no_more_than_that(p: float, said: str) -> None:
    assert place_sentences.p_words(dataclasses.replace(SAFETY, p=p)) == f"p corrigé ≤ {said}"
    assert place_sentences.p_words(dataclasses.replace(SAFETY, p=None)) == ""


def test_points_have_their_sign() -> None:
    assert [place_sentences.points_words(points) for points in (14, -3, 0)] == ["+14", "−3", "0"]


def unknown(couleur: Couleur | None, **said: object) -> str:
    given: dict[str, object] = {"own": None, "whole": brief(made.consultation()).done, "doubtful": 0, "meetings": 1}
    return " ".join(place_sentences.unknown(couleur, **(given | said)))  # type: ignore[arg-type]


def test_what_is_not_known_is_listed() -> None:
    assert "Trop peu de personnes, ici ou dans un autre quartier" in unknown(found(CALM, masked=2))
    assert "Aucune rencontre n’y a eu lieu" in unknown(found(CALM), meetings=0)
    assert "Pour 7 personnes, le quartier est déduit" in unknown(found(CALM), doubtful=7)
    assert "Moins de 30 personnes s’y sont exprimées" in unknown(found(CALM, base=24))
    assert "aucun écart n’est testé" in unknown(found(CALM, attempts=0))
    assert unknown(found(CALM)) == ""


def test_a_channel_or_an_age_that_brought_too_few_is_named_and_one_that_is_masked_is_not() -> None:
    whole = brief(made.consultation()).done
    few = dataclasses.replace(
        whole,
        by_channel=without(whole.by_channel, "Papier"),
        by_age=without(whole.by_age, "18 à 24 ans", "60 à 74 ans"),
    )
    said = unknown(found(CALM), own=few)
    assert "Moins de 5 réponses y sont venues sur papier." in said
    assert "Moins de 5 réponses y viennent de chacun de ces âges\u00a0: 18 à 24 ans et 60 à 74 ans." in said
    masked = {key: PublishedCell(Shown.MASKED) for key in whole.by_channel.cells}
    assert (
        unknown(
            found(CALM), own=dataclasses.replace(whole, by_channel=dataclasses.replace(whole.by_channel, cells=masked))
        )
        == ""
    )


def without(table: Published, *labels: str) -> Published:
    return dataclasses.replace(table, rows=tuple(row for row in table.rows if row.label not in labels))


def test_no_sentence_tells_a_cause_or_speaks_for_who_did_not_answer() -> None:
    for material in (drawn(planted), drawn(lambda _one, _theme: 0.3)):
        for place in material.quartiers:
            couleur = of(material, place)
            said = [place_sentences.title(place, couleur), place_sentences.lede(place, couleur)]
            said += [place_sentences.verdict_words(verdict, len(couleur.told(verdict))) for verdict in Verdict]
            said += place_sentences.unknown(couleur, own=None, whole=brief(material).done, doubtful=9, meetings=0)
            assert not [one for one in said if FORBIDDEN.search(one)]
            assert "retours" in said[1]


def test_what_is_masked_is_in_no_sentence() -> None:
    couleur = of(drawn(lambda one, theme: 0.02 if one.quartier == "Nord" and theme == "a" else 0.6, number=200), "Nord")
    said = place_sentences.title("Nord", couleur) + place_sentences.lede("Nord", couleur)
    assert "«\u00a0A\u00a0»" not in said
    assert NARROW in said or "%" not in said
