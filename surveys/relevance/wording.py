"""A rule said in French, for who writes it in an editor and for who reads why a question stands on the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from surveys.definition import Questionnaire
from surveys.questions import Grid, Question, Scale, Status
from surveys.relevance.parser import readable
from surveys.relevance.syntax import (
    And,
    Calculate,
    Call,
    Compare,
    Expression,
    Itself,
    Minus,
    Number,
    Or,
    Reference,
    Text,
)
from surveys.relevance.values import days, text_of_number
from surveys.words import _

LONGEST_LABEL = 90
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def sentence(text: str, questionnaire: Questionnaire, *, itself: Question | None = None) -> str:
    """Return the clause that follows « si », such as « « Quel âge ? » est « 60 à 74 ans » »; empty without a rule.

    A rule that cannot be read is given as it was written. `itself` is the question a constraint judges.
    """
    expression = readable(text)
    if expression is None:
        return text.strip()
    return _Speaker({question.name: question for question in questionnaire.questions}, itself).clause(expression)


class _Speaker:
    """Says the parts of one rule with the labels of one questionnaire."""

    def __init__(self, questions: Mapping[str, Question], itself: Question | None) -> None:
        self._questions = questions
        self._itself = itself

    def clause(self, expression: Expression) -> str:
        """What is true or not."""
        match expression:
            case And(parts):
                return _(" et ").join(self._part(part) for part in parts)
            case Or(parts):
                return _(" ou ").join(self._part(part) for part in parts)
            case Compare(operator, left, right):
                return self._comparison(operator, left, right)
            case Call("not", (operand,)):
                return self._negated(operand)
            case Call("true", ()):
                return _("toujours")
            case Call("false", ()):
                return _("jamais")
            case Call(function, arguments):
                return self._called(function, arguments)
            case _:
                return _("%(answer)s a une réponse", answer=self._thing(expression))

    def _part(self, part: Expression) -> str:
        said = self.clause(part)
        return f"({said})" if isinstance(part, And | Or) else said

    def _negated(self, operand: Expression) -> str:
        match operand:
            case Call("selected", (asked, Text(code))) if self._takes_several(asked):
                return _(
                    "%(answer)s ne comprend pas %(value)s", answer=self._thing(asked), value=self._code(asked, code)
                )
            case Call("selected", (asked, code)):
                return self._comparison("!=", asked, code)
            case _:
                return _("il est faux que %(clause)s", clause=self._part(operand))

    def _called(self, function: str, arguments: tuple[Expression, ...]) -> str:
        things = [self._thing(argument) for argument in arguments]
        match function, arguments:
            case "selected", (asked, Text(code)) if self._takes_several(asked):
                return _("%(answer)s comprend %(value)s", answer=things[0], value=self._code(asked, code))
            case "selected", (asked, code):
                return self._comparison("=", asked, code)
            case "contains", _:
                return _("%(answer)s contient %(value)s", answer=things[0], value=things[1])
            case "starts-with", _:
                return _("%(answer)s commence par %(value)s", answer=things[0], value=things[1])
            case "regex", _:
                return _("%(answer)s suit le motif %(value)s", answer=things[0], value=things[1])
            case _:
                return _("%(answer)s est vrai", answer=self._thing(Call(function, arguments)))

    def _comparison(self, operator: str, left: Expression, right: Expression) -> str:
        answer = self._thing(left)
        if isinstance(right, Text) and not right.value and operator in {"=", "!="}:
            empty = _("%(answer)s est sans réponse", answer=answer)
            return empty if operator == "=" else _("%(answer)s a une réponse", answer=answer)
        value = self._code(left, right.value) if isinstance(right, Text) else self._thing(right)
        return _phrases(_is_day(right))[operator] % {"answer": answer, "value": value}

    def _thing(self, expression: Expression) -> str:
        """What is compared: an answer, a value or what is worked out from them."""
        match expression:
            case Reference(name):
                return self._label(name)
            case Itself():
                return _("la réponse")
            case Text(value):
                return _day(value) or _("« %(text)s »", text=value)
            case Number(value):
                return text_of_number(value).replace(".", ",")
            case Minus(operand):
                return f"−{self._thing(operand)}"
            case Calculate(operator, left, right):
                sign = {"+": "+", "-": "−", "*": "×", "div": "÷", "mod": "mod"}[operator]
                return f"({self._thing(left)} {sign} {self._thing(right)})"
            case Call(function, arguments):
                return self._worth(function, [self._thing(argument) for argument in arguments])
            case _:
                return f"({self.clause(expression)})"

    def _worth(self, function: str, things: list[str]) -> str:
        match function, things:
            case "count-selected", [answer]:
                return _("le nombre de réponses à %(answer)s", answer=answer)
            case "string-length", [answer]:
                return _("le nombre de caractères de %(answer)s", answer=answer)
            case "selected-at", [answer, rank]:
                return _("la réponse de rang %(rank)s à %(answer)s", rank=rank, answer=answer)
            case "coalesce", [first, second]:
                return _("%(first)s ou à défaut %(second)s", first=first, second=second)
            case "today", []:
                return _("la date du jour")
            case (("date" | "number"), [answer]):
                return answer
            case _:
                return f"{function}({' ; '.join(things)})"

    def _question(self, expression: Expression) -> Question | None:
        if isinstance(expression, Itself):
            return self._itself
        return self._questions.get(expression.question) if isinstance(expression, Reference) else None

    def _takes_several(self, expression: Expression) -> bool:
        question = self._question(expression)
        row = isinstance(expression, Reference) and expression.name != expression.question
        return question is not None and not row and question.scale in {Scale.MULTIPLE, Scale.RANKING, Scale.GRID}

    def _label(self, name: str) -> str:
        question = self._questions.get(name.partition(".")[0])
        if question is None:
            return f"${{{name}}}"
        rows = {row.code: row.label for row in question.rows} if isinstance(question, Grid) else {}
        row = rows.get(name.partition(".")[2])
        asked = _("« %(text)s »", text=_short(question.label))
        return _("%(question)s, ligne « %(row)s »,", question=asked, row=_short(row)) if row else asked

    def _code(self, asked: Expression, code: str) -> str:
        question = self._question(asked)
        option = question.option(code) if question else None
        statuses = {str(Status.DONT_KNOW): _("Je ne sais pas"), str(Status.REFUSED): _("Je préfère ne pas répondre")}
        label = option.label if option else statuses.get(code, code) if question else code
        return _day(code) or _("« %(text)s »", text=_short(label))


def _phrases(day: bool) -> dict[str, str]:
    same = {"=": _("%(answer)s est %(value)s"), "!=": _("%(answer)s n’est pas %(value)s")}
    if day:
        return same | {
            "<": _("%(answer)s est avant %(value)s"),
            "<=": _("%(answer)s est au plus tard %(value)s"),
            ">": _("%(answer)s est après %(value)s"),
            ">=": _("%(answer)s est au plus tôt %(value)s"),
        }
    return same | {
        "<": _("%(answer)s est inférieur à %(value)s"),
        "<=": _("%(answer)s est au plus %(value)s"),
        ">": _("%(answer)s est supérieur à %(value)s"),
        ">=": _("%(answer)s est au moins %(value)s"),
    }


def _is_day(expression: Expression) -> bool:
    match expression:
        case Text(value):
            return days(value) is not None
        case Call("today" | "date"):
            return True
        case _:
            return False


def _day(text: str) -> str:
    if days(text) is None:
        return ""
    day = dt.date.fromisoformat(text)
    return _(
        "le %(day)s %(month)s %(year)s",
        day="1er" if day.day == 1 else day.day,
        month=_MONTHS[day.month - 1],
        year=day.year,
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
