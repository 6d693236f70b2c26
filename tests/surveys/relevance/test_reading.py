"""An expression is read as forms mean it, and a text that is not one is refused where it goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.relevance import Expression, ExpressionError, parse, questions_read, renamed, render
from surveys.relevance.syntax import Text
from tests.rules import expressions


def refusal(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


@given(expressions())
def test_an_expression_is_read_back_as_it_was_written(expression: Expression) -> None:
    assert parse(render(expression)) == expression


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    if error := refusal(text):
        assert error.message.startswith(f"Caractère {error.position} : ")
        assert error.message.endswith(".")
        assert 1 <= error.position <= len(text) + 1


@given(st.text(alphabet="${}q.()'\"=<>!+-*,1 andornot[]", max_size=60))
def test_any_scramble_of_signs_is_read_or_refused(text: str) -> None:
    assert refusal(text) or parse(render(parse(text))) == parse(text)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "la condition est vide"),
        ("${age", 1, "${nom}"),
        ("age > 3", 1, "écrivez ${age} pour une question, 'age' pour un texte"),
        ("${age} = ‘oui’", 10, "guillemets droits"),
        ("${age} = 'oui", 10, "pas refermé"),
        ("${age} == 3", 9, "un seul signe"),
        ("${age} = 3 AND ${b} = 1", 12, "écrivez « and »"),
        ("${age} && ${b}", 8, "écrivez « and »"),
        ("!${age}", 1, "not(…)"),
        ("${age} > 3)", 11, "n’a pas été ouverte"),
        ("(${age} > 3", 12, "parenthèse fermante"),
        ("selected(${age} 'a')", 17, "virgule"),
        ("pulldata(1)", 1, "« pulldata » n’est pas prise en charge"),
        ("jr:choice-name(1, 2)", 1, "« jr:choice-name » n’est pas prise en charge"),
        ("selected(${age})", 1, "attend 2 valeurs entre ses parenthèses, pas 1"),
        ("not(1, 2)", 1, "attend 1 valeur entre ses parenthèses, pas 2"),
        ("not", 1, "parenthèses"),
        ("/data/age = 3", 1, "chemin"),
        ("${age} >", 9, "s’arrête trop tôt"),
        ("1.2.3", 1, "ce nombre ne se lit pas"),
        ("9" * 400, 1, "ce nombre ne se lit pas"),
        ("(" * 5000, 4001, "4000 caractères"),
        ("(" * 100, 27, "trop imbriquée"),
        ("not(" * 100, 105, "trop imbriquée"),
        ("-" * 100 + "1", 27, "trop imbriquée"),
        ("1" + "+1" * 100, 53, "trop imbriquée"),
        ("regex(., ${a})", 1, "entre guillemets"),
        ("regex(., '(a')", 1, "parenthèse fermante au motif"),
        ("regex(., 'a)')", 1, "n’a pas été ouverte"),
        ("regex(., 'a**')", 1, "deux répétitions"),
        ("regex(., '(?=a)')", 1, "« (?…) »"),
        ("regex(., '(a{100}){100}')", 1, "trop long"),
        ("regex(., 'a{151}')", 1, "« {151} »"),
        (" and ".join(["regex(., 'a')"] * 6), 91, "plus de 5 motifs"),
        ("regex(., 'a{3,1}')", 1, "« {3,1} »"),
        ("regex(., '[z-a]')", 1, "« z-a »"),
        ("regex(., '[a')", 1, "trop tôt"),
        ("regex(., '\\\\1')".replace("\\\\", "\\"), 1, "« \\1 »"),
        ("regex(., '" + "(" * 40 + ")" * 40 + "')", 1, "trop imbriqué"),
    ],
)
def test_what_is_not_an_expression_is_refused_at_its_character(text: str, position: int, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.position == position
    assert words in refused.value.message


def test_a_text_that_holds_both_quotes_cannot_be_written() -> None:
    with pytest.raises(ExpressionError, match="à la fois"):
        render(Text('l\'"eau"'))


def test_the_questions_a_rule_reads_are_known_and_can_change_name() -> None:
    rule = parse("selected(${sujets}, 'bus') and (${avis.parcs} != '' or -${age} < . + 1)")
    assert questions_read(rule) == {"sujets", "avis", "age"}
    assert render(renamed(rule, {"avis.parcs": "avis_parcs", "age": "ans"})) == (
        "selected(${sujets}, 'bus') and (${avis_parcs} != '' or -${ans} < . + 1)"
    )
