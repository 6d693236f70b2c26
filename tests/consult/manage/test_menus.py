"""The navigation of the team: one line, its pages behind the phases of the work when they are many."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from consult.extensions import db
from surveys.models import Role
from tests.consult import desk
from tests.pages import PageCheckingClient

WHOLE_TEAM = (Role.LEAD, Role.ANALYST)


def items(client: PageCheckingClient, page: str) -> list[html.HtmlElement]:
    """What the navigation of a page of the team shows at first sight."""
    answer = client.get(f"/equipe/{desk.SLUG}/{page}")
    assert answer.status_code == 200
    found: list[html.HtmlElement] = html.fromstring(answer.text).xpath('//nav[@class="top__nav"]/ul/li')
    return found


def text(item: html.HtmlElement) -> str:
    return " ".join(item.xpath("string(a | details/summary)").split())


@pytest.fixture
def office(app: Flask) -> None:
    with app.app_context():
        desk.set_up(db.session)


@pytest.mark.usefixtures("office")
def test_many_pages_are_behind_their_phase_which_names_the_one_being_read(
    app: Flask, client: PageCheckingClient
) -> None:
    desk.sign_in(app, client, *WHOLE_TEAM)
    found = items(client, "doublons")
    assert [text(item) for item in found] == [
        "Préparation",
        "Questionnaires",
        "Recueillir",
        "Analyser · Doublons",
        "Décider et rendre compte",
        "Tableau de bord",
    ]
    (here,) = found[3].xpath('details/ul/li/a[@aria-current="page"]')
    assert here.text == "Doublons"
    assert not found[3].xpath("details/@open")


@pytest.mark.usefixtures("office")
def test_every_page_of_the_team_is_still_led_to(app: Flask, client: PageCheckingClient) -> None:
    desk.sign_in(app, client, *WHOLE_TEAM)
    home = html.fromstring(client.get("/equipe/").text).xpath('//ul[@class="doors"]//a/@href')
    led = [url for item in items(client, "doublons") for url in item.xpath(".//a/@href")]
    assert sorted(led) == sorted(url for url in home if url.startswith(("/equipe", "/copil")))


@pytest.mark.usefixtures("office")
def test_a_few_pages_are_one_line_of_links(app: Flask, client: PageCheckingClient) -> None:
    desk.sign_in(app, client, Role.FACILITATOR)
    found = items(client, "rencontres/")
    assert [text(item) for item in found] == ["Rencontres", "Collecte"]
    assert not found[0].xpath("details")
