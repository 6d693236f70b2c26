"""Which questionnaire an address opens, where a consultation puts several online: each then has its own address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import func, select

from consult.extensions import db
from consult.residents import blueprint
from surveys.models import Channel, Consultation, QuestionnaireVersion

PARAMETER = "questionnaire"
#: The pages that belong to one questionnaire; the others are those of the consultation.
_ITS_PAGES = frozenset(f"residents.{name}" for name in ("notice", "begin", "step", "send", "whole"))


@dataclass(frozen=True)
class Online:
    """A questionnaire put online, by its newest version; the title and the public are in French."""

    name: str
    version_id: int
    title: str
    public: str


def online(consultation: Consultation) -> Sequence[Online]:
    """The questionnaires residents may answer online, by name."""
    version = QuestionnaireVersion
    newest = (
        select(version.name, func.max(version.version).label("number"))
        .where(version.consultation_id == consultation.id)
        .group_by(version.name)
        .subquery()
    )
    rows = db.session.execute(
        select(version.name, version.id, version.title, version.public)
        .join(newest, (newest.c.name == version.name) & (newest.c.number == version.version))
        .where(version.consultation_id == consultation.id, version.channel == Channel.ONLINE)
        .order_by(version.name)
    )
    return [Online(*row) for row in rows]


def asked_for(found: Sequence[Online]) -> Online | None:
    """The questionnaire this request names, or the only one; None where the person has yet to choose."""
    name = named()
    return next((one for one in found if one.name == name), None) or (found[0] if len(found) == 1 else None)


def named() -> str:
    """The name in the address of this request, empty for none."""
    if not has_request_context():
        return ""
    return str((request.view_args or {}).get(PARAMETER) or request.args.get(PARAMETER, ""))


def keep_to(name: str) -> None:
    """Let every address made from now on lead to this questionnaire; call it only where there are several."""
    if has_request_context() and request.blueprint == blueprint.name:
        g.questionnaire = name


@blueprint.url_defaults
def _carry(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in _ITS_PAGES and g.get("questionnaire"):
        values.setdefault(PARAMETER, g.questionnaire)
