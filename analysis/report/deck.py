"""The deck of the steering committee: native editable slides, on the plan of the reference deck."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from analysis.briefing import Briefing
from analysis.report.archives import EPOCH, timeless
from analysis.report.beyond import Beyond
from analysis.report.slides import (
    asked,
    channels,
    cover,
    done,
    essentials,
    followups,
    method,
    needs,
    places,
    priorities,
    project,
    said,
    surveys,
    waves,
)
from analysis.report.slides.frame import Deck
from analysis.report.text import clean
from surveys.words import _


def write(briefing: Briefing, path: Path, *, today: dt.date | None = None) -> None:
    """Write the deck of a briefing; `today` is the day told on its cover, that of the coding when it is not given."""
    path.write_bytes(content(briefing, today=today))


def content(
    briefing: Briefing,
    *,
    today: dt.date | None = None,
    beyond: Beyond | None = None,
    template: bytes | None = None,
) -> bytes:
    """Return the bytes of the deck; the same values and day always give the same ones.

    `beyond` is what the committee reads besides what was done and said: a part that is absent has no slide. `template`
    is a presentation whose masters, fonts, colours and logo the deck takes; `TemplateError` says why it cannot.
    """
    today, beyond = today or briefing.provenance.coded_on, beyond or Beyond()
    deck = Deck(briefing, beyond, today=today, template=template)
    for part in (cover, done, said, surveys, needs, channels, waves, places, priorities, project, followups):
        part.add(deck)
    decisions = asked.decisions(deck)
    asked_on = deck.next_number() + 1
    asked.add(deck, decisions)
    method.add(deck)
    essentials.add(deck, decisions, asked_on)
    presentation = deck.finish()
    _properties(presentation.core_properties, briefing, today)
    raw = io.BytesIO()
    presentation.save(raw)
    return timeless(raw.getvalue())


def _properties(properties: Any, briefing: Briefing, today: dt.date | None) -> None:
    moment = dt.datetime.combine(today or dt.date(*EPOCH[:3]), dt.time(), tzinfo=dt.UTC).replace(tzinfo=None)
    properties.title = clean(briefing.title)
    properties.subject = _("Retour sur la concertation")
    properties.author = clean(briefing.territory) or "Consult"
    properties.last_modified_by = "Consult"
    properties.language = "fr-FR"
    properties.keywords = _("contrat de ville, concertation, comité de pilotage")
    properties.created = properties.modified = moment
    properties.revision = 1
