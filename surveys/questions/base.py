"""The parts every kind of question shares: widgets, scales, statuses and the `Question` base."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from surveys.words import _

Json = Any  # a JSON value: str, int, float, list or dict, as stored in `Answer.value`


class Widget(StrEnum):
    """The ways to ask; each is one template and one form field."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    SCALE = "scale"
    GRID = "grid"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    NOTE = "note"


class Scale(StrEnum):
    """The ways to count; each is one branch of `analysis.summary.summarise`."""

    NONE = "none"
    TEXT = "text"
    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"
    GRID = "grid"
    RANKING = "ranking"
    NUMERIC = "numeric"
    DATE = "date"


class Status(StrEnum):
    """What a person did with a question put to them; an empty answer has no row at all."""

    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"


class Invalid(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A raw value the question refuses; `message` is one French sentence saying what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `other` opens a free-text precision, `exclusive` excludes every other choice."""

    code: str
    label: str
    other: bool = False
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What is stored for one question: `value` is None unless `status` is ANSWERED."""

    status: Status
    value: Json = None


@dataclass(frozen=True)
class Question:
    """One question of a questionnaire version; subclasses are the kinds.

    `name` is the stable column name (lower case, digits, underscores), unique in its questionnaire.
    `interviewer` is read by the interviewer only. `dont_know` and `may_refuse` offer those two answers,
    which are never an empty answer. `relevant` says when the question is put and `constraint` what its answer must
    satisfy, both as expressions of `surveys.relevance`; `shuffled` draws the order of its options for each person.
    """

    kind: ClassVar[str]
    words: ClassVar[str]
    widget: ClassVar[Widget]
    scale: ClassVar[Scale]

    name: str
    label: str
    help: str = ""
    interviewer: str = ""
    required: bool = False
    dont_know: bool = False
    may_refuse: bool = False
    options: tuple[Option, ...] = ()
    #: False for what serves to run the interview and says nothing to a committee.
    figure: bool = True
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    shuffled: bool = False

    def clean(self, raw: object) -> Json:
        """Return the value to store, or None when nothing was answered; raise `Invalid`."""
        raise NotImplementedError

    def codes(self, value: Json) -> tuple[str, ...]:
        """Return the option codes a stored value ticks; empty for scales that do not count options."""
        return ()

    def reply(self, raw: object, *, status: Status = Status.ANSWERED) -> Reply | None:
        """Return what to store for a raw value or an explicit non-answer; None when left empty."""
        if status is Status.DONT_KNOW and self.dont_know:
            return Reply(status)
        if status is Status.REFUSED and self.may_refuse:
            return Reply(status)
        value = self.clean(raw)
        if value is None and self.required:
            raise Invalid(self.missing())
        return None if value is None else Reply(Status.ANSWERED, value)

    def missing(self) -> str:
        """The sentence shown when a required answer is empty."""
        return _("Répondez à cette question pour continuer.")

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


def text_of(raw: object) -> str:
    """Return a raw value as trimmed text with LF line ends and no NUL."""
    if raw is None or raw == [] or raw == {}:
        return ""
    return str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
