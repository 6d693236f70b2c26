"""Accounts of the people who work with the tool, their roles in each consultation, and what they did."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from hashlib import blake2b

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.models import AuditEvent, Consultation, Role, Staff, StaffRole, StaffSession
from surveys.words import _

SHORTEST_PASSWORD = 12
DEMO_DOMAIN = "consult.example"
#: Argon2id; the library's parameters are those of RFC 9106 for little memory (64 MiB, 3 passes).
HASHER = PasswordHasher()


class StaffError(ValueError):
    """What was asked of an account cannot be done; the message is one French sentence."""


def utc_now() -> dt.datetime:
    """The time as it is stored: UTC, without its zone, which SQLite would not keep."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def create(session: Session, *, email: str, name: str, password: str) -> Staff:
    """Add an account, without any role yet; raise `StaffError` for a known address or a short password."""
    email = _address(email)
    if find(session, email) is not None:
        raise StaffError(_("L’adresse %(email)s a déjà un compte.", email=email))
    account = Staff(
        email=email, name=name.strip(), password=hashed(password), fs_uniquifier=secrets.token_hex(32), failed_logins=0
    )
    session.add(account)
    session.flush()
    return account


def find(session: Session, email: str) -> Staff | None:
    """The account of that address, however it is capitalised."""
    return session.scalar(select(Staff).where(Staff.email == email.strip().lower()))


def get(session: Session, email: str) -> Staff:
    """The account of that address; raise `StaffError` when there is none."""
    account = find(session, email)
    if account is None:
        raise StaffError(_("Aucun compte n’a l’adresse %(email)s : vérifiez-la.", email=email))
    return account


def set_password(session: Session, account: Staff, password: str) -> None:
    """Replace the password; every session of the account ends at once."""
    account.password = hashed(password)
    account.failed_logins, account.locked_until = 0, None
    end_sessions(session, account)


def set_active(session: Session, account: Staff, active: bool) -> None:
    """Open or close an account; closing ends every session of it at once."""
    account.active = active
    end_sessions(session, account)


def grant(session: Session, account: Staff, *, consultation_id: int, role: Role) -> None:
    """Give a role in one consultation; the person signs in again to use it."""
    if role not in roles_of(session, staff_id=account.id, consultation_id=consultation_id):
        session.add(StaffRole(staff_id=account.id, consultation_id=consultation_id, role=role))
        end_sessions(session, account)


def revoke(session: Session, account: Staff, *, consultation_id: int, role: Role) -> None:
    """Take a role back in one consultation, at once; who did not have it stays signed in."""
    held = delete(StaffRole).where(
        StaffRole.staff_id == account.id, StaffRole.consultation_id == consultation_id, StaffRole.role == role
    )
    if session.execute(held).rowcount:  # type: ignore[attr-defined]  # a DELETE counts its rows
        end_sessions(session, account)


def end_sessions(session: Session, account: Staff) -> None:
    """Sign the account out everywhere."""
    account.fs_uniquifier = secrets.token_hex(32)
    session.execute(delete(StaffSession).where(StaffSession.staff_id == account.id))
    session.flush()


def roles_of(session: Session, *, staff_id: int, consultation_id: int) -> frozenset[Role]:
    """The roles of an account in one consultation; none means that it must not know the consultation exists."""
    return frozenset(
        session.scalars(
            select(StaffRole.role).where(StaffRole.staff_id == staff_id, StaffRole.consultation_id == consultation_id)
        )
    )


def consultations_of(session: Session, *, staff_id: int) -> list[tuple[Consultation, frozenset[Role]]]:
    """The consultations where an account has a role, by title, with its roles in each."""
    rows = session.execute(
        select(Consultation, StaffRole.role)
        .join(StaffRole, StaffRole.consultation_id == Consultation.id)
        .where(StaffRole.staff_id == staff_id)
        .order_by(Consultation.title, Consultation.id)
    )
    found: dict[int, tuple[Consultation, set[Role]]] = {}
    for consultation, role in rows:
        found.setdefault(consultation.id, (consultation, set()))[1].add(role)
    return [(consultation, frozenset(roles)) for consultation, roles in found.values()]


def audit(
    session: Session,
    action: str,
    *,
    staff_id: int | None = None,
    consultation_id: int | None = None,
    **details: str | int | bool | None,
) -> None:
    """Note who did what; details are identifiers and counts, never an answer."""
    session.add(
        AuditEvent(at=utc_now(), staff_id=staff_id, consultation_id=consultation_id, action=action, details=details)
    )


def hashed(password: str) -> str:
    """The Argon2id hash of a password; raise `StaffError` for a short one."""
    if len(password) < SHORTEST_PASSWORD:
        raise StaffError(
            _("Le mot de passe doit avoir au moins %(length)s caractères : allongez-le.", length=SHORTEST_PASSWORD)
        )
    return HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether a password is the one that was hashed."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def invented_password() -> str:
    """Five groups of four letters and digits that cannot be taken for one another: 100 random bits."""
    return _grouped(secrets.token_bytes(20))


def create_demo_accounts(session: Session, consultation_id: int, seed: int) -> list[tuple[Role, str, str]]:
    """Give a demonstration one account per role; returns (role, address, password), the same for the same seed."""
    return [_demo_account(session, consultation_id, seed, role) for role in Role]


def _demo_account(session: Session, consultation_id: int, seed: int, role: Role) -> tuple[Role, str, str]:
    email = f"{role.value}@{DEMO_DOMAIN}"
    password = _grouped(blake2b(f"consult demo {seed} {role.value}".encode(), digest_size=20).digest())
    account = find(session, email)
    if account is None:
        account = create(session, email=email, name=_demo_name(role), password=password)
    elif not matches(account.password, password):
        set_password(session, account, password)
    grant(session, account, consultation_id=consultation_id, role=role)
    return role, email, password


def _demo_name(role: Role) -> str:
    names = {
        Role.LEAD: "Nadia Costes",
        Role.ANALYST: "Hugo Vidal",
        Role.FACILITATOR: "Samira Belkacem",
        Role.INTERVIEWER: "Lucas Fabre",
        Role.COPIL: "Anne Peyrot",
    }
    return names[role]


def _grouped(noise: Iterable[int]) -> str:
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    letters = "".join(alphabet[byte % len(alphabet)] for byte in noise)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _address(email: str) -> str:
    email = email.strip().lower()
    if email.count("@") != 1 or email.startswith("@") or "." not in email.partition("@")[2]:
        raise StaffError(_("« %(email)s » n’est pas une adresse électronique.", email=email))
    return email
