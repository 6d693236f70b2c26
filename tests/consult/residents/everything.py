"""A consultation that asks in every way there is, with the long words real ones have."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from surveys import definition
from surveys.models import Consultation, Place, PlaceKind, State
from tests.surveys.making import version_of

OPINION = ["Pas du tout satisfait", "Plutôt pas satisfait", "Plutôt satisfait", "Très satisfait"]
APART = {"dont_know": True, "may_refuse": True}
DEFINITION = {
    "title": "Votre quartier, votre avis",
    "sections": [
        {
            "title": "Votre quartier",
            "help": "Pour commencer, dites-nous d’où vous parlez.",
            "questions": [
                {
                    "kind": "note",
                    "name": "lire",
                    "label": "Avant de commencer",
                    "help": "Il n’y a pas de bonne réponse : c’est votre expérience qui compte.",
                },
                {
                    "kind": "quartier",
                    "name": "quartier",
                    "label": "Dans quel quartier habitez-vous ?",
                    "required": True,
                    "may_refuse": True,
                },
                {
                    "kind": "yes_no",
                    "name": "deja",
                    "label": "Avez-vous déjà participé à une réunion de quartier ?",
                    **APART,
                },
                {
                    "kind": "number",
                    "name": "annees",
                    "label": "Depuis combien d’années y habitez-vous ?",
                    "minimum": 0,
                    "maximum": 110,
                    "unit": "ans",
                    **APART,
                },
                {"kind": "date", "name": "arrivee", "label": "Quand y êtes-vous venu la première fois ?", **APART},
            ],
        },
        {
            "title": "La vie dans le quartier",
            "questions": [
                {
                    "kind": "scale",
                    "name": "ressenti",
                    "label": "Comment vous sentez-vous dans votre quartier ?",
                    "options": ["Très mal", "Plutôt mal", "Plutôt bien", "Très bien"],
                    "required": True,
                    **APART,
                },
                {
                    "kind": "grid",
                    "name": "avis",
                    "label": "Que pensez-vous de ces aspects de votre quartier ?",
                    "help": "Une réponse par ligne.",
                    "rows": [
                        "La sécurité et la tranquillité publique",
                        "L’accès aux soins",
                        "Les espaces verts et les aires de jeux",
                    ],
                    "options": OPINION,
                    **APART,
                },
                {
                    "kind": "several_choices",
                    "name": "sujets",
                    "label": "Sur quels sujets faut-il agir en priorité dans votre quartier ?",
                    "maximum": 3,
                    "options": [
                        "La sécurité et la tranquillité",
                        "La propreté des rues et des immeubles",
                        "Les transports",
                        "L’accès à la santé",
                        "Les commerces",
                        {"code": "autre", "label": "Autre (à préciser)", "other": True},
                    ],
                    **APART,
                },
                {
                    "kind": "ranking",
                    "name": "ordre",
                    "label": "Classez ces trois projets, du plus utile au moins utile.",
                    "options": ["Éclairer les chemins", "Refaire les jeux", "Ouvrir un café associatif"],
                    **APART,
                },
                {
                    "kind": "long_text",
                    "name": "besoins",
                    "label": "De quoi votre quartier a-t-il le plus besoin ?",
                    "help": "Quelques mots suffisent. Écrivez comme vous parlez.",
                    **APART,
                },
            ],
        },
        {
            "title": "Vous",
            "help": "Ces questions servent à vérifier que tout le monde a pu s’exprimer.",
            "questions": [
                {"kind": "age_band", "name": "age", "label": "Quel âge avez-vous ?", **APART},
                {
                    "kind": "one_choice",
                    "name": "situation",
                    "label": "Quelle est votre situation ?",
                    "options": [
                        "En emploi",
                        "Sans emploi",
                        "À la retraite",
                        {"code": "autre", "label": "Autre", "other": True},
                    ],
                    **APART,
                },
                {
                    "kind": "short_text",
                    "name": "rue",
                    "label": "Quel est le nom de votre rue ou de votre résidence ?",
                    **APART,
                },
            ],
        },
    ],
}
NOTICE = {
    "controller": "La Ville de Carcassonne et son agglomération",
    "purpose": "Préparer le contrat de ville 2024-2030 avec celles et ceux qui vivent dans les quartiers",
    "legal_basis": "La mission d’intérêt public de la commune (RGPD, article 6, paragraphe 1, e).",
    "optional": "Toutes les questions sont facultatives, sauf celles qui disent le contraire.",
    "recipients": "L’équipe du contrat de ville. Le comité de pilotage ne voit que des totaux et des phrases sans nom.",
    "retention": "Vos réponses sont gardées jusqu’à la fin du contrat de ville, en 2030, puis effacées.",
    "rights": "Avec votre code, vous pouvez revoir votre réponse et l’effacer.",
    "dpo": "La déléguée à la protection des données : dpo@exemple.fr",
    "complaint": "Vous pouvez écrire à la CNIL, 3 place de Fontenoy, 75007 Paris.",
}
PLACES = ("Grazailles", "La Conte Ozanam", "Le Viguier Saint Jacques")


def add_everything(session: Session, **chosen: object) -> Consultation:
    """Store and commit the consultation, open today unless ``chosen`` says otherwise."""
    questionnaire = definition.load(DEFINITION)
    given: dict[str, object] = {
        "slug": "tout",
        "title": "Votre quartier, votre avis",
        "territory": "Carcassonne",
        "introduction": "Dites ce qui va, ce qui ne va pas, et ce qui changerait votre vie de tous les jours.",
        "state": State.OPEN,
        "closes_on": dt.date(2099, 6, 30),
        "notice": NOTICE,
    }
    consultation = Consultation(**(given | chosen))
    session.add(consultation)
    session.flush()
    for position, name in enumerate(PLACES):
        place = Place(
            consultation_id=consultation.id,
            slug=definition.slug(name),
            name=name,
            kind=PlaceKind.QPV,
            position=position,
        )
        session.add(place)
    session.add(version_of(questionnaire, consultation_id=consultation.id, title=questionnaire.title))
    session.commit()
    return consultation
