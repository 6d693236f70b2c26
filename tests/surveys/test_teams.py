"""The team of a consultation: anyone may be added, the last chef de projet never leaves."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import setting_up, staff, teams
from surveys.models import Role
from surveys.staff import StaffError
from tests.surveys.making import draft, somebody


def test_whoever_creates_a_consultation_leads_it_and_may_create_another(session: Session) -> None:
    who = somebody(session)
    made = draft(session, who)
    who.can_create = False
    assert [(member.account.id, member.roles) for member in teams.members(session, made.id)] == [(who.id, (Role.LEAD,))]
    assert setting_up.may_create(session, who)


def test_other_accounts_may_not_create(session: Session) -> None:
    account = staff.create(session, email="a@ville.example", name="", password="un mot de passe long")
    assert not setting_up.may_create(session, account)
    teams.add(session, consultation_id=draft(session).id, email=account.email, name="", role=Role.ANALYST)
    assert not setting_up.may_create(session, account)


def test_a_new_address_gets_an_account_and_a_password_to_hand_over(session: Session) -> None:
    made = draft(session)
    added = teams.add(
        session, consultation_id=made.id, email="Lucas@Ville.example", name="Lucas", role=Role.INTERVIEWER
    )
    assert added.account.email == "lucas@ville.example"
    assert staff.matches(added.account.password, added.password)


def test_a_known_address_keeps_its_password(session: Session) -> None:
    other = somebody(session, "autre@ville.example")
    added = teams.add(session, consultation_id=draft(session).id, email=other.email, name="", role=Role.COPIL)
    assert (added.account.id, added.password) == (other.id, "")


def test_a_role_already_held_or_a_closed_account_is_refused_in_a_sentence(session: Session) -> None:
    who = somebody(session)
    made = draft(session, who)
    with pytest.raises(StaffError, match="déjà ce rôle"):
        teams.add(session, consultation_id=made.id, email=who.email, name="", role=Role.LEAD)
    other = somebody(session, "autre@ville.example")
    other.active = False
    with pytest.raises(StaffError, match="est fermé"):
        teams.add(session, consultation_id=made.id, email=other.email, name="", role=Role.LEAD)


def test_the_last_chef_de_projet_stays(session: Session) -> None:
    who, closed = somebody(session), somebody(session, "ferme@ville.example")
    made = draft(session, who)
    staff.grant(session, closed, consultation_id=made.id, role=Role.LEAD)
    closed.active = False
    session.flush()
    with pytest.raises(StaffError, match="Il doit rester"):
        teams.remove(session, consultation_id=made.id, account=who, role=Role.LEAD)
    closed.active = True
    session.flush()
    teams.remove(session, consultation_id=made.id, account=who, role=Role.LEAD)
    assert [member.account.id for member in teams.members(session, made.id)] == [closed.id]
