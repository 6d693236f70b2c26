"""The cells of one question in one row as a reply; the same cells are read once, however many rows hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from surveys.importing import values
from surveys.importing.folding import fold
from surveys.importing.mapping import Column, Plan
from surveys.importing.places import Places
from surveys.importing.reading import Doubt, Remark
from surveys.models import PlaceRole
from surveys.questions import Invalid, Quartier, Question, Ranking, Reply, Scale, Status
from surveys.words import _

#: Beyond as many different answers to a question, nothing more is remembered.
_REMEMBERED = 20_000
#: What says that nothing was said is never longer.
_LONGEST_WORD = 60
_NOTHING: Mapping[PlaceRole, float] = MappingProxyType({})
#: The cell of a question, or its cells when several columns make one answer.
Texts = str | tuple[str, ...]


class Outcome(NamedTuple):
    """A reply, or why it is `refused`, with what somebody should know of it."""

    reply: Reply | None = None
    refused: str = ""
    remarks: tuple[Remark, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sure: Mapping[PlaceRole, float] = _NOTHING


class Replier:
    """Reads the columns of one question under one plan; `met` is what it read before."""

    def __init__(self, question: Question, columns: tuple[Column, ...], plan: Plan, places: Places) -> None:
        self._question, self._columns, self._plan, self._places = question, columns, plan, places
        self.met: dict[Texts, Outcome] = {}

    def outcome(self, texts: Texts) -> Outcome:
        """What some cells say; never raises."""
        found = self.met.get(texts)
        if found is None:
            found = self._read((texts,) if isinstance(texts, str) else texts)
            # People rarely write the same words twice.
            if self._question.scale is not Scale.TEXT and len(self.met) < _REMEMBERED:
                self.met[texts] = found
        return found

    def _read(self, texts: tuple[str, ...]) -> Outcome:
        if max(map(len, texts)) > _LONGEST_WORD:
            return self._cleaned(list(zip(self._columns, texts, strict=True)))
        if self._plan.empty:
            texts = tuple("" if fold(text) in self._plan.empty else text for text in texts)
        if len(texts) == 1 and texts[0].startswith("'") and fold(texts[0]) in self._plan.dont_know | self._plan.refused:
            # Somebody really wrote these words: our own export says so with an apostrophe.
            return self._cleaned([(self._columns[0], texts[0][1:])])
        said = {fold(text) for text in texts if text}
        if not said:
            return self._cleaned(list(zip(self._columns, texts, strict=True)))
        for words, status in ((self._plan.dont_know, Status.DONT_KNOW), (self._plan.refused, Status.REFUSED)):
            if said <= words:
                return self._not_said(status, next(text for text in texts if text))
        return self._cleaned(list(zip(self._columns, texts, strict=True)))

    def _not_said(self, status: Status, text: str) -> Outcome:
        question = self._question
        offered = question.dont_know if status is Status.DONT_KNOW else question.may_refuse
        if offered:
            return Outcome(Reply(status))
        if question.required:
            return Outcome(refused=question.missing())
        words = _("« %(text)s » n’est pas proposé par cette question\u00a0: la réponse reste vide.", text=text[:80])
        return Outcome(remarks=(Remark(self._columns[0].header, words),))

    def _cleaned(self, cells: list[tuple[Column, str]]) -> Outcome:
        doubts: list[Doubt] = []
        sure: dict[PlaceRole, float] = {}
        try:
            if isinstance(self._question, Quartier):
                cells = [(one, self._place(self._question, one, text, doubts, sure)) for one, text in cells]
            reply = self._question.reply(values.raw(self._question, cells))
        except Invalid as error:
            return Outcome(refused=error.message)
        return Outcome(reply, "", tuple(self._remarks(cells)), tuple(doubts), sure)

    def _remarks(self, cells: list[tuple[Column, str]]) -> list[Remark]:
        if not isinstance(self._question, Ranking):
            return []
        ranked = sorted((one.rank, text) for one, text in cells if one.rank)
        filled = [bool(text) for _rank, text in ranked]
        if True in filled and False in filled[: len(filled) - filled[::-1].index(True)]:
            header = next(one.header for one, text in cells if one.rank and not text)
            return [Remark(header, _("Un rang est vide avant un autre\u00a0: le classement est lu sans ce trou."))]
        return []

    def _place(
        self, question: Quartier, column: Column, text: str, doubts: list[Doubt], sure: dict[PlaceRole, float]
    ) -> str:
        """Return the option a quartier is, whatever it is called; the nearest spelling is noted as doubtful."""
        if not text or column.other:
            return text
        given = column.values.get(fold(text), text)
        found = self._places.find(given)
        if found is None or question.option(found.slug) is None:
            return _unknown_place(question, column, given)
        if found.confidence < 1:
            doubts.append(Doubt(text, found.name))
        sure[PlaceRole(question.role)] = found.confidence
        return found.slug


def _unknown_place(question: Quartier, column: Column, text: str) -> str:
    folded = fold(text)
    if any(folded in (fold(option.code), fold(option.label)) for option in question.options):
        return text
    if column.unknown:
        return column.unknown
    if any(option.other for option in question.options):
        return text
    raise Invalid(
        _("Le quartier « %(text)s » n’est pas connu\u00a0: ajoutez-le aux alias d’un quartier.", text=text[:80])
    )


@dataclass(frozen=True)
class Asked:
    """One question the file answers: its columns with their positions, and how its cells are picked in a row."""

    question: Question
    columns: tuple[Column, ...]
    places: tuple[int, ...]
    replier: Replier
    pick: Callable[[Sequence[str]], Texts]

    def outcome(self, cells: Sequence[str]) -> Outcome:
        texts = self.pick(cells)
        return self.replier.met.get(texts) or self.replier.outcome(texts)

    @property
    def headers(self) -> str:
        return ", ".join(column.header for column in self.columns[:3])
