"""The addresses a page of the committee leads to; the choice of respondents follows the reader everywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from flask import g, request, url_for

from analysis.material import Filter
from analysis.offer import Offer
from consult.copil.choices import asked_for, kept
from surveys.definition import slug

#: What unfolds every theme at once.
ALL = "tous"


def _to(endpoint: str, *, anchor: str | None = None, **parameters: Any) -> str:
    chosen = kept(asked_for()) | parameters
    return url_for(f"copil.{endpoint}", slug=g.consultation.slug, _anchor=anchor, **chosen)


def theme(code: str) -> str:
    """A theme beside the ranking, of the same open question when one was chosen."""
    asked = {"question": request.args["question"]} if request.args.get("question") else {}
    return _to("said", anchor="theme", theme=code, **asked)


def texts(code: str, quartier: str = "") -> str:
    """The texts of a theme, in one quartier when one is given."""
    return _to("verbatims", theme=code, **({"quartier": quartier} if quartier else {}))


def texts_by(code: str, canal: str) -> str:
    """The texts of a theme that came by one channel."""
    return _to("verbatims", theme=code, canal=canal)


def everywhere(code: str) -> str:
    """The texts of a theme, whatever the choice."""
    return url_for("copil.verbatims", slug=g.consultation.slug, theme=code, **kept(Filter()))


def places(quartiers: Iterable[str]) -> dict[str, str]:
    """Each quartier by the word its page bears in its address; two of the same word are told apart by a number."""
    found: dict[str, str] = {}
    for label in quartiers:
        word = slug(label)
        twins = (f"{word}-{number}" for number in count(2))
        found[word if word not in found else next(twin for twin in twins if twin not in found)] = label
    return found


def place(quartiers: Iterable[str]) -> Callable[[str], str]:
    """From a quartier to its page, which reads every answer: of the choice, only the copies follow there."""
    words = {label: word for word, label in places(quartiers).items()}
    choice = kept(Filter(copies=asked_for().copies))
    return lambda label: url_for("copil.quartier", slug=g.consultation.slug, place=words[label], **choice)


def page(number: int) -> str:
    """Another page of the texts being read."""
    return _to("verbatims", theme=request.args["theme"], page=number)


def mapped(code: str) -> str:
    """The matrix with another of its rows on the map, what is unfolded staying so."""
    opened = request.args.getlist("deplier")
    return _to("quartiers", anchor="carte", carte=code, **({"deplier": opened} if opened else {}))


def narrow(offer: Offer) -> Callable[[str], Callable[[str], str]]:
    """From a facet, then a group of respondents, to the same page for it alone; "" where it may not be chosen."""
    return lambda facet: lambda value: _to("done", **{facet: value}) if value in offer[facet] else ""


@dataclass(frozen=True)
class Folds:
    """The address that unfolds a theme of the matrix, or folds it; "" stands for all of them."""

    opened: Collection[str]
    every: Collection[str]

    def __call__(self, code: str) -> str:
        if not code:
            return _to("quartiers", **({} if self.opened else {"deplier": ALL}))
        wanted = [name for name in self.opened if name != code] + ([] if code in self.opened else [code])
        return _to("quartiers", anchor=f"t-{code}", deplier=wanted)
