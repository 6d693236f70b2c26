"""XLSForm in and out: the spreadsheet of questions that Kobo, ODK and many others read.

The subset and what happens to the rest are written in ``docs/xlsform.md``.
"""

from __future__ import annotations

from pathlib import Path

from surveys.definition import Questionnaire
from surveys.xlsform.markdown import book_of
from surveys.xlsform.problems import Problem, XlsFormError
from surveys.xlsform.reading import Reading, read_book
from surveys.xlsform.sheets import workbook_of
from surveys.xlsform.workbook import open_book
from surveys.xlsform.writing import sheets_of

__all__ = ["Problem", "Reading", "XlsFormError", "read", "read_markdown", "reading", "write"]


def read(source: bytes | Path | str) -> Questionnaire:
    """Return the questionnaire of an .xlsx form; raise `XlsFormError` with every problem at once."""
    return reading(source).questionnaire


def reading(source: bytes | Path | str) -> Reading:
    """Return the questionnaire of an .xlsx form with what was left out of it; raise `XlsFormError`."""
    return read_book(open_book(source))


def read_markdown(text: str) -> Questionnaire:
    """Return the questionnaire of a form written as Markdown tables; raise `XlsFormError`."""
    return read_book(book_of(text)).questionnaire


def write(questionnaire: Questionnaire, *, name: str = "", version: str = "") -> bytes:
    """Return an .xlsx that `read` gives back equal; raise `XlsFormError` for what no form can hold."""
    return workbook_of(sheets_of(questionnaire, name=name, version=version))
