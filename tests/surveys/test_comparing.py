"""What changed between two versions is said part by part, in words."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest

from surveys import definition, editing
from surveys.comparing import Sort, compare
from surveys.definition import Questionnaire
from surveys.questions import KINDS, Option

OLD = editing.named(
    definition.load(
        {
            "title": "Avant",
            "sections": [
                {
                    "title": "Vous",
                    "questions": [
                        {"kind": "yes_no", "name": "bus", "label": "Le bus ?"},
                        {"kind": "one_choice", "name": "sujet", "label": "Sujet ?", "options": ["Bus", "Parcs"]},
                        {"kind": "number", "name": "age", "label": "Âge ?", "minimum": 0},
                        {"kind": "long_text", "name": "avis", "label": "Avis ?"},
                    ],
                },
                {"title": "Fin", "questions": [{"kind": "note", "name": "merci", "label": "Merci."}]},
            ],
        }
    )
)


def _said(old: Questionnaire, new: Questionnaire) -> list[tuple[Sort, str]]:
    return [(change.sort, change.question or change.what.replace("\u00a0", " ")) for change in compare(old, new)]


def test_the_same_text_has_no_change() -> None:
    assert compare(OLD, OLD) == ()


def test_one_question_moved_is_the_only_one_said_to_move() -> None:
    assert _said(OLD, editing.move_question(OLD, "avis", step=-1)) == [(Sort.MOVED, "avis")]
    far = editing.move_question(editing.move_question(OLD, "bus", step=1), "bus", step=1)
    assert _said(OLD, far) == [(Sort.MOVED, "bus")]


def test_a_question_that_changes_page_says_from_which_to_which() -> None:
    (change,) = compare(OLD, editing.move_to_section(OLD, "avis", OLD.sections[1].name))
    assert (change.sort, change.details[0].old, change.details[0].new) == (Sort.MOVED, "Vous", "Fin")


def test_added_and_removed_questions_and_pages_are_said() -> None:
    new = editing.add_question(OLD, editing.new_question(OLD, "date", "Quel jour ?"), section=OLD.sections[1].name)
    new, page = editing.add_section(editing.remove_question(new, "age"), "Encore")
    assert set(_said(OLD, new)) == {
        (Sort.ADDED, "jour"),
        (Sort.REMOVED, "age"),
        (Sort.ADDED, "Page « Encore »"),
    }
    assert (Sort.REMOVED, "Page « Encore »") in _said(new, editing.remove_section(new, page))


def test_an_answer_renamed_added_or_gone_is_shown_with_its_words() -> None:
    options = (Option("bus", "Bus et tram"), Option("velo", "Vélo"))
    new = editing.change_question(OLD, replace(OLD.question("sujet"), options=options))
    (change,) = compare(OLD, new)
    assert (change.details[0].old, change.details[0].new) == ("Bus\nParcs", "Bus et tram\nVélo")


def test_answers_in_another_order_are_said_as_an_order() -> None:
    turned = replace(OLD.question("sujet"), options=OLD.question("sujet").options[::-1])
    (change,) = compare(OLD, editing.change_question(OLD, turned))
    assert change.details[0].new.replace("\u00a0", " ") == "ordre : Parcs, Bus"


def test_a_condition_is_compared_in_a_sentence() -> None:
    new = editing.change_question(OLD, replace(OLD.question("avis"), relevant="${bus} = 'oui'"))
    (change,) = compare(OLD, new)
    assert change.details[0].field == "Condition"
    assert "Le bus ?" in change.details[0].new
    assert "Oui" in change.details[0].new
    assert "$" not in change.details[0].new


def test_translations_are_counted_by_language() -> None:
    new = editing.translated(OLD, "ar", {"bus.label": "الحافلة", "title": "قبل"})
    (change,) = compare(OLD, new)
    assert (change.what, change.details[0].new) == ("Traduction en arabe", "2 textes écrits ou changés")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_field_of_any_kind_changes_in_silence(kind: str) -> None:
    """A field added to a kind must be said when it changes."""
    plain = KINDS[kind](name="q", label="L")
    for field in dataclasses.fields(plain):
        if field.name == "name":
            continue
        changed = replace(plain, **{field.name: _another(getattr(plain, field.name))})
        old, new = (Questionnaire("T", (definition.Section("P", (one,), name="p"),)) for one in (plain, changed))
        assert [change.sort for change in compare(old, new)] == [Sort.CHANGED], field.name


def _another(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case tuple():
            return (Option("a", "A"), Option("b", "B"))
        case str():
            return f"{value} 1"
        case None:
            return 3
    return value + 1
