"""A decision as a card sends it, by its form or by its keys."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from consult.converters import LARGEST_KEY
from consult.study.plan import Plan
from surveys.coding_acts import MOST
from surveys.models import Outcome

_ACT = re.compile(r"[0-9a-f]{32}")


class RefusedError(Exception):
    """A decision that cannot be stored; the message is one French sentence that says what to do."""


@dataclass(frozen=True)
class Posted:
    """What a person decided of some ideas; `act` is the same when it is sent again."""

    idea_ids: tuple[int, ...]
    outcome: Outcome
    themes: tuple[str, ...]
    act: str


def ideas() -> list[int]:
    """The ideas a card names."""
    named = request.form.get("ideas", "").split()[:MOST]
    return [int(one) for one in named if one.isascii() and one.isdecimal() and len(one) < 12 and int(one) < LARGEST_KEY]


def chosen(plan: Plan) -> list[str]:
    """The themes ticked, with the one typed where it names a theme of the plan."""
    typed = _named(plan, request.form.get("autre", ""))
    return plan.without_implied([*request.form.getlist("themes"), *([typed] if typed else [])])


def read(plan: Plan) -> Posted:
    """The decision of this request; raises `RefusedError`."""
    try:
        outcome = Outcome(request.form.get("outcome", Outcome.CODED))
    except ValueError:
        raise RefusedError(_("Ce choix n’existe pas : rechargez la page, puis décidez de nouveau.")) from None
    typed = " ".join(request.form.get("autre", "").split())
    if outcome is Outcome.CODED and typed and _named(plan, typed) is None:
        raise RefusedError(
            _("Aucun thème ne s’appelle « %(typed)s » : choisissez un nom de la liste.", typed=typed[:80])
        )
    themes = chosen(plan) if outcome is Outcome.CODED else []
    if outcome is Outcome.CODED and not themes:
        raise RefusedError(_("Cochez au moins un thème, ou choisissez « Sans avis » ou « À classer »."))
    return Posted(tuple(ideas()), outcome, tuple(themes), act() or secrets.token_hex(16))


def act() -> str:
    """The act that this request names; "" when it names none."""
    named = request.form.get("act", "")
    return named if _ACT.fullmatch(named) else ""


def wants_json() -> bool:
    """Whether the keys of the page sent this, rather than its form."""
    return request.headers.get("Accept", "") == "application/json"


def _named(plan: Plan, typed: str) -> str | None:
    """The theme of this name; a sub-theme may be told by the theme above it: « Sécurité › Éclairage »."""
    wanted = " ".join(typed.rpartition("›")[2].split()).casefold()
    return next((key for key, label in plan.labels.items() if wanted and label.casefold() == wanted), None)
