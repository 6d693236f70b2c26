"""The only reader of answers for figures: each function is one SELECT of columns, never objects."""

from surveys.read.people import (
    AGE,
    SEX,
    MeetingRow,
    PersonRow,
    QuestionnaireRow,
    ReplyRow,
    meetings,
    persons,
    quartiers,
    questionnaires,
    replies,
)
from surveys.read.voices import LineRow, RunRow, SaidRow, ThemeRow, last_run, lines, said, themes

__all__ = [
    "AGE",
    "SEX",
    "LineRow",
    "MeetingRow",
    "PersonRow",
    "QuestionnaireRow",
    "ReplyRow",
    "RunRow",
    "SaidRow",
    "ThemeRow",
    "last_run",
    "lines",
    "meetings",
    "persons",
    "quartiers",
    "questionnaires",
    "replies",
    "said",
    "themes",
]
