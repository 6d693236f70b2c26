"""The deck of the steering committee: native editable slides, on the plan of the reference deck."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from analysis.briefing import Briefing
from analysis.report.slides import cover, done, method, places, said, surveys
from analysis.report.slides.frame import Deck
from analysis.report.text import clean
from surveys.words import _

#: The oldest day a zip can tell: the same briefing gives the same bytes, whenever it is written.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(briefing: Briefing, path: Path, *, today: dt.date | None = None) -> None:
    """Write the deck of a briefing; `today` is the day told on its cover, that of the coding when it is not given."""
    path.write_bytes(content(briefing, today=today))


def content(briefing: Briefing, *, today: dt.date | None = None) -> bytes:
    """Return the bytes of the deck; the same briefing and day always give the same ones."""
    today = today or briefing.provenance.coded_on
    deck = Deck(briefing, today=today)
    for part in (cover, done, said, surveys, places, method):
        part.add(deck)
    presentation = deck.finish()
    _properties(presentation.core_properties, briefing, today)
    raw = io.BytesIO()
    presentation.save(raw)
    return _timeless(raw.getvalue())


def _properties(properties: Any, briefing: Briefing, today: dt.date | None) -> None:
    moment = dt.datetime.combine(today or dt.date(*_EPOCH[:3]), dt.time(), tzinfo=dt.UTC).replace(tzinfo=None)
    properties.title = clean(briefing.title)
    properties.subject = _("Retour sur la concertation")
    properties.author = clean(briefing.territory) or "Consult"
    properties.last_modified_by = "Consult"
    properties.language = "fr-FR"
    properties.keywords = _("contrat de ville, concertation, comité de pilotage")
    properties.created = properties.modified = moment
    properties.revision = 1


def _timeless(data: bytes) -> bytes:
    """Return the same archive with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, date_time=_EPOCH)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(fixed, source.read(entry))
    return out.getvalue()
