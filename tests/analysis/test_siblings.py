"""The pages of one facet, read side by side, give away nothing that one of them masks."""

from __future__ import annotations

from analysis.briefing import Briefing, brief
from analysis.disclosure import Shown
from analysis.material import Filter, Material, Person, Voice
from tests.analysis import made

COUNTS = {
    ("En ligne", "Femme"): 21,
    ("Téléphone", "Femme"): 18,
    ("Papier", "Femme"): 2,
    ("En ligne", "Homme"): 10,
    ("Téléphone", "Homme"): 15,
    ("Papier", "Homme"): 8,
}


def material(*, below: str = "") -> Material:
    """So many persons of each channel and sex raise the theme, or its sub-theme, and ten more something else."""
    persons: list[Person] = []
    voices: list[Voice] = []
    for (canal, sexe), count in COUNTS.items():
        for rank in range(count + 10):
            key = f"{canal}{sexe}{rank}"
            persons.append(made.person(key, canal=canal, sexe=sexe))
            raised = ("a", *([below] if below and canal != "Papier" else [])) if rank < count else ("b",)
            voices.append(made.voice(key, *raised, person=key, canal=canal))
    return made.material(persons, voices, book=made.plan("a", "a/x", "b"))


def masked(told: Briefing, channel: str) -> bool:
    return told.by_channel.cell("a", channel).shown is Shown.MASKED


def test_a_column_masked_on_one_page_is_not_the_whole_less_the_other_page() -> None:
    whole = material()
    everyone, women, men = (brief(whole, choice=Filter(sexe=sexe)) for sexe in ("", "Femme", "Homme"))
    assert masked(women, "Papier")
    hidden = [channel for channel in ("En ligne", "Téléphone") if masked(women, channel)]
    assert hidden
    for channel in hidden:
        assert masked(men, channel) or masked(everyone, channel)


def test_the_pages_of_two_facets_that_show_one_figure_mask_it_both() -> None:
    whole = made.consultation(100, seed=5)
    for place in whole.quartiers:
        for channel in made.CHANNELS[:2]:
            here = brief(whole, choice=Filter(quartier=place)).by_channel
            there = brief(whole, choice=Filter(canal=channel)).by_quartier
            for row in here.rows:
                states = {here.cell(row.code, channel).shown, there.cell(row.code, place).shown}
                assert len(states) == 1 or Shown.MASKED not in states, (row.code, place, channel)


def test_a_theme_masked_somewhere_is_not_told_there_by_its_sub_theme() -> None:
    told = brief(made.consultation(300, seed=2))
    tried = 0
    for root, below in told.by_quartier_detail.items():
        for row in below.rows:
            for column in below.columns:
                if told.by_quartier.cell(root, column.code).shown is Shown.MASKED:
                    tried += 1
                    assert below.cell(row.code, column.code).shown is not Shown.COUNT
    assert tried


def test_a_sub_theme_that_all_of_its_theme_say_does_not_tell_who_is_masked() -> None:
    told = brief(material(below="a/x"))
    hidden = {c.code for c in told.by_channel.columns if told.by_channel.cell("a", c.code).shown is Shown.MASKED}
    for channel in hidden:
        page = brief(material(below="a/x"), choice=Filter(canal=channel))
        assert page.said.subthemes["a"].cell("a/x").shown is not Shown.COUNT


def test_who_says_a_masked_theme_without_its_only_sub_theme_is_not_told() -> None:
    persons = [made.person(str(n), canal="Papier" if n == 9 else "En ligne") for n in range(40)]
    voices = [
        made.voice(str(n), *(("a", "a/x") if n < 9 else ("a",) if n == 9 else ("b",)), person=str(n), canal="En ligne")
        for n in range(40)
    ]
    voices += [made.voice("p", "b", person="9"), *(made.voice(f"q{n}", "b", person=f"q{n}") for n in range(6))]
    persons += [made.person(f"q{n}", canal="Papier") for n in range(6)]
    whole = made.material(persons, voices, book=made.plan("a", "a/x", "b"))
    told = brief(whole, choice=Filter(canal="Papier")).said
    assert told.themes.cell("a").shown is Shown.MASKED
    assert told.subthemes["a"].cell("a/x").shown is Shown.MASKED
