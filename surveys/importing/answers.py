"""Rows of a file as submissions: what is refused says where and why, what is doubtful is shown, nothing is written.

Every reply goes through `Question.reply`, as on any other channel.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from surveys.collect import Submission
from surveys.definition import Questionnaire
from surveys.importing import values
from surveys.importing.circumstances import Circumstances
from surveys.importing.mapping import WHOLE_ROW, Column, MappingError, Plan
from surveys.importing.places import Places
from surveys.importing.reading import Prepared, Reading, Refusal, Remark, RowError, RowRead
from surveys.importing.replying import Asked, Outcome, Replier
from surveys.importing.tables import Table
from surveys.models import Channel, PlaceRole
from surveys.questions import Question, Reply, Scale
from surveys.relevance import asked, broken
from surveys.words import _

#: A null would cut a text short, and half of a character cannot be written anywhere.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Reader:
    """Reads the rows of one table under one plan; `channel` and `today` serve where the file says nothing."""

    table: Table
    plan: Plan
    questionnaire: Questionnaire
    name: str
    places: Places
    channel: Channel
    today: dt.date

    def read(self) -> Reading:
        """Return every row prepared or refused; raise `MappingError` when the plan does not suit the file."""
        reading = Reading()
        for row in self.rows():
            reading.take(row)
        return reading

    def rows(self, order: Iterable[int] | None = None) -> Iterator[RowRead]:
        """Yield what each row becomes, in an order of indexes if one is given; blank rows are left out."""
        questions = self.asked
        for index in range(len(self.table.rows)) if order is None else order:
            cells = [cell.strip() for cell in self.table.rows[index]]
            if any(cells):
                yield self._row(index, cells, questions)

    @cached_property
    def _given(self) -> Circumstances:
        return Circumstances(self.table, self.plan, self.channel, self.today)

    @cached_property
    def asked(self) -> list[Asked]:
        """The questions the file answers with their columns; raises `MappingError` or `TableError`."""
        names = {question.name: question for question in self.questionnaire.questions}
        for header in self.plan.headers:
            self.table.column_index(header)
        for column in self.plan.columns:
            if column.question not in names:
                raise MappingError(_no_question(column.question, names))
            if reason := values.check(names[column.question], column):
                raise MappingError(_("Colonne « %(header)s »\u00a0: %(why)s.", header=column.header, why=reason))
        for name in self.plan.constants:
            if name not in names:
                raise MappingError(_no_question(name, names))
        return [found for question in names.values() if (found := self._asked(question)) is not None]

    def _asked(self, question: Question) -> Asked | None:
        columns = tuple(column for column in self.plan.columns if column.question == question.name)
        if question.scale is Scale.NONE or (not columns and question.name not in self.plan.constants):
            return None
        places = tuple(self.table.column_index(column.header) for column in columns)
        replier = Replier(question, columns or (Column("", question.name),), self.plan, self.places)
        constant = self.plan.constants.get(question.name, "")
        return Asked(question, columns, places, replier, itemgetter(*places) if places else lambda _cells: constant)

    @cached_property
    def identifiers(self) -> list[str]:
        """What tells each row apart, by index: its cell, or all its cells and how many times they came before."""
        if self.plan.identifier != WHOLE_ROW:
            place = self.table.column_index(self.plan.identifier)
            return [row[place].strip() for row in self.table.rows]
        met: Counter[str] = Counter()
        found = []
        for row in self.table.rows:
            digest = hashlib.sha256("\0".join(cell.strip() for cell in row).encode("utf-8", "replace")).hexdigest()
            met[digest] += 1
            found.append(f"{digest}-{met[digest]}")
        return found

    @cached_property
    def submission_ids(self) -> list[str]:
        """The id each row is recorded under, by index."""
        return [submission_id(self.name, identifier) for identifier in self.identifiers]

    @cached_property
    def _first(self) -> dict[str, int]:
        """The first row with each identifier that comes several times."""
        times = Counter(self.identifiers)
        first: dict[str, int] = {}
        for index, identifier in enumerate(self.identifiers):
            if times[identifier] > 1:
                first.setdefault(identifier, index)
        return first

    @cached_property
    def _has_rules(self) -> bool:
        sections = self.questionnaire.sections
        questions = self.questionnaire.questions
        return any(section.relevant for section in sections) or any(q.relevant or q.constraint for q in questions)

    def _row(self, index: int, cells: list[str], questions: list[Asked]) -> RowRead:
        read = RowRead(self.table.first_row + index)
        if self.plan.complete and not cells[self.table.column_index(self.plan.complete)]:
            read.unfinished = True
            return read
        try:
            self._check(index, cells)
            self._reply(index, cells, questions, read)
        except RowError as error:
            read.refusals.append(self._refusal(read, error.column, error.reason))
            read.prepared = None
        return read

    def _refusal(self, read: RowRead, column: str, reason: str) -> Refusal:
        return Refusal(self.table.sheet, read.number, column, reason)

    def _check(self, index: int, cells: list[str]) -> None:
        if _UNWRITABLE.search("".join(cells)):
            place = next(place for place, cell in enumerate(cells) if _UNWRITABLE.search(cell))
            reason = _("La cellule contient un caractère qui ne s’écrit pas (nul ou abîmé)\u00a0: retapez-la.")
            raise RowError(self.table.columns[place], reason)
        identifier = self.identifiers[index]
        if not identifier:
            raise RowError(self.plan.identifier, _("L’identifiant est vide\u00a0: donnez-en un à chaque ligne."))
        if (first := self._first.get(identifier, index)) != index:
            known = self.table.first_row + first
            reason = _("L’identifiant est déjà celui de la ligne %(first)s.", first=known)
            raise RowError(self.plan.identifier, reason)

    def _reply(self, index: int, cells: list[str], questions: list[Asked], read: RowRead) -> None:
        sure: dict[PlaceRole, float] = {}
        replies = self._replies(cells, questions, read, sure)
        if read.refusals:
            return
        if not replies:
            raise RowError("", _("La ligne ne contient aucune réponse."))
        day = self._given.day(cells)
        if self._has_rules:
            self._judge(replies, day, questions, read)
        submission = Submission(
            id=self.submission_ids[index],
            channel=self._given.channel(cells),
            day=day,
            replies=replies,
            language=self._given.language(cells),
        )
        if not read.refusals:
            read.prepared = Prepared(read.number, submission, sure, self._given.wordings(cells, read))

    def _replies(
        self, cells: list[str], questions: list[Asked], read: RowRead, sure: dict[PlaceRole, float]
    ) -> dict[str, Reply]:
        replies: dict[str, Reply] = {}
        for one in questions:
            outcome = one.outcome(cells)
            if outcome.reply is not None:
                replies[one.question.name] = outcome.reply
            if outcome.sure:
                sure |= outcome.sure
            if outcome.refused or outcome.remarks or outcome.doubts:
                self._note(one, outcome, read)
        return replies

    def _note(self, one: Asked, outcome: Outcome, read: RowRead) -> None:
        read.doubts += outcome.doubts
        read.remarks += outcome.remarks
        if outcome.refused:
            read.refusals.append(self._refusal(read, one.headers, outcome.refused))

    def _judge(self, replies: Mapping[str, Reply], day: dt.date, questions: list[Asked], read: RowRead) -> None:
        """Refuse what breaks a constraint, and say which answers were to questions that are not put."""
        headers = {one.question.name: one.headers or one.question.name for one in questions}
        for name in asked(self.questionnaire, replies, today=day).dropped:
            words = _("La question n’était pas à poser à cette personne\u00a0: sa réponse n’est pas gardée.")
            read.remarks.append(Remark(headers.get(name, name), words))
        for name, sentence in broken(self.questionnaire, replies, today=day).items():
            read.refusals.append(self._refusal(read, headers.get(name, name), sentence))


def _no_question(name: str, names: Mapping[str, Question]) -> str:
    return _(
        "La question « %(name)s » n’existe pas\u202f; questions\u00a0: %(names)s.", name=name, names=", ".join(names)
    )


def submission_id(questionnaire: str, identifier: str) -> str:
    """Return the id of a row of a file: the same row of the same questionnaire always has the same one."""
    digest = hashlib.sha256(f"{questionnaire}\0{identifier}".encode()).hexdigest()
    return f"import-{digest[:48]}"
