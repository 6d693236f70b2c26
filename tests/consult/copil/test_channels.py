"""The page of channels and publics: what it shows, masks and leads to, from a whole consultation to nobody at all."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from analysis import channel_words
from analysis.briefing import brief
from analysis.concordance import concordance
from analysis.disclosure import Shown
from analysis.material import Material, Person
from analysis.palette import number, percent
from tests.analysis import made
from tests.consult.copil.conftest import SLUG
from tests.pages import PageCheckingClient

HERE = f"/copil/{SLUG}/canaux"
Give = Callable[[Material], None]


def read(reader: PageCheckingClient, address: str = HERE) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_page_says_whether_the_channels_agree(reader: PageCheckingClient, whole: Material) -> None:
    page, found = text_of(read(reader)), concordance(whole, k=5)
    assert found is not None
    assert " ".join(channel_words.title(found, brief(whole).by_channel).split()) in page
    for pair in found.pairs:
        said = f"{pair.one} et {pair.other} {channel_words.decimal(pair.tau.value)} {channel_words.between(pair.tau)}"
        assert said in page


def test_every_figure_is_that_of_the_briefing_and_leads_to_its_texts(
    reader: PageCheckingClient, whole: Material
) -> None:
    page, table = read(reader), brief(whole).by_channel
    said = text_of(page)
    for row in table.rows:
        for column in table.columns[:-1]:
            cell = table.cell(row.code, column.code)
            if cell.shown is Shown.COUNT:
                assert " ".join(f"{percent(cell.share)} {number(cell.count)} personnes".split()) in said
    links = set(re.findall(rf'href="(/copil/{SLUG}/verbatims\?[^"]*canal=[^"]+)"', html.unescape(page)))
    assert links
    for address in sorted(links)[:4]:
        assert reader.get(address).status_code == 200


def test_a_masked_figure_has_no_dot_and_no_link(reader: PageCheckingClient, given: Give) -> None:
    said = {("A", "a"): 3, ("A", "b"): 40, ("B", "a"): 30, ("B", "b"): 20, ("C", "a"): 20, ("C", "b"): 20}
    persons, voices = [], []
    for (channel, theme), count in said.items():
        for rank in range(count):
            key = f"{channel}{theme}{rank}"
            persons.append(Person(key, canal=channel))
            voices.append(made.voice(key, theme, person=key, canal=channel))
    given(made.material(persons, voices, book=made.plan("a", "b")))
    page = html.unescape(read(reader))
    row = next(part for part in page.split("<tr") if re.search(r'scope="row">.*?A</th>', part))
    shown = len(re.findall(r'<svg x="', row))
    assert shown == 1, "the small one and the smallest of the others are masked"
    assert "masqué" in row
    assert "theme=a&canal=A" not in page


def test_publics_that_are_not_channels_have_their_figure(reader: PageCheckingClient, whole: Material) -> None:
    assert "Les thèmes, public par public" in text_of(read(reader))


def test_what_is_noted_in_rencontres_stands_apart_in_its_own_unit(reader: PageCheckingClient, whole: Material) -> None:
    page = text_of(read(reader))
    assert "Habitants, en rencontre 30 contributions" in page
    assert "Personnes et contributions ne s’additionnent pas" in page


@pytest.mark.parametrize("number_of", [0, 1, 7, 40])
def test_the_page_reads_with_very_few_answers(reader: PageCheckingClient, given: Give, number_of: int) -> None:
    given(made.consultation(number_of))
    assert "<h1>" in read(reader)


def test_without_a_single_answer_the_page_says_what_is_needed(reader: PageCheckingClient, given: Give) -> None:
    given(made.material())
    assert "Deux canaux au moins" in text_of(read(reader))


def test_a_choice_is_kept_and_one_channel_alone_compares_with_none(reader: PageCheckingClient, whole: Material) -> None:
    page = read(reader, f"{HERE}?canal=Papier")
    assert "Un seul canal, ou aucun" in text_of(page)
    page = read(reader, f"{HERE}?sexe=Femme")
    assert "de qui a dit « Femme »" in text_of(page)
    assert "dit?sexe=Femme" in page


def test_labels_of_any_length_and_script_keep_the_page_sound(reader: PageCheckingClient, given: Give) -> None:
    names = ("<i>Borne</i> " + "interminable " * 10, "A & B", "ورق", "D", "E", "F", "G", "H")
    persons = [Person(f"p{n}", canal=names[n % 8]) for n in range(320)]
    voices = [made.voice(p.key, "securite", "proprete", person=p.key, canal=p.canal) for p in persons]
    given(made.material(persons, voices))
    page = read(reader)
    assert "<i>Borne" not in page
    assert page.count('class="dots__disc"') >= 2, "the shapes begin again after the last"


def test_the_page_has_its_place_in_the_navigation(reader: PageCheckingClient, whole: Material) -> None:
    nav = re.search(r'<nav class="top__nav".*?</nav>', read(reader), re.S)
    assert nav is not None
    labels = re.findall(r">([^<>]+)</a>", nav[0])
    assert labels[labels.index("Par quartier") + 1] == "Par canal et par public"
