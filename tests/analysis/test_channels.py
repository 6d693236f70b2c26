"""Which channel carries what, who leads where, what publics say: from published figures, none of them masked."""

from __future__ import annotations

import dataclasses

import pytest

from analysis import channel_words
from analysis.briefing import brief
from analysis.channels import Carried, carried, leader, place, publics, spoken
from analysis.concordance import Concordance, Estimate, Pair, concordance
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.material import Filter, Material, Person, Voice
from analysis.reader import Reader
from analysis.tables import TOTAL, Axis
from tests.analysis import made

BOOK = made.plan("a", "b", "c")
#: Channel and themes to the persons who raise them.
Saying = dict[tuple[str, tuple[str, ...]], int]


def material(said: Saying) -> Material:
    persons: list[Person] = []
    voices: list[Voice] = []
    for (channel, themes), count in said.items():
        for _ in range(count):
            key = str(len(persons))
            persons.append(Person(key, canal=channel))
            voices.append(made.voice(key, *themes, person=key, canal=channel))
    return made.material(persons, voices, book=BOOK)


def carries(one: Material) -> list[Carried]:
    found = carried(Reader(one, Filter(), 5), brief(one).by_channel)
    assert found is not None
    return found


def test_a_theme_that_one_channel_raises_far_more_is_told_with_both_shares() -> None:
    (one,) = carries(
        material({("A", ("a",)): 40, ("A", ("b",)): 40, ("B", ("a",)): 8, ("B", ("b",)): 72, ("A", ("c",)): 0})
    )[:1]
    assert (one.theme.code, one.channel, one.here.count, one.count) == ("a", "A", 40, 8)
    assert one.others == pytest.approx(0.1)
    assert one.alone


def test_channels_that_say_the_same_carry_nothing() -> None:
    assert carries(material({(c, (t,)): 20 for c in "AB" for t in "ab"})) == []


def test_a_theme_raised_more_and_by_the_others_too_is_told_and_not_carried() -> None:
    (one,) = [
        one
        for one in carries(material({("A", ("a",)): 90, ("A", ("b",)): 10, ("B", ("a",)): 60, ("B", ("b",)): 40}))
        if one.theme.code == "a"
    ]
    assert not one.alone


def test_channels_of_few_persons_are_not_tested() -> None:
    one = material({("A", ("a",)): 15, ("B", ("b",)): 15})
    found = carried(Reader(one, Filter(), 5), brief(one).by_channel)
    assert found is None
    assert channel_words.carried_title(found) == "Trop peu de retours par canal pour dire quels thèmes un seul porte"


def test_a_masked_channel_carries_nothing_that_is_told() -> None:
    one = material(
        {("A", ("a",)): 4, ("A", ("b",)): 60, ("B", ("a",)): 40, ("B", ("b",)): 30, ("C", ("a",)): 4, ("C", ("b",)): 60}
    )
    table = brief(one).by_channel
    for told in carries(one):
        assert table.cell(told.theme.code, told.channel).shown is Shown.COUNT


def table(rows: dict[str, tuple[int | None, int | None, int | None]]) -> Published:
    """Themes by two channels and overall; None is masked."""
    axes = (Axis("A", "A", base=50), Axis("B", "B", base=50), Axis(TOTAL, "Ensemble", base=100))
    cells = {
        (row, axis.code): PublishedCell(Shown.MASKED)
        if count is None
        else PublishedCell(Shown.COUNT, count, count / 50)
        for row, counts in rows.items()
        for axis, count in zip(axes, counts, strict=True)
    }
    return Published("t", "T", tuple(Axis(row, row) for row in rows), axes, cells, "personnes", 100, {}, 5)


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ({"a": (20, 10, 30), "b": (8, 7, 15)}, "a"),
        ({"a": (20, 10, 30), "b": (None, None, 15)}, "a"),
        ({"a": (20, 10, 30), "b": (None, None, 40)}, None),
        ({"a": (20, 10, 30), "b": (None, None, None)}, None),
        ({"a": (20, 10, 30), "b": (20, 7, 27)}, None),
        ({"a": (None, None, 30)}, None),
    ],
    ids=("shown", "a masked one too small", "a masked one may be more", "all masked", "tied", "nothing shown"),
)
def test_a_theme_leads_a_channel_where_no_masked_figure_may_be_larger(
    rows: dict[str, tuple[int | None, int | None, int | None]], first: str | None
) -> None:
    found = leader(table(rows), "A")
    assert (found[0].code if found else None) == first


def test_a_public_that_is_a_channel_is_not_counted_twice() -> None:
    one = material({("A", ("a",)): 30, ("B", ("b",)): 30})
    same = tuple(dataclasses.replace(p, public={"A": "habitants", "B": "acteurs"}[p.canal]) for p in one.persons)
    mixed = tuple(dataclasses.replace(p, public=("habitants", "acteurs")[n % 2]) for n, p in enumerate(one.persons))
    assert publics(Reader(dataclasses.replace(one, persons=same), Filter(), 5)) is None
    found = publics(Reader(dataclasses.replace(one, persons=mixed), Filter(), 5))
    assert found is not None
    assert {column.code: column.base for column in found.columns} == {"acteurs": 30, "habitants": 30, TOTAL: 60}
    assert found.cell("a", "habitants").count == 15


def test_a_public_that_is_a_channel_but_for_a_few_persons_is_not_shown_beside_it() -> None:
    one = material({("A", ("a",)): 30, ("B", ("b",)): 30, ("B", ("a",)): 10})
    for few, is_shown in ((3, False), (5, True)):
        named = tuple(
            dataclasses.replace(p, public="jeunes" if p.canal == "A" or 0 <= n - 60 < few else "habitants")
            for n, p in enumerate(one.persons)
        )
        found = publics(Reader(dataclasses.replace(one, persons=named), Filter(), 5))
        assert (found is not None) == is_shown


def test_a_public_of_few_persons_is_masked() -> None:
    one = material({("A", ("a",)): 30, ("B", ("a",)): 30})
    few = tuple(
        dataclasses.replace(p, public="acteurs" if n % 20 == 0 else "habitants") for n, p in enumerate(one.persons)
    )
    found = publics(Reader(dataclasses.replace(one, persons=few), Filter(), 5))
    assert found is not None
    assert found.cell("a", "acteurs").shown is Shown.MASKED


def test_what_is_noted_in_rencontres_is_ranked_by_who_speaks() -> None:
    lines = [made.voice(f"h{n}", "a" if n < 6 else "b", meeting="m", public="habitants") for n in range(9)]
    lines += [made.voice(f"a{n}", "b", meeting="m", public="acteurs") for n in range(6)]
    lines += [made.voice("e", "c", meeting="m", public="élus")]
    found = spoken(made.material(voices=lines, book=BOOK), k=5)
    assert [(one.public, one.base, [(axis.code, count) for axis, count in one.themes]) for one in found] == [
        ("habitants", 9, [("a", 6), ("b", 3)]),
        ("acteurs", 6, [("b", 6)]),
    ], "a public of one contribution is not told apart"
    assert (found[0].rank("b"), found[0].rank("c")) == (2, None)


def test_equal_counts_share_a_rank() -> None:
    counts = {"a": 9, "b": 5, "c": 5, "d": 1, "e": 0}
    assert [place(counts, name) for name in counts] == [1, 2, 2, 4, None]


def agreement(w: float, alike: float, taus: dict[str, float]) -> Concordance:
    channels = tuple(sorted(set("".join(taus))))
    pairs = tuple(Pair(names[0], names[1], Estimate(tau, tau - 0.2, tau + 0.2)) for names, tau in taus.items())
    return Concordance(channels, 12, Estimate(w, w - 0.1, w + 0.1), alike, pairs)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "Trop peu de canaux ou de retours pour dire si les canaux s’accordent"),
        (
            agreement(0.9, 0.85, {"AB": 0.8}),
            "Entre les canaux, aucune différence d’ordre ne dépasse le hasard, « A » en tête partout",
        ),
        (
            agreement(0.92, 0.95, {"AB": 0.8}),
            "Les retours des canaux rangent les thèmes presque dans le même ordre, « A » en tête partout",
        ),
        (
            agreement(0.82, 0.95, {"AB": 0.6}),
            "Les retours des canaux rangent les thèmes à peu près dans le même ordre, « A » en tête partout",
        ),
        (
            agreement(0.7, 0.95, {"AB": 0.4}),
            "D’un canal à l’autre, les retours rangent les thèmes en partie autrement, « A » en tête partout",
        ),
        (
            agreement(0.5, 0.95, {"AB": 0.0}),
            "D’un canal à l’autre, les retours ne rangent pas les thèmes dans le même ordre, « A » en tête partout",
        ),
        (
            agreement(0.5, 0.95, {"AB": 0.7, "AC": 0.0, "BC": 0.1}),
            "Les retours du canal « C » rangent les thèmes autrement que les autres",
        ),
    ],
)
def test_the_title_says_whether_the_channels_agree(found: Concordance | None, said: str) -> None:
    led = table({"a": (20, 20, 40), "b": (8, 7, 15)})
    led = dataclasses.replace(
        led,
        rows=(Axis("a", "A"), Axis("b", "B")),
        columns=(*led.columns[:2], Axis("C", "C", base=50), led.columns[2]),
        cells={
            **led.cells,
            ("a", "C"): PublishedCell(Shown.COUNT, 9, 0.2),
            ("b", "C"): PublishedCell(Shown.COUNT, 5, 0.1),
        },
    )
    assert " ".join(channel_words.title(found, led).split()) == said


def test_a_channel_stands_apart_where_the_intervals_bear_it() -> None:
    assert channel_words.standing_apart(agreement(0.5, 0.9, {"AB": 0.5, "AC": 0.1, "BC": 0.15})) == "C"
    assert channel_words.standing_apart(agreement(0.5, 0.9, {"AB": 0.5, "AC": 0.1, "BC": 0.3})) == "", "B may agree"
    assert channel_words.standing_apart(agreement(0.5, 0.9, {"AB": 0.1, "AC": 0.1, "BC": 0.1})) == "", "none agree"
    assert channel_words.standing_apart(agreement(0.5, 0.9, {"AB": 0.0})) == "", "two channels differ from each other"


def test_nothing_is_said_of_two_channels_that_their_interval_does_not_bear() -> None:
    said = {
        channel_words.agreement_words(Estimate(0.5, low, high))
        for low, high in ((0.6, 0.9), (0.1, 0.9), (-0.2, 0.3), (-0.9, -0.1))
    }
    assert said == {"ordres proches", "ordres qui se ressemblent", "aucun accord établi", "ordres opposés"}


def test_coefficients_are_written_as_in_french() -> None:
    assert [channel_words.decimal(value) for value in (0.5234, -0.05, 1.0, -0.001)] == ["0,52", "−0,05", "1,00", "0,00"]


def test_the_sentences_of_a_whole_consultation_have_returns_for_subject() -> None:
    whole = made.consultation()
    briefing = brief(whole)
    found = concordance(whole, k=5)
    assert found is not None
    for said in (
        channel_words.title(found, briefing.by_channel),
        channel_words.lede(found, briefing.by_channel),
        channel_words.chance(found),
        channel_words.carried_title(carries(whole)),
    ):
        assert "habitants" not in said
        assert "car " not in said
