"""The page of one quartier: what it shows, leads to and keeps, from a whole consultation to nobody at all."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable

import pytest

from analysis import place_sentences
from analysis.briefing import brief
from analysis.couleur import Verdict
from analysis.material import Filter, Material, Person
from analysis.palette import number, percent
from tests.analysis import made
from tests.analysis.test_couleur import drawn, of, planted
from tests.consult.copil.conftest import SLUG
from tests.pages import PageCheckingClient

ROOT = f"/copil/{SLUG}/quartiers"
Give = Callable[[Material], None]


def read(reader: PageCheckingClient, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_headings_of_the_matrix_lead_to_the_pages_of_the_quartiers(
    reader: PageCheckingClient, whole: Material
) -> None:
    links = dict(re.findall(rf'<a href="({ROOT}/[^"]+)">([^<]+)</a>', read(reader, ROOT)))
    assert list(links.values()) == list(whole.quartiers)
    assert f"{ROOT}/la-conte-ozanam" in links
    for address, label in links.items():
        page = read(reader, address)
        assert label in page
        assert re.search(r'aria-current="page">Par quartier<', page)


def test_the_page_says_its_couleur_and_every_figure_of_it(reader: PageCheckingClient, given: Give) -> None:
    material = drawn(planted)
    given(material)
    page, found = text_of(read(reader, f"{ROOT}/nord")), of(material, "Nord")
    assert " ".join(place_sentences.title("Nord", found).split()) in page
    assert found.told(Verdict.MORE)
    for gap in found.gaps:
        here = f"{percent(gap.here.share)} {number(gap.here.count)} personnes"
        others = f"{percent(gap.others.share)} {number(gap.others.count)} personnes"
        test = f"{place_sentences.points_words(gap.points)} {place_sentences.p_words(gap)}"
        assert " ".join(here.split()) in page
        assert " ".join(f"{others} {test}".split()) in page
    for verdict in Verdict:
        own = found.told(verdict)
        assert page.count(place_sentences.verdict_words(verdict, len(own))) == bool(own), "said once, for all of them"


def test_a_figure_leads_to_its_texts_in_the_quartier(reader: PageCheckingClient, whole: Material) -> None:
    page = html.unescape(read(reader, f"{ROOT}/grazailles"))
    addresses = set(re.findall(rf'href="(/copil/{SLUG}/verbatims\?[^"]+)"', page))
    assert addresses
    for address in addresses:
        assert "quartier=Grazailles" in address
        assert reader.get(address).status_code == 200


def test_the_page_reads_every_answer_whatever_was_chosen_before(reader: PageCheckingClient, whole: Material) -> None:
    # The token of a form says when it was made.
    token = re.compile(r'name="csrf_token" value="[^"]*"')
    chosen, plain = (read(reader, f"{ROOT}/grazailles{choice}") for choice in ("?canal=Papier&age=inconnu", ""))
    assert token.sub("", chosen) == token.sub("", plain)


def test_masked_figures_stay_masked(reader: PageCheckingClient, given: Give) -> None:
    material = drawn(lambda one, theme: 0.02 if one.quartier == "Nord" and theme == "a" else 0.6, number=200)
    given(material)
    page = read(reader, f"{ROOT}/nord")
    table = text_of(page[page.index("<tbody>") : page.index("</tbody>")])
    assert [row.label for row in of(material, "Nord").masked] == ["A"]
    assert not re.search(r"\bA\b", table)
    assert re.search(r"\bB\b", table)


@pytest.mark.parametrize("number_of", [0, 3, 7, 40])
def test_each_quartier_has_its_page_with_very_few_answers(
    reader: PageCheckingClient, given: Give, number_of: int
) -> None:
    given(made.consultation(number_of))
    for place in ("grazailles", "fleming-la-reille"):
        assert "Ce que l’on ne sait pas" in text_of(read(reader, f"{ROOT}/{place}"))


def test_a_quartier_where_nobody_was_heard_says_so_and_keeps_its_rencontres(
    reader: PageCheckingClient, given: Give
) -> None:
    material = made.consultation()
    given(dataclasses.replace(material, persons=tuple(p for p in material.persons if p.quartier != "Grazailles")))
    page = text_of(read(reader, f"{ROOT}/grazailles"))
    assert "Le quartier ne se compare pas encore" in page
    assert "Rencontre à Grazailles" in page


def test_two_quartiers_that_would_share_an_address_have_one_each(reader: PageCheckingClient, given: Give) -> None:
    places = ("L’Écluse", "L Ecluse", "حي", "城区")
    persons = [Person(f"p{n}", canal="A", quartier=places[n % 4]) for n in range(80)]
    voices = [made.voice(p.key, "securite", person=p.key, quartiers=(p.quartier,)) for p in persons]
    given(made.material(persons, voices, quartiers=places))
    links = re.findall(rf'<a href="({ROOT}/[^"]+)">', read(reader, ROOT))
    assert len(set(links)) == 4
    for address, place in zip(links, places, strict=True):
        assert f"<h1>À {place}" in read(reader, address) or f"<h1>{place}" in read(reader, address)


def test_a_quartier_there_is_not_is_not_found(reader: PageCheckingClient, whole: Material) -> None:
    assert reader.get(f"{ROOT}/atlantide").status_code == 404


def test_without_copies_the_page_keeps_the_choice(reader: PageCheckingClient, given: Give) -> None:
    material = drawn(planted)
    aside = tuple(dataclasses.replace(v, aside=n % 9 == 0) for n, v in enumerate(material.voices))
    given(dataclasses.replace(material, voices=aside))
    page = read(reader, f"{ROOT}/nord?copies=sans")
    assert "sans les campagnes ni les doublons" in text_of(page)
    assert f"{ROOT}/sud?copies=sans" in page
    assert re.search(rf'{SLUG}/verbatims\?[^"]*copies=sans', page)


def test_no_name_of_a_quartier_is_markup(reader: PageCheckingClient, given: Give) -> None:
    label = "<b>Un quartier</b> au nom " + "interminable " * 12
    persons = [Person(f"p{n}", canal="A & B", quartier=(label, "Vide")[n % 2]) for n in range(60)]
    voices = [made.voice(p.key, "securite", person=p.key, quartiers=(p.quartier,)) for p in persons]
    given(made.material(persons, voices, quartiers=(label, "Vide")))
    (address, *_rest) = re.findall(rf'<a href="({ROOT}/b-[^"]+)">', read(reader, ROOT))
    assert "<b>Un quartier" not in read(reader, address)


def test_the_profile_of_who_answered_is_that_of_the_choice_of_the_quartier(
    reader: PageCheckingClient, whole: Material
) -> None:
    own = brief(whole, choice=Filter(quartier="Grazailles")).done.by_channel
    page = text_of(read(reader, f"{ROOT}/grazailles"))
    assert f"Répondants par canal, base : {own.base} personnes" in page
