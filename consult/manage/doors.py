"""The pages of a consultation, in the order of the work, and which roles each is for."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _

from surveys.models import Consultation, Role, State

#: The page of residents, the only door that leads out of the pages of the team.
RESIDENTS = "residents.notice"

#: The pages that belong to another, which stays marked in the navigation.
_WITHIN = {
    "field.meetings": frozenset(
        f"field.{name}"
        for name in (
            "meeting",
            "new_meeting",
            "create_meeting",
            "edit_meeting",
            "change_meeting",
            "save_lines",
            "ask_to_remove",
            "device",
            "minutes",
            "notes",
            "read_notes",
            "store_notes",
            "point",
            "save_point",
            "route",
            "tree",
        )
    ),
    "entry.hub": frozenset(
        (
            *(f"entry.{name}" for name in ("sheet", "send", "last", "kiosk_list", "start_kiosk", "kiosk_page")),
            *(f"calls.{name}" for name in ("desk", "call", "end_call", "interview", "end_interview", "board")),
            *(f"calls.{name}" for name in ("set_target", "bring_targets", "call_list", "bring_in", "contact")),
        )
    ),
    "editor.questionnaires": frozenset(
        f"editor.{name}"
        for name in (
            *("new", "create", "version", "differences", "whole", "save_whole", "question", "save_question"),
            *("section", "save_section", "choose_kind", "add", "translate", "save_translation", "review"),
            *("ask_to_discard", "choose_file", "take_file"),
        )
    ),
    "imports.home": frozenset(
        f"imports.{name}"
        for name in (
            "bring",
            "file",
            "read_otherwise",
            "target",
            "set_target",
            "columns",
            "set_columns",
            "quartiers",
            "replies",
            "check",
            "result",
        )
    ),
    "study.coding": frozenset(("study.decide",)),
    "study.quality": frozenset(f"study.{name}" for name in ("double", "double_card", "double_read", "disagreements")),
    "study.twin_groups": frozenset(("study.twin_group",)),
    "study.masking_queue": frozenset(("study.masking_decided", "study.masking_words", "study.mask_words")),
    "study.frozen_versions": frozenset(("study.frozen_version", "study.freeze")),
    "study.families": frozenset(
        f"study.{name}"
        for name in (
            *("write_families", "objectives", "add_objective", "rename_objective", "objective", "write_objective"),
            *("ask_to_delete_objective", "add_action", "action", "write_action", "ask_to_delete_action"),
        )
    ),
    "study.follow_ups": frozenset(
        f"study.{name}" for name in ("follow_up", "write_follow_up", "change_follow_up", "follow_up_sources")
    ),
    "study.restituted": frozenset(("study.write_restitution",)),
    "study.themes": frozenset(
        f"study.{name}"
        for name in (
            *("theme", "rename", "without", "idea", "move", "original"),
            *("sheet", "describe", "new_theme", "add_theme", "settle_emerging", "order", "changes", "undo_change"),
            *("choose_merge", "merge", "choose_retire", "retire", "restore", "choose_parts", "split"),
            *("plan_file", "read_plan_file", "replace_plan"),
        )
    ),
}
FIELD = (Role.LEAD, Role.ANALYST, Role.FACILITATOR)
STUDY = (Role.LEAD, Role.ANALYST)
COLLECT = (Role.LEAD, Role.ANALYST, Role.FACILITATOR, Role.INTERVIEWER)
ORIGINALS = (Role.ANALYST, Role.INTERVIEWER)
COPIL = (Role.LEAD, Role.ANALYST, Role.COPIL)


@dataclass(frozen=True)
class Door:
    """One page a reader may open; `purpose` is one line that says what is done there."""

    endpoint: str
    label: str
    purpose: str
    url: str
    current: bool


def doors(consultation: Consultation, roles: Set[str]) -> list[Door]:
    """The pages these roles open in a consultation."""
    return [
        Door(endpoint, label, purpose, url_for(endpoint, slug=consultation.slug), _is_current(endpoint))
        for label, purpose, endpoint, wanted in _plan()
        if roles & set(wanted) and endpoint in current_app.view_functions and _leads(endpoint, consultation)
    ]


def _plan() -> list[tuple[str, str, str, tuple[Role, ...]]]:
    return [
        (
            _("Page des habitants"),
            _("Ce que voient les habitants, à ouvrir pour répondre ou montrer."),
            RESIDENTS,
            tuple(Role),
        ),
        (
            _("Préparation"),
            _("Identité, dates, notice, quartiers, questionnaires, publication, affiches, équipe."),
            "manage.overview",
            (Role.LEAD,),
        ),
        (
            _("Questionnaires"),
            _("Écrire les questions, les traduire, publier une version."),
            "editor.questionnaires",
            STUDY,
        ),
        (
            _("Rencontres"),
            _("Ateliers, diagnostics en marchant, séminaires : noter ce qui est dit."),
            "field.meetings",
            FIELD,
        ),
        (
            _("Collecte"),
            _("Appeler, saisir un formulaire papier, répondre avec quelqu’un, ouvrir une borne."),
            "entry.hub",
            COLLECT,
        ),
        *_studying(),
    ]


def _studying() -> list[tuple[str, str, str, tuple[Role, ...]]]:
    return [
        (
            _("Import"),
            _("Faire entrer une enquête déjà faite ailleurs : tableur, LimeSurvey, Kobo, Decidim…"),
            "imports.home",
            STUDY,
        ),
        (_("Analyse"), _("Lancer l’analyse des contributions et suivre son avancement."), "study.runs", STUDY),
        (_("Thèmes"), _("Lire ce qui est dit par thème, changer le plan de classement."), "study.themes", STUDY),
        *_checking(),
        (
            _("Versions"),
            _("Figer ce que le comité lit, choisir la version en vigueur, voir ce qui a bougé depuis."),
            "study.frozen_versions",
            STUDY,
        ),
        (
            _("Pré-projet"),
            _("Ranger les pistes en familles, écrire l’arbre d’objectifs et les fiches action."),
            "study.families",
            STUDY,
        ),
        (
            _("Suites données"),
            _("Écrire ce qui est proposé, décidé, fait ou refusé, et la réponse aux habitants."),
            "study.follow_ups",
            STUDY,
        ),
        (
            _("Restitution"),
            _("Rendre les résultats aux habitants : page publique, feuille par quartier, publication."),
            "study.restituted",
            STUDY,
        ),
        (_("Tableau de bord"), _("Ce qui a été fait, ce qui a été dit, par quartier."), "copil.done", COPIL),
    ]


def _checking() -> list[tuple[str, str, str, tuple[Role, ...]]]:
    return [
        (
            _("Relecture"),
            _("Vérifier le classement au clavier, une idée à la fois, les moins sûres d’abord."),
            "study.coding",
            STUDY,
        ),
        (
            _("Qualité"),
            _("Savoir ce que vaut le classement, le faire lire deux fois, trancher les désaccords."),
            "study.quality",
            STUDY,
        ),
        (
            _("Doublons"),
            _("Décider des textes répétés : campagnes, doublons, ou plusieurs personnes du même avis."),
            "study.twin_groups",
            STUDY,
        ),
        (
            _("Masquage"),
            _("Relire ce qui est masqué sans certitude, et ce qui touche à la santé, à la religion ou à un délit."),
            "study.masking_queue",
            ORIGINALS,
        ),
    ]


def _leads(endpoint: str, consultation: Consultation) -> bool:
    """Whether there is something behind the door: residents are shown no draft."""
    return endpoint != RESIDENTS or consultation.state is not State.DRAFT


def _is_current(endpoint: str) -> bool:
    here = request.endpoint or ""
    if endpoint == "manage.overview":
        return here.startswith("manage.")
    return here == endpoint or here in _WITHIN.get(endpoint, ())
