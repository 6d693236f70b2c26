"""The French words of every closed list, in one place for pages, files and slides."""

from __future__ import annotations

from surveys.models import (
    CallOutcome,
    Channel,
    ContactState,
    HalfDay,
    LineKind,
    Manager,
    MeetingKind,
    PlaceKind,
    PlaceMethod,
    Role,
    Speaker,
    Wording,
)
from surveys.words import _

CHANNELS = {
    Channel.ONLINE: _("En ligne"),
    Channel.TELEPHONE: _("Téléphone"),
    Channel.PAPER: _("Papier"),
    Channel.FACE_TO_FACE: _("Face à face"),
    Channel.KIOSK: _("Borne"),
    Channel.MEETING: _("Rencontre"),
    Channel.IMPORT: _("Enquête partenaire"),
}
MEETING_KINDS = {
    MeetingKind.WORKSHOP: _("Atelier"),
    MeetingKind.WALK: _("Diagnostic en marchant"),
    MeetingKind.SEMINAR: _("Séminaire acteurs"),
    MeetingKind.DROP_IN: _("Permanence"),
    MeetingKind.PUBLIC: _("Réunion publique"),
}
LINE_KINDS = {
    LineKind.NEED: _("Besoin"),
    LineKind.ACTION: _("Piste d’action"),
    LineKind.FACT: _("Constat"),
    LineKind.WATCH: _("Point de vigilance"),
    LineKind.DISAGREEMENT: _("Désaccord"),
    LineKind.QUESTION: _("Question"),
}
SPEAKERS = {Speaker.RESIDENT: _("Habitant"), Speaker.ACTOR: _("Acteur"), Speaker.ELECTED: _("Élu")}
#: Who speaks, in the plural of the filter bar.
PUBLICS = {Speaker.RESIDENT: _("habitants"), Speaker.ACTOR: _("acteurs"), Speaker.ELECTED: _("élus")}
WORDINGS = {Wording.QUOTE: _("Mot à mot"), Wording.REPHRASED: _("Reformulé")}
MANAGERS = {Manager.PUBLIC: _("Public"), Manager.LANDLORD: _("Bailleur"), Manager.PRIVATE: _("Privé")}
PLACE_KINDS = {
    PlaceKind.QPV: _("Quartier prioritaire"),
    PlaceKind.LIVED: _("Quartier vécu"),
    PlaceKind.OUTSIDE: _("Hors QPV"),
    PlaceKind.BETWEEN: _("Entre deux quartiers"),
    PlaceKind.UNKNOWN: _("Non précisé"),
}
PLACE_METHODS = {
    PlaceMethod.DECLARED: _("quartier déclaré"),
    PlaceMethod.MEETING: _("lieu de la rencontre"),
    PlaceMethod.POSTER: _("affiche scannée"),
    PlaceMethod.NAMED: _("nommé dans le texte"),
    PlaceMethod.IMPORTED: _("fichier importé"),
}
ROLES = {
    Role.LEAD: _("Chef·fe de projet"),
    Role.ANALYST: _("Chargé·e d’étude"),
    Role.FACILITATOR: _("Animateur·rice"),
    Role.INTERVIEWER: _("Enquêteur·rice"),
    Role.COPIL: _("Membre du COPIL"),
}
#: The languages a questionnaire can be written in, French being the source of the others.
LANGUAGES = {
    "fr": _("français"),
    "en": _("anglais"),
    "ar": _("arabe"),
    "tr": _("turc"),
    "es": _("espagnol"),
}
CALL_OUTCOMES = {
    CallOutcome.DONE: _("Joint"),
    CallOutcome.ABSENT: _("Absent"),
    CallOutcome.LATER: _("À rappeler"),
    CallOutcome.REFUSED: _("Refus"),
    CallOutcome.LANGUAGE: _("Autre langue"),
    CallOutcome.OUTSIDE: _("Hors quartier"),
    CallOutcome.WRONG_NUMBER: _("Faux numéro"),
}
CONTACT_STATES = {
    ContactState.TO_CALL: _("À appeler"),
    ContactState.LANGUAGE: _("Autre langue"),
    ContactState.REFUSED: _("Refus"),
    ContactState.OUTSIDE: _("Hors quartier"),
    ContactState.WRONG_NUMBER: _("Faux numéro"),
}
HALF_DAYS = {HalfDay.MORNING: _("matin"), HalfDay.AFTERNOON: _("après-midi"), HalfDay.EVENING: _("soir")}
TARGET_SEXES = {"": _("tous"), "femme": _("femmes"), "homme": _("hommes"), "autre": _("autre")}
