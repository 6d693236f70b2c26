"""What the committee reads of what was decided: how much is kept, what is late, what nothing answers yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.material import Material
from consult.extensions import db
from surveys import followup, followup_sources
from surveys.followup import By, Facts
from surveys.models import (
    Consultation,
    Contribution,
    FollowUp,
    FollowUpState,
    Line,
    Meeting,
    MeetingKind,
    Place,
    PlaceKind,
)
from tests.analysis import made
from tests.consult.copil.conftest import SLUG
from tests.pages import PageCheckingClient

PAGE = f"/copil/{SLUG}/suites"
AT = dt.datetime(2026, 3, 12)  # noqa: DTZ001 - stored times carry no zone
PAST, FAR = dt.date(2020, 1, 1), dt.date(2999, 1, 1)


@pytest.fixture
def decided(app: Flask, reader: PageCheckingClient, whole: Material) -> None:
    """Three promises, one kept and one late, and a refusal; the first two quartiers of the material exist."""
    with app.app_context():
        one = db.session.scalars(select(Consultation.id).where(Consultation.slug == SLUG)).one()
        places = [
            Place(consultation_id=one, slug=f"q{rank}", name=name, kind=PlaceKind.QPV, position=rank)
            for rank, name in enumerate(whole.quartiers)
        ]
        db.session.add_all(places)
        db.session.flush()
        for rank, facts in enumerate(_facts([place.id for place in places])):
            followup.write(db.session, one, facts, By(None, AT), client_id=str(rank))
        db.session.commit()


def _facts(places: Sequence[int]) -> list[Facts]:
    done, doing, refused = FollowUpState.DONE, FollowUpState.DOING, FollowUpState.REFUSED
    return [
        Facts("Rallumer", done, "securite", decision="Onze lampes.", owner="Voirie", place_ids=(places[0],)),
        Facts("Changer les bacs", doing, "proprete", decision="Six.", due_on=PAST, place_ids=(places[1],)),
        Facts("Planter", doing, "espaces-verts", decision="Quarante.", due_on=FAR),
        Facts("Filmer", refused, "securite", reason="Trop cher."),
    ]


def text(reader: PageCheckingClient, address: str = PAGE, **query: str) -> str:
    page = reader.get(address, query_string=query)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.mark.usefixtures("decided")
def test_one_sentence_says_what_is_kept_and_late(reader: PageCheckingClient) -> None:
    page = text(reader)
    assert "1 engagement sur 3 est tenu, 1 est en retard" in page
    assert "2 sont en cours. 1 est refusée, avec sa raison." in page
    assert "Refusée : Trop cher." in page
    assert "mises à jour le 12 mars 2026" in page


@pytest.mark.usefixtures("decided")
def test_what_is_late_is_marked_and_comes_with_its_day(reader: PageCheckingClient) -> None:
    rows = reader.get(PAGE).text.split("<tr")
    late = [row for row in rows if "follow__late" in row]
    assert len(late) == 1
    assert "Changer les bacs" in late[0]
    assert "1er janvier 2020" in late[0]


@pytest.mark.usefixtures("decided")
def test_the_first_themes_that_nothing_answers_lead_to_what_was_said(reader: PageCheckingClient) -> None:
    page = reader.get(PAGE).text
    words = text(reader)
    assert re.search(r"sans suite encore : .*le stationnement", words)
    assert "la sécurité" not in words.partition("sans suite encore")[2].partition(".")[0]
    address = re.search(r'href="(/copil/essai/verbatims\?theme=stationnement)"', page)
    assert address
    assert reader.get(address[1]).status_code == 200


@pytest.mark.usefixtures("decided")
def test_the_texts_of_a_theme_lead_to_what_is_done_with_them(reader: PageCheckingClient) -> None:
    page = reader.get(f"/copil/{SLUG}/verbatims", query_string={"theme": "securite"}).text
    (kept, refused) = re.findall(r'<li><a href="(/copil/essai/suites#suite-\d+)">(?:Rallumer|Filmer)</a>', page)
    done = reader.get(PAGE).text
    for address in (kept, refused):
        assert f'id="{address.partition("#")[2]}"' in done
    assert "Planter" not in page


def _links_one_text(app: Flask, *proposals: str) -> str:
    """Give some follow-ups the same contribution as their origin; its key."""
    with app.app_context():
        made_from = db.session.scalars(select(FollowUp).where(FollowUp.proposal.in_(proposals))).all()
        one = made_from[0].consultation_id
        meeting = Meeting(consultation_id=one, client_id="m", kind=MeetingKind.WORKSHOP, title="Atelier", day=PAST)
        db.session.add(meeting)
        db.session.flush()
        line = Line(meeting_id=meeting.id, client_id="l", position=1, text="x")
        db.session.add(line)
        db.session.flush()
        said = Contribution(consultation_id=one, line_id=line.id)
        db.session.add(said)
        db.session.flush()
        for row in made_from:
            followup_sources.link(db.session, row, shown=[said.id], chosen=[said.id], by=By(None, AT))
        db.session.commit()
        return str(said.id)


@pytest.mark.usefixtures("decided")
def test_the_words_of_a_person_stand_under_a_follow_up_only_where_its_quartiers_show_their_theme(
    app: Flask, reader: PageCheckingClient, given: Callable[[Material], None], whole: Material
) -> None:
    key = _links_one_text(app, "Rallumer", "Changer les bacs")
    shown, few, other = whole.quartiers[:3]
    people = [made.person(f"p{rank}", quartier=(shown, few, other)[rank % 3]) for rank in range(90)]
    speak = [one for one in people if one.quartier == shown] + people[1:6:3] + people[2:26:3]
    voices = [made.voice(f"v{rank}", "securite", person=one.key) for rank, one in enumerate(speak)]
    voices += [made.voice(f"w{rank}", "emploi", person=one.key) for rank, one in enumerate(people)]
    voices.append(made.voice(key, "securite", person="p0", text="Il fait noir."))
    given(made.material(people, voices, book=made.shipped(), quartiers=whole.quartiers))
    rows = reader.get(PAGE).text.split("<tr")
    (lamps,) = [row for row in rows if ">Rallumer" in row]
    (bins,) = [row for row in rows if ">Changer les bacs" in row]
    assert "Il fait noir." in lamps
    assert "Il fait noir." not in bins


@pytest.mark.usefixtures("decided")
def test_the_page_is_kept_to_a_quartier(reader: PageCheckingClient, whole: Material) -> None:
    page = text(reader, quartier=whole.quartiers[0])
    assert "1 engagement sur 2 est tenu" in page
    assert "Changer les bacs" not in page
    assert "Planter" in page


@pytest.mark.usefixtures("decided")
def test_each_quartier_has_its_count(reader: PageCheckingClient, whole: Material) -> None:
    page = text(reader)
    assert f"{whole.quartiers[0]} 1 – – – – – " in page
    assert f"{whole.quartiers[1]} – 1 – – – 1 " in page


@pytest.mark.usefixtures("whole")
def test_nothing_decided_yet_says_so(reader: PageCheckingClient) -> None:
    page = text(reader)
    assert "Aucune suite n’est encore écrite" in page
    assert "Rien n’est encore décidé" in page


@pytest.mark.usefixtures("decided")
def test_the_page_is_reached_from_the_others_with_the_choice_made(reader: PageCheckingClient) -> None:
    page = reader.get(f"/copil/{SLUG}/dit", query_string={"canal": "Téléphone"}).text
    assert re.search(r'href="/copil/essai/suites\?canal=[^"]+"', page)
    kept = reader.get(PAGE, query_string={"canal": "Téléphone"}).text
    assert "statut=faite" in kept
    assert re.search(r'href="/copil/essai/suites\?canal=[^"]+statut=faite"', kept)
