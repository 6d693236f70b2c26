"""A consultation made by hand: what the tests of numbers, sentences, figures and pages are about."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from functools import cache

from analysis import codebook
from analysis.codebook import Codebook, Theme
from analysis.material import Asked, Material, Meeting, Person, Provenance, Voice
from analysis.types import Extract, Status
from surveys.questions import Grid, Number, OneChoice, Option, Question, Ranking, Rating, Reply, SeveralChoices
from surveys.questions import Status as Answered

QUARTIERS = ("La Conte Ozanam", "Le Viguier Saint Jacques", "Bastide Pont Vieux", "Fleming La Reille", "Grazailles")
CHANNELS = ("En ligne", "Téléphone", "Papier")
AGES = ("18 à 24 ans", "25 à 34 ans", "45 à 59 ans", "60 à 74 ans")
#: Theme to how likely a person raises it.
LIKELY = {"securite": 0.56, "proprete": 0.35, "stationnement": 0.12, "commerces": 0.1, "sante": 0.07, "logement": 0.08}
SATISFIED = (
    Option("pas", "Pas du tout satisfait"),
    Option("peu", "Plutôt pas satisfait"),
    Option("assez", "Plutôt satisfait"),
    Option("tres", "Très satisfait"),
)


def person(key: str, **known: object) -> Person:
    """A respondent of whom only what matters to the test is said."""
    return Person(key, **known)  # type: ignore[arg-type]  # the dataclass checks the names


def voice(key: str, *themes: str, person: str = "", meeting: str = "", **known: object) -> Voice:
    """A contribution already coded with theme ids."""
    given: dict[str, object] = {
        "text": f"texte {key}",
        "canal": "",
        "quartiers": (),
        "public": "",
        "status": Status.CODED if themes else Status.NO_OPINION,
        "ideas": 1 if themes else 0,
    }
    return Voice(key=key, person=person, meeting=meeting, themes=frozenset(themes), **(given | known))  # type: ignore[arg-type]


def plan(*ids: str) -> Codebook:
    """A codebook of themes named by their ids; `a/b` is a sub-theme of `a`."""
    themes = tuple(Theme(name, name.capitalize(), parent=name.rpartition("/")[0] or None) for name in ids)
    return Codebook("essai", "Essai", "1", themes)


def material(
    persons: Sequence[Person] = (),
    voices: Sequence[Voice] = (),
    *,
    quartiers: Sequence[str] = (),
    book: Codebook | None = None,
    meetings: Sequence[Meeting] = (),
    asked: Sequence[Asked] = (),
) -> Material:
    """A material with nothing but what is given."""
    themes = sorted({theme for voice in voices for theme in voice.themes})
    return Material(
        title="Contrat de ville",
        territory="Ville d’essai",
        persons=tuple(persons),
        meetings=tuple(meetings),
        voices=tuple(voices),
        asked=tuple(asked),
        codebook=book or plan(*(themes or ["securite"])),
        quartiers=tuple(quartiers),
        provenance=Provenance("Politique de la ville", "1", dt.date(2023, 6, 12), 0.31),
    )


@cache
def shipped() -> Codebook:
    """The codebook of the product, read once."""
    return codebook.shipped("politique-de-la-ville")


@cache
def consultation(number: int = 200, *, seed: int = 4) -> Material:
    """A whole consultation: respondents, texts, rencontres, closed questions, drawn by seed."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    persons = tuple(_someone(chance, rank) for rank in range(number))
    meetings = tuple(_meeting(rank, place) for rank, place in enumerate(QUARTIERS))
    written = tuple(_written(chance, someone) for someone in persons if chance.random() < 0.85)
    lines = tuple(_line(chance, meeting, rank) for meeting in meetings for rank in range(6))
    return material(
        persons,
        (*written, *lines),
        quartiers=QUARTIERS,
        book=shipped(),
        meetings=meetings,
        asked=tuple(_asked(chance, question, persons) for question in questions()),
    )


def _someone(chance: random.Random, rank: int) -> Person:
    places = (*QUARTIERS, "Hors QPV")
    return Person(
        f"p{rank}",
        canal=chance.choices(CHANNELS, (50, 40, 10))[0],
        quartier=chance.choices(places, (25, 20, 22, 8, 17, 8))[0],
        age=chance.choice((*AGES, "")),
        sexe=chance.choices(("Femme", "Homme", "Autre", ""), (58, 36, 1, 5))[0],
        public="Habitants" if rank % 9 else "Acteurs",
        day=dt.date(2023, 6, 1) + dt.timedelta(days=min(rank // 12, 20)),
        sure=chance.random() < 0.9,
    )


def _meeting(rank: int, place: str) -> Meeting:
    kind = ("atelier", "diagnostic-en-marchant", "atelier", "seminaire", "atelier")[rank]
    return Meeting(
        f"m{rank}", kind, f"Rencontre à {place}", dt.date(2023, 5, 3 + rank), 12 + rank, 8, 4 + rank, (place,)
    )


def _themes(chance: random.Random, book: Codebook) -> set[str]:
    found: set[str] = set()
    for theme, likely in LIKELY.items():
        if chance.random() < likely:
            found |= {theme, chance.choice(book.children(theme)).id} if book.children(theme) else {theme}
    return found


def _written(chance: random.Random, someone: Person) -> Voice:
    themes = _themes(chance, shipped())
    status = Status.CODED if themes else chance.choice((Status.NO_OPINION, Status.UNCLASSIFIED))
    return voice(
        f"v-{someone.key}",
        *themes,
        person=someone.key,
        text=f"Ce que dit {someone.key}, avec ses mots.",
        canal=someone.canal,
        quartiers=(someone.quartier,),
        public=someone.public,
        status=status,
        ideas=max(len(themes) // 2, int(status is Status.UNCLASSIFIED)),
    )


def _line(chance: random.Random, meeting: Meeting, rank: int) -> Voice:
    theme = chance.choice(list(LIKELY))
    return voice(
        f"l-{meeting.key}-{rank}",
        theme,
        meeting=meeting.key,
        text=f"Ligne {rank} notée pendant la rencontre.",
        canal="Rencontre",
        quartiers=meeting.quartiers,
        public="Habitants",
        carried_by=3,
    )


def questions() -> tuple[Question, ...]:
    """One closed question of each scale that is counted."""
    subjects = tuple(Option(code, code.capitalize()) for code in LIKELY)
    return (
        OneChoice("logement", "Quel logement occupez-vous ?", options=(Option("hlm", "HLM"), Option("prive", "Privé"))),
        Rating("bien", "Vous sentez-vous bien dans votre quartier ?", options=SATISFIED),
        SeveralChoices("sujets", "Quels sont vos trois sujets prioritaires ?", options=subjects, maximum=3),
        Grid("aspects", "Comment jugez-vous ces éléments ?", options=SATISFIED, rows=subjects),
        Ranking("rang", "Classez ces sujets.", options=subjects, maximum=3),
        Number("annees", "Depuis combien d’années habitez-vous ici ?", unit="ans"),
    )


def _asked(chance: random.Random, question: Question, persons: Sequence[Person]) -> Asked:
    replies = {p.key: _reply(chance, question) for p in persons if chance.random() < 0.9}
    return Asked("en-ligne", question, replies, len(persons))


def _reply(chance: random.Random, question: Question) -> Reply:
    if chance.random() < 0.05:
        return Reply(Answered.DONT_KNOW)
    codes = [option.code for option in question.options]
    if isinstance(question, Grid):
        value: object = {row.code: chance.choices(codes, (4, 3, 2, 1))[0] for row in question.rows}
    elif isinstance(question, Number):
        value = chance.randrange(0, 60)
    elif isinstance(question, SeveralChoices | Ranking):
        value = chance.sample(codes, 3)
    else:
        value = chance.choice(codes)
    return Reply(Answered.ANSWERED, value)


def extracts(made: Material) -> dict[str, tuple[Extract, ...]]:
    """The first texts of each theme, as the analysis would have chosen them."""
    chosen: dict[str, list[Extract]] = {}
    for said in made.voices:
        for theme in said.themes:
            place = said.quartiers[0] if said.quartiers else ""
            chosen.setdefault(theme, []).append(Extract(said.key, said.text, theme, said.canal, place))
    return {theme: tuple(found[:6]) for theme, found in chosen.items()}
