"""The 463 people of the demonstration: exact published counts, who is who drawn from the seed."""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from surveys.demo.content import Verbatim, document, returned
from surveys.demo.draw import choose, deal, generator, pick, rank
from surveys.models import Wording

#: Values that stand for the two answers that are not an empty answer.
DONT_KNOW, REFUSED = "?", "!"

Facts = Mapping[str, Any]


@dataclass(slots=True)
class Person:
    """What one person answers, by question name; `themes` are those of their main open answer."""

    questionnaire: str
    number: int
    day: dt.date
    values: dict[str, Any] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()
    #: How the agent noted each open answer, word for word or not, by question.
    noted: dict[str, Wording] = field(default_factory=dict)
    language: str = "fr"

    @property
    def id(self) -> str:
        return f"demo-{self.questionnaire}-{self.number:03d}"


def everyone(seed: int) -> tuple[Person, ...]:
    """Return every person of the three surveys, in the order of their numbers."""
    profile = document("profile")
    return (
        *_online(profile["online"], generator(seed, "en-ligne")),
        *_phone(profile["phone"], generator(seed, "telephone")),
        *_youth(profile["youth"], generator(seed, "jeunes")),
    )


def _online(facts: Facts, rng: random.Random) -> list[Person]:
    people = _people("en-ligne", facts, rng)
    for name in ("quartier", "sexe", "age", "ressenti", "deja_participe"):
        _spread(rng, people, name, facts[name])
    _say(rng, people, "besoins", facts["affinity"])
    _add(rng, people, "idees")
    _add(rng, people, "remarque")
    _rate(rng, people, facts["aspects"])
    _prioritise(rng, people, facts)
    for person in rng.sample(people, facts["ranked"]):
        person.values["suites"] = rank(rng, facts["suites"], maximum=3)
    _settle(rng, people, facts["communes"])
    _report(rng, people, facts)
    return people


def _phone(facts: Facts, rng: random.Random) -> list[Person]:
    people = _people("telephone", facts, rng)
    willing, declined = people[: -facts["declined"]], people[-facts["declined"] :]
    for name in ("quartier", "sexe", "age", "ressenti"):
        _spread(rng, willing, name, facts[name])
    _say(rng, willing, "sujets", facts["affinity"], noted=True)
    _prioritise(rng, willing, facts)
    for person in declined:
        person.values |= dict.fromkeys(("quartier", "ressenti", "sujets", "priorites", "age", "sexe"), REFUSED)
    return people


def _youth(facts: Facts, rng: random.Random) -> list[Person]:
    people = _people("jeunes", facts, rng)
    for name in ("sexe", "situation", "habite_commune", "activites", "projection"):
        _spread(rng, people, name, facts[name])
    for situation, ages in facts["ages"].items():
        _spread(rng, _those(people, "situation", situation), "age", ages)
    _spread(rng, _those(people, "habite_commune", "oui"), "quartier", facts["quartier"])
    for person in _those(people, "habite_commune", "non"):
        person.values["quartier"] = "hors-qpv"
    _say(rng, people, "manque", facts["affinity"], by="situation")
    pupils = _those(people, "situation", "collegien", "lyceen")
    adults = _those(people, "situation", "etudes", "travail")
    for group, needs in ((pupils, facts["informations"]["pupils"]), (adults, facts["informations"]["adults"])):
        _tick(rng, group, "informations", needs, nothing=["rien"])
    _tick(rng, people, "recours", facts["recours"])
    return people


def _people(questionnaire: str, facts: Facts, rng: random.Random) -> list[Person]:
    first = facts["first_day"]
    return [
        Person(questionnaire, number, first + dt.timedelta(days=rng.randrange(facts["days"])))
        for number in range(1, facts["total"] + 1)
    ]


def _those(people: Iterable[Person], name: str, *values: str) -> list[Person]:
    return [person for person in people if person.values.get(name) in values]


def _spread(rng: random.Random, people: Sequence[Person], name: str, counts: Mapping[str, int]) -> None:
    for person, value in zip(people, deal(rng, counts, len(people)), strict=True):
        if value is not None:
            person.values[name] = value


def _tick(
    rng: random.Random, people: Sequence[Person], name: str, counts: Mapping[str, int], *, nothing: Sequence[str] = ()
) -> None:
    for person, options in zip(people, choose(rng, counts, len(people), maximum=len(counts)), strict=True):
        if options or nothing:
            person.values[name] = options or list(nothing)


def _say(
    rng: random.Random,
    people: Sequence[Person],
    question: str,
    affinity: Mapping[str, Mapping[str, float]],
    *,
    by: str = "quartier",
    noted: bool = False,
) -> None:
    """Give each return to one person: of the quartier it names, otherwise where its themes come up more often."""
    silent = list(people)
    texts = list(returned(question))
    rng.shuffle(texts)
    for text in sorted(texts, key=lambda text: place_named(text.text) is None):
        person = pick(rng, silent, [_fit(text, person.values, affinity, by) for person in silent])
        silent.remove(person)
        person.values[question] = text.text
        person.themes, person.language = frozenset(text.themes), text.langue
        if noted:
            person.noted[question] = Wording(text.note)


def _fit(text: Verbatim, values: Mapping[str, Any], affinity: Mapping[str, Mapping[str, float]], by: str) -> float:
    if place := place_named(text.text):
        return float(values.get("quartier") == place)
    weight = 1.0
    for theme in text.themes:
        weight *= affinity.get(theme, {}).get(values.get(by, ""), 1)
    return weight


def _add(rng: random.Random, people: Sequence[Person], question: str) -> None:
    """Give each return to somebody whose main answer already holds its themes, where there is such a person."""
    free = [person for person in people if person.language == "fr"]
    for text in returned(question):
        place = place_named(text.text)
        near = [person for person in free if place is None or person.values.get("quartier") == place]
        alike = [person for person in near if set(text.themes) <= person.themes]
        person = rng.choice(alike or near)
        free.remove(person)
        person.values[question] = text.text


def _rate(rng: random.Random, people: Sequence[Person], aspects: Mapping[str, Facts]) -> None:
    """Rate every row, those who wrote about its theme being rather among the least satisfied."""
    raters = rng.sample(list(people), sum(next(iter(aspects.values()))["counts"]))
    scale = ("pas-satisfait", "peu-satisfait", "assez-satisfait", "tres-satisfait")
    for row, facts in aspects.items():
        theme = facts["theme"]
        ordered = sorted(raters, key=lambda person: 1.5 * rng.random() + (theme not in person.themes))
        codes = [code for code, count in zip(scale, facts["counts"], strict=True) for _ in range(count)]
        for person, code in zip(ordered, codes, strict=True):
            person.values.setdefault("aspects", {})[row] = code


def _prioritise(rng: random.Random, people: Sequence[Person], facts: Facts) -> None:
    chosen = choose(rng, facts["priorites"], facts["prioritised"], maximum=3)
    others = iter(facts["other_priority"])
    for person, options in zip(rng.sample(list(people), facts["prioritised"]), chosen, strict=True):
        person.values["priorites"] = {"choices": options, "other": next(others)} if "autre" in options else options


def _settle(rng: random.Random, people: Sequence[Person], communes: Sequence[str]) -> None:
    """Say for how long people have lived there, and in which commune those from elsewhere live."""
    longest = {"moins-15": 13, "15-17": 16, "18-24": 23, "25-34": 33}
    for person in people:
        if rng.random() < 0.9:
            age = person.values.get("age", "")
            person.values["annees"] = min(int(rng.triangular(0, 48, 6)), longest.get(age, 60))
        if person.values.get("quartier") == "hors-qpv":
            person.values["commune"] = rng.choice(communes)


def _report(rng: random.Random, people: Sequence[Person], facts: Facts) -> None:
    for person in rng.sample(list(people), facts["reported"]):
        person.values["lieu"] = rng.choice(facts["lieux"])
        person.values["jour"] = (person.day - dt.timedelta(days=rng.randrange(1, 30))).isoformat()


@cache
def place_named(text: str) -> str | None:
    """Return the slug of the quartier a text names by its name or one of its aliases, or None."""
    words = f" {_plain(text)} "
    return next((slug for slug, names in _names() if any(f" {name} " in words for name in names)), None)


@cache
def _names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    quartiers = [place for place in document("places")["places"] if place["kind"] == "qpv"]
    return tuple((q["slug"], tuple(_plain(name) for name in (q["name"], *q["aliases"]))) for q in quartiers)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
