"""A plan de classement is read whole or refused in one French sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import codebook
from analysis.codebook import Codebook, CodebookError, Theme

MINIMAL = "themes:\n  - {id: a, label: Alpha}\n  - {id: a/b, label: Beta, parent: a, examples: [un, deux]}\n"


def test_only_ids_and_labels_are_required(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(MINIMAL, encoding="utf-8")
    plan = codebook.load(tmp_path / "plan.yaml")
    assert (plan.id, plan.version) == ("plan", "1")
    assert [theme.id for theme in plan.roots()] == ["a"]
    assert plan.children("a") == (Theme("a/b", "Beta", parent="a", examples=("un", "deux")),)
    assert plan.root_of("a/b").label == "Alpha"
    assert "a/b" in plan
    assert "z" not in plan


def test_a_single_example_need_not_be_a_list() -> None:
    plan = codebook.parse("themes: [{id: 1, label: Un, keywords: mot}]", source="x")
    assert plan.get("1").keywords == ("mot",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("themes: []", "aucun thème"),
        ("autre: 1", "liste « themes »"),
        ("- a", "liste « themes »"),
        ("themes: [a]", "n° 1 doit être une fiche"),
        ("themes: [{label: x}]", "n’a pas de « id »"),
        ("themes: [{id: x}]", "n’a pas de « label »"),
        ("themes: [{id: x, label: X}, {id: x, label: Y}]", "« x » sert à deux thèmes"),
        ("themes: [{id: x, label: X, parent: y}]", "« y », qui n’existe pas"),
        ("themes: [{id: x, label: X, parent: y}, {id: y, label: Y, parent: x}]", "son propre ancêtre"),
        ("themes: [{id: x, label: X, examples: {a: b}}]", "doit être une liste"),
        ("themes: [{id: x, label: [X]}]", "doit être un texte"),
        ("themes:\n\t- a", "ligne 2"),
        ("themes: [\x00]", "lisible"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(CodebookError, match=said) as refusal:
        codebook.parse(text, source="essai")
    assert "\n" not in str(refusal.value)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="introuvable"):
        codebook.load(tmp_path / "absent.yaml")
    with pytest.raises(CodebookError, match="ne peut pas être lu"):
        codebook.load(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("themes: é".encode("cp1252"))
    with pytest.raises(CodebookError, match="UTF-8"):
        codebook.load(tmp_path / "latin.yaml")


def test_the_shipped_plan_is_a_codebook() -> None:
    assert isinstance(codebook.shipped("politique-de-la-ville"), Codebook)
