"""When a question is put and what its answer must satisfy: the expressions of XLSForm that a consultation needs.

What an expression reads:

- ``${age}`` is the answer to the question ``age``; ``${aspects.securite}`` that to one row of a grid; ``.`` the answer
  being judged, in a constraint. A rule reads only questions asked before its own.
- Nothing answered, and a question that was not put, are the empty text: ``${age} = ''``.
- « Ne sait pas » is ``'dont_know'`` and « ne souhaite pas répondre » ``'refused'``, as if they were options: never
  empty, and not a number, so that ``${age} > 60`` is false.
- One choice is the code of its option, « Autre » included: what was written beside it is not read.
- Several choices and a ranking are codes in order: ``selected(${sujets}, 'bus')``, ``count-selected(${sujets})``,
  ``selected-at(${sujets}, 0)`` for the first. A whole grid is the codes given to its rows.
- A day is a text ``2026-06-13``; where a number is needed it is a number of days, so that days are compared and
  subtracted. What is not a number compares as neither less nor more.
- Truths compare as truths, else numbers as numbers, else texts as texts, to the letter.
- ``regex`` must match the whole text, with the plain patterns of `surveys.relevance.patterns`.

A constraint judges only an answer that was given. A rule that cannot be read hides nothing and refuses nothing:
`faults` says so before a questionnaire is published.
"""

from surveys.relevance.checking import Fault, check, faults
from surveys.relevance.course import Course
from surveys.relevance.parser import parse
from surveys.relevance.putting import Asked, asked, broken
from surveys.relevance.syntax import Expression, ExpressionError, questions_read, renamed
from surveys.relevance.wording import sentence
from surveys.relevance.writing import render

__all__ = [
    "Asked",
    "Course",
    "Expression",
    "ExpressionError",
    "Fault",
    "asked",
    "broken",
    "check",
    "faults",
    "parse",
    "questions_read",
    "renamed",
    "render",
    "sentence",
]
