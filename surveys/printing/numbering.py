"""The numbers printed on paper forms and keyed by the agent who enters them: the same on both sides."""

from __future__ import annotations

from surveys.definition import Questionnaire
from surveys.questions import Widget

#: What is keyed for the two answers that are not one; no question offers as many options.
DONT_KNOW, REFUSED = 98, 99


def numbers(questionnaire: Questionnaire) -> dict[str, int]:
    """The number of each question that asks something, from 1, whatever the conditions."""
    asked = (question.name for question in questionnaire.questions if question.widget is not Widget.NOTE)
    return {name: number for number, name in enumerate(asked, 1)}


def letter(rank: int) -> str:
    """The letter of a row of a grid, from 1: a … z, then aa, ab…"""
    letters = ""
    while rank:
        rank, position = divmod(rank - 1, 26)
        letters = chr(ord("a") + position) + letters
    return letters
