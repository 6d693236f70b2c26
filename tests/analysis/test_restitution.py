"""What is given back tells nothing of a group under eleven, and sets what is done beside what was said."""

from __future__ import annotations

import itertools
import random

import pytest

from analysis import restitution
from analysis.disclosure import Shown
from analysis.followups import FollowUp, Stage
from analysis.material import Material, Person
from analysis.restitution import K_PUBLIC, Given, answers, give, told_of
from analysis.tables import TOTAL
from analysis.types import Status
from tests.analysis import made
from tests.analysis.test_sentences import BOOK, said

EAST, WEST, NORTH = "Grazailles", "Le Viguier", "La Bastide"


def spread(counts: dict[str, tuple[int, int, int]]) -> Material:
    """For each place, how many expressed an opinion, and how many of them raise safety and cleanliness."""
    people, voices = [], []
    for place, (base, safety, cleanliness) in counts.items():
        for rank in range(base):
            key = f"{place}{rank}"
            people.append(Person(key, canal="En ligne", quartier=place))
            themes = [name for name, count in (("s", safety), ("p", cleanliness)) if rank < count]
            status = Status.CODED if themes else Status.UNCLASSIFIED
            voices.append(made.voice(key, *themes, person=key, status=status, ideas=1, quartiers=(place,)))
    return made.material(people, voices, quartiers=(EAST, WEST, NORTH), book=BOOK)


def sentences(given: Given) -> list[str]:
    return [one.sentence for told in (given.whole, *given.quartiers) for one in told.heard]


def test_a_quartier_says_how_many_spoke_of_each_theme() -> None:
    given = give(spread({EAST: (61, 34, 20), WEST: (50, 20, 0), NORTH: (40, 15, 15)}))
    told = given.told(EAST)
    assert told is not None
    assert told.speakers == 61
    assert told.title == "La sécurité revient dans plus de la moitié des retours, loin devant la propreté"
    assert [(one.theme, one.value, one.sentence) for one in told.heard][:2] == [
        ("s", "56\u202f%", "34 personnes sur 61 en ont parlé."),
        ("p", "33\u202f%", "20 personnes sur 61 en ont parlé."),
    ]


def test_a_quartier_where_too_few_spoke_gives_no_figure_at_all() -> None:
    given = give(spread({EAST: (61, 34, 20), WEST: (50, 20, 12), NORTH: (9, 9, 3)}))
    told = given.told(NORTH)
    assert told is not None
    assert (told.speakers, told.title) == (None, "Trop peu de réponses pour publier des chiffres")
    assert [one.sentence for one in told.heard] == [""] * len(told.heard)
    assert all(one.share is None for one in told.heard)


def test_the_quartier_that_would_betray_it_by_subtraction_hides_with_it() -> None:
    given = give(spread({EAST: (61, 34, 20), WEST: (50, 20, 12), NORTH: (9, 9, 3)}))
    assert [told.speakers for told in given.quartiers] == [61, None, None]


def test_no_other_hides_where_those_of_no_quartier_already_do() -> None:
    """Nobody knows how many of those left out of the sum live in the small one."""
    people = spread({EAST: (61, 34, 20), WEST: (50, 20, 12), NORTH: (9, 9, 3)})
    outside = [Person(f"o{rank}", canal="En ligne", quartier="Hors QPV") for rank in range(30)]
    voices = [made.voice(one.key, "s", person=one.key, ideas=1) for one in outside]
    given = give(
        made.material((*people.persons, *outside), (*people.voices, *voices), quartiers=people.quartiers, book=BOOK)
    )
    assert [told.speakers for told in given.quartiers] == [61, 50, None]


def test_no_figure_is_said_of_fewer_than_eleven() -> None:
    given = give(spread({EAST: (40, 10, 12), WEST: (40, 30, 11), NORTH: (40, 11, 0)}))
    told = given.told(EAST)
    assert told is not None
    safety = next(one for one in told.heard if one.theme == "s")
    assert (safety.share, safety.value) == (None, "")
    assert safety.sentence == "Des personnes en ont parlé\u00a0; leur nombre n’est pas publié."


@pytest.mark.parametrize("seed", range(12))
def test_nobody_finds_a_group_under_eleven_by_adding_and_subtracting(seed: int) -> None:
    """Everything shown is taken together: no unknown is confined to fewer than eleven values under eleven."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    counts = {}
    for place in (EAST, WEST, NORTH):
        base = chance.choice((5, 9, 12, 14, 25, 60))
        counts[place] = (base, chance.randint(0, base), chance.randint(0, base))
    given = give(spread(counts))
    for theme, rank in (("s", 1), ("p", 2)):
        shown = {
            place: given.table.cell(theme, place).count
            for place in counts
            if given.table.cell(theme, place).shown is Shown.COUNT
        }
        assert all(count is None or count == 0 or count >= K_PUBLIC for count in shown.values())
        total = given.table.cell(theme, TOTAL)
        masked = [counts[place][rank] for place in counts if given.table.cell(theme, place).shown is Shown.MASKED]
        # That nobody of a small group raised a theme is no secret of anybody.
        hidden = [count for count in masked if count]
        if total.shown is Shown.COUNT and hidden:
            assert len(hidden) > 1, (counts, theme)
            least, rest = len(hidden), sum(hidden)
            assert rest - least + 1 >= K_PUBLIC or all(value >= K_PUBLIC for value in hidden), (counts, theme)


def test_the_persons_of_no_quartier_are_a_group_that_the_sums_do_not_give() -> None:
    people = spread({EAST: (30, 12, 12), WEST: (30, 12, 12), NORTH: (30, 12, 12)})
    outside = [Person(f"o{rank}", canal="En ligne", quartier="Hors QPV") for rank in range(3)]
    voices = [made.voice(one.key, "s", person=one.key, ideas=1) for one in outside]
    given = give(
        made.material((*people.persons, *outside), (*people.voices, *voices), quartiers=people.quartiers, book=BOOK)
    )
    known = [told.speakers for told in given.quartiers]
    assert given.whole.speakers == 93
    assert sum(count is None for count in known) >= 1


def test_few_answers_give_no_figure_anywhere() -> None:
    given = give(said(8, {"s": 8}))
    assert (given.persons, given.whole.speakers, given.channels) == (None, None, ())
    assert sentences(given) == [""] * len(sentences(given))
    assert "Trop peu de personnes" in restitution.base_words(given.whole)


def test_a_consultation_nobody_answered_is_given_back_without_a_figure() -> None:
    given = give(made.material(book=BOOK, quartiers=(EAST,)))
    assert given.persons is None
    assert answers(given.whole, []) == []


def follow(stage: Stage, theme: str = "", *quartiers: str) -> FollowUp:
    return FollowUp(stage, f"{stage.value} {theme}", theme=theme, root=theme, label=theme, quartiers=quartiers)


def test_each_theme_stands_beside_what_is_done_with_it() -> None:
    given = give(spread({EAST: (61, 34, 20), WEST: (50, 20, 12), NORTH: (40, 15, 15)}))
    told = given.told(EAST)
    assert told is not None
    done = [
        follow(Stage.DOING, "p", EAST),
        follow(Stage.DONE, "p"),
        follow(Stage.DONE, "p", WEST),
        follow(Stage.REFUSED, "c"),
        follow(Stage.DECIDED),
        follow(Stage.PROPOSED, "s"),
    ]
    found = answers(told, done)
    assert [one.label for one in found] == [
        "Sécurité et tranquillité publique",
        "Propreté et gestion des déchets",
        "Commerces et vie économique du quartier",
        "",
    ]
    assert [[one.stage for one in answer.follow_ups] for answer in found] == [
        [],
        [Stage.DONE, Stage.DOING],
        [Stage.REFUSED],
        [Stage.DECIDED],
    ]


def test_a_proposal_nobody_decided_on_is_not_told() -> None:
    assert told_of([follow(Stage.PROPOSED, "s")]) == []


def test_a_theme_nobody_raises_is_told_so_only_where_enough_spoke() -> None:
    given = give(spread({EAST: (40, 20, 0), WEST: (40, 30, 15), NORTH: (4, 4, 0)}))
    done = [follow(Stage.DONE, "p")]
    for place, sentence in ((EAST, "Ce sujet ne ressort pas des réponses écrites."), (NORTH, "")):
        told = given.told(place)
        assert told is not None
        own = next(one for one in answers(told, done) if one.follow_ups)
        assert own.heard is not None
        # Where a quartier hides by subtraction, nothing is said of it either.
        assert own.heard.sentence == (sentence if told.speakers else "")


def test_residents_read_the_answer_then_the_decision_and_why_it_was_refused() -> None:
    for one, words in (
        (FollowUp(Stage.DONE, "x", decision="Décidé.", answer="C’est là."), "C’est là."),
        (FollowUp(Stage.DONE, "x", decision="Décidé."), "Décidé."),
        (FollowUp(Stage.REFUSED, "x", decision="Vieux.", reason="Trop cher."), "Trop cher."),
    ):
        assert one.plain == words


def test_the_order_of_rows_changes_nothing() -> None:
    material = spread({EAST: (61, 34, 20), WEST: (50, 20, 12), NORTH: (9, 9, 3)})
    turned = made.material(
        material.persons[::-1], material.voices[::-1], quartiers=material.quartiers, book=material.codebook
    )
    one, other = give(material), give(turned)
    assert [told.heard for told in one.quartiers] == [told.heard for told in other.quartiers]
    pairs = itertools.chain(one.table.cells.items())
    assert all(other.table.cells[key] == cell for key, cell in pairs)
