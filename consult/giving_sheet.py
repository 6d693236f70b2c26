"""The printed sheet of one quartier, from the same values as its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask_babel import gettext as _

from analysis import palette
from analysis.followups import PLAIN, FollowUp, Stage
from analysis.restitution import Answer, Given, Told, answers, base_words, limits
from surveys.printing import Sheet, sheet_pdf
from surveys.printing.restitution import Done, Row

#: What a foot has room for: the first are what matters most.
MOST_LIMITS = 2


def sheet_of(
    given: Given | None,
    told: Told,
    follow_ups: Sequence[FollowUp],
    *,
    words: tuple[str, str],
    address: str,
    today: dt.date,
) -> bytes:
    """The PDF of a quartier; ``words`` are the message and the contact of the restitution."""
    message, contact = words
    return sheet_pdf(
        Sheet(
            territory=given.territory if given else "",
            quartier=told.place,
            title=told.title,
            base=base_words(told),
            message=message,
            rows=[_row(answer, today) for answer in answers(told, follow_ups)],
            limits=limits(given)[:MOST_LIMITS] if given and told.speakers is not None else [],
            contact=contact,
            address=address,
            made=_made(given, today),
        )
    )


def _made(given: Given | None, today: dt.date) -> str:
    """Of which day the figures are, and the sheet."""
    frozen = given.provenance.frozen_on if given else None
    sheet = str(_("Feuille faite le %(day)s.", day=palette.day(today)))
    return f"{_('Chiffres arrêtés le %(day)s.', day=palette.day(frozen))} {sheet}" if frozen else sheet


def when(one: FollowUp, today: dt.date) -> str:
    """« prévu pour mars 2027 »: promises are kept in a month, not on a day; "" for what is done or refused."""
    if one.due_on is None or one.stage not in (Stage.DECIDED, Stage.DOING):
        return ""
    month = f"{palette.MONTHS[one.due_on.month - 1]} {one.due_on.year}"
    if one.is_late(today):
        return str(_("en retard, c’était prévu pour %(month)s", month=month))
    return str(_("prévu pour %(month)s", month=month))


def _row(answer: Answer, today: dt.date) -> Row:
    heard = answer.heard
    done = [Done(one.stage.value, PLAIN[one.stage], one.plain, when(one, today)) for one in answer.follow_ups]
    said = "" if heard is None else str(_("Sans chiffre publié.")) if heard.masked else heard.sentence
    return Row(answer.label, palette.theme(answer.colour), heard.value if heard else "", said, done)
