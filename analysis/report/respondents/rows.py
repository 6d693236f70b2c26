"""Respondents as columns: what is known of them, what they ticked, the themes they raise. No text, no key, no day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from analysis import cross
from analysis.material import Material, Person
from analysis.profile import age_order
from analysis.report.respondents.answers import columns, ticked
from analysis.report.respondents.variables import Names, Variable, coded
from surveys.words import _


def variables(material: Material) -> list[Variable]:
    """Return the columns; the order of the lines says nothing of the order of arrival, for keys are drawn."""
    persons = sorted(material.persons, key=lambda person: person.key)
    names, keys = Names(), [person.key for person in persons]
    known = list(_known(material, persons, names))
    asked = [column for one in material.asked for column in columns(one, keys, names.name)]
    return [*known, *asked, *_themes(material, persons, names)]


def _known(material: Material, persons: Sequence[Person], names: Names) -> Iterator[Variable]:
    ranks = tuple(float(rank) for rank in range(1, len(persons) + 1))
    yield Variable(names.name("ligne"), _("Numéro de la ligne, propre à ce fichier"), ranks, measure="scale")
    for facet, label in (("canal", _("Canal")), ("public", _("Public")), ("sexe", _("Sexe"))):
        given = [str(getattr(person, facet)) for person in persons]
        yield coded(names.name(facet), label, given, sorted(set(given) - {""}))
    ages = [person.age for person in persons]
    yield coded(names.name("age"), _("Âge"), ages, sorted(set(ages) - {""}, key=age_order), measure="ordinal")
    places = [person.quartier for person in persons]
    order = [*material.quartiers, *sorted(set(places) - {""})]
    yield coded(names.name("quartier"), _("Quartier d’habitation"), places, order)
    sure = tuple(float(person.sure) if person.quartier else None for person in persons)
    yield Variable(names.name("quartier_declare"), _("Quartier déclaré, et non déduit"), sure, ticked())


def _themes(material: Material, persons: Sequence[Person], names: Names) -> Iterator[Variable]:
    """Who gave an opinion in their own words, then each theme among them: its mean is the share of the pages."""
    spoke = cross.speakers(material)
    raised = defaultdict[str, set[str]](set)
    for voice in material.voices:
        for code in voice.themes if voice.person in spoke else ():
            raised[code].add(voice.person)
    said = tuple(float(person.key in spoke) for person in persons)
    yield Variable(names.name("s_exprime"), _("A donné un avis avec ses mots"), said, ticked())
    for theme in material.codebook.themes:
        told = theme.label
        if theme.parent is not None:
            told = f"{material.codebook.root_of(theme.id).label}\u00a0: {theme.label}"
        cells = tuple(float(p.key in raised[theme.id]) if p.key in spoke else None for p in persons)
        yield Variable(names.name(f"t_{theme.id}"), _("Évoque\u00a0: %(theme)s", theme=told), cells, ticked())
