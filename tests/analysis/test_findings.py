"""Who answered, when, and what the closed questions say, in one sentence each."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis import choice_words, findings
from analysis.briefing import Closed, brief
from analysis.disclosure import publish
from analysis.material import Asked, Caution, Filter, Meeting, Person
from analysis.summary import summarise
from surveys.questions import AgeBand, Grid, Number, OneChoice, Option, Question, Ranking, Rating, Reply, Scale
from surveys.questions import Status as Answered
from tests.analysis import made

DAY = dt.date(2023, 6, 12)


def closed(question: Question, *values: object) -> Closed:
    replies = {f"p{n}": Reply(Answered.ANSWERED, value) for n, value in enumerate(values)}
    table = publish(summarise(Asked("essai", question, replies, len(values))), k=5)
    return Closed("essai", question.label, question.scale, table)


def people(**counts: int) -> list[Person]:
    return [Person(f"{place}{n}", quartier=place) for place, count in counts.items() for n in range(count)]


@pytest.mark.parametrize(
    ("persons", "meetings", "title"),
    [
        (0, 0, "Aucune réponse pour l’instant"),
        (1, 0, "1 personne a répondu"),
        (463, 22, "463 personnes ont répondu et 22 rencontres ont eu lieu"),
        (0, 1, "1 rencontre a eu lieu"),
    ],
)
def test_the_title_counts_persons_and_rencontres(persons: int, meetings: int, title: str) -> None:
    held = [Meeting(f"m{n}", "atelier", "Atelier", DAY, 9, None, None, ()) for n in range(meetings)]
    assert findings.done_title(brief(made.material([Person(f"p{n}") for n in range(persons)], meetings=held))) == title


def test_the_lede_says_how_answers_came_and_that_presences_are_not_persons() -> None:
    persons = [Person(f"p{n}", canal="En ligne" if n < 20 else "Téléphone") for n in range(30)]
    held = [Meeting("m", "atelier", "Atelier", DAY, 12, None, None, ())]
    assert findings.done_lede(brief(made.material(persons, meetings=held))) == (
        "Réponses\u00a0: 20 en ligne et 10 par téléphone. Les rencontres comptent 12 présences, à ne pas ajouter"
        " aux réponses\u00a0: une même personne peut être venue plusieurs fois."
    )


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ({"A": 20, "B": 9}, "B est le quartier le moins entendu\u00a0: 9 personnes"),
        ({"A": 20, "B": 20}, "Tous les quartiers ont été entendus de la même façon"),
        ({"A": 20}, "Personne n’a été entendu pour B"),
        ({}, "Aucun quartier n’est encore connu"),
    ],
)
def test_the_quartier_least_heard_is_named(counts: dict[str, int], title: str) -> None:
    assert findings.heard_title(brief(made.material(people(**counts), quartiers=("A", "B")))) == title


def test_quartiers_heard_by_too_few_are_named_without_their_count() -> None:
    hidden = findings.heard_title(brief(made.material(people(A=20, B=30, C=2), quartiers=("A", "B", "C"))))
    assert hidden == "Le quartier le moins entendu n’est pas connu\u00a0: effectif masqué pour A et C"


def test_a_profile_is_told_by_its_largest_group_among_all_who_answered() -> None:
    known = [Person(f"p{n}", age="18 à 24 ans" if n < 12 else "25 à 34 ans") for n in range(20)]
    assert (
        findings.profile_title(brief(made.material(known)).done.by_age) == "18 à 24 ans\u00a0: 60\u202f% des répondants"
    )
    unsaid = [Person(f"u{n}") for n in range(20)]
    title = findings.profile_title(brief(made.material([*known, *unsaid])).done.by_age)
    assert title == "18 à 24 ans\u00a0: 12 personnes sur 40"
    assert findings.profile_title(brief(made.material()).done.by_age) == "Trop peu de réponses pour le dire"


def test_the_day_by_which_half_had_answered_is_said() -> None:
    days = [(DAY, 3), (DAY + dt.timedelta(1), 6), (DAY + dt.timedelta(9), 10)]
    assert findings.timeline_title(days) == "La moitié des réponses était arrivée le 13 juin 2023"
    assert findings.timeline_title(days[:1]) == "Toutes les réponses datent du 12 juin 2023"
    assert findings.timeline_title([]) == "La date des réponses n’est pas connue"


def test_rencontres_are_counted_by_kind_and_agree() -> None:
    kinds = ["atelier", "atelier", "seminaire", "visite"]
    held = [Meeting(str(n), kind, "", DAY, 1, None, None, ()) for n, kind in enumerate(kinds)]
    assert findings.meetings_title(held) == "2 ateliers, 1 séminaire et 1 visite"
    assert findings.meetings_title([]) == "Aucune rencontre n’est enregistrée"


def test_a_choice_is_told_by_its_most_frequent_answer() -> None:
    question = OneChoice("q", "?", options=(Option("a", "HLM"), Option("b", "Privé")))
    assert findings.closed_title(closed(question, *"aaaaaaabbbbb")) == "«\u00a0HLM\u00a0»\u00a0: 58\u202f% des réponses"


def test_a_scale_is_told_by_its_stronger_end() -> None:
    question = Rating("q", "?", options=made.SATISFIED)
    values = ["pas"] * 10 + ["peu"] * 10 + ["assez"] * 20 + ["tres"] * 10
    assert findings.closed_title(closed(question, *values)) == (
        "60\u202f% répondent «\u00a0Plutôt satisfait\u00a0» ou «\u00a0Très satisfait\u00a0»"
    )


def test_age_bands_are_no_scale_of_opinion() -> None:
    assert "répondent" not in findings.closed_title(closed(AgeBand("q", "?"), *["18-24"] * 9, *["25-34"] * 8))


def test_a_grid_is_told_by_the_line_with_most_low_answers() -> None:
    question = Grid("q", "?", options=made.SATISFIED, rows=(Option("s", "La sécurité"), Option("e", "Les écoles")))
    values = [{"s": "pas", "e": "tres"}] * 8 + [{"s": "assez", "e": "tres"}] * 6
    title = findings.closed_title(closed(question, *values))
    assert title.startswith("La sécurité\u00a0: 57\u202f% répondent «\u00a0Pas du tout satisfait\u00a0» ou")


def test_a_ranking_names_its_first_three() -> None:
    question = Ranking("q", "?", options=tuple(Option(c, c.upper()) for c in "abcd"))
    values = [["a", "b", "c"]] * 6 + [["a", "b", "d"]] * 5
    assert findings.closed_title(closed(question, *values)) == (
        "En tête\u00a0: «\u00a0A\u00a0», «\u00a0B\u00a0» et «\u00a0C\u00a0»"
    )


@pytest.mark.parametrize("question", [*made.questions(), Number("n", "?")])
def test_a_question_nobody_answered_says_nothing(question: Question) -> None:
    assert findings.closed_title(closed(question)) == ""


def test_what_is_masked_is_told_by_no_title() -> None:
    question = Rating("q", "?", options=made.SATISFIED)
    assert findings.closed_title(closed(question, "pas", "peu")) == ""


def test_texts_have_no_finding() -> None:
    empty = closed(OneChoice("q", "?"))
    assert findings.closed_title(Closed("", "", Scale.TEXT, empty.table)) == ""


def test_a_choice_of_respondents_reads_as_a_sentence() -> None:
    assert choice_words.choice_sentence(Filter()).startswith("Vous lisez toutes les réponses\u00a0:")
    chosen = choice_words.choice_sentence(Filter(quartier="Grazailles", age="60 à 74 ans"))
    assert chosen == "Vous lisez seulement les réponses du quartier Grazailles, de personnes de 60 à 74 ans."


def test_every_caution_has_its_words() -> None:
    assert len({findings.caution_words(caution) for caution in Caution}) == len(Caution)
