"""Small consultations drawn at random, where masking bites: two questionnaires, sub-themes, copies, rencontres."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.families import Family, Frame, Sides, frame
from analysis.material import Asked, Material, Open, Person, Voice
from analysis.objectives import Goal
from analysis.types import Status
from analysis.weighting import Margin
from surveys.questions import Grid, OneChoice, Option, Question, Ranking, Reply, SeveralChoices
from surveys.questions import Status as Answered
from tests.analysis import made
from tests.analysis.published import Everything

THEMES = ("a", "b", "c", "d", "e")
BELOW = {"a": ("a/x", "a/y"), "b": ("b/x",)}
PLACES, CHANNELS, AGES = (
    ("Nord", "Sud", "Est", "Ouest", ""),
    ("En ligne", "Papier", "Téléphone"),
    ("18 à 24", "60 et plus"),
)
OPEN = (
    Open("web.vecu", "web", "Comment vit-on ici ?"),
    Open("web.idees", "web", "Avez-vous des idées ?"),
    Open("tel.vecu", "tel", "Que faut-il changer ?"),
)
FAMILIES = (Family("f1", "Famille 1", ("a", "b")), Family("f2", "Famille 2", ("c", "a/y")))
GOALS = (Goal("g1", "Objectif 1", (), ("a",)), Goal("g2", "Objectif 2", (), ("b", "c")), Goal("g3", "Trois", ("f1",)))
MARGINS = (
    Margin("quartier", {"Nord": 30, "Sud": 25, "Est": 25, "Ouest": 20}, "Insee", 2020),
    Margin("sexe", {"Femmes": 52, "Hommes": 48}, "Insee", 2020),
)
_OPTIONS = (Option("un", "Un"), Option("deux", "Deux"), Option("trois", "Trois"))


@dataclass(frozen=True)
class Likely:
    """How often each thing is so, drawn once for a consultation."""

    theme: dict[str, float]
    place: tuple[float, ...]
    channel: tuple[float, ...]
    aside: float


def consultation(number: int, *, seed: int) -> Material:
    """So many persons, who raise few themes: most crossings have a handful of them."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    likely = Likely(
        {theme: chance.choice((0.04, 0.08, 0.15, 0.3, 0.6)) for theme in THEMES},
        tuple(chance.choice((1, 2, 6, 12)) for _place in PLACES),
        tuple(chance.choice((1, 4, 10)) for _channel in CHANNELS),
        chance.choice((0.0, 0.0, 0.1)),
    )
    persons = tuple(_person(chance, likely, rank) for rank in range(number))
    voices = [voice for person in persons for voice in _voices(chance, likely, person)]
    book = made.plan(*(one for theme in THEMES for one in (theme, *BELOW.get(theme, ()))))
    asked = [_asked(chance, question, persons) for question in _closed()]
    whole = made.material(persons, voices, quartiers=[one for one in PLACES if one], book=book, asked=asked)
    return replace(whole, open=OPEN)


def everything(number: int, *, seed: int) -> Everything:
    """The same with needs, objectives and margins of the population."""
    material = consultation(number, seed=seed)
    return Everything(material, frame=framed(material), goals=GOALS, margins=MARGINS)


def framed(material: Material) -> Frame:
    """Needs, actions and their families."""
    sides = Sides(frozenset({"Piste"}), frozenset({"Besoin"}), actions=frozenset({"web.idees"}))
    return frame(FAMILIES, sides, material.codebook, {})


def _person(chance: random.Random, likely: Likely, rank: int) -> Person:
    return Person(
        f"p{rank}",
        canal=chance.choices(CHANNELS, likely.channel)[0],
        quartier=chance.choices(PLACES, likely.place)[0],
        age=chance.choice((*AGES, "")),
        sexe=chance.choice(("Femme", "Homme")),
        public=chance.choices(("Habitants", "Acteurs"), (6, 1))[0],
    )


def _voices(chance: random.Random, likely: Likely, person: Person) -> Iterator[Voice]:
    """What a person answers to the open questions of their questionnaire: the main one most often."""
    asked = [OPEN[2]] if person.canal == "Téléphone" else [OPEN[0], *([OPEN[1]] if chance.random() < 0.4 else [])]
    for question in asked:
        roots = {theme for theme, often in likely.theme.items() if chance.random() < often}
        # Some sub-themes are all that is said of their theme.
        subs = {chance.choice(BELOW[theme]) for theme in roots if theme in BELOW and chance.random() < 0.9}
        themes = roots | subs
        silent = chance.choice((Status.NO_OPINION, Status.UNCLASSIFIED))
        yield made.voice(
            f"{person.key}-{question.code}",
            *themes,
            person=person.key,
            canal=person.canal,
            quartiers=(person.quartier,) if person.quartier else (),
            public=person.public,
            question=question.code,
            status=Status.CODED if themes else silent,
            ideas=len(roots),
            aside=chance.random() < likely.aside,
        )


def _closed() -> tuple[Question, ...]:
    return (
        OneChoice("logement", "Quel logement ?", options=_OPTIONS),
        SeveralChoices("sujets", "Quels sujets ?", options=_OPTIONS, maximum=2),
        Grid("aspects", "Et ceci ?", options=_OPTIONS, rows=(Option("l1", "Ligne 1"), Option("l2", "Ligne 2"))),
        Ranking("rang", "Dans quel ordre ?", options=_OPTIONS, maximum=2),
    )


def _asked(chance: random.Random, question: Question, persons: tuple[Person, ...]) -> Asked:
    weights = [chance.choice((1, 3, 12)) for _option in _OPTIONS]
    replies = {one.key: _reply(chance, question, weights) for one in persons if chance.random() < 0.9}
    return Asked("web", question, replies, len(persons))


def _reply(chance: random.Random, question: Question, weights: list[int]) -> Reply:
    if chance.random() < 0.08:
        return Reply(chance.choice((Answered.DONT_KNOW, Answered.DONT_KNOW, Answered.REFUSED)))
    first, second = (chance.choices(_OPTIONS, weights)[0].code for _time in range(2))
    several = [first, second] if first != second else [first]
    if isinstance(question, Grid):
        return Reply(Answered.ANSWERED, {"l1": first, "l2": second})
    return Reply(Answered.ANSWERED, first if isinstance(question, OneChoice) else several)
