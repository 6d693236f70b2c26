"""The codebook of the standard of qualitative analysis: valid, whole, and a theme keeps its identifier."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from analysis import palette
from analysis.codebook import Codebook, Theme
from analysis.report import qda
from tests.analysis import made
from tests.analysis.report.test_workbook import HOSTILE

SCHEMA = Path(__file__).with_name("refi-qda-codebook.xsd")
NAMES = {"q": "urn:QDA-XML:codebook:1.0"}
DEEP = Codebook(
    "p", "P", "1", (Theme("a", "A"), Theme("a/b", "B", parent="a"), Theme("a/b/c", "C", parent="a/b"), Theme("d", "D"))
)
STRANGE = Codebook(
    "h",
    "H",
    "1",
    tuple(
        Theme(f"t{n}", text + "\x0b\ud800&<>\"'", definition=text, examples=(text,)) for n, text in enumerate(HOSTILE)
    ),
)


def opened(plan: Codebook) -> Any:
    """The codebook, valid, as another program reads it."""
    book = etree.fromstring(qda.content(plan))
    etree.XMLSchema(etree.parse(str(SCHEMA))).assertValid(book)
    return book


@pytest.mark.parametrize("plan", [made.shipped(), DEEP, STRANGE], ids=["shipped", "deep", "strange"])
def test_it_is_valid_and_holds_every_theme_once(plan: Codebook) -> None:
    guids = opened(plan).xpath("//q:Code/@guid", namespaces=NAMES)
    assert sorted(guids) == sorted(qda.guid(theme.id) for theme in plan.themes)


def test_the_schema_of_the_tests_refuses_what_the_standard_refuses() -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    book = opened(DEEP)
    for change in ("guid", "name", "isCodable"):
        broken = etree.fromstring(etree.tostring(book))
        del broken.find(".//q:Code", NAMES).attrib[change]
        assert not schema.validate(broken), change


def test_a_sub_theme_is_inside_its_theme_with_its_colour_and_its_definition() -> None:
    plan, book = made.shipped(), opened(made.shipped())
    for theme in plan.themes:
        (code,) = book.xpath(f"//q:Code[@guid='{qda.guid(theme.id)}']", namespaces=NAMES)
        above = code.getparent().get("guid")
        assert above == (qda.guid(theme.parent) if theme.parent else None)
        assert code.get("name") == theme.label
        assert code.get("color").lower() == palette.theme(plan.root_of(theme.id).colour)
        assert code.find("q:Description", NAMES).text.startswith(theme.definition)


def test_a_theme_that_is_renamed_keeps_its_identifier() -> None:
    renamed = dataclasses.replace(DEEP, themes=(Theme("a", "Autre nom"), *DEEP.themes[1:]))
    guids = [opened(plan).xpath("//q:Code/@guid", namespaces=NAMES) for plan in (DEEP, renamed)]
    assert guids[0] == guids[1]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert qda.content(made.shipped()) == qda.content(made.shipped())
