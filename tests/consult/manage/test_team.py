"""The team as its chef de projet sees and changes it."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from consult.extensions import db
from surveys import sessions, staff
from surveys.models import Role, Staff, StaffSession
from tests.consult.manage.conftest import Office
from tests.surveys.making import NOW, draft, somebody

Make = Callable[[str], Office]


def test_a_new_account_gets_a_password_shown_once(office: Make) -> None:
    desk = office("empty")
    answer = desk.send("equipe", email="lucas@ville.example", name="Lucas Fabre", role="enqueteur")
    page = answer.get_data(as_text=True)
    shown = re.search(r'class="once">([^<]+)<', page)
    assert shown
    assert "Lucas Fabre" in page
    assert shown[1] not in desk.page("equipe")
    with desk.app.app_context():
        tried = sessions.attempt(db.session, email="lucas@ville.example", at=NOW)
        assert sessions.succeeds(tried, shown[1])


def test_a_known_account_is_added_without_a_password(office: Make) -> None:
    desk = office("empty")
    with desk.app.app_context():
        somebody(db.session, "autre@ville.example")
        db.session.commit()
    assert desk.send("equipe", email="Autre@ville.example", role="copil").status_code == 302
    page = desk.page("equipe")
    assert "Membre du COPIL" in page
    assert 'class="once"' not in page


def test_a_wrong_address_is_said_and_kept(office: Make) -> None:
    answer = office("empty").send("equipe", email="pas une adresse", name="Lucas", role="copil")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "n’est pas une adresse électronique" in page
    assert 'value="Lucas"' in page


def test_the_last_chef_de_projet_stays(office: Make) -> None:
    desk = office("empty")
    with desk.app.app_context():
        number = db.session.scalars(select(Staff.id).where(Staff.email == "cheffe@ville.example")).one()
    desk.send(f"equipe/{number}/retrait", role="chef-de-projet")
    assert "Il doit rester un chef de projet" in desk.page("equipe")
    with desk.app.app_context():
        consultation_id = desk.stored().id
        assert staff.roles_of(db.session, staff_id=number, consultation_id=consultation_id)
    assert desk.send(f"equipe/{number}/retrait", role="roi").status_code == 404


def test_a_role_taken_back_is_gone(office: Make) -> None:
    desk = office("empty")
    desk.send("equipe", email="lucas@ville.example", role="enqueteur")
    with desk.app.app_context():
        number = db.session.scalars(select(Staff.id).where(Staff.email == "lucas@ville.example")).one()
    desk.send(f"equipe/{number}/retrait", role="enqueteur")
    page = desk.page("equipe")
    assert "n’est plus Enquêteur" in page
    assert page.count("lucas@ville.example") == 1


def test_nobody_of_another_consultation_is_signed_out_or_named(office: Make) -> None:
    desk = office("empty")
    with desk.app.app_context():
        stranger = somebody(db.session, "ailleurs@ville.example")
        staff.grant(db.session, stranger, consultation_id=draft(db.session, stranger).id, role=Role.ANALYST)
        sessions.start(db.session, staff_id=stranger.id, at=NOW)
        number, before = stranger.id, stranger.fs_uniquifier
        db.session.commit()
    for role in Role:
        assert desk.send(f"equipe/{number}/retrait", role=role.value).status_code == 404
    assert "ailleurs@ville.example" not in desk.page("equipe")
    with desk.app.app_context():
        assert db.session.get_one(Staff, number).fs_uniquifier == before
        assert db.session.scalars(select(StaffSession).where(StaffSession.staff_id == number)).one()
