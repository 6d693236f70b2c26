"""``consult staff``: the accounts of the people who work with the tool."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import create_app
from consult.cli import Refused
from consult.commands.serve import open_database, settings_for
from consult.extensions import db
from surveys import staff
from surveys.models import Consultation, Role, Staff, StaffRole

ROLES = click.Choice([role.value for role in Role])


@click.group()
@click.option("--db", "url", default="", help="Adresse de la base (SQLite par défaut, dans le dossier d’instance).")
@click.pass_context
def command(context: click.Context, *, url: str) -> None:
    """Gère les comptes de l’équipe."""
    context.obj = url


@command.command()
@click.argument("email")
@click.option("--name", default="", help="Prénom et nom.")
@click.option("--consultation", "slug", default="", help="Consultation où donner un rôle.")
@click.option("--role", type=ROLES, default=None, help="Rôle dans cette consultation.")
@click.pass_obj
def add(url: str, *, email: str, name: str, slug: str, role: str | None) -> None:
    """Ouvre un compte et donne son mot de passe, montré cette seule fois."""
    if bool(slug) != bool(role):
        raise Refused(_("Donnez ensemble --consultation et --role, ou aucun des deux."))
    password = staff.invented_password()
    with _writing(url) as session:
        account = staff.create(session, email=email, name=name, password=password)
        if role:
            staff.grant(session, account, consultation_id=_consultation(session, slug).id, role=Role(role))
        staff.audit(session, "compte.ouverture", account_id=account.id)
    click.echo(_("Compte ouvert pour %(email)s. Mot de passe : %(password)s", email=email, password=password))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
@click.pass_obj
def list_(url: str, *, as_json: bool) -> None:
    """Liste les comptes et leurs rôles."""
    with _writing(url) as session:
        found = [_described(session, account) for account in session.scalars(select(Staff).order_by(Staff.email))]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    lines = [_line(one) for one in found]
    click.echo("\n".join(lines) or _("Aucun compte : ouvrez-en un avec « consult staff add »."))


@command.command()
@click.argument("email")
@click.pass_obj
def disable(url: str, *, email: str) -> None:
    """Ferme un compte : la personne est déconnectée partout, tout de suite."""
    _switch(url, email, active=False)
    click.echo(_("Le compte %(email)s est fermé et déconnecté partout.", email=email))


@command.command()
@click.argument("email")
@click.pass_obj
def enable(url: str, *, email: str) -> None:
    """Ouvre de nouveau un compte fermé."""
    _switch(url, email, active=True)
    click.echo(_("Le compte %(email)s est ouvert.", email=email))


@command.command()
@click.argument("email")
@click.pass_obj
def password(url: str, *, email: str) -> None:
    """Donne un nouveau mot de passe ; la personne est déconnectée partout."""
    chosen = staff.invented_password()
    with _writing(url) as session:
        account = staff.get(session, email)
        staff.set_password(session, account, chosen)
        staff.audit(session, "compte.mot-de-passe", account_id=account.id)
    click.echo(_("Nouveau mot de passe de %(email)s : %(password)s", email=email, password=chosen))


@command.command()
@click.argument("email")
@click.option("--remove", is_flag=True, help="Ne plus le permettre.")
@click.pass_obj
def creator(url: str, *, email: str, remove: bool) -> None:
    """Permet à un compte de créer des consultations ; qui en dirige une le peut déjà."""
    with _writing(url) as session:
        account = staff.get(session, email)
        account.can_create = not remove
        staff.audit(session, "compte.creation-permise", account_id=account.id, removed=remove)
    said = (
        _("%(email)s ne peut plus créer de consultation.") if remove else _("%(email)s peut créer des consultations.")
    )
    click.echo(said % {"email": email})


@command.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--consultation", "slug", required=True, help="La consultation concernée.")
@click.option("--remove", is_flag=True, help="Retirer le rôle au lieu de le donner.")
@click.pass_obj
def role(url: str, *, email: str, role: str, slug: str, remove: bool) -> None:
    """Donne ou retire un rôle dans une consultation."""
    with _writing(url) as session:
        account, consultation = staff.get(session, email), _consultation(session, slug)
        change = staff.revoke if remove else staff.grant
        change(session, account, consultation_id=consultation.id, role=Role(role))
        staff.audit(
            session, "compte.role", consultation_id=consultation.id, account_id=account.id, role=role, removed=remove
        )
    said = _("%(email)s n’est plus %(role)s.") if remove else _("%(email)s est maintenant %(role)s.")
    click.echo(said % {"email": email, "role": role})


@contextmanager
def _writing(url: str) -> Iterator[Session]:
    app = create_app(settings_for(url))
    open_database(app)
    with app.app_context():
        try:
            yield db.session
            db.session.commit()
        except staff.StaffError as error:
            raise Refused(str(error)) from error


def _switch(url: str, email: str, *, active: bool) -> None:
    with _writing(url) as session:
        account = staff.get(session, email)
        staff.set_active(session, account, active)
        staff.audit(session, "compte.ouvert" if active else "compte.ferme", account_id=account.id)


def _consultation(session: Session, slug: str) -> Consultation:
    found = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        raise Refused(_("Aucune consultation ne s’appelle « %(slug)s » : vérifiez son nom court.", slug=slug))
    return found


def _described(session: Session, account: Staff) -> dict[str, Any]:
    rows = session.execute(
        select(Consultation.slug, StaffRole.role)
        .join(StaffRole, StaffRole.consultation_id == Consultation.id)
        .where(StaffRole.staff_id == account.id)
        .order_by(Consultation.slug, StaffRole.role)
    )
    roles = [{"consultation": row.slug, "role": row.role.value} for row in rows]
    return {"email": account.email, "name": account.name, "active": account.active, "roles": roles}


def _line(one: dict[str, Any]) -> str:
    roles = ", ".join(f"{role['role']} ({role['consultation']})" for role in one["roles"]) or _("aucun rôle")
    return f"{one['email']:34} {_('ouvert') if one['active'] else _('fermé'):8} {roles}"
