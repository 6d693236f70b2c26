"""The pages of the committee: what they show, refuse and lead to."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask

from analysis.briefing import brief
from analysis.disclosure import Shown
from analysis.material import Filter, Material, Person
from analysis.palette import number, percent
from analysis.sentences import quartier_title, said_title
from analysis.types import Status
from tests.analysis import made
from tests.pages import PageCheckingClient

ROOT = "/copil/essai/"
PAGES = ("", "dit", "quartiers", "verbatims?theme=securite")
Give = Callable[[Material], None]


def plain(text: str) -> str:
    """The text with every kind of space as one."""
    return " ".join(text.split())


def text_of(page: str) -> str:
    """What a reader reads, without tags."""
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", page)))


def read(reader: PageCheckingClient, page: str) -> str:
    answer = reader.get(ROOT + page)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_reads_with_a_whole_consultation(reader: PageCheckingClient, whole: Material, page: str) -> None:
    assert "effectifs inférieurs à 5 masqués" in text_of(read(reader, page))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_what_to_do_without_a_single_answer(reader: PageCheckingClient, given: Give, page: str) -> None:
    given(made.material(quartiers=made.QUARTIERS))
    assert 'class="empty"' in read(reader, page)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_reads_with_very_few_answers(reader: PageCheckingClient, given: Give, page: str) -> None:
    given(made.consultation(7))
    read(reader, page)


@pytest.mark.parametrize("page", PAGES)
def test_labels_of_any_length_and_script_keep_the_page_sound(
    reader: PageCheckingClient, given: Give, page: str
) -> None:
    label = "<b>Un quartier</b> au nom " + "interminable " * 12
    persons = [Person(f"p{n}", canal="A & B", quartier=label, age='"vieux"', sexe="Femme") for n in range(30)]
    voices = [made.voice(p.key, "securite", person=p.key, canal=p.canal, quartiers=(label,)) for p in persons]
    given(made.material(persons, voices, quartiers=(label, "Vide")))
    assert "<b>Un quartier" not in read(reader, page)


def test_the_figures_of_the_ranking_are_those_of_the_briefing(reader: PageCheckingClient, whole: Material) -> None:
    page, briefing = text_of(read(reader, "dit")), brief(whole)
    assert said_title(briefing) in page
    for _row, cell in briefing.said.themes.column():
        if cell.shown is Shown.COUNT:
            assert plain(f"{percent(cell.share)} {number(cell.count)} personnes") in page


def test_the_figures_of_the_matrix_are_those_of_the_briefing(reader: PageCheckingClient, whole: Material) -> None:
    page, table = text_of(read(reader, "quartiers?deplier=tous")), brief(whole).by_quartier
    assert quartier_title(brief(whole)) in page
    for row in table.rows:
        for column in table.columns:
            cell = table.cell(row.code, column.code)
            if cell.shown is Shown.COUNT:
                said = f"{row.label}, {column.label} : {percent(cell.share)} {number(cell.count)} personnes"
                assert plain(said) in page


def test_a_masked_cell_gives_no_count_and_no_link(reader: PageCheckingClient, given: Give) -> None:
    persons = [Person(f"p{n}", canal="A", quartier="Nord" if n < 3 else "Sud" if n < 20 else "Est") for n in range(60)]
    voices = [made.voice(p.key, "securite", person=p.key, quartiers=(p.quartier,)) for p in persons]
    silent = [Person(f"q{n}", canal="A", quartier="Nord") for n in range(20)]
    voices += [made.voice(p.key, person=p.key, status=Status.UNCLASSIFIED, quartiers=("Nord",)) for p in silent]
    given(made.material([*persons, *silent], voices, quartiers=("Nord", "Sud", "Est")))
    page = read(reader, "quartiers")
    cells = dict(re.findall(r'<td class="([^"]*)" data-label="(\w+)">', page)[::1])
    assert {label for state, label in cells.items() if "masked" in state}
    assert "quartier=Nord" not in page.split("<table")[1]


def test_sub_themes_unfold_on_demand_and_fold_again(reader: PageCheckingClient, whole: Material) -> None:
    folded, unfolded = read(reader, "quartiers"), read(reader, "quartiers?deplier=securite")
    sub = next(theme.label for theme in whole.codebook.children("securite"))
    assert html.escape(sub) not in folded
    assert html.escape(sub) in unfolded.replace("&#39;", "'")
    assert "deplier=securite" in folded
    assert 'href="/copil/essai/quartiers#t-securite"' in unfolded


def test_the_theme_of_the_address_stands_beside_the_ranking(reader: PageCheckingClient, whole: Material) -> None:
    page = read(reader, "dit?theme=proprete")
    assert re.search(r'<h2 id="theme-titre">.*Propreté et gestion des déchets</h2>', page)
    assert "/copil/essai/verbatims?theme=proprete" in page
    assert read(reader, "dit?theme=inconnu")


def test_a_bar_leads_to_its_texts_and_back(reader: PageCheckingClient, whole: Material) -> None:
    page = read(reader, "verbatims?theme=securite")
    count = brief(whole).said.themes.cell("securite").count
    assert f"{count} personnes" in text_of(page)
    assert page.count("<blockquote") == 30
    assert 'rel="next"' in page
    assert "/copil/essai/dit?theme=securite#theme" in page


def test_a_choice_keeps_its_persons_and_follows_the_reader(reader: PageCheckingClient, whole: Material) -> None:
    page = read(reader, "?canal=Papier")
    counted = brief(whole, choice=Filter(canal="Papier")).done.persons
    assert f"{counted} personnes ont répondu" in text_of(page)
    assert "Vous lisez seulement les réponses reçues sur papier." in text_of(page)
    assert "/copil/essai/dit?canal=Papier" in page


@pytest.mark.parametrize("page", ["", "dit", "quartiers", "verbatims", "diaporama.pptx"])
@pytest.mark.parametrize(
    "choice", ["sexe=Autre", "age=Inconnu", "quartier=Grazailles&canal=Papier&age=18+à+24+ans&sexe=Homme"]
)
def test_a_choice_that_keeps_too_few_shows_a_sentence_and_no_figure(
    reader: PageCheckingClient, whole: Material, page: str, choice: str
) -> None:
    answer = reader.get(f"{ROOT}{page}?theme=securite&{choice}").get_data(as_text=True)
    assert "<h1>Ce choix retient trop peu de personnes</h1>" in answer
    for mark in ('class="ranks"', 'class="matrix"', "<blockquote", 'class="chart"', 'class="stats"'):
        assert mark not in answer


def test_a_value_whose_group_is_masked_is_not_offered(reader: PageCheckingClient, whole: Material) -> None:
    assert "sexe=Autre" not in read(reader, "")


@pytest.mark.parametrize("facet", ["age=18+à+24+ans", "public=Habitants"])
def test_no_text_stands_beside_an_age_or_a_public(reader: PageCheckingClient, whole: Material, facet: str) -> None:
    assert "<blockquote" not in read(reader, f"dit?{facet}")
    page = text_of(read(reader, f"verbatims?theme=securite&{facet}"))
    assert "Les textes ne sont jamais montrés par âge, par sexe ou par public" in page


def test_texts_of_a_masked_group_are_refused_with_a_sentence(reader: PageCheckingClient, given: Give) -> None:
    persons = [Person(f"p{n}", canal="A", quartier="Nord" if n < 3 else "Sud") for n in range(60)]
    voices = [made.voice(p.key, "securite", person=p.key, text=f"texte secret {p.key}") for p in persons]
    silent = [Person(f"q{n}", canal="A", quartier="Nord") for n in range(20)]
    given(made.material([*persons, *silent], voices, quartiers=("Nord", "Sud")))
    page = read(reader, "verbatims?theme=securite&quartier=Nord")
    assert "Ces textes ne sont pas montrés" in page
    assert "texte secret" not in page


@pytest.mark.parametrize("query", ["?theme=inconnu", "", "?theme=securite&quartier=Ailleurs"])
def test_texts_of_nothing_are_not_found(reader: PageCheckingClient, whole: Material, query: str) -> None:
    assert reader.get(f"{ROOT}verbatims{query}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-3", "999", "deux"])
def test_a_page_number_out_of_range_is_brought_back(reader: PageCheckingClient, whole: Material, page: str) -> None:
    assert "<blockquote" in read(reader, f"verbatims?theme=securite&page={page}")


def test_the_navigation_holds_the_pages_that_exist(reader: PageCheckingClient, whole: Material) -> None:
    nav = re.search(r'<nav class="top__nav".*?</nav>', read(reader, "dit"), re.S)
    assert nav is not None
    named = re.findall(r">([^<>]+)</a>", nav[0])
    assert named[:3] == ["Ce qui a été fait", "Ce qui a été dit", "Par quartier"]
    assert named[-1] == "Emporter"
    for address in re.findall(r'href="([^"]+)"', nav[0]):
        assert reader.get(address).status_code == 200


def test_the_deck_of_the_page_is_a_presentation(reader: PageCheckingClient, whole: Material) -> None:
    answer = reader.get(ROOT + "diaporama.pptx")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    assert "copil-essai.pptx" in answer.headers["Content-Disposition"]


def test_a_stranger_is_sent_to_sign_in_and_sees_nothing(app: Flask, whole: Material) -> None:
    for page in PAGES:
        assert app.test_client().get(ROOT + page).status_code in (302, 404)
