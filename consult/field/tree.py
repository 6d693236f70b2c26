"""The tree of a seminar: blocs, objectifs, pistes, as they hang from each other."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.field import blueprint
from consult.field.access import ROLES, meeting_or_404
from consult.security import roles
from surveys import trees, workshops
from surveys.labels import LINE_KINDS


@blueprint.get("/<int:meeting_id>/arbre")
@roles(*ROLES)
def tree(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The lines of a rencontre drawn as the tree that was on the wall; a nested list for who does not see it."""
    meeting = meeting_or_404(meeting_id)
    branches = trees.tree(workshops.lines_of(db.session, meeting))
    return render_template(
        "field/tree.html",
        slug=slug,
        meeting=meeting,
        branches=[branch for branch in branches if branch.under],
        apart=[branch for branch in branches if not branch.under],
        kinds=LINE_KINDS,
    )
