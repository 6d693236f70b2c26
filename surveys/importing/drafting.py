"""A questionnaire made from the columns of a file, and the correspondence that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.definition import Questionnaire, load, slug
from surveys.importing.folding import fold
from surveys.importing.layouts.model import Group
from surveys.importing.layouts.proposing import rank_of
from surveys.importing.layouts.tools import is_other
from surveys.importing.profiling import MOST, split
from surveys.words import _

#: The kinds a column may be asked as; those whose columns are gathered keep theirs.
KINDS = (
    "short_text", "long_text", "one_choice", "several_choices", "number", "date", "yes_no", "quartier", "age_band",
)  # fmt: skip
GATHERED = ("several_choices", "grid", "ranking", "long_text")


class DraftError(ValueError):
    """What keeps columns from being a questionnaire, in one French sentence."""


@dataclass(frozen=True, slots=True)
class Field:
    """One group of columns as it is to be asked; `answers` are the different ones of the file."""

    group: Group
    label: str
    kind: str
    answers: Sequence[str]


def made(title: str, fields: Sequence[Field], places: Sequence[tuple[str, str]]) -> Questionnaire:
    """The questionnaire that asks these fields; `places` are the slugs and names of the quartiers."""
    if not fields:
        raise DraftError(_("Gardez au moins une colonne."))
    questions = [_question(name, field, places) for name, field in _named(fields)]
    return load({"title": title, "sections": [{"title": title, "questions": questions}]})


def columns(fields: Sequence[Field]) -> dict[str, Any]:
    """What each column is to the questions of `made`."""
    said: dict[str, Any] = {}
    for name, field in _named(fields):
        for part in field.group.parts:
            said[part.header] = _detail(name, field, part.name)
    return said


def _named(fields: Sequence[Field]) -> list[tuple[str, Field]]:
    """Every field under the name of its question: its code or the words of its label, never twice the same."""
    taken: set[str] = set()
    named = []
    for rank, field in enumerate(fields, start=1):
        short = field.group.key if len(field.group.key) <= 30 else field.label
        base = slug(short)[:40].replace("-", "_").strip("_")
        base = base if base[:1].isalpha() else f"q_{base}"
        name = base if base not in taken else f"{base[:50]}_{rank}"
        taken.add(name)
        named.append((name, field))
    return named


def _question(name: str, field: Field, places: Sequence[tuple[str, str]]) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": field.kind, "name": name, "label": field.label or field.group.label}
    match field.kind:
        case "quartier":
            said["options"] = [{"code": code, "label": label} for code, label in places]
        case "one_choice":
            said["options"] = _options(field.answers, field)
        case "several_choices" if field.group.single:
            answers = dict.fromkeys(piece for text in field.answers for piece in split(text, field.group.separator))
            said["options"] = _options(list(answers), field)
        case "several_choices":
            said["options"] = _parts(field)
        case "grid":
            said["options"] = _options(field.answers, field)
            said["rows"] = _options([part.name for part in field.group.parts], field)
        case "ranking":
            said["options"] = _options(field.answers, field)
        case _:
            pass
    return said


def _parts(field: Field) -> list[dict[str, Any]]:
    names = [part.name for part in field.group.parts if not is_other(part.name)]
    options = _options(names, field)
    if len(names) < len(field.group.parts):
        options.append({"code": "autre", "label": _("Autre"), "other": True})
    return options


def _options(texts: Sequence[str], field: Field) -> list[dict[str, Any]]:
    if len(texts) > MOST:
        raise DraftError(
            _(
                "« %(label)s » a plus de %(most)s réponses différentes\u00a0: faites-en un texte.",
                label=field.label[:80],
                most=MOST,
            )
        )
    options: dict[str, dict[str, Any]] = {}
    for text in texts:
        if fold(text) not in {fold(option["label"]) for option in options.values()}:
            code = slug(text)
            while code in options:
                code = f"{code[:55]}-{len(options) + 1}"
            options[code] = {"code": code, "label": text[:300]}
    if not options:
        raise DraftError(_("« %(label)s » n’a aucune réponse\u00a0: faites-en un texte.", label=field.label[:80]))
    return list(options.values())


def _detail(name: str, field: Field, part: str) -> Mapping[str, Any] | str:
    if not part or field.kind == "long_text":
        separator = field.group.separator
        return {"question": name, "separator": separator} if separator and field.kind == "several_choices" else name
    if field.kind == "ranking":
        return {"question": name, "rank": rank_of(part)}
    if field.kind == "grid":
        return {"question": name, "row": part}
    return {"question": name, "other": True} if is_other(part) else {"question": name, "option": part}
