"""Who works on a consultation, in which roles; one chef de projet at least stays."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import staff
from surveys.importing.folding import fold
from surveys.models import Consultation, Role, Staff, StaffRole
from surveys.staff import StaffError
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Member:
    """An account with its roles in one consultation, in the order of the list of roles."""

    account: Staff
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added; `password` is set for a new account only, to be shown once."""

    account: Staff
    password: str = ""


def members(session: Session, consultation_id: int) -> list[Member]:
    """The team, by name."""
    rows = session.execute(
        select(Staff, StaffRole.role)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.consultation_id == consultation_id)
    )
    found: dict[int, tuple[Staff, set[Role]]] = {}
    for account, role in rows:
        found.setdefault(account.id, (account, set()))[1].add(role)
    team = [Member(account, tuple(role for role in Role if role in roles)) for account, roles in found.values()]
    return sorted(team, key=lambda member: fold(member.account.name or member.account.email))


def add(session: Session, *, consultation_id: int, email: str, name: str, role: Role) -> Added:
    """Give a role to the account of an address, opened if there is none; raise `StaffError` when it cannot be."""
    account, password = staff.find(session, email), ""
    if account is None:
        password = staff.invented_password()
        account = staff.create(session, email=email, name=name, password=password)
    elif not account.active:
        raise StaffError(
            _("Le compte %(email)s est fermé : l’administrateur doit d’abord l’ouvrir.", email=account.email)
        )
    elif role in staff.roles_of(session, staff_id=account.id, consultation_id=consultation_id):
        raise StaffError(_("%(email)s a déjà ce rôle.", email=account.email))
    staff.grant(session, account, consultation_id=consultation_id, role=role)
    return Added(account, password)


def remove(session: Session, *, consultation_id: int, account: Staff, role: Role) -> None:
    """Take a role back; raise `StaffError` rather than leave nobody to lead."""
    # Two people who each remove the other meet here, where the database can hold one back.
    session.get_one(Consultation, consultation_id, with_for_update=True)
    if role is Role.LEAD and _other_leads(session, consultation_id, account) == 0:
        raise StaffError(_("Il doit rester un chef de projet : donnez d’abord ce rôle à une autre personne."))
    staff.revoke(session, account, consultation_id=consultation_id, role=role)


def _other_leads(session: Session, consultation_id: int, account: Staff) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(StaffRole)
            .join(Staff, Staff.id == StaffRole.staff_id)
            .where(
                StaffRole.consultation_id == consultation_id,
                StaffRole.role == Role.LEAD,
                Staff.active.is_(True),
                Staff.id != account.id,
            )
        )
        or 0
    )
