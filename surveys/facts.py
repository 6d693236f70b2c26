"""What is keyed in of a rencontre and of its lines, before it is stored and once it is read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.models import LineKind, Manager, MeetingKind, Speaker, Wording

#: The age bands counted in a rencontre, youngest first: value, words.
AGE_BANDS = {
    "moins-de-18": "moins de 18 ans",
    "18-29": "18 à 29 ans",
    "30-44": "30 à 44 ans",
    "45-59": "45 à 59 ans",
    "60-et-plus": "60 ans et plus",
}


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """A rencontre as keyed in; `client_id` is chosen by the device, so that sending twice makes one."""

    client_id: str
    kind: MeetingKind
    title: str
    day: dt.date
    place_ids: tuple[int, ...] = ()
    location: str = ""
    publics: tuple[str, ...] = ()
    headcount: int = 0
    women: int | None = None
    men: int | None = None
    ages: str = ""
    age_counts: Mapping[str, int] = field(default_factory=dict)
    facilitators: str = ""
    method: str = ""
    questions: str = ""


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """A line as keyed in; without `place_ids` it speaks of the places of its rencontre.

    `parent` is the `client_id` of the branch it hangs from; `revision` counts the writings of a stored line.
    """

    client_id: str
    text: str
    kind: LineKind = LineKind.NEED
    speaker: Speaker = Speaker.RESIDENT
    wording: Wording = Wording.REPHRASED
    carried_by: int | None = None
    place_ids: tuple[int, ...] = ()
    table: str = ""
    parent: str = ""
    point: str = ""
    latitude: float | None = None
    longitude: float | None = None
    manager: Manager | None = None
    position: int | None = None
    revision: int = 0
