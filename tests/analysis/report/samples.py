"""Consultations made for the tests of what the committee takes away, from the usual to the extreme."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from analysis.briefing import Briefing, brief
from analysis.codebook import Codebook, Theme, shipped
from analysis.material import Asked, Material, Meeting, Person, Provenance, Voice
from analysis.types import Extract, Status
from surveys.questions import AgeBand, Grid, OneChoice, Option, Ranking, Rating, Reply, SeveralChoices
from surveys.questions import Status as Answered

QUARTIERS = ("La Conte Ozanam", "Le Viguier Saint Jacques", "Bastide Pont Vieux", "Fleming La Reille", "Grazailles")
AGES = tuple(option.label for option in AgeBand(name="age", label="Âge").options)
CHANNELS = ("En ligne", "En ligne", "Téléphone", "Papier")
SAID = (
    "Le soir on n’ose plus passer devant l’école, il faudrait une vraie présence, pas juste une voiture qui passe.",
    "Éclairer le chemin entre les immeubles et l’arrêt de bus.",
    "Les gens ne disent rien par peur des représailles.",
    "ya trop de poubelles qui debordent et personne ramasse, les rats sont partout derriere la tour et les enfants "
    "jouent à coté, ça fait dix ans qu’on le dit à la mairie et au bailleur et rien ne change jamais vraiment.",
)
TODAY = dt.date(2023, 7, 6)


def usual(
    *, people: int = 463, quartiers: Sequence[str] = QUARTIERS, title: str = "Contrat de ville 2024-2030", seed: int = 4
) -> Briefing:
    """A consultation like the reference one: shipped codebook, five quartiers, rencontres, closed questions."""
    book = shipped("politique-de-la-ville")
    return _briefing(book, people, quartiers, title, seed, meetings=_meetings(quartiers))


def discovered(themes: int = 25, *, people: int = 900, label: str = "Mots trouvés ensemble") -> Briefing:
    """A file analysed without a codebook nor quartiers: themes with no sub-themes and no colour."""
    found = tuple(Theme(f"theme-{n}", f"{label} n° {n}") for n in range(1, themes + 1))
    return _briefing(Codebook("decouvert", "Thèmes trouvés", "1", found), people, (), "Question 134", 7)


def nothing() -> Briefing:
    """A consultation that nobody has answered yet."""
    return _briefing(shipped("politique-de-la-ville"), 0, QUARTIERS, "Contrat de ville", 1)


def _briefing(
    book: Codebook, people: int, quartiers: Sequence[str], title: str, seed: int, *, meetings: Sequence[Meeting] = ()
) -> Briefing:
    draw = random.Random(seed)  # noqa: S311  a made-up consultation is no secret
    persons = [_person(draw, number, quartiers) for number in range(people)]
    voices = [_voice(draw, book, person) for person in persons if draw.random() < 0.85]
    voices += [_line(draw, book, meeting, rank) for meeting in meetings for rank in range(8)]
    material = Material(
        title=title,
        territory="Carcassonne Agglo" if quartiers else "",
        persons=tuple(persons),
        meetings=tuple(meetings),
        voices=tuple(voices),
        asked=_asked(draw, persons) if quartiers else (),
        codebook=book,
        quartiers=tuple(quartiers),
        provenance=Provenance(book.label, "3", dt.date(2023, 6, 12), 0.31),
    )
    return brief(material, extracts=_extracts(voices))


def _person(draw: random.Random, number: int, quartiers: Sequence[str]) -> Person:
    places = [*quartiers, ""] if quartiers else [""]
    return Person(
        key=f"p{number}",
        canal=draw.choice(CHANNELS),
        quartier=draw.choice(places),
        age=draw.choice([*AGES[2:], ""]),
        sexe=draw.choice(["Une femme", "Une femme", "Un homme", ""]),
        day=dt.date(2023, 5, 1) + dt.timedelta(days=number % 40),
        sure=draw.random() < 0.9,
    )


def _themes(draw: random.Random, book: Codebook) -> frozenset[str]:
    chosen: set[str] = set()
    for rank, root in enumerate(book.roots(), start=1):
        if draw.random() < 0.56 / rank**0.9:
            chosen.add(root.id)
            below = book.children(root.id)
            if below:
                chosen.add(draw.choice(below).id)
    return frozenset(chosen)


def _voice(draw: random.Random, book: Codebook, person: Person) -> Voice:
    themes = _themes(draw, book)
    return Voice(
        key=f"v-{person.key}",
        text=draw.choice(SAID),
        person=person.key,
        meeting="",
        canal=person.canal,
        quartiers=(person.quartier,) if person.quartier else (),
        public="habitants",
        status=Status.CODED if themes else Status.NO_OPINION,
        themes=themes,
        ideas=max(1, len(themes) // 2),
        ideas_by_theme=dict.fromkeys(themes, 1),
    )


def _meetings(quartiers: Sequence[str]) -> list[Meeting]:
    kinds = ["atelier"] * 12 + ["diagnostic-en-marchant"] * 9 + ["seminaire"]
    return [
        Meeting(f"m{n}", kind, f"Rencontre {n}", dt.date(2023, 6, 1 + n), 8 + n, None, None, _at(n, quartiers))
        for n, kind in enumerate(kinds)
    ]


def _at(number: int, quartiers: Sequence[str]) -> tuple[str, ...]:
    return (quartiers[number % len(quartiers)],) if quartiers else ()


def _line(draw: random.Random, book: Codebook, meeting: Meeting, rank: int) -> Voice:
    root = draw.choice(book.roots())
    return Voice(
        key=f"l-{meeting.key}-{rank}",
        text=draw.choice(SAID),
        person="",
        meeting=meeting.key,
        canal="Rencontre",
        quartiers=meeting.quartiers,
        public="habitants",
        status=Status.CODED,
        themes=frozenset({root.id}),
        ideas=1,
        ideas_by_theme={root.id: 1},
    )


def _extracts(voices: Sequence[Voice]) -> dict[str, tuple[Extract, ...]]:
    found: dict[str, list[Extract]] = {}
    for voice in voices:
        for theme in sorted(voice.themes):
            kept = found.setdefault(theme, [])
            if len(kept) < 4 and voice.text not in {extract.text for extract in kept}:
                kept.append(Extract(voice.key, voice.text, theme, voice.canal, next(iter(voice.quartiers), "")))
    return {theme: tuple(kept) for theme, kept in found.items()}


def _asked(draw: random.Random, persons: Sequence[Person]) -> tuple[Asked, ...]:
    scale = tuple(
        Option(c, c) for c in ("Très insatisfait", "Plutôt insatisfait", "Plutôt satisfait", "Très satisfait")
    )
    rows = ("La sécurité", "L’accès à la santé", "La nature en ville", "Les transports", "La vie associative")
    subjects = tuple(
        Option(f"s{n}", label)
        for n, label in enumerate(("Le cadre de vie et la tranquillité", "Les transports", "L’emploi", "La santé"))
    )
    ease = tuple(Option(c, c) for c in ("Très mal", "Plutôt mal", "Plutôt bien", "Très bien"))
    grid = Grid(
        name="aspects",
        label="Comment jugez-vous les éléments suivants dans votre quartier ?",
        options=scale,
        rows=tuple(Option(f"r{n}", label) for n, label in enumerate(rows)),
    )
    questions = (
        (Rating(name="ressenti", label="Comment vous sentez-vous dans votre quartier ?", options=ease), "rating"),
        (grid, "grid"),
        (SeveralChoices(name="priorites", label="Vos 3 sujets prioritaires", options=subjects, maximum=3), "several"),
        (Ranking(name="ordre", label="Classez ces sujets", options=subjects), "ranking"),
        (OneChoice(name="quartier", label="Dans quel quartier habitez-vous ?", options=subjects), "rating"),
    )
    return tuple(
        Asked("Questionnaire en ligne", question, _replies(draw, question, shape, persons), len(persons))
        for question, shape in questions
    )


def _replies(draw: random.Random, question: object, shape: str, persons: Sequence[Person]) -> dict[str, Reply]:
    replies: dict[str, Reply] = {}
    for person in persons[:180]:
        if draw.random() < 0.05:
            replies[person.key] = Reply(Answered.DONT_KNOW)
            continue
        replies[person.key] = Reply(Answered.ANSWERED, _value(draw, question, shape))
    return replies


def _value(draw: random.Random, question: object, shape: str) -> object:
    codes = [option.code for option in question.options]  # type: ignore[attr-defined]
    match shape:
        case "grid":
            rows = question.rows  # type: ignore[attr-defined]
            return {
                row.code: draw.choices(codes, [1 + rank, 3, 4, 1 + len(rows) - rank])[0]
                for rank, row in enumerate(rows)
            }
        case "rating":
            return draw.choices(codes, range(1, len(codes) + 1))[0]
        case _:
            return draw.sample(codes, 3)
