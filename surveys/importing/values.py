"""Cells of a file as what a question takes: options by code or label, several in a cell or one in a column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import assert_never

from surveys.importing.folding import fold
from surveys.importing.likeness import surely
from surveys.importing.mapping import Column
from surveys.questions import AgeBand, Date, Grid, Invalid, Option, Question, Ranking, Widget
from surveys.words import _

Cells = Sequence[tuple[Column, str]]
_UNTICKED = frozenset({"", "0", "non", "no", "n", "faux", "false", "non selectionne", "not selected"})
_YES = {"oui": frozenset({"yes", "y", "o", "1", "vrai", "true"}), "non": frozenset({"no", "n", "0", "faux", "false"})}
SEPARATORS = ";|\n,"


def raw(question: Question, cells: Cells) -> object:
    """Return what `Question.clean` reads for the cells of one row; raise `Invalid`."""
    cells = [(column, "" if text and left_empty(column, text) else text) for column, text in cells]
    match question.widget:
        case Widget.RADIOS | Widget.SCALE:
            return _one(question, cells)
        case Widget.CHECKBOXES:
            return _several(question, cells)
        case Widget.RANKING:
            return _ranked(question, cells)
        case Widget.GRID:
            return _grid(question, cells)
        case Widget.LINE | Widget.PARAGRAPH:
            return "\n".join(text for _column, text in cells if text)
        case Widget.NUMBER | Widget.DATE | Widget.NOTE:
            return _last(cells)
        case unknown:
            assert_never(unknown)


# A file is made of few days.
@lru_cache(maxsize=2_000)
def day(text: str) -> dt.date:
    """Return the day of a date or a moment, however a tool writes it; raise `Invalid`."""
    first = re.split(r"[T ]", text.strip(), maxsplit=1)[0] if re.match(r"\d{1,4}[-/.]", text.strip()) else text
    if re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", first):
        first = "/".join(reversed(first.split("/")))
    return dt.date.fromisoformat(Date(name="jour", label="").clean(first))


def _last(cells: Cells) -> str:
    texts = [text for column, text in cells if text and not column.other]
    return texts[0] if texts else ""


def _precision(cells: Cells) -> str:
    return " ".join(text for column, text in cells if column.other and text)


def _one(question: Question, cells: Cells) -> object:
    column = next((column for column, _text in cells if not column.other), None)
    text, precision = _last(cells), _precision(cells)
    other = next((option for option in question.options if option.other), None)
    if not text:
        return {"choice": other.code, "other": precision} if precision and other else None
    code = code_of(question, text, column)
    if code is None and other is not None:
        return {"choice": other.code, "other": precision or text}
    if code is None:
        raise _unknown(question, text)
    return {"choice": code, "other": precision} if precision else code


def _several(question: Question, cells: Cells) -> object:
    codes: list[str] = []
    for column, text in cells:
        if column.option and fold(text) not in _UNTICKED:
            codes.append(_option(question, column.option).code)
        elif text and not column.option and not column.other:
            codes += _split(question, text, column)
    precision = _precision(cells)
    other = next((option for option in question.options if option.other), None)
    if precision and other is not None:
        codes.append(other.code)
    chosen = list(dict.fromkeys(codes))
    return {"choices": chosen, "other": precision} if precision else chosen


def _ranked(question: Question, cells: Cells) -> object:
    ranked = sorted((pair for pair in cells if pair[0].rank and pair[1]), key=lambda pair: pair[0].rank)
    if ranked:
        return [_known(question, text, column) for column, text in ranked]
    return [code for column, text in cells if text for code in _split(question, text, column)]


def _grid(question: Question, cells: Cells) -> object:
    return {_line(question, column.row): _known(question, text, column) for column, text in cells if text}


def _line(question: Question, text: str) -> str:
    """Return the code of the line of a grid that a text names, "" when none is."""
    folded = fold(text)
    lines = question.rows if isinstance(question, Grid) else ()
    return next((line.code for line in lines if folded in (fold(line.code), fold(line.label))), "")


def _known(question: Question, text: str, column: Column) -> str:
    code = code_of(question, text, column)
    if code is None:
        raise _unknown(question, text)
    return code


def _option(question: Question, code: str) -> Option:
    found = code_of(question, code, None)
    option = question.option(found) if found else None
    if option is None:
        raise _unknown(question, code)
    return option


def _unknown(question: Question, text: str) -> Invalid:
    labels = ", ".join(option.label for option in question.options[:12])
    return Invalid(_("« %(text)s » n’est pas une des réponses\u00a0: %(labels)s.", text=text[:80], labels=labels))


def _split(question: Question, text: str, column: Column) -> list[str]:
    """Return the codes of a cell that holds several; labels may hold the separator themselves."""
    codes = []
    for piece, code in pieces(question, text, column):
        if code is None:
            raise _unknown(question, piece)
        codes.append(code)
    return codes


def pieces(question: Question, text: str, column: Column) -> list[tuple[str, str | None]]:
    """Return the answers of a cell with their codes, None where unknown, parted by what makes the most of them known.

    What the column says comes first; a space parts codes alone.
    """
    if (whole := _named(question, text, column)) is not None:
        return [(text, whole)]
    best: list[tuple[str, str | None]] = [(text, None)]
    for separator in dict.fromkeys((*filter(None, [column.separator]), *SEPARATORS)):
        if separator in text:
            found = parted(question, text, separator, column)
            if (len(best) == 1 and separator == column.separator) or _known_share(found) > _known_share(best):
                best = found
    words = text.split()
    by_code = {fold(option.code): option.code for option in question.options}
    if _known_share(best) < 1 and len(words) > 1 and all(fold(word) in by_code for word in words):
        return [(word, by_code[fold(word)]) for word in words]
    if _known_share(best) < 1 and (whole := code_of(question, text, column)) is not None:
        return [(text, whole)]
    return [(piece, code) for piece, code in best if not left_empty(column, piece)]


def _known_share(found: Sequence[tuple[str, str | None]]) -> float:
    return sum(code is not None for _piece, code in found) / max(len(found), 1)


def parted(question: Question, text: str, separator: str, column: Column) -> list[tuple[str, str | None]]:
    """Return the answers of a cell parted by one separator and by no other, None where unknown."""
    left = [piece.strip() for piece in text.split(separator) if piece.strip()]
    found: list[tuple[str, str | None]] = []
    while left:
        code, used = _longest(question, left, separator, column)
        found.append((separator.join(left[:used]), code))
        left = left[used:]
    return found


def _longest(question: Question, left: Sequence[str], separator: str, column: Column) -> tuple[str | None, int]:
    # An answer holds no more pieces than words: a long cell is not tried whole again and again.
    known = (*column.values, *(fold(words) for option in question.options for words in (option.code, option.label)))
    most = max((len(words.split()) for words in known), default=0) + 1
    # Articles do not count in the words of an answer, but « deux|un » is two answers, not « deux » alone.
    for length in range(min(len(left), most), 1, -1):
        if (code := _named(question, separator.join(left[:length]), column)) is not None:
            return code, length
    return code_of(question, left[0], column), 1


def left_empty(column: Column, text: str) -> bool:
    """Whether the mapping says that a text counts as no answer."""
    return column.values.get(fold(text)) == ""


def code_of(question: Question, text: str, column: Column | None) -> str | None:
    """Return the code of the option a text names, or surely means; an age falls in its band."""
    found = _named(question, text, column)
    return surely(question.options, text) if found is None else found


def _named(question: Question, text: str, column: Column | None) -> str | None:
    folded = fold(text)
    if column is not None and folded in column.values:
        folded = fold(column.values[folded])
    for option in question.options:
        if folded in (fold(option.code), fold(option.label)) or folded in _YES.get(option.code, ()):
            return option.code
    if isinstance(question, AgeBand) and text[:1] not in "<>+-" and re.fullmatch(r"\d{1,3}( ans)?", folded):
        return _band(question.options, int(folded.split()[0]))
    return None


def _band(options: Sequence[Option], age: int) -> str | None:
    """Return the band of an age, read in the codes: `18-24`, `moins-15`, `75-plus`."""
    for option in options:
        numbers = [int(number) for number in re.findall(r"\d+", option.code)]
        if len(numbers) == 2 and numbers[0] <= age <= numbers[1]:
            return option.code
        if len(numbers) == 1 and (age < numbers[0] if "moins" in option.code else age >= numbers[0]):
            return option.code
    return None


def check(question: Question, column: Column) -> str:
    """Return why a column cannot serve a question, "" when it can."""
    codes = {option.code for option in question.options}
    if column.option and code_of(question, column.option, None) not in codes:
        return _("la réponse « %(code)s » n’existe pas", code=column.option)
    if (question.widget is Widget.GRID) != bool(column.row):
        return _("« row » dit la ligne d’une grille, et d’une grille seulement")
    if column.row and not _line(question, column.row):
        return _("la ligne « %(row)s » n’existe pas", row=column.row)
    if column.rank and not isinstance(question, Ranking):
        return _("« rank » ne sert qu’à un classement")
    if column.option and question.widget is not Widget.CHECKBOXES:
        return _("« option » ne sert qu’à un choix multiple")
    return ""
