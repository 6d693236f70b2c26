"""The fields of a fiche action, as three contrats de ville write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.words import _

#: Before the name of the field of one quartier.
PLACE = "quartier-"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write; `rows` is how tall it is drawn, 1 for a line."""

    name: str
    label: str
    hint: str = ""
    rows: int = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that stand together under one heading."""

    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model of sheet: how the line above the title is called, and its parts in order."""

    code: str
    label: str
    purpose: str
    #: What the bloc and the objective are called.
    bloc: str
    objective: str
    parts: tuple[Part, ...]
    #: A field for each quartier stands in the part of that rank; -1 for none.
    by_place: int = -1

    def with_places(self, places: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
        """The parts, with a field for each quartier, by slug and name, where the model has some."""
        if self.by_place < 0:
            return self.parts
        own = tuple(Field(f"{PLACE}{slug}", name, rows=2) for slug, name in places)
        return tuple(
            Part(part.heading, (*part.fields, *own)) if rank == self.by_place else part
            for rank, part in enumerate(self.parts)
        )


_GOALS = Field("objectifs", _("Objectifs de l’action"))
_PARTNERS = Field("partenaires", _("Partenaires associés"), rows=2)
_PUBLICS = Field("publics", _("Publics visés"), rows=2)

MONTPELLIER = Model(
    "montpellier",
    _("Fiche opérationnelle"),
    _("Quatorze rubriques, du diagnostic à l’évaluation, comme à Montpellier."),
    _("Pilier"),
    _("Enjeu"),
    (
        Part(
            _("Rappel des éléments clés du diagnostic auxquels l’action répond"),
            (
                Field(
                    "diagnostic", _("Éléments de diagnostic"), _("Ce que dit la concertation est ajouté tout seul."), 4
                ),
            ),
        ),
        Part(
            _("Objectifs de l’action et résultats attendus"),
            (
                _GOALS,
                Field("resultats", _("Résultats attendus"), _("Pour les quartiers et leurs habitants.")),
            ),
        ),
        Part(_("Descriptif de l’action"), (Field("descriptif", _("Descriptif"), rows=6),)),
        Part(
            _("Maître d’ouvrage et partenaires associés"),
            (Field("pilote", _("Pilote ou maître d’ouvrage"), rows=1), _PARTNERS),
        ),
        Part(
            _("Périmètre de l’action"),
            (Field("perimetre", _("Périmètre"), _("Un quartier, plusieurs, tous, ou toute la ville."), 1),),
        ),
        Part(_("Publics visés"), (_PUBLICS,)),
        Part(
            _("Calendrier prévisionnel"),
            (
                Field("debut", _("Date de début"), _("«\u00a0Septembre 2024\u00a0», ou une durée"), 1),
                Field("fin", _("Date de fin"), rows=1),
            ),
        ),
        Part(_("Plan de financement"), (Field("financement", _("Financeurs et montants"), rows=2),)),
        Part(
            _("Évaluation"),
            (
                Field("realisation", _("Indicateurs de réalisation"), _("Prévisionnel au début, réel à la fin.")),
                Field("resultat", _("Indicateurs de résultats"), _("Prévisionnel au début, réel à la fin.")),
            ),
        ),
        Part(
            _("Prise en compte des approches transversales"),
            (
                Field(
                    "transversal",
                    _("Approches transversales"),
                    _("Jeunesse, égalité entre les femmes et les hommes, lutte contre les discriminations."),
                    2,
                ),
            ),
        ),
    ),
)
MOISSAC = Model(
    "moissac",
    _("Feuille de route"),
    _("Action, objectifs, cible, délais, acteurs, financeurs, comme à Moissac."),
    _("Pilier"),
    _("Orientation"),
    (
        Part(_("Effectué"), (Field("effectue", _("Ce qui est déjà fait")),)),
        Part(
            _("Mobilisation nationale"),
            (Field("mobilisation", _("Mesures nationales"), _("Et leur statut\u00a0: fait, en cours…"), 2),),
        ),
        Part(
            _("Plan d’action à déployer"),
            (
                _GOALS,
                Field("publics", _("Cible"), _("«\u00a0Tout public\u00a0», «\u00a018-25 ans\u00a0»…"), 1),
                Field("fin", _("Délais"), _("«\u00a0En continu\u00a0», «\u00a0jusqu’en 2026\u00a0»…"), 1),
                Field("partenaires", _("Acteurs"), rows=2),
                Field("financement", _("Financeurs potentiels"), rows=2),
            ),
        ),
        Part(_("Observations – freins"), (Field("observations", _("Observations et freins")),)),
    ),
)
TOULOUSE = Model(
    "toulouse",
    _("Programme d’actions par quartier"),
    _("Une proposition commune, sa déclinaison quartier par quartier, ses indicateurs, comme à Toulouse."),
    _("Pilier"),
    _("Programme d’actions thématique"),
    (
        Part(_("Proposition"), (_GOALS, Field("descriptif", _("Proposition"), rows=5))),
        Part(_("Déclinaison par quartier"), ()),
        Part(_("Acteurs"), (Field("pilote", _("Pilote"), rows=1), _PARTNERS)),
        Part(
            _("Indicateurs"),
            (
                Field("realisation", _("Indicateurs")),
                Field("source", _("Source"), rows=1),
                Field("millesime", _("Millésime"), rows=1),
                Field("lien", _("Lien avec les objectifs stratégiques du contrat de ville"), rows=2),
            ),
        ),
    ),
    by_place=1,
)
MODELS = {model.code: model for model in (MONTPELLIER, MOISSAC, TOULOUSE)}
