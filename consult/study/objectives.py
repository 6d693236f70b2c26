"""The tree of objectives on one page: add, rename, reorder, move, take away; each works without a script."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.report.fiche_fields import MODELS
from consult.converters import LARGEST_KEY
from consult.copil.sheets import model
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.runs import ROLES
from surveys import objectives as goals
from surveys import objectives_order as ordering
from surveys.models import Objective, ObjectiveKind
from surveys.objectives import Node, ObjectiveError, Tree

STEPS = {"monter": -1, "descendre": 1}


@dataclass(frozen=True)
class Refused:
    """What was typed and why it was not kept: under a bloc, as a new bloc or concern, or as a name."""

    where: str
    typed: str
    said: str


@blueprint.get("/objectifs")
@roles(*ROLES)
def objectives(slug: str) -> ResponseReturnValue:
    """The whole tree."""
    return _page(slug)


@blueprint.post("/objectifs")
@roles(*ROLES)
def add_objective(slug: str) -> ResponseReturnValue:
    """Add a bloc, an objective of a bloc or a concern, last in its place."""
    form = request.form
    kind, parent = form.get("nature", ""), form.get("bloc", type=int)
    parent = min(max(parent, 0), LARGEST_KEY) if parent is not None else None
    if kind not in {one.value for one in ObjectiveKind}:
        abort(400)
    try:
        made = goals.add(
            db.session,
            g.consultation.id,
            kind=ObjectiveKind(kind),
            label=form.get("label", ""),
            client_id=sending(),
            parent=parent,
        )
    except ObjectiveError as refusal:
        db.session.rollback()
        where = f"bloc-{parent}" if parent is not None else kind
        return _page(slug, refused=Refused(where, form.get("label", ""), str(refusal))), 422
    audit("projet.objectif", objective_id=made.id)
    db.session.commit()
    return redirect(url_for("study.objectives", slug=slug, place=made.id, _anchor=f"o{made.id}"))


@blueprint.post("/objectifs/<int:objective_id>/nom")
@roles(*ROLES)
def rename_objective(slug: str, objective_id: int) -> ResponseReturnValue:
    """Give a line another name; who saves second is told."""
    row = objective_or_404(objective_id)
    typed = request.form.get("label", "")
    try:
        if request.form.get("vu", 0, type=int) != row.revision:
            raise ObjectiveError(changed_words(row.label))
        goals.rename(db.session, row, typed)
    except ObjectiveError as refusal:
        db.session.rollback()
        return _page(slug, refused=Refused(f"nom-{objective_id}", typed, str(refusal))), 422
    audit("projet.objectif", objective_id=row.id)
    db.session.commit()
    return redirect(url_for("study.objectives", slug=slug, place=row.id, _anchor=f"o{row.id}"))


@blueprint.post("/objectifs/<int:objective_id>/place")
@roles(*ROLES)
def move_objective(slug: str, objective_id: int) -> ResponseReturnValue:
    """Put a line one step before or after; an objective goes on into the next bloc."""
    row, way = objective_or_404(objective_id), request.form.get("sens", "")
    if way not in STEPS:
        abort(400)
    if ordering.move(db.session, row, STEPS[way]):
        audit("projet.ordre", objective_id=row.id)
        db.session.commit()
    return redirect(url_for("study.objectives", slug=slug, place=row.id, sens=way, _anchor=f"o{row.id}"))


@blueprint.get("/objectifs/<int:objective_id>/supprimer")
@roles(*ROLES)
def ask_to_delete_objective(slug: str, objective_id: int) -> ResponseReturnValue:
    """What goes with a line, said once before it goes."""
    row = objective_or_404(objective_id)
    node = next(one for one in _every(goals.tree(db.session, g.consultation.id)) if one.row.id == row.id)
    actions = [*node.actions, *(action for below in node.below for action in below.actions)]
    return render_template("study/objective_delete.html", slug=slug, node=node, actions=actions)


@blueprint.post("/objectifs/<int:objective_id>/supprimer")
@roles(*ROLES)
def delete_objective(slug: str, objective_id: int) -> ResponseReturnValue:
    """Take a line away with everything under it."""
    row = objective_or_404(objective_id)
    label = row.label
    goals.take_away(db.session, row)
    audit("projet.objectif-supprime", objective_id=objective_id)
    db.session.commit()
    flash(_("« %(label)s » est supprimé.", label=label), "success")
    return redirect(url_for("study.objectives", slug=slug))


def objective_or_404(objective_id: int) -> Objective:
    """A line of the tree of the consultation being read."""
    found = goals.find(db.session, g.consultation.id, objective_id)
    if found is None:
        abort(404)
    return found


def sending() -> str:
    """What tells a form sent twice from two forms."""
    return request.form.get("envoi", "").replace("\x00", "")[:64] or secrets.token_hex(8)


def changed_words(label: str) -> str:
    """What is told to who saves second."""
    return str(
        _(
            "Quelqu’un a changé « %(label)s » depuis que vous l’avez ouvert : enregistrez encore pour le remplacer.",
            label=label,
        )
    )


def _every(tree: Tree) -> list[Node]:
    return [*tree.blocs, *tree.lines]


def _is_lost(refused: Refused, tree: Tree) -> bool:
    """Whether what was typed was for a bloc that is gone: the page says it above, with the words."""
    known = {f"bloc-{bloc.row.id}" for bloc in tree.blocs}
    return refused.where.startswith("bloc-") and refused.where not in known


def _page(slug: str, *, refused: Refused | None = None) -> str:
    tree = goals.tree(db.session, g.consultation.id)
    way = request.args.get("sens", "")
    return render_template(
        "study/objectives.html",
        slug=slug,
        tree=tree,
        refused=refused,
        lost=_is_lost(refused, tree) if refused else False,
        moved=request.args.get("place", 0, type=int),
        way=way if way in STEPS else "",
        actions=[action for node in tree.lines for action in node.actions],
        models=MODELS,
        model=model().code,
        sending=lambda: secrets.token_hex(8),
    )
