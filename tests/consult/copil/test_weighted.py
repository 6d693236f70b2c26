"""Brut et redressé, under the ranking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from analysis.briefing import brief
from analysis.material import Material
from analysis.palette import percent
from consult.extensions import db
from surveys import margins
from surveys.margins import MarginRow
from surveys.models import Consultation
from tests.analysis import made
from tests.consult.copil.test_pages import plain, read, text_of
from tests.pages import PageCheckingClient

Give = Callable[[Material], None]


@pytest.fixture
def known(app: Flask, reader: PageCheckingClient) -> None:
    """More men than those who answered."""
    with app.app_context():
        number = db.session.query(Consultation).one().id
        rows = [MarginRow("sexe", "Femmes", 40, "Insee", 2020), MarginRow("sexe", "Hommes", 60, "Insee", 2020)]
        margins.keep(db.session, number, rows)
        db.session.commit()


def test_without_margins_the_page_does_not_speak_of_them(reader: PageCheckingClient, whole: Material) -> None:
    assert "redressé" not in text_of(read(reader, "dit"))


@pytest.mark.usefixtures("known")
def test_both_shares_stand_side_by_side_with_base_effective_n_and_source(
    reader: PageCheckingClient, given: Give
) -> None:
    material = made.consultation(400)
    given(material)
    page = text_of(read(reader, "dit"))
    rest = page.partition("Brut et redressé")[2]
    raw = brief(material).said.themes.cell("securite")
    assert plain(f"Sécurité et tranquillité publique {percent(raw.share)}") in rest
    assert f"base : {brief(material).said.speakers} personnes" in rest
    assert "Marges : sexe, Insee (2020)." in rest
    assert "égales." in rest


@pytest.mark.usefixtures("known")
def test_a_choice_is_not_weighted_and_says_why(reader: PageCheckingClient, given: Give) -> None:
    given(made.consultation(400))
    assert "enlevez les filtres pour voir les parts redressées" in text_of(read(reader, "dit?sexe=Femme"))


@pytest.mark.usefixtures("known")
def test_a_refusal_is_one_sentence(reader: PageCheckingClient, given: Give) -> None:
    given(made.consultation(90))
    assert "Rien n’est redressé ici. Moins de 100 personnes ont dit leur sexe" in text_of(read(reader, "dit"))
