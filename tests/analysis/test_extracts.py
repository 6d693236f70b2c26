"""Quotations are whole, and the same ones are chosen whatever the numbers drawn for their documents."""

from __future__ import annotations

from analysis import extracts
from analysis.codebook import Codebook, Theme
from analysis.types import Coding, Document, Extract, Status

BOOK = Codebook("b", "B", "1", (Theme("a", "A"),))


def chosen(texts: dict[str, tuple[str, str]], *, count: int = 1) -> tuple[Extract, ...]:
    """What is chosen of documents given as id to text and channel."""
    documents = {key: Document(key, text, key, "", canal) for key, (text, canal) in texts.items()}
    codings = [Coding(key, 1, 0, len(text), text, "a", "A", 0.9, Status.CODED) for key, (text, _canal) in texts.items()]
    return extracts.choose(codings, documents.__getitem__, BOOK, count=count)["a"]


def test_a_quotation_cut_inside_a_bracket_gives_way_to_a_whole_one() -> None:
    found = chosen(
        {"1": ("des trottoirs accessibles partout (poussettes", ""), "2": ("les trottoirs sont trop hauts", "")}
    )
    assert [extract.text for extract in found] == ["les trottoirs sont trop hauts"]


def test_identical_quotations_are_told_apart_by_where_they_come_from_not_by_their_number() -> None:
    text = "plus de bus le soir"
    one = chosen({"1": (text, "En ligne"), "2": (text, "Téléphone")})
    other = chosen({"1": (text, "Téléphone"), "2": (text, "En ligne")})
    assert [extract.canal for extract in one] == [extract.canal for extract in other] == ["En ligne"]
