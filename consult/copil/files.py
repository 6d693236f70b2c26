"""Emporter: every file made of what the pages show, what each holds and who may have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from flask import g, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.briefing import Briefing
from analysis.material import Filter
from consult import security
from consult.copil import beyond, blueprint, choices
from consult.copil.choices import READERS
from consult.copil.room import Room, deck_url, enter, show
from consult.copil.sheets import sheets_url
from consult.copil.standing import may_choose
from consult.database import writing
from consult.extensions import db
from consult.takeaways import DATA, REPORTS, NothingToTakeError, Source
from surveys import staff
from surveys.models import Role

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """One file on offer: its name, what it holds in one sentence, its format in words, where it is."""

    name: str
    holds: str
    kind: str
    url: str


@dataclass(frozen=True)
class Shelf:
    """Files for one use: who may have them, and whether they follow the choice of respondents."""

    name: str
    readers: str
    files: tuple[File, ...]


@blueprint.get("/emporter")
@security.roles(*READERS)
def files(slug: str) -> ResponseReturnValue:
    """What may be taken away, the choice of respondents being that of the pages."""
    room = enter()
    shelves = [_committee(room), _public(), *([_team(room)] if may_choose() else [])]
    return show("files", room, title=_("Ce que vous pouvez emporter"), lede=_lede(), shelves=shelves)


def _lede() -> str:
    said = _("Les mêmes chiffres que les pages. Les fichiers du comité suivent le choix fait ci-dessous.")
    return str(said)


def _committee(room: Room) -> Shelf:
    found = (
        File(
            _("Diaporama"),
            _("Les constats, un par diapositive\u202f; les graphiques se modifient, les notes disent la requête."),
            _("PowerPoint, .pptx"),
            deck_url(room.choice),
        ),
        File(
            _("Rapport"),
            _("À lire et à compléter\u00a0: ce qui a été fait, ce qui a été dit, où, par quel canal, et la méthode."),
            _("Word ou LibreOffice, .docx"),
            _url("document", room.choice),
        ),
        File(
            _("Rapport à imprimer"),
            _("Le même, mis en page et lisible par un lecteur d’écran\u00a0: à envoyer, à imprimer, à archiver."),
            _("PDF accessible, .pdf"),
            _url("pdf", room.choice),
        ),
        File(
            _("Classeur"),
            _("Les tableaux en nombres\u00a0: qui a répondu, thèmes, quartiers, canaux, questions, dictionnaire."),
            _("Excel ou LibreOffice, .xlsx"),
            _url("workbook", room.choice),
        ),
        File(
            _("Fiches action"),
            _("Une fiche par action du pré-projet\u00a0: ce qu’en dit la concertation, puis ses rubriques."),
            _("Word ou LibreOffice, .docx"),
            sheets_url(),
        ),
    )
    return Shelf(
        _("Pour le comité"),
        _("Pour les membres du comité et l’équipe\u00a0: ni nom, ni réponse une à une."),
        tuple(file for file in found if file.url),
    )


def _public() -> Shelf:
    opened = File(
        _("Données ouvertes"),
        _("Des tableaux en texte avec leur dictionnaire, prêts à publier, et la licence proposée."),
        _("CSV, dans une archive .zip"),
        _url("open_data", Filter()),
    )
    said = _(
        "Pour tout le monde, une fois publiées\u00a0: toutes les réponses, aucun groupe de moins de %(k)s personnes."
    )
    return Shelf(_("Pour publier"), said % {"k": g.consultation.k_public}, (opened,))


def _team(room: Room) -> Shelf:
    found = (
        File(
            _("Réponses codées"),
            _("Une ligne par personne\u00a0: ce qu’elle a coché, les thèmes qu’elle évoque. Aucun texte, aucun nom."),
            _("SPSS, R ou jamovi, .sav"),
            _url("respondents", Filter()) if room.material.persons else "",
        ),
        File(
            _("Classeur de l’équipe"),
            _("Les tableaux du classeur et, en plus, les réponses une à une, en toutes lettres."),
            _("Excel ou LibreOffice, .xlsx"),
            _url("team_workbook", Filter()) if room.material.persons else "",
        ),
        File(
            _("Plan de classement"),
            _("Les thèmes et sous-thèmes, leur définition et leurs exemples, pour un logiciel d’analyse qualitative."),
            _("REFI-QDA, .qdc"),
            _url("plan", Filter()) if room.material.codebook.themes else "",
        ),
    )
    return Shelf(
        _("Pour travailler"),
        _("Pour le chef de projet et le chargé d’étude seulement\u00a0: ces fichiers ne se diffusent pas."),
        tuple(file for file in found if file.url),
    )


def _url(name: str, choice: Filter) -> str:
    return url_for(f"copil.{name}", slug=g.consultation.slug, **choices.kept(choice))


@blueprint.get("/classeur.xlsx")
@security.roles(*READERS)
def workbook(slug: str) -> ResponseReturnValue:
    """The tables of the pages, for the choice being read."""
    return _report("classeur", ".xlsx", WORKBOOK)


@blueprint.get("/rapport.docx")
@security.roles(*READERS)
def document(slug: str) -> ResponseReturnValue:
    """The report of the choice being read, to be completed."""
    return _report("rapport", ".docx", DOCUMENT)


@blueprint.get("/rapport.pdf")
@security.roles(*READERS)
def pdf(slug: str) -> ResponseReturnValue:
    """The same report, to be printed and read aloud."""
    return _report("rapport", ".pdf", "application/pdf")


@blueprint.get("/donnees-ouvertes.zip")
@security.roles(*READERS)
def open_data(slug: str) -> ResponseReturnValue:
    """What anyone may have of the whole consultation, whatever the choice being read."""
    return _data("donnees-ouvertes", ".zip", "application/zip")


@blueprint.get("/reponses.sav")
@security.roles(Role.LEAD, Role.ANALYST)
def respondents(slug: str) -> ResponseReturnValue:
    """A line for each respondent, for who studies the answers."""
    sent = _data("reponses", ".sav", "application/x-spss-sav")
    _note("export.reponses")
    return sent


@blueprint.get("/classeur-equipe.xlsx")
@security.roles(Role.LEAD, Role.ANALYST)
def team_workbook(slug: str) -> ResponseReturnValue:
    """The tables of everyone and the answers of each, for who studies them."""
    sent = _data("classeur-equipe", ".xlsx", WORKBOOK)
    _note("export.classeur")
    return sent


@blueprint.get("/plan.qdc")
@security.roles(Role.LEAD, Role.ANALYST)
def plan(slug: str) -> ResponseReturnValue:
    """The plan de classement, for programs of qualitative analysis."""
    return _data("plan", ".qdc", "application/xml")


def _report(name: str, suffix: str, mimetype: str) -> ResponseReturnValue:
    """A file of the choice being read; the page that says why when it keeps too few persons."""
    room = enter()
    if room.briefing is None:
        return show("files", room)
    return _sent(REPORTS[suffix], _source(room, room.briefing), f"{name}{_chosen(room.choice)}", suffix, mimetype)


def _data(name: str, suffix: str, mimetype: str) -> ResponseReturnValue:
    """A file of the whole consultation: a choice of the pages is not made in it."""
    room = enter()
    try:
        return _sent(DATA[suffix], _source(room, room.whole), name, suffix, mimetype)
    except NothingToTakeError:
        return redirect(url_for("copil.files", slug=g.consultation.slug))


def _note(action: str) -> None:
    """Write in the audit log that a file with a line for each person was taken, and by whom."""
    taken_by, taken_of = g.staff.id, g.consultation.id
    db.session.rollback()
    with writing():
        staff.audit(db.session, action, staff_id=taken_by, consultation_id=taken_of)
        db.session.commit()


def _source(room: Room, briefing: Briefing) -> Source:
    today = dt.datetime.now(tz=dt.UTC).date()
    gather = partial(beyond.gathered, room.material, briefing)
    return Source(briefing, room.material, today, g.consultation.k_public, gather)


def _chosen(choice: Filter) -> str:
    """What the name of a file says of a choice: two files of one folder are told apart."""
    return "" if choice == Filter() else "-selection"


def _sent(
    make: Callable[[Source], bytes], source: Source, name: str, suffix: str, mimetype: str
) -> ResponseReturnValue:
    named = f"{name}-{g.consultation.slug}{suffix}"
    return send_file(BytesIO(make(source)), mimetype=mimetype, as_attachment=True, download_name=named)
