"""What each column of a file is to the questions, or to the questionnaire that is made of them."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.imports import blueprint, desk
from consult.imports.desk import NEW, ROLES
from consult.imports.targets import targets
from consult.security import roles
from consult.staff import now
from surveys import definition, versions
from surveys.definition import Questionnaire
from surveys.importing import drafting, profiling
from surveys.importing.errors import TableError
from surveys.importing.layouts.guessing import guesses
from surveys.importing.mapping import MappingError
from surveys.importing.pairing import unpaired
from surveys.importing.unsure import places_met
from surveys.models import FileImport
from surveys.questions import KINDS


@blueprint.get("/<import_key>/colonnes")
@roles(*ROLES)
def columns(slug: str, import_key: str) -> ResponseReturnValue:
    """What each column is."""
    one = desk.in_preparation(import_key)
    if not one.choices.get("target"):
        return redirect(url_for("imports.target", slug=slug, import_key=import_key))
    return _columns(slug, one)


def _columns(slug: str, one: FileImport, *, trouble: str = "") -> str:
    new = one.choices["target"] == NEW
    version = None if new else versions.newest(db.session, g.consultation.id, one.choices["target"])
    questionnaire = definition.load(version.definition) if version else None
    groups = list(map(profiling.group_of, one.choices["groups"]))
    chosen = _chosen(one, questionnaire)
    return render_template(
        "imports/columns.html",
        slug=slug,
        one=one,
        said=one.choices,
        new=new,
        version=version,
        kinds={name: KINDS[name].words for name in dict.fromkeys((*drafting.KINDS, *drafting.GATHERED))},
        simple=drafting.KINDS,
        targets=[targets(questionnaire, group) if questionnaire else [] for group in groups],
        chosen=chosen,
        parted=_parted_unknown(one, chosen, questionnaire),
        separators=_separators(),
        trouble=trouble,
    )


def _chosen(one: FileImport, questionnaire: Questionnaire | None) -> list[dict[str, Any]]:
    """What each group is on the page: as chosen, or as guessed, to be checked unless it bears its very name."""
    wanted = one.choices.get("wanted", {})
    guessed = guesses(one.choices["groups"], questionnaire) if questionnaire and not wanted else {}
    chosen = []
    for rank, said in enumerate(one.choices["groups"]):
        guess = guessed.get(rank)
        now = {"label": said["label"], "kind": said["kind"], "target": guess.question if guess else ""}
        chosen.append({**now, "unsure": guess is not None and not guess.sure, **wanted.get(str(rank), {})})
    return chosen


def _separators() -> list[tuple[str, str]]:
    return [
        ("", _("à choisir")),
        (";", _("un point-virgule")),
        (",", _("une virgule")),
        ("|", _("une barre verticale")),
        ("/", _("une barre oblique")),
        ("ligne", _("un retour à la ligne")),
        ("aucun", _("rien\u00a0: une seule réponse par cellule")),
    ]


def _parted_unknown(
    one: FileImport, chosen: list[dict[str, Any]], questionnaire: Questionnaire | None
) -> dict[int, str]:
    """The columns of several answers of which nothing tells what parts them, with what was said of it."""
    if questionnaire is None:
        return {}
    questions = {question.name: question for question in questionnaire.questions}
    found = {}
    for rank, said in enumerate(chosen):
        question = questions.get(said["target"])
        if question is not None and desk.parting(one, rank, question) is None:
            found[rank] = str(said.get("parted", ""))
    return found


@blueprint.post("/<import_key>/colonnes")
@roles(*ROLES)
def set_columns(slug: str, import_key: str) -> ResponseReturnValue:
    """Keep what each column is, and go on to the quartiers or to the check."""
    one = desk.in_preparation(import_key)
    if not one.choices.get("target"):
        return redirect(url_for("imports.target", slug=slug, import_key=import_key))
    wanted = {}
    for rank in range(len(one.choices["groups"])):
        kind, label = request.form.get(f"kind-{rank}", ""), request.form.get(f"label-{rank}", "")
        wanted[str(rank)] = {
            "target": request.form.get(f"target-{rank}", "")[:300],
            "kind": kind if kind in {*drafting.KINDS, *drafting.GATHERED} else "",
            "label": " ".join(label.split())[:300],
            "parted": said if (said := request.form.get(f"parted-{rank}", "")) in dict(_separators()) else "",
        }
        wanted[str(rank)]["separator"] = {"ligne": "\n", "aucun": ""}.get(
            said, said if wanted[str(rank)]["parted"] else ""
        )
    one.choices = {**one.choices, "wanted": wanted}
    one.plan, one.report = {}, {}
    try:
        made = desk.reader(db.session, one, now().date())
    except (TableError, MappingError) as error:
        return _columns(slug, one, trouble=str(error)), 422
    unsaid = [
        rank for rank, said in _parted_unknown(one, list(wanted.values()), made.questionnaire).items() if not said
    ]
    if unsaid:
        label = one.choices["groups"][unsaid[0]]["label"]
        words = _("Dites ce qui sépare les réponses de la colonne « %(label)s ».", label=label[:120])
        return _columns(slug, one, trouble=words), 422
    asked_of = [each.question.name for each in made.asked if each.question.kind == "quartier"]
    one.choices = {**one.choices, "places_asked": asked_of}
    unsure = places_met(made)
    following = "imports.quartiers" if unsure else "imports.replies" if unpaired(made) else "imports.check"
    db.session.commit()
    return redirect(url_for(following, slug=slug, import_key=import_key))
