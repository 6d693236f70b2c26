"""A questionnaire whose questions depend on one another, on the same page and from one page to the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from surveys import definition, relevance
from surveys.models import Channel, Consultation, State
from tests.consult.residents.everything import NOTICE
from tests.surveys.making import version_of

DEFINITION: dict[str, Any] = {
    "title": "Se déplacer",
    "sections": [
        {
            "title": "Vous",
            "questions": [
                {"kind": "yes_no", "name": "bus", "label": "Prenez-vous le bus ?", "dont_know": True},
                {
                    "kind": "short_text",
                    "name": "ligne",
                    "label": "Quelle ligne prenez-vous ?",
                    "relevant": "${bus} = 'oui'",
                    "required": True,
                },
                {
                    "kind": "number",
                    "name": "foyer",
                    "label": "Combien de personnes vivent chez vous ?",
                    "constraint": ". > 0",
                    "constraint_message": "Comptez-vous : une personne au moins.",
                },
                {
                    "kind": "number",
                    "name": "enfants",
                    "label": "Combien d’enfants parmi elles ?",
                    "relevant": "${foyer} > 1",
                    "constraint": ". < ${foyer}",
                    "constraint_message": "Il doit rester une personne adulte.",
                },
            ],
        },
        {
            "title": "Le bus",
            "relevant": "${bus} = 'oui'",
            "questions": [
                {
                    "kind": "several_choices",
                    "name": "gene",
                    "label": "Qu’est-ce qui vous gêne dans le bus ?",
                    "options": [
                        "L’attente",
                        "Le prix",
                        "La propreté",
                        {"code": "autre", "label": "Autre chose", "other": True},
                    ],
                    "shuffled": True,
                },
                {
                    "kind": "long_text",
                    "name": "attente",
                    "label": "Où attendez-vous trop ?",
                    "relevant": "selected(${gene}, 'lattente')",
                },
            ],
        },
        {
            "title": "Sans le bus",
            "relevant": "${bus} = 'non' or ${bus} = 'dont_know'",
            "questions": [{"kind": "long_text", "name": "pourquoi", "label": "Pourquoi pas le bus ?"}],
        },
        {
            "title": "Pour finir",
            "questions": [
                {"kind": "short_text", "name": "mot", "label": "Un dernier mot ?"},
                {
                    "kind": "yes_no",
                    "name": "ecole",
                    "label": "Vont-ils à l’école du quartier ?",
                    "relevant": "${enfants} > 0",
                },
            ],
        },
    ],
}


def add_ruled(session: Session, **chosen: object) -> Consultation:
    """Store the consultation at ``/c/bus/``, open and published, and commit."""
    questionnaire = definition.load(DEFINITION)
    assert relevance.faults(questionnaire) == ()
    given: dict[str, object] = {
        "slug": "bus",
        "title": "Se déplacer à Carcassonne",
        "territory": "Carcassonne",
        "state": State.OPEN,
        "closes_on": dt.date(2099, 6, 30),
        "notice": NOTICE,
        "channels": [channel.value for channel in Channel],
    }
    consultation = Consultation(**(given | chosen))
    session.add(consultation)
    session.flush()
    session.add(version_of(questionnaire, consultation_id=consultation.id, title=questionnaire.title))
    session.commit()
    return consultation
