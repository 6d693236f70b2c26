"""Which state of the consultation is read: the version in force, or another that a member of the team asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.filters import day, number
from surveys import contributions, read
from surveys.models import Role
from surveys.read import FrozenRow
from surveys.words import ngettext

#: What asks for what is said now.
NOW = "jour"
#: Who may read another state than the committee's.
CHOOSERS = frozenset({Role.LEAD, Role.ANALYST})


@dataclass(frozen=True)
class Standing:
    """The version being read, None for what is said now, and the one the committee reads."""

    version: FrozenRow | None
    in_force: FrozenRow | None


@dataclass(frozen=True)
class Banner:
    """What the top of each page says of the state being read; `action` leads to the other one, for who may."""

    said: str
    action: str = ""
    url: str = ""


def asked_state() -> str:
    """The state the address asks for, kept in every address of the page; "" when it asks for none, or may not."""
    wanted = request.args.get("etat", "")
    known = wanted == NOW or (wanted.isascii() and wanted.isdigit() and int(wanted[:10]) <= LARGEST_KEY)
    return wanted if known and may_choose() else ""


def may_choose() -> bool:
    """True for who may read what is said now, or an older version."""
    return bool(g.get("roles", frozenset()) & CHOOSERS)


def standing() -> Standing:
    """The state to read for this page."""
    in_force, wanted = read.frozen_in_force(db.session, g.consultation.id), asked_state()
    if not wanted:
        return Standing(in_force, in_force)
    if wanted == NOW:
        return Standing(None, in_force)
    return Standing(read.frozen_row(db.session, g.consultation.id, int(wanted)) or in_force, in_force)


def banner(stood: Standing) -> Banner | None:
    """What to say of it; None when the committee reads what is said now, and so does this reader."""
    if stood.version is None:
        return _now(stood.in_force) if stood.in_force else None
    said = _("Version figée « %(name)s », le %(day)s.", name=stood.version.name, day=day(stood.version.at))
    said = f"{said} {_since(stood.version)}"
    if stood.version != stood.in_force:
        return Banner(f"{said} {_not_in_force(stood.in_force)}", _("Lire ce que lit le comité"), _address())
    if may_choose():
        return Banner(said, _("Lire l’état du jour"), _address(etat=NOW))
    return Banner(said)


def _now(in_force: FrozenRow) -> Banner:
    said = _("Vous lisez l’état du jour. Le comité lit la version figée « %(name)s ».", name=in_force.name)
    return Banner(said, _("Lire la version figée"), _address())


def _not_in_force(in_force: FrozenRow | None) -> str:
    if in_force is None:
        return str(_("Le comité lit l’état du jour."))
    return str(_("Le comité lit la version « %(name)s ».", name=in_force.name))


def _since(version: FrozenRow) -> str:
    one = g.consultation.id
    arrived = read.arrived_since(db.session, one, version.id) + contributions.unlisted(db.session, one)
    changed = read.changed_since(db.session, one, version.id)
    if not arrived and not changed:
        return str(_("Rien n’est arrivé ni n’a changé depuis."))
    came = ngettext("%(num)s contribution arrivée", "%(num)s contributions arrivées", arrived, num=number(arrived))
    moved = ngettext("%(num)s codage changé", "%(num)s codages changés", changed, num=number(changed))
    said = ", ".join(words for words, count in ((came, arrived), (moved, changed)) if count)
    return str(_("Depuis\u00a0: %(said)s.", said=said))


def _address(*, etat: str = "") -> str:
    here: dict[str, Any] = {"theme": request.args.get("theme") or None, "etat": etat or None}
    return url_for(request.endpoint or "copil.done", **(request.view_args or {"slug": g.consultation.slug}), **here)
