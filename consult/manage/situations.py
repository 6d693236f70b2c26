"""Where a consultation stands, in words: its state and its dates said together."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from flask_babel import gettext as _

from consult.filters import day
from surveys import life
from surveys.life import Situation
from surveys.models import Change, ChangeKind, Consultation, State
from surveys.notices import title as part_title


def name(situation: Situation) -> str:
    """One or two words."""
    match situation:
        case Situation.DRAFT:
            return str(_("Brouillon"))
        case Situation.WAITING:
            return str(_("Publiée, pas encore ouverte"))
        case Situation.RUNNING:
            return str(_("Ouverte"))
        case Situation.ENDED:
            return str(_("Terminée"))
        case Situation.CLOSED:
            return str(_("Fermée"))
        case _ as never:
            assert_never(never)


def said(consultation: Consultation, today: dt.date) -> str:
    """A sentence: what residents find today, and what will change by itself."""
    opens, closes = day(consultation.opens_on), day(consultation.closes_on)
    match life.situation(consultation, today):
        case Situation.DRAFT:
            return str(_("Personne d’autre que l’équipe ne la voit."))
        case Situation.WAITING:
            return str(_("Les habitants lisent qu’ils pourront répondre à partir du %(day)s.", day=opens))
        case Situation.RUNNING if consultation.closes_on is None:
            return str(
                _("Les habitants répondent. Sans dernier jour, elle reste ouverte jusqu’à ce que vous la fermiez.")
            )
        case Situation.RUNNING:
            return str(_("Les habitants répondent, jusqu’au %(day)s compris.", day=closes))
        case Situation.ENDED:
            return str(_("Son dernier jour, le %(day)s, est passé : les réponses ne sont plus prises.", day=closes))
        case Situation.CLOSED:
            return str(_("Vous l’avez fermée : les réponses ne sont plus prises."))
        case _ as never:
            assert_never(never)


def tone(situation: Situation) -> str:
    """The kind of tag that shows it."""
    return {Situation.RUNNING: "done", Situation.WAITING: "now", Situation.DRAFT: ""}.get(situation, "care")


def told(change: Change) -> str:
    """One line of the history: what changed, from what to what."""
    match change.kind:
        case ChangeKind.STATE:
            return _moved(State(change.before), State(change.after))
        case ChangeKind.DATES:
            return str(
                _(
                    "%(what)s : %(before)s → %(after)s",
                    what=_date(change.subject),
                    before=_day(change.before),
                    after=_day(change.after),
                )
            )
        case ChangeKind.NOTICE:
            return str(_("Notice, « %(part)s » récrite", part=part_title(change.subject)))
        case _ as never:
            assert_never(never)


def _moved(before: State, after: State) -> str:
    match (before, after):
        case (State.DRAFT, State.OPEN):
            return str(_("Publiée"))
        case (State.CLOSED, State.OPEN):
            return str(_("Rouverte"))
        case (State.OPEN, State.CLOSED):
            return str(_("Fermée"))
        case _:
            return f"{before.value} → {after.value}"


def _date(subject: str) -> str:
    names = {
        "opens_on": _("Premier jour"),
        "closes_on": _("Dernier jour"),
        "keep_until": _("Réponses gardées jusqu’au"),
    }
    return str(names.get(subject, subject))


def _day(text: str) -> str:
    return day(dt.date.fromisoformat(text)) if text else str(_("aucun"))
