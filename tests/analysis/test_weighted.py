"""A weighted share stands beside the published one, and gives no small group away."""

from __future__ import annotations

import pytest

from analysis import cross, weighted
from analysis.disclosure import Published
from analysis.material import Filter, Material
from analysis.palette import whole
from analysis.reader import Reader
from analysis.weighted import LEAST_RAISING, Comparison
from analysis.weighting import Margin
from tests.analysis import made

SEXES = Margin("sexe", {"Femmes": 40, "Hommes": 60}, "Insee", 2020)


def themes(material: Material) -> Published:
    counts = cross.themes, cross.by_quartier, cross.by_channel, cross.by_question
    return Reader(material, Filter(), 5).linked(*counts)[0]


def compared(material: Material, *margins: Margin) -> Comparison:
    found = weighted.compare(material, themes(material), margins)
    assert isinstance(found, Comparison)
    return found


def test_the_raw_share_is_the_published_one_and_a_theme_of_few_persons_has_no_line() -> None:
    material = made.consultation(400)
    published = {row.code: cell for row, cell in themes(material).column() if (cell.count or 0) >= LEAST_RAISING}
    assert 0 < len(published) < len(themes(material).rows)
    assert {row.theme.code: row.raw for row in compared(material, SEXES).rows} == published


def test_with_one_margin_a_share_is_that_of_each_value_as_the_population_has_them() -> None:
    persons = [made.person(f"p{n}", canal="Papier", sexe="Femme" if n < 150 else "Homme") for n in range(200)]
    voices = [made.voice(f"v{n}", "securite" if n % 3 else "sante", person=f"p{n}") for n in range(150)]
    voices += [made.voice(f"v{n}", "securite" if n % 2 else "sante", person=f"p{n}") for n in range(150, 200)]
    row = next(row for row in compared(made.material(persons, voices), SEXES).rows if row.theme.code == "securite")
    assert row.weighted == whole(0.4 * 100 / 150 + 0.6 * 25 / 50)
    assert row.points == row.weighted - whole(125 / 200)


@pytest.mark.parametrize(("women", "shown"), [(3, False), (60, True)])
def test_a_share_that_would_give_away_who_is_masked_is_left_out(women: int, shown: bool) -> None:
    persons = [made.person(f"p{n}", canal="Papier", sexe="Femme" if n < 80 else "Homme") for n in range(120)]
    # Three women and thirty men: the two counts are masked, and the weights would tell them apart.
    raising = {*range(women), *range(80, 110)}
    voices = [made.voice(f"v{n}", "sante" if n in raising else "securite", person=f"p{n}") for n in range(120)]
    found = compared(made.material(persons, voices), Margin("sexe", {"Femmes": 30, "Hommes": 70}, "Insee", 2020))
    assert (next(row for row in found.rows if row.theme.code == "sante").weighted is None) is not shown
