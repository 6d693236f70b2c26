"""The fiches action as files, one by one and all together, their evidence that of the committee's pages."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

from flask import abort, g, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis import objectives as evidenced
from analysis.material import Filter
from analysis.objectives import Evidence
from analysis.report.fiche_fields import MODELS, Model, Part
from consult import security
from consult.copil import blueprint, texts
from consult.copil.choices import READERS
from consult.copil.objectives import gathered
from consult.copil.room import Room, enter
from consult.extensions import db
from consult.staff import now
from surveys import objectives as goals
from surveys import objectives_families, places
from surveys.models import Coverage, PlaceKind, PlannedAction, SheetModel
from surveys.objectives import Node, Tree
from surveys.words import _

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The pistes quoted on a sheet.
QUOTED = 3


@blueprint.get("/fiches-action.docx")
@security.roles(*READERS)
def action_sheets(slug: str) -> ResponseReturnValue:
    """Every sheet, in the order of the tree."""
    tree = goals.tree(db.session, g.consultation.id)
    wanted = [(node, action) for node in tree.lines for action in node.actions]
    if not wanted:
        abort(404)
    return _file(tree, wanted, f"fiches-action-{slug}.docx")


@blueprint.get("/fiches-action/<int:action_id>.docx")
@security.roles(*READERS)
def action_sheet(slug: str, action_id: int) -> ResponseReturnValue:
    """One sheet."""
    tree = goals.tree(db.session, g.consultation.id)
    found = [(node, action) for node in tree.lines for action in node.actions if action.id == action_id]
    if not found:
        abort(404)
    return _file(tree, found, f"fiche-action-{slug}-{_number(tree, *found[0])}.docx")


def sheets_url() -> str:
    """Where every sheet is downloaded; "" before there is an action."""
    tree = goals.tree(db.session, g.consultation.id)
    has_some = any(node.actions for node in tree.lines)
    return url_for("copil.action_sheets", slug=g.consultation.slug) if has_some else ""


def model() -> Model:
    """The model of sheet of the consultation being read."""
    found = objectives_families.project(db.session, g.consultation.id)
    return MODELS[found.sheet_model.value if found else SheetModel.MONTPELLIER.value]


def parts() -> tuple[Part, ...]:
    """The parts of its sheets, with a field for each quartier where the model has some."""
    every = places.in_order(db.session, g.consultation.id)
    quartiers = [(one.slug, one.name) for one in every if one.kind in (PlaceKind.QPV, PlaceKind.LIVED)]
    return model().with_places(quartiers)


def _file(tree: Tree, wanted: list[tuple[Node, PlannedAction]], name: str) -> ResponseReturnValue:
    room = enter(lambda _material: Filter())
    found = gathered(room, tree)[0]
    fiche = import_module("analysis.report.fiche")
    sheets = [_sheet(room, tree, node, action, found[str(node.row.id)]) for node, action in wanted]
    title = _("Fiches action, %(title)s", title=g.consultation.title)
    foot = " · ".join(filter(None, (g.consultation.title, g.consultation.territory)))
    return send_file(
        BytesIO(fiche.content(sheets, title=title, foot=foot, day=now().date())),
        mimetype=WORD,
        as_attachment=True,
        download_name=name,
    )


def _sheet(room: Room, tree: Tree, node: Node, action: PlannedAction, found: Evidence) -> object:
    fiche, kind = import_module("analysis.report.fiche"), model()
    bloc = next((one.row.label for one in tree.blocs if node in one.below), _("Préoccupation transversale"))
    words = [(kind.bloc, bloc), (kind.objective, node.row.label)]
    if node.row.detail:
        words.append((_("En quelques mots"), node.row.detail))
    return fiche.Sheet(
        kind=kind.label,
        number=_number(tree, node, action),
        title=action.label,
        above=tuple(words),
        qualified=_qualified(node, action),
        said=_said(found),
        quoted=tuple((one.text, one.source) for one in texts.chosen(room, node.chosen)[:QUOTED]),
        parts=tuple(
            (part.heading, tuple((one.label, str(action.fields.get(one.name, ""))) for one in part.fields))
            for part in parts()
            if part.fields
        ),
    )


def _said(found: Evidence) -> tuple[str, ...]:
    """What stands behind the objective, in sentences."""
    said = evidenced.words(found)
    if not said:
        return (_("Aucune contribution ne porte encore sur l’objectif de cette action."),)
    first = _("Sur l’objectif de cette action\u00a0: %(said)s.", said=said)
    where = evidenced.places(found)
    if not where:
        return (first,)
    return first, _("Selon le quartier, ces sujets sont évoqués par %(where)s.", where=where)


def _qualified(node: Node, action: PlannedAction) -> tuple[tuple[str, str], ...]:
    covered = {
        Coverage.UNKNOWN: _("À qualifier"),
        Coverage.COVERED: _("Couverte par %(programme)s", programme=action.programme),
        Coverage.UNCOVERED: _("Non couverte par un programme existant"),
    }
    return (
        (_("Programme existant"), covered[action.coverage]),
        (_("Stratégie du territoire"), action.strategy),
        (_("Valeur ajoutée du contrat de ville"), action.added_value or node.row.added_value),
    )


def _number(tree: Tree, node: Node, action: PlannedAction) -> str:
    """« 5.2 » for the second action of the fifth objective, « T1.1 » for a concern that crosses them all."""
    line = str(node.number) if node.number else f"T{tree.crossing.index(node) + 1}"
    return f"{line}.{node.actions.index(action) + 1}"
