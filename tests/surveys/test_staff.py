"""Accounts, roles and sessions, on a real database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import sessions, staff
from surveys.models import Consultation, Role, Staff, StaffSession

PASSWORD = "un mot de passe long"
NOON = dt.datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - stored times carry no zone


@pytest.fixture
def consultation(session: Session) -> Consultation:
    found = Consultation(slug="essai", title="Essai")
    session.add(found)
    session.flush()
    return found


@pytest.fixture
def account(session: Session) -> Staff:
    return staff.create(session, email="Agent@Ville.example", name="Agent", password=PASSWORD)


def _try(session: Session, password: str, *, at: dt.datetime = NOON) -> bool:
    return sessions.succeeds(sessions.attempt(session, email="agent@ville.example", at=at), password)


def test_an_address_has_one_account_however_it_is_capitalised(session: Session, account: Staff) -> None:
    with pytest.raises(staff.StaffError, match="déjà un compte"):
        staff.create(session, email="AGENT@ville.example", name="", password=PASSWORD)
    assert staff.get(session, " agent@VILLE.example ").id == account.id


@pytest.mark.parametrize("email", ["", "agent", "@ville.example", "a@b", "a@b@c.fr"])
def test_what_is_not_an_address_is_refused_in_a_sentence(session: Session, email: str) -> None:
    with pytest.raises(staff.StaffError, match="pas une adresse"):
        staff.create(session, email=email, name="", password=PASSWORD)


def test_a_short_password_is_refused(session: Session) -> None:
    with pytest.raises(staff.StaffError, match="au moins 12"):
        staff.create(session, email="a@ville.example", name="", password="court")


def test_a_password_is_stored_as_argon2id_with_enough_work(account: Staff) -> None:
    kind, _version, parameters = account.password.split("$")[1:4]
    memory, passes = (int(part.split("=")[1]) for part in parameters.split(",")[:2])
    assert kind == "argon2id"
    assert passes >= 2
    assert memory >= 19 * 1024


def test_the_sixth_try_in_a_row_locks_the_account_for_a_minute_even_with_the_right_password(
    session: Session, account: Staff
) -> None:
    other = staff.create(session, email="autre@ville.example", name="", password=PASSWORD)
    assert not any(_try(session, "faux") for _ in range(5))
    assert not _try(session, PASSWORD)
    assert not _try(session, PASSWORD, at=NOON + dt.timedelta(seconds=59))
    assert sessions.attempt(session, email=other.email, at=NOON).staff_id == other.id
    assert _try(session, PASSWORD, at=NOON + dt.timedelta(seconds=61))
    assert account.failed_logins == 1


def test_signing_in_forgets_the_failed_tries(session: Session, account: Staff) -> None:
    for _ in range(4):
        _try(session, "faux")
    sessions.start(session, staff_id=account.id, at=NOON)
    session.refresh(account)
    assert account.failed_logins == 0


def test_a_closed_account_cannot_sign_in(session: Session, account: Staff) -> None:
    staff.set_active(session, account, False)
    assert not _try(session, PASSWORD)


def test_the_database_does_not_hold_the_token(session: Session, account: Staff) -> None:
    token = sessions.start(session, staff_id=account.id, at=NOON)
    assert session.scalars(select(StaffSession.token_hash)).one() != token


@pytest.mark.parametrize(
    ("idle", "seen_again", "alive"),
    [
        (dt.timedelta(minutes=29), None, True),
        (dt.timedelta(minutes=31), None, False),
        (dt.timedelta(minutes=50), dt.timedelta(minutes=25), True),
    ],
)
def test_a_session_ends_after_half_an_hour_of_silence(
    session: Session, account: Staff, idle: dt.timedelta, seen_again: dt.timedelta | None, alive: bool
) -> None:
    token = sessions.start(session, staff_id=account.id, at=NOON)
    if seen_again:
        sessions.note_activity(session, token=token, at=NOON + seen_again)
    assert bool(sessions.owner(session, token=token, at=NOON + idle)) is alive


def test_a_session_ends_after_twelve_hours_whatever_is_done(session: Session, account: Staff) -> None:
    token = sessions.start(session, staff_id=account.id, at=NOON)
    late = NOON + dt.timedelta(hours=12, minutes=1)
    sessions.note_activity(session, token=token, at=late)
    assert sessions.owner(session, token=token, at=late) is None


def test_what_changes_an_account_ends_its_sessions_at_once(
    session: Session, account: Staff, consultation: Consultation
) -> None:
    changes: tuple[Callable[[], None], ...] = (
        lambda: staff.set_password(session, account, "un autre mot de passe"),
        lambda: staff.grant(session, account, consultation_id=consultation.id, role=Role.LEAD),
        lambda: staff.revoke(session, account, consultation_id=consultation.id, role=Role.LEAD),
        lambda: staff.set_active(session, account, False),
    )
    for change in changes:
        token = sessions.start(session, staff_id=account.id, at=NOON)
        assert sessions.owner(session, token=token, at=NOON)
        change()
        assert sessions.owner(session, token=token, at=NOON) is None


def test_demo_accounts_are_the_same_each_time_for_the_same_seed(session: Session, consultation: Consultation) -> None:
    first = staff.create_demo_accounts(session, consultation.id, 7)
    token = sessions.start(session, staff_id=staff.get(session, first[0][1]).id, at=NOON)
    assert staff.create_demo_accounts(session, consultation.id, 7) == first
    assert sessions.owner(session, token=token, at=NOON), "a second demo must not sign anybody out"
    assert {role for role, _email, _password in first} == set(Role)
    for role, email, password in first:
        account = staff.get(session, email)
        assert staff.matches(account.password, password)
        assert staff.roles_of(session, staff_id=account.id, consultation_id=consultation.id) == {role}


def test_another_seed_gives_the_demo_accounts_other_passwords(session: Session, consultation: Consultation) -> None:
    staff.create_demo_accounts(session, consultation.id, 7)
    _role, email, password = staff.create_demo_accounts(session, consultation.id, 8)[0]
    assert staff.matches(staff.get(session, email).password, password)


def test_an_account_knows_only_the_consultations_where_it_has_a_role(
    session: Session, account: Staff, consultation: Consultation
) -> None:
    session.add(Consultation(slug="ailleurs", title="Ailleurs"))
    staff.grant(session, account, consultation_id=consultation.id, role=Role.FACILITATOR)
    staff.grant(session, account, consultation_id=consultation.id, role=Role.ANALYST)
    assert staff.consultations_of(session, staff_id=account.id) == [
        (consultation, frozenset({Role.FACILITATOR, Role.ANALYST}))
    ]
