"""Consultations drawn at random, hard names among them: what the sentences that are read again are written of."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.codebook import Codebook
from analysis.material import Filter, Material, Provenance, Voice
from analysis.reader import Reader
from tests.analysis import made

#: What a team may call a theme.
LABELS = (
    "Les espaces verts et les jeux",
    "École, collège, lycée",
    "L’accès aux soins",
    "« Bien vivre » ensemble",
    "Ensemble",
    "ordures",
    "Hébergement d’urgence & logement",
    "Où est le bus ?",
    "100 % propre",
    "Participation des habitantes et des habitants aux instances, information et fonctionnement du contrat de ville",
)
#: What a quartier may be called.
PLACES = (
    "Le Viguier",
    "Les Serres",
    "L’Estagnol",
    "La Conte Ozanam",
    "Empalot",
    "les Amandiers",
    "le Bas-Faubourg",
    "Cité de l’Espérance – Haut et Bas-Vernet, secteur de la Porte d’Espagne",
    "Îlot 4",
    "Grazailles",
)
KINDS = ("Besoin", "Piste d’action", "Constat")
CONSULTED = (0, 1, 2, 5, 30, 200)


@dataclass(frozen=True)
class Case:
    """One reading of one consultation."""

    material: Material
    choice: Filter
    k: int
    chance: random.Random

    @property
    def reader(self) -> Reader:
        return Reader(self.material, self.choice, self.k)


def cases(number: int) -> Iterator[Case]:
    """So many readings, of consultations of every size, by everyone and by chance choices."""
    for seed in range(number):
        chance = random.Random(seed)  # noqa: S311 - invented data
        material = drawn(CONSULTED[seed % len(CONSULTED)], seed, chance)
        for choice in (Filter(), _choice(chance, material)):
            yield Case(material, choice, chance.choice((5, 5, 11)), chance)


def drawn(size: int, seed: int, chance: random.Random) -> Material:
    """A consultation of `size` persons; half of the time its themes and quartiers bear hard names."""
    base = made.consultation(size, seed=seed)
    if chance.random() < 0.2:
        base = dataclasses.replace(base, meetings=(), voices=tuple(one for one in base.voices if one.person))
    kinds = [dataclasses.replace(one, kind=chance.choice(KINDS) if one.meeting else "") for one in base.voices]
    base = dataclasses.replace(base, voices=tuple(_copied(chance, kinds)))
    return base if chance.random() < 0.3 else _renamed(base, chance)


def _copied(chance: random.Random, voices: Iterable[Voice]) -> Iterator[Voice]:
    share = chance.choice((0.0, 0.1))
    yield from (dataclasses.replace(one, aside=bool(one.person) and chance.random() < share) for one in voices)


def _renamed(base: Material, chance: random.Random) -> Material:
    names = dict(zip(base.quartiers, chance.sample(PLACES, len(base.quartiers)), strict=True))

    def places(old: Iterable[str]) -> tuple[str, ...]:
        return tuple(names.get(place, place) for place in old)

    return dataclasses.replace(
        base,
        quartiers=places(base.quartiers),
        codebook=_relabelled(base.codebook, chance),
        persons=tuple(dataclasses.replace(one, quartier=names.get(one.quartier, one.quartier)) for one in base.persons),
        meetings=tuple(dataclasses.replace(one, quartiers=places(one.quartiers)) for one in base.meetings),
        voices=tuple(dataclasses.replace(one, quartiers=places(one.quartiers)) for one in base.voices),
        provenance=chance.choice(
            (base.provenance, Provenance(), Provenance("Plan", "", None, 0.0, "COPIL", dt.date(2024, 3, 1)))
        ),
    )


def _relabelled(book: Codebook, chance: random.Random) -> Codebook:
    given = iter(chance.sample(LABELS, len(LABELS)))
    hard = {theme.id: next(given, theme.label) for theme in book.roots() if chance.random() < 0.6}
    themes = [dataclasses.replace(theme, label=hard.get(theme.id, theme.label)) for theme in book.themes]
    return dataclasses.replace(book, themes=tuple(themes))


def _choice(chance: random.Random, material: Material) -> Filter:
    return Filter(
        quartier=chance.choice((*material.quartiers, "", "")),
        canal=chance.choice((*made.CHANNELS, "", "", "")),
        sexe=chance.choice(("Femme", "", "")),
        age=chance.choice((made.AGES[0], "", "", "")),
        public=chance.choice(("Habitants", "", "")),
        copies=chance.choice(("sans", "", "")),
    )
