"""Every question on one page: what a phone keeps when a questionnaire is opened, to go on without a network."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.forms import rules_of
from consult.posted import Posted
from consult.residents import blueprint, tickets
from consult.residents.opening import consultation_of, opened
from consult.residents.posters import poster_of
from consult.residents.steps import Walk, kept_for_back, may_begin
from consult.security import public


@blueprint.get("/c/<slug>/questions/tout")
@public
def whole(slug: str) -> ResponseReturnValue:
    """All the sections, one under the other, sent in one go."""
    consultation = consultation_of(slug)
    if not may_begin(consultation):
        return redirect(url_for("residents.notice", slug=slug))
    found, poster = opened(consultation), poster_of(consultation)
    walk = Walk(found, tickets.new(found.version.id, poster=poster.code if poster else ""), Posted())
    parts = walk.putting.parts()
    rules = rules_of([part.form for part in parts])
    html = render_template("residents/whole.html", walk=walk, consultation=consultation, parts=parts, rules=rules)
    return kept_for_back(make_response(html))
