"""Questionnaires to start from, shipped as XLSForm in Markdown tables beside their translations."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import yaml

from surveys import xlsform
from surveys.definition import Questionnaire

_FILES = resources.files("surveys").joinpath("templates")
_ORDER = ("contrat-de-ville", "jeunes", "acteurs")
_PURPOSE = "But : "


@dataclass(frozen=True, slots=True)
class Template:
    """A questionnaire to start from; `purpose` is one sentence for whoever chooses."""

    slug: str
    title: str
    purpose: str
    questionnaire: Questionnaire


@cache
def all() -> tuple[Template, ...]:
    """Every template, the most usual first."""
    return tuple(_template(slug) for slug in _ORDER)


def _template(slug: str) -> Template:
    text = _FILES.joinpath(f"{slug}.md").read_text(encoding="utf-8")
    purpose = next(line.removeprefix(_PURPOSE) for line in text.splitlines() if line.startswith(_PURPOSE))
    questionnaire = xlsform.read_markdown(text)
    questionnaire = dataclasses.replace(questionnaire, translations=translations_in(_FILES.joinpath(slug)))
    return Template(slug, questionnaire.title, purpose, questionnaire)


def translations_in(folder: Traversable) -> Mapping[str, Mapping[str, str]]:
    """What each language file says under the keys of `surveys.translating.texts`."""
    if not folder.is_dir():
        return {}
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return {file.name.removesuffix(".yaml"): yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}
