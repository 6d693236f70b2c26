"""The committee reads with or without campaigns and duplicates, where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable

from analysis.material import Material
from tests.analysis.test_copies import material
from tests.consult.copil.conftest import SLUG
from tests.pages import PageCheckingClient

HERE = f"/copil/{SLUG}"
COPIED = {("Nord", "a", True): 12, ("Nord", "a", False): 10, ("Sud", "b", False): 10}


def _text(client: PageCheckingClient, address: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(f"{HERE}/{address}").get_data(as_text=True)).split())


def test_the_choice_is_offered_where_something_is_set_aside(
    reader: PageCheckingClient, given: Callable[[Material], None]
) -> None:
    given(material(COPIED))
    page = _text(reader, "dit")
    assert "Avec les campagnes et doublons" in page
    assert "base : 72 personnes" in page


def test_without_them_the_page_says_so_and_its_addresses_keep_the_choice(
    reader: PageCheckingClient, given: Callable[[Material], None]
) -> None:
    given(material(COPIED))
    page = _text(reader, "dit?copies=sans")
    assert "Vous lisez toutes les réponses, sans les campagnes ni les doublons." in page
    assert "base : 60 personnes" in page
    html = reader.get(f"{HERE}/dit?copies=sans").get_data(as_text=True)
    pages = re.findall(r'href="(/copil/[^"]*)"', html)
    assert [address for address in pages if "quartiers?" in address and "copies=sans" in address]


def test_every_page_and_the_deck_can_be_read_without_them(
    reader: PageCheckingClient, given: Callable[[Material], None]
) -> None:
    given(material(COPIED))
    for page in ("", "dit", "quartiers", "verbatims?theme=a", "diaporama.pptx"):
        joined = "&" if "?" in page else "?"
        assert reader.get(f"{HERE}/{page}{joined}copies=sans").status_code == 200, page


def test_nothing_is_offered_where_nothing_is_set_aside(
    reader: PageCheckingClient, given: Callable[[Material], None]
) -> None:
    given(material({("Nord", "a", False): 10}))
    assert "campagnes" not in _text(reader, "dit")
    assert "Ce choix retient trop peu de personnes" in _text(reader, "dit?copies=sans")


def test_a_reading_there_is_not_shows_nothing(reader: PageCheckingClient, given: Callable[[Material], None]) -> None:
    given(material(COPIED))
    assert "Ce choix retient trop peu de personnes" in _text(reader, "dit?copies=autre")
