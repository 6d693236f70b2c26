"""Targets as they are typed, and how far they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveys import targets
from surveys.importing.tables import read_table
from surveys.models import Channel, Place
from surveys.targets import Facts, TargetError
from tests.consult.calls import phone_survey


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("Tous", ""),
        ("18-34", "18-34"),
        ("18 à 34 ans", "18-34"),
        ("60 ans et plus", "60-"),
        ("60+", "60-"),
        ("moins de 18 ans", "0-17"),
    ],
)
def test_ages_are_read_as_people_write_them(typed: str, stored: str) -> None:
    assert targets.age_of(typed) == stored


@pytest.mark.parametrize("typed", ["vieux", "34-18", "1 2 3"])
def test_an_age_that_is_not_one_is_refused(typed: str) -> None:
    with pytest.raises(TargetError, match="n’est pas compris"):
        targets.age_of(typed)


@pytest.mark.parametrize("typed", ["", "0", "-3", "beaucoup", "100000", "²"])
def test_a_number_of_people_is_a_number_of_people(typed: str) -> None:
    with pytest.raises(TargetError):
        targets.wanted_of(typed)


@pytest.mark.parametrize(
    ("code", "bounds"),
    [("moins-15", (0, 14)), ("18-24", (18, 24)), ("75-plus", (75, targets.MOST)), ("autre", (targets.MOST, 0))],
)
def test_a_band_of_ages_is_read_from_its_code(code: str, bounds: tuple[int, int]) -> None:
    assert targets.bounds(code) == bounds


def test_words_say_what_is_stored() -> None:
    assert [targets.age_words(age) for age in ("", "60-", "0-17", "18-34")] == [
        "tous âges",
        "60 ans et plus",
        "moins de 18 ans",
        "18 à 34 ans",
    ]


@pytest.fixture
def survey(session: Session) -> phone_survey.Survey:
    survey = phone_survey.set_up(session)
    for age, sex in (("60-74", "femme"), ("75-plus", "femme"), ("18-24", "femme"), ("60-74", "homme")):
        phone_survey.answer(session, survey, quartier="grazailles", age=age, sexe=sex)
    phone_survey.answer(session, survey, quartier="viguier", age="60-74", sexe="femme")
    phone_survey.answer(session, survey, quartier="grazailles", channel=Channel.ONLINE)
    return survey


def _place(session: Session, slug: str) -> int:
    return session.query(Place).filter_by(slug=slug).one().id


def _reached(session: Session, survey: phone_survey.Survey) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    rows = targets.board(session, survey.consultation_id)
    return {(row.place, row.age, row.sex): (row.reached, row.by_phone, row.missing) for row in rows}


def test_each_target_counts_those_it_is_about(session: Session, survey: phone_survey.Survey) -> None:
    place = _place(session, "grazailles")
    for age, sex in (("60-", "femme"), ("60-", ""), ("", "femme"), ("", "")):
        targets.keep(session, Facts(place, age, sex, 4))
    assert _reached(session, survey) == {
        ("Grazailles", "60-", "femme"): (2, 2, 2),
        ("Grazailles", "60-", ""): (3, 3, 1),
        ("Grazailles", "", "femme"): (3, 3, 1),
        ("Grazailles", "", ""): (5, 4, 0),
    }


def test_a_target_typed_again_takes_the_place_of_the_first(session: Session, survey: phone_survey.Survey) -> None:
    place = _place(session, "grazailles")
    targets.keep(session, Facts(place, "", "", 4))
    targets.keep(session, Facts(place, "", "", 9))
    assert _reached(session, survey) == {("Grazailles", "", ""): (5, 4, 4)}
    targets.remove(session, place_id=place, age="", sex="")
    assert _reached(session, survey) == {}


def test_a_file_of_targets_is_brought_in_and_says_what_it_refused(
    session: Session, survey: phone_survey.Survey, tmp_path: Path
) -> None:
    path = tmp_path / "objectifs.csv"
    path.write_text(
        "Quartier;Âge;Sexe;Objectif\nGrazailles;60 ans et plus;F;10\nGrazailles;60 et plus;X;10\nAilleurs;;;3\n"
        "Grazailles;;;zéro\n",
        encoding="utf-8",
    )
    kept, refused = targets.bring_in(session, survey.consultation_id, read_table(path))
    assert kept == 1
    assert [reason.split(" : ")[0] for reason in refused] == ["Ligne 3", "Ligne 4", "Ligne 5"]
    assert _reached(session, survey) == {("Grazailles", "60-", "femme"): (2, 2, 8)}
