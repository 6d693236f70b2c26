"""Two waves on one question: what compares, under which plan, and why the rest does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from analysis import wave_words, waves
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Shown
from analysis.material import Open, Person, Voice, themes_of
from analysis.types import Coding, Status
from analysis.waves import Comparison, Fate, Wave, Why
from tests.analysis import made

ASKED = Open("en-ligne.besoins", "En ligne", "De quoi avez-vous besoin ?")
OTHER = Open("en-ligne.autre", "En ligne", "Autre chose ?")
K = 5


def plan(*ids: str, **labels: str) -> Codebook:
    """Themes named by their ids, `a/b` under `a`; another label where one is given."""
    themes = (Theme(one, labels.get(one, one.capitalize()), parent=one.rpartition("/")[0] or None) for one in ids)
    return Codebook("essai", "Essai", "1", tuple(themes))


def wave(book: Codebook, said: Mapping[tuple[str, ...], int], *, silent: int = 0, **fates: Fate) -> Wave:
    """So many persons who give each set of themes in one text, and others whose text has none."""
    persons: list[Person] = []
    voices: list[Voice] = []
    codings: list[Coding] = []
    for themes, count in {**said, (): silent}.items():
        for _ in range(count):
            key = str(len(persons))
            persons.append(made.person(key, canal="En ligne"))
            voices.append(made.voice(key, person=key, canal="En ligne", status=Status.CODED, question=ASKED.code))
            codings += [
                Coding(key, rank, 0, 5, "texte", theme, theme, 1.0, Status.CODED) for rank, theme in enumerate(themes)
            ]
    found = themes_of(codings, book)
    voices = [dataclasses.replace(voice, themes=frozenset(found.get(voice.key, ()))) for voice in voices]
    material = dataclasses.replace(made.material(persons, voices, book=book), open=(ASKED, OTHER))
    known = {theme.id: Fate(theme.label) for theme in book.themes}
    return Wave(material, tuple(codings), known | fates)


def told(before: Wave, after: Wave) -> tuple[Comparison, dict[str, tuple[int | None, int | None]]]:
    found = waves.compare(before, after, ASKED, k=K)
    return found, {one.theme.id: (one.before.count, one.after.count) for one in found.themes}


def test_the_same_themes_stand_side_by_side_with_both_bases() -> None:
    one = wave(plan("a", "b"), {("a",): 20, ("b",): 10}, silent=10)
    other = wave(plan("a", "b"), {("a",): 12, ("b",): 30}, silent=8)
    found, counts = told(one, other)
    assert (found.before, found.after) == (40, 50)
    assert counts == {"a": (20, 12), "b": (10, 30)}
    assert [(one.theme.id, waves.points(one)) for one in found.themes] == [("b", 35), ("a", -26)]
    assert found.apart == ()


def test_a_renamed_theme_compares_and_says_its_older_name() -> None:
    found, _counts = told(wave(plan("a"), {("a",): 30}), wave(plan("a", a="Autrement"), {("a",): 30}))
    (one,) = found.themes
    assert (one.theme.label, one.was) == ("Autrement", "A")
    assert "d’abord" in wave_words.why_words(one)


def test_merged_themes_are_summed_in_both_waves_each_person_once() -> None:
    one = wave(plan("a", "b"), {("a",): 10, ("b",): 10, ("a", "b"): 10})
    other = wave(plan("b"), {("b",): 25}, silent=5, a=Fate("A", retired=True, merged_into="b"))
    found, counts = told(one, other)
    assert counts == {"b": (30, 25)}
    assert found.themes[0].merged == ("A",)


def test_themes_merged_in_the_older_plan_after_the_newer_was_made_are_summed_too() -> None:
    one = wave(plan("b"), {("b",): 25}, silent=5, a=Fate("A", retired=True, merged_into="b"))
    other = wave(plan("a", "b"), {("a",): 10, ("b",): 10, ("a", "b"): 10})
    assert told(one, other)[1] == {"b": (25, 30)}


def test_the_parts_of_a_theme_that_is_gone_are_summed_under_it() -> None:
    one = wave(plan("a", "a/x"), {("a/x",): 20}, silent=10)
    parts = {"a/y": Fate("Y", split_from="a/x"), "a/z": Fate("Z", split_from="a/x")}
    other = wave(
        plan("a", "a/y", "a/z"),
        {("a/y",): 10, ("a/z",): 9, ("a/y", "a/z"): 6},
        silent=5,
        **parts,
        **{"a/x": Fate("X", retired=True, merged_into="a")},
    )
    found, counts = told(one, other)
    assert counts == {"a": (20, 25), "a/x": (20, 25)}
    assert next(one for one in found.themes if one.theme.id == "a/x").split == ("Y", "Z")
    assert found.apart == ()


def test_the_parts_of_a_theme_that_stays_are_counted_in_it_and_do_not_compare() -> None:
    one = wave(plan("a"), {("a",): 20}, silent=10)
    other = wave(plan("a", "a/y"), {("a/y",): 18}, silent=12, **{"a/y": Fate("Y", split_from="a")})
    found, counts = told(one, other)
    assert counts == {"a": (20, 18)}
    assert [(one.label, one.why, one.inside) for one in found.apart] == [("A/y", Why.DETAILED, "A")]


def test_a_theme_of_one_plan_alone_does_not_compare_and_says_why() -> None:
    one = wave(plan("a", "old"), {("a",): 20, ("old",): 10})
    other = wave(plan("a", "new"), {("a",): 20, ("new",): 10}, old=Fate("Old", retired=True))
    found, counts = told(one, other)
    assert counts == {"a": (20, 20)}
    assert (found.before, found.after) == (30, 30), "who said something else still answered"
    said = {one.label: wave_words.apart_words(one) for one in found.apart}
    assert said == {"New": "n’était pas dans le plan de la vague précédente", "Old": "n’est plus dans le plan"}


def test_a_theme_moved_under_another_is_moved_in_both_waves() -> None:
    one = wave(plan("a", "b", "a/x"), {("a/x",): 20, ("b",): 10})
    moved = Codebook("essai", "Essai", "2", (Theme("a", "A"), Theme("b", "B"), Theme("a/x", "X", parent="b")))
    found, counts = told(one, wave(moved, {("a/x",): 20, ("b",): 10}))
    assert counts == {"a": (0, 0), "b": (30, 30), "a/x": (20, 20)}
    assert {waves.points(one) for one in found.themes} == {0}


def test_small_groups_are_masked_in_each_wave() -> None:
    one = wave(plan("a", "b"), {("a",): 3, ("b",): 30})
    other = wave(plan("a", "b"), {("a",): 20, ("b",): 30})
    found, _counts = told(one, other)
    row = next(one for one in found.themes if one.theme.id == "a")
    assert row.before.shown is Shown.MASKED
    assert waves.points(row) is None


def test_only_the_answers_to_the_question_are_compared() -> None:
    one = wave(plan("a"), {("a",): 30})
    away = tuple(dataclasses.replace(v, question=OTHER.code) for v in one.material.voices[:10])
    material = dataclasses.replace(one.material, voices=(*away, *one.material.voices[10:]))
    found, counts = told(dataclasses.replace(one, material=material), one)
    assert (found.before, found.after) == (20, 30)
    assert counts == {"a": (20, 30)}


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({("a",): 20, ("b",): 30}, "« B » passe de 33 % à 60 % des réponses"),
        ({("a",): 32, ("b",): 18}, "D’une vague à l’autre, aucun thème ne bouge de 10 points ou plus"),
        ({("a",): 10, ("b",): 10}, "Trop peu de réponses pour comparer les parts des deux vagues"),
    ],
    ids=("much", "little", "few"),
)
def test_the_title_says_what_moved_by_much_and_no_more(after: dict[tuple[str, ...], int], said: str) -> None:
    found, _counts = told(wave(plan("a", "b"), {("a",): 20, ("b",): 10}), wave(plan("a", "b"), after))
    assert " ".join(wave_words.title(found).split()) == said
