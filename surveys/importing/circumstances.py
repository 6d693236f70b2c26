"""How each row of a file was given: on which day, by which channel, in which language, word for word or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.importing import values
from surveys.importing.folding import fold
from surveys.importing.mapping import Plan
from surveys.importing.reading import Remark, RowError, RowRead
from surveys.importing.tables import Table
from surveys.labels import WORDINGS
from surveys.models import Channel, Wording
from surveys.questions import Invalid
from surveys.words import _

_WORDINGS = {fold(said): wording for wording, words in WORDINGS.items() for said in (wording.value, words)}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Circumstances:
    """Reads them from the columns that a plan names; `usual_channel` and `today` serve where nothing is said."""

    table: Table
    plan: Plan
    usual_channel: Channel
    today: dt.date

    def day(self, cells: Sequence[str]) -> dt.date:
        """Return the day of the row; raise `RowError` where it is no day."""
        if not (text := self._cell(cells, self.plan.day_column)):
            return self.plan.day or self.today
        try:
            return values.day(text)
        except Invalid as error:
            raise RowError(self.plan.day_column, error.message) from None

    def channel(self, cells: Sequence[str]) -> Channel:
        """Return the channel of the row; raise `RowError` where nothing says which it is."""
        if not (text := self._cell(cells, self.plan.channel_column)):
            return self.plan.channel or self.usual_channel
        if (found := self.plan.channels.get(fold(text))) is None:
            raise RowError(
                self.plan.channel_column,
                _("Le canal « %(text)s » n’est pas connu\u00a0: ajoutez-le à la correspondance.", text=text[:80]),
            )
        return found

    def language(self, cells: Sequence[str]) -> str:
        """The language of the row where it is written as a code (« fr », « fr-FR »), the plan's otherwise."""
        code = self._cell(cells, self.plan.language_column).lower().replace("_", "-").partition("-")[0]
        return code if _LANGUAGE.fullmatch(code) else self.plan.language

    def wordings(self, cells: Sequence[str], read: RowRead) -> dict[str, Wording]:
        """How each answer was noted, by question; what says nothing of it is left out and told."""
        said = {}
        for header, place, question in self._noted:
            wording = _WORDINGS.get(fold(cells[place]))
            if wording is not None:
                said[question] = wording
            elif cells[place]:
                words = _(
                    "« %(text)s » ne dit pas si la réponse est notée mot à mot ou reformulée.", text=cells[place][:80]
                )
                read.remarks.append(Remark(header, words))
        return said

    @cached_property
    def _noted(self) -> list[tuple[str, int, str]]:
        """The columns that say how answers were noted: name, place, and the question whose answers they are."""
        asked = {column.header: column.question for column in self.plan.columns}
        return [
            (header, self.table.column_index(header), asked[answer])
            for header, answer in self.plan.notations.items()
            if answer in asked
        ]

    def _cell(self, cells: Sequence[str], header: str) -> str:
        return cells[self.table.column_index(header)] if header else ""
