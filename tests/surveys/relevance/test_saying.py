"""A rule is said in French, and a form can write the ordinary ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import definition
from surveys.questions import KINDS
from surveys.relevance import ExpressionError, parse, render, sentence
from surveys.relevance import conditions as forms
from surveys.relevance.conditions import Condition, Conditions, Test, read, write
from tests.rules import NAMES, TEXTS, expressions

BOOK = definition.load(
    {
        "title": "Essai",
        "sections": [
            {
                "title": "A",
                "questions": [
                    {"kind": "age_band", "name": "age", "label": "Quel âge avez-vous ?", "may_refuse": True},
                    {"kind": "several_choices", "name": "sujets", "label": "Vos sujets", "options": ["Bus", "Parcs"]},
                    {"kind": "number", "name": "foyer", "label": "Combien chez vous ?"},
                    {"kind": "date", "name": "jour", "label": "Quel jour ?"},
                    {"kind": "grid", "name": "avis", "label": "Votre avis", "rows": ["Bus"], "options": ["Mal"]},
                    {"kind": "short_text", "name": "rue", "label": "Rue " + "longue " * 30},
                ],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", ""),
        ("${age} = '60-74'", "« Quel âge avez-vous ? » est « 60 à 74 ans »"),
        ("${age} != '60-74'", "« Quel âge avez-vous ? » n’est pas « 60 à 74 ans »"),
        ("${age} = 'refused'", "« Quel âge avez-vous ? » est « Je préfère ne pas répondre »"),
        ("${age} = ''", "« Quel âge avez-vous ? » est sans réponse"),
        ("${age} != ''", "« Quel âge avez-vous ? » a une réponse"),
        ("selected(${age}, '60-74')", "« Quel âge avez-vous ? » est « 60 à 74 ans »"),
        ("not(selected(${age}, '60-74'))", "« Quel âge avez-vous ? » n’est pas « 60 à 74 ans »"),
        ("selected(${sujets}, 'bus')", "« Vos sujets » comprend « Bus »"),
        ("not(selected(${sujets}, 'bus'))", "« Vos sujets » ne comprend pas « Bus »"),
        ("count-selected(${sujets}) >= 2", "le nombre de réponses à « Vos sujets » est au moins 2"),
        ("${foyer} > 2.5", "« Combien chez vous ? » est supérieur à 2,5"),
        ("${foyer} <= -1", "« Combien chez vous ? » est au plus −1"),
        ("${jour} < '2026-06-01'", "« Quel jour ? » est avant le 1er juin 2026"),
        ("${jour} >= today()", "« Quel jour ? » est au plus tôt la date du jour"),
        ("${avis.bus} = 'mal'", "« Votre avis », ligne « Bus », est « Mal »"),
        (
            "${foyer} > 2 and (${age} = '15-17' or ${age} = '18-24')",
            "« Combien chez vous ? » est supérieur à 2 et (« Quel âge avez-vous ? » est « 15 à 17 ans » "
            "ou « Quel âge avez-vous ? » est « 18 à 24 ans »)",
        ),
        ("not(${foyer} > 2)", "il est faux que « Combien chez vous ? » est supérieur à 2"),
        ("${inconnue} = 'x'", "${inconnue} est « x »"),
        ("ceci n’est pas", "ceci n’est pas"),
    ],
)
def test_a_rule_is_said_in_the_words_of_the_questionnaire(rule: str, said: str) -> None:
    assert sentence(rule, BOOK) == said


def test_a_long_label_is_cut_short() -> None:
    assert len(sentence("${rue} != ''", BOOK)) < 120


def test_a_constraint_is_said_of_the_answer_itself() -> None:
    assert sentence(". >= 1", BOOK, itself=BOOK.question("foyer")) == "la réponse est au moins 1"
    without = sentence("not(selected(., 'bus'))", BOOK, itself=BOOK.question("sujets"))
    assert without == "la réponse ne comprend pas « Bus »"


@given(expressions())
def test_any_rule_can_be_said(expression: object) -> None:
    assert sentence(render(expression), BOOK)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("", Conditions()),
        ("${a} = 'x'", Conditions("and", (Condition("a", Test.IS, "x"),))),
        (
            "${a} != 'x' or selected(${b}, 'y') or not(selected(${b}, 'z'))",
            Conditions(
                "or",
                (
                    Condition("a", Test.IS_NOT, "x"),
                    Condition("b", Test.TICKED, "y"),
                    Condition("b", Test.NOT_TICKED, "z"),
                ),
            ),
        ),
        (
            "${n} > 3 and ${n} <= -2.5 and ${d} < '2026-06-13' and ${g.bus} != '' and ${t} = ''",
            Conditions(
                "and",
                (
                    Condition("n", Test.MORE, "3"),
                    Condition("n", Test.AT_MOST, "-2.5"),
                    Condition("d", Test.LESS, "2026-06-13"),
                    Condition("g.bus", Test.ANSWERED),
                    Condition("t", Test.EMPTY),
                ),
            ),
        ),
    ],
)
def test_an_ordinary_rule_is_a_list_that_a_form_edits(text: str, conditions: Conditions) -> None:
    assert read(text) == conditions
    assert write(conditions) == text


@pytest.mark.parametrize(
    "text",
    ["${a} = 'x' and (${b} = 'y' or ${c} = 'z')", "${a} = ${b}", "not(${a} = 'x')", "${n} + 1 > 3", "(", ". > 3"],
)
def test_a_richer_rule_is_left_to_be_edited_as_text(text: str) -> None:
    assert read(text) is None


CONDITIONS = st.builds(Condition, st.sampled_from([*NAMES, "q5.r1"]), st.sampled_from(Test), TEXTS)


@given(st.builds(Conditions, st.sampled_from(["and", "or"]), st.lists(CONDITIONS, max_size=4).map(tuple)))
def test_whatever_a_form_holds_becomes_a_rule_that_the_form_reads_again(conditions: Conditions) -> None:
    text = write(conditions)
    again = read(text)
    assert again is not None
    assert write(again) == text
    assert [item.question for item in again.items] == [item.question for item in conditions.items]


def test_a_number_typed_the_french_way_is_a_number() -> None:
    assert write(Conditions("and", (Condition("n", Test.MORE, " 2,5 "),))) == "${n} > 2.5"


def test_a_value_that_no_rule_can_hold_is_refused() -> None:
    with pytest.raises(ExpressionError, match="à la fois"):
        write(Conditions("and", (Condition("t", Test.IS, 'l\'"eau"'),)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_offers_tests_that_a_form_can_write(kind: str) -> None:
    question = KINDS[kind](name="q", label="Q")
    offered = forms.tests_for(question)
    assert bool(offered) is (kind != "note")
    for test in offered:
        assert test.words
        assert parse(write(Conditions("and", (Condition("q", test, "3" if test.takes_value else ""),))))
