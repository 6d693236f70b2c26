"""A text is shown only behind a figure that is, and signed by no more than may be said."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from analysis import verbatims
from analysis.briefing import brief
from analysis.material import Material, Meeting, Person
from analysis.types import Status
from analysis.verbatims import Listing, Signatures
from tests.analysis import made


def listing(material: Material, **asked: str) -> Listing:
    return verbatims.listing(material, brief(material), **asked)


def said(**counts: int) -> Material:
    """Persons by « quartier_canal », each of whom raises « a »; ten more of each quartier raise nothing."""
    groups = {tuple(name.split("_")): count for name, count in counts.items()}
    persons = [Person(f"{q}{c}{n}", canal=c, quartier=q) for (q, c), count in groups.items() for n in range(count)]
    silent = [Person(f"{q}-{n}", canal="web", quartier=q) for q in {q for q, _c in groups} for n in range(10)]
    voices = [made.voice(p.key, "a", person=p.key, canal=p.canal, quartiers=(p.quartier,)) for p in persons]
    voices += [made.voice(p.key, person=p.key, status=Status.UNCLASSIFIED, canal="web") for p in silent]
    meeting = Meeting("m", "diagnostic-en-marchant", "", dt.date(2023, 6, 1), 9, None, None, ("N",))
    line = made.voice("l", "a", meeting="m", canal="Rencontre", quartiers=("N",))
    return made.material(
        [*persons, *silent], [*voices, line], quartiers=("N", "S", "E"), book=made.plan("a"), meetings=[meeting]
    )


def test_every_text_behind_a_published_figure_is_listed_once() -> None:
    found = listing(said(N_web=12, S_web=9), theme="a")
    assert (len(found.texts), found.cell.count, found.refused) == (21, 21, False)
    assert len({quoted.text for quoted in found.texts}) == 21


def test_texts_of_a_masked_cell_are_refused_and_its_lines_are_not() -> None:
    found = listing(said(N_web=3, S_web=9, E_web=9), theme="a", quartier="N")
    assert (found.refused, found.texts) == (True, ())
    assert [quoted.source for quoted in found.lines] == ["Diagnostic en marchant · N"]


def test_texts_of_a_cell_masked_to_protect_another_are_refused_too() -> None:
    made_of = said(N_web=3, S_web=9, E_web=20)
    assert listing(made_of, theme="a", quartier="S").refused
    assert not listing(made_of, theme="a", quartier="E").refused


def test_no_source_counts_a_masked_cell() -> None:
    found = listing(said(N_web=3, S_web=9, E_web=20), theme="a")
    sources = [quoted.source for quoted in found.texts]
    assert sources.count("web · E") == 20
    assert sources.count("web") == 12


def test_a_pair_of_channel_and_quartier_is_named_from_k_persons_on() -> None:
    material = said(N_web=12, N_tel=3, S_tel=12, E_web=8)
    signatures = Signatures(material, brief(material), "a")
    assert signatures.sign("web", "N") == "web · N"
    assert signatures.sign("tel", "N") == "N"


def test_words_that_are_somebody_elses_are_said_to_be_unless_that_betrays_the_channel() -> None:
    material = said(N_web=12, N_tel=3, S_tel=12, E_web=8)
    signatures = Signatures(material, brief(material), "a")
    assert signatures.sign("tel", "S", rephrased=True) == "tel · S · propos reformulé"
    assert signatures.sign("tel", "S") == "tel · S"
    assert signatures.sign("tel", "N", rephrased=True) == "N"
    assert signatures.sign("Rencontre", "N", rephrased=True) == "N · propos reformulé"


def test_a_line_noted_in_other_words_says_so_where_it_is_listed() -> None:
    material = said(N_web=12, S_web=9)
    voices = tuple(dataclasses.replace(voice, rephrased=bool(voice.meeting)) for voice in material.voices)
    found = listing(dataclasses.replace(material, voices=voices), theme="a")
    assert [quoted.source for quoted in found.lines] == ["Diagnostic en marchant · N · propos reformulé"]
    assert not any("reformulé" in quoted.source for quoted in found.texts)


def test_a_masked_channel_is_refused() -> None:
    assert listing(said(N_web=12, S_web=8, N_tel=2), theme="a", canal="tel").refused


def test_an_order_that_tells_nothing_is_always_the_same() -> None:
    material = said(N_web=12, S_web=9)
    texts = [quoted.text for quoted in listing(material, theme="a").texts]
    assert texts == [quoted.text for quoted in listing(material, theme="a").texts]
    assert texts != sorted(texts)


def test_the_lede_counts_persons_texts_and_lines() -> None:
    found = listing(said(N_web=12, S_web=9), theme="a")
    assert verbatims.lede(found, k=5) == "21 personnes, 21 textes, et 1 contribution de rencontres."
    refused = listing(said(N_web=3, S_web=9, E_web=9), theme="a", quartier="N")
    assert verbatims.lede(refused, k=5).startswith("Moins de 5 personnes, ou un groupe qui en trahirait")


def test_a_theme_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        listing(said(N_web=12), theme="inconnu")
