"""Ce qui a été fait: the respondents beside the population, and what to bring where it is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from lxml import html

from analysis.briefing import brief
from analysis.material import Material
from consult.extensions import db
from consult.staff import TOKEN
from surveys import margins, sessions, staff
from surveys.margins import MarginRow
from surveys.models import Consultation, Role, Staff
from tests.analysis import made
from tests.consult.copil.test_pages import read, text_of
from tests.demo_files import Demo
from tests.pages import PageCheckingClient

Give = Callable[[Material], None]


@pytest.fixture
def known(app: Flask, reader: PageCheckingClient) -> None:
    """As many women as men, in three quartiers."""
    rows = [MarginRow("sexe", sexe, 50, "Insee", 2020) for sexe in ("Femmes", "Hommes")]
    rows += [MarginRow("quartier", place, 100, "Insee", 2021) for place in made.QUARTIERS[:3]]
    with app.app_context():
        margins.keep(db.session, db.session.query(Consultation).one().id, rows)
        db.session.commit()


@pytest.mark.usefixtures("known")
def test_each_group_stands_beside_the_population_with_its_gap_in_words(reader: PageCheckingClient, given: Give) -> None:
    known = made.consultation()
    material = replace(known, persons=tuple(replace(person, public="Habitants") for person in known.persons))
    given(material)
    page = read(reader, "")
    rows = html.fromstring(page).xpath('//table[contains(@class, "compare")]/tbody/tr[td]')
    told = {row.xpath("string(th)"): " ".join(row.xpath("string(td[2])").split()) for row in rows}
    done = brief(material).done
    for label, code in (("Femmes", "Femme"), ("Hommes", "Homme")):
        assert told[label].endswith(f" {done.by_sex.cell(code).count}")
    assert set(told) == {"Femmes", "Hommes", *made.QUARTIERS[:3]}
    assert "6 points de moins" in text_of(page)
    assert "Insee (2020)" in text_of(page)
    assert "Insee (2021)" in text_of(page)
    assert "Répondants par sexe" not in text_of(page)


@pytest.mark.usefixtures("known")
def test_a_choice_within_a_facet_says_how_to_compare(reader: PageCheckingClient, whole: Material) -> None:
    page = text_of(read(reader, "?age=18+à+24+ans"))
    assert "retirez le choix de quartier, de public, d’âge ou de sexe" in page
    assert "Répondants et population" not in page


@pytest.mark.usefixtures("known")
def test_a_handful_of_answers_is_not_compared(reader: PageCheckingClient, given: Give) -> None:
    given(made.consultation(20))
    page = text_of(read(reader, ""))
    assert "Trop peu de réponses pour les comparer à la population." in page
    assert "Répondants et population" not in page
    assert "Répondants par sexe" in page


def test_without_margins_the_committee_reads_what_is_missing(reader: PageCheckingClient, whole: Material) -> None:
    page = read(reader, "")
    assert "la population des quartiers n’est pas connue" in page
    assert "La personne qui conduit la consultation peut l’apporter." in page
    assert "/marges" not in page


def test_without_margins_who_leads_is_led_to_bring_them(
    app: Flask, reader: PageCheckingClient, whole: Material
) -> None:
    with app.app_context():
        member, consultation = db.session.query(Staff).one(), db.session.query(Consultation).one()
        staff.grant(db.session, member, consultation_id=consultation.id, role=Role.LEAD)
        token = sessions.start(db.session, staff_id=member.id, at=staff.utc_now())
        db.session.commit()
    with reader.session_transaction() as held:
        held[TOKEN] = token
    assert 'href="/equipe/essai/marges"' in read(reader, "")


def test_who_gives_no_quartier_is_counted_once_and_beside(demo_reader: PageCheckingClient, demo_files: Demo) -> None:
    page = text_of(demo_reader.get(f"/copil/{demo_files.slug}/").get_data(as_text=True))
    assert "Quartier non précisé" not in page
    assert "Répondants par quartier, base : 449 personnes · non précisé : 14" in page
    assert "Recensement inventé pour la démonstration" in page


def test_a_group_that_may_not_be_chosen_leads_nowhere(reader: PageCheckingClient, whole: Material) -> None:
    page = read(reader, "")
    assert "Hors QPV" in page
    assert "quartier=Hors" not in page


def test_a_rencontre_says_its_kind_once(reader: PageCheckingClient, given: Give) -> None:
    known = made.consultation()
    given(replace(known, meetings=(replace(known.meetings[0], title="Atelier avec les parents"), *known.meetings[1:])))
    rows = html.fromstring(read(reader, "")).xpath('//table[contains(@class, "table")]//th[@scope="row"]')
    titles = [" ".join(row.text_content().split()) for row in rows]
    assert "Atelier avec les parents" in titles
    assert f"{known.meetings[1].title} diagnostic en marchant" in titles
