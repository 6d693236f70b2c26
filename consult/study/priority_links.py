"""Of which theme each option of a closed question speaks: proposed from its words, settled on one page."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.priority_links import linkable, settled
from consult.copil.room import enter
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.runs import ROLES
from surveys import priorities as store


@blueprint.get("/priorites")
@roles(*ROLES)
def priority_links(slug: str) -> ResponseReturnValue:
    """Each question whose options may speak of themes, with what is settled or proposed."""
    room = enter()
    kept = store.links(db.session, g.consultation.id)
    book = room.material.codebook
    questions = linkable(room.whole.said.closed)
    return render_template(
        "study/priority_links.html",
        slug=slug,
        questions=questions,
        theme_of=settled(questions, book, kept),
        kept=kept,
        roots=[(root.id, root.label) for root in book.roots()],
    )


@blueprint.post("/priorites")
@roles(*ROLES)
def write_priority_links(slug: str) -> ResponseReturnValue:
    """Keep the theme chosen for each option; what names no option or no theme of today is left out."""
    room = enter()
    known = {"", *(root.id for root in room.material.codebook.roots())}
    found = {
        (question.table.name, row.code): theme
        for question in linkable(room.whole.said.closed)
        for row in question.table.rows
        if (theme := request.form.get(f"{question.table.name}/{row.code}")) in known and theme is not None
    }
    store.keep_links(db.session, g.consultation.id, store.links(db.session, g.consultation.id) | found)
    audit("priorites.liens", options=len(found))
    db.session.commit()
    flash(_("Les liens sont enregistrés : le classement des priorités les suit."), "success")
    return redirect(url_for("copil.ranked", slug=slug))
