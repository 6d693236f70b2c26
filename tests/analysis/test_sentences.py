"""Titles and ledes say what the numbers say, no more, and never what is masked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analysis import sentences
from analysis.briefing import Briefing, brief
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Shown
from analysis.material import Filter, Material, Person, Voice
from analysis.types import Status
from tests.analysis import made

BOOK = Codebook(
    "essai",
    "Essai",
    "1",
    (
        Theme("s", "Sécurité et tranquillité publique"),
        Theme("p", "Propreté et gestion des déchets"),
        Theme("c", "Commerces et vie économique du quartier"),
        Theme("z", "Zones calmes"),
    ),
)


def said(base: int, counts: dict[str, int], *, quartiers: Sequence[str] = (), lines: int = 0) -> Material:
    """`base` persons, of whom the first ones raise each theme; quartiers are dealt in turn."""
    places = [quartiers[n % len(quartiers)] if quartiers else "" for n in range(base)]
    persons = [Person(f"p{n}", canal="En ligne", quartier=places[n]) for n in range(base)]
    voices = [_says(n, [theme for theme, count in counts.items() if n < count]) for n in range(base)]
    noted = [made.voice(f"l{n}", "s", meeting="m", quartiers=tuple(quartiers[:1])) for n in range(lines)]
    return made.material(persons, [*voices, *noted], quartiers=quartiers, book=BOOK)


def _says(rank: int, themes: Sequence[str]) -> Voice:
    status = Status.CODED if themes else Status.UNCLASSIFIED
    return made.voice(f"v{rank}", *themes, person=f"p{rank}", status=status, ideas=1)


@pytest.mark.parametrize(
    ("base", "counts", "title"),
    [
        (100, {"s": 56, "p": 35}, "La sécurité revient dans plus de la moitié des retours, loin devant la propreté"),
        (100, {"s": 40, "p": 33}, "La sécurité revient dans 40\u202f% des retours, devant la propreté"),
        (100, {"s": 36, "p": 34}, "La sécurité revient dans plus d’un tiers des retours, juste devant la propreté"),
        (
            100,
            {"c": 60, "s": 20},
            "Les commerces reviennent dans plus de la moitié des retours, loin devant la sécurité",
        ),
        (100, {"s": 30, "p": 30}, "La propreté et la sécurité arrivent à égalité, dans près d’un tiers des retours"),
        (100, {"z": 97}, "«\u00a0Zones calmes\u00a0» revient dans presque tous les retours"),
        (20, {"s": 12, "p": 6}, "La sécurité revient le plus souvent (12 personnes sur 20)"),
        (20, {"s": 9, "p": 9}, "La propreté et la sécurité arrivent à égalité (9 personnes)"),
        (40, {"s": 3}, "Aucun thème ne ressort encore des retours"),
        (0, {}, "Personne ne s’est encore exprimé avec ses mots"),
    ],
)
def test_the_title_of_the_ranking_follows_the_counts(base: int, counts: dict[str, int], title: str) -> None:
    assert sentences.said_title(brief(said(base, counts))) == title


def test_the_lede_agrees_in_number_and_keeps_lines_apart() -> None:
    assert sentences.said_lede(brief(said(40, {"s": 9}, lines=2))) == (
        "40 personnes ont répondu, 40 ont exprimé au moins un avis avec leurs mots."
        " S’y ajoutent 2 contributions notées en rencontre, comptées à part."
    )
    assert sentences.said_lede(brief(said(1, {}, lines=1))) == (
        "1 personne a répondu, 1 a exprimé au moins un avis avec ses mots."
        " S’y ajoute 1 contribution notée en rencontre, comptée à part."
    )


def test_no_sentence_made_of_shares_alone_says_that_a_theme_belongs_to_a_quartier() -> None:
    persons = [Person(f"p{n}", quartier="Le Viguier" if n < 30 else "Nord") for n in range(90)]
    voices = [_says(n, ["s"] if n < 24 or n > 70 else ["p"]) for n in range(90)]
    briefing = brief(made.material(persons, voices, quartiers=("Le Viguier", "Nord"), book=BOOK))
    assert sentences.theme_lede(briefing, "s") == "43 personnes, 43 formulations distinctes."
    assert "surtout" not in sentences.quartier_title(briefing)


def test_the_lede_of_a_masked_theme_tells_no_count() -> None:
    lede = sentences.theme_lede(brief(said(40, {"s": 20, "c": 3})), "c")
    assert lede == "Effectif masqué."


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ({"s": 60, "p": 30}, "La sécurité arrive en tête dans les trois quartiers"),
        ({}, "Trop peu de retours pour comparer les quartiers"),
    ],
)
def test_the_title_of_the_matrix_says_who_leads(counts: dict[str, int], title: str) -> None:
    assert sentences.quartier_title(brief(said(90, counts, quartiers=("A", "B", "C")))) == title


def test_the_title_of_the_matrix_names_where_another_theme_leads() -> None:
    persons = [Person(f"p{n}", quartier="ABC"[n % 3]) for n in range(90)]
    voices = [_says(n, ["p"] if n % 3 == 2 else ["s"]) for n in range(90)]
    briefing = brief(made.material(persons, voices, quartiers=("A", "B", "C"), book=BOOK))
    assert (
        sentences.quartier_title(briefing)
        == "La sécurité arrive en tête dans deux quartiers sur trois, la propreté à C"
    )


def test_two_themes_that_come_first_together_in_a_quartier_lead_nowhere() -> None:
    persons = [Person(f"p{n}", quartier="ABC"[n % 3]) for n in range(90)]
    voices = [_says(n, ["s", "p"] if n % 3 == 2 else ["s"]) for n in range(90)]
    briefing = brief(made.material(persons, voices, quartiers=("A", "B", "C"), book=BOOK))
    assert sentences.quartier_title(briefing) == "La sécurité arrive en tête dans deux quartiers sur trois"
    both = [_says(n, ["s", "p"]) for n in range(90)]
    tied = brief(made.material(persons, both, quartiers=("A", "B", "C"), book=BOOK))
    assert sentences.quartier_title(tied) == "Aucun thème ne devance les autres"


def test_the_title_of_one_quartier_alone_speaks_of_it() -> None:
    material = said(90, {"s": 60}, quartiers=("Le Viguier", "B"))
    title = sentences.quartier_title(brief(material, choice=Filter(quartier="Le Viguier")))
    assert title == "Au Viguier, la sécurité arrive en tête (67\u202f%)"


def test_channels_that_disagree_are_pointed_out_and_others_are_not() -> None:
    persons = [Person(f"p{n}", canal="En ligne" if n < 50 else "Téléphone") for n in range(100)]
    apart = [_says(n, ["s"] if n < 40 or n >= 85 else ["p"]) for n in range(100)]
    note = sentences.channels_note(brief(made.material(persons, apart, book=BOOK)))
    assert "80\u202f% des retours pour le canal «\u00a0En ligne\u00a0»" in note
    assert "30\u202f% pour le canal «\u00a0Téléphone\u00a0»" in note
    alike = [_says(n, ["s"] if n % 2 else ["p"]) for n in range(100)]
    assert sentences.channels_note(brief(made.material(persons, alike, book=BOOK))) == ""


def test_the_foot_says_version_review_threshold_and_sample() -> None:
    assert sentences.foot(brief(said(10, {}))) == (
        "Codage du 12 juin 2023, plan «\u00a0Politique de la ville\u00a0», version 1 · relu à 31\u202f% ·"
        " effectifs inférieurs à 5 masqués ·"
        " consultation volontaire\u00a0: ces parts décrivent les répondants, non la population."
    )


@pytest.fixture(scope="module")
def whole() -> Briefing:
    return brief(made.consultation())


def test_no_sentence_speaks_of_the_inhabitants_or_breaks_french_typography(whole: Briefing) -> None:
    texts = [
        sentences.said_title(whole),
        sentences.said_lede(whole),
        sentences.quartier_title(whole),
        sentences.foot(whole),
    ]
    texts += [sentences.theme_lede(whole, row.code) for row, _cell in whole.said.themes.column()]
    for text in texts:
        assert "habitants" not in text
        assert "'" not in text
        assert " %" not in text
        assert " :" not in text


def test_what_is_masked_for_the_sake_of_another_may_come_first_so_a_choice_ranks_what_is_shown() -> None:
    material = made.consultation()
    whole, chosen = brief(material), brief(material, choice=Filter(canal="Téléphone"))
    assert Shown.MASKED in {cell.shown for _row, cell in chosen.said.themes.column()}
    assert sentences.said_title(chosen).startswith("Parmi les thèmes montrés, ")
    assert sentences.quartier_title(chosen).startswith("Parmi les thèmes montrés, ")
    assert not sentences.said_title(whole).startswith("Parmi")
