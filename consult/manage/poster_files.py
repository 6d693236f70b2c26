"""Posters to print: one for a place, or one page a place in one file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, g, request
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.posters import address_of, poster_or_404
from consult.manage.steps import LEAD
from consult.residents.languages import PARAMETER, in_tongue, offered
from consult.security import roles
from surveys import posters as hung
from surveys import printing, tongues
from surveys.definition import slug as slug_of
from surveys.models import Place, Poster
from surveys.printing.poster import Size
from surveys.translating import SOURCE


@blueprint.get("/<slug>/affiches/<int:poster_id>/<any(a4, a5):size>.pdf")
@roles(LEAD)
def poster_pdf(slug: str, poster_id: int, size: Size) -> ResponseReturnValue:
    """One poster, ready to print, in French or in the language of ``?langue=``."""
    found = poster_or_404(poster_id)
    return _file([found], size, name=f"affiche-{slug_of(found.label)}")


@blueprint.get("/<slug>/affiches/<any(a4, a5):size>.pdf")
@roles(LEAD)
def posters_pdf(slug: str, size: Size) -> ResponseReturnValue:
    """Every poster in one file, in the order of the list."""
    return _file([row.poster for row in hung.of(db.session, g.consultation.id)], size, name=f"affiches-{slug}")


def _file(found: Sequence[Poster], size: Size, *, name: str) -> Response:
    if not found:
        abort(404)
    language = request.args.get(PARAMETER, SOURCE)
    if language not in offered(g.consultation):
        abort(404)
    data = printing.posters_pdf([_printed(poster, language) for poster in found], size=size)
    ending = size if language == SOURCE else f"{language}-{size}"
    disposition = f'attachment; filename="{name}-{ending}.pdf"'
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": disposition})


def _printed(poster: Poster, language: str) -> printing.Poster:
    """Who scans a poster in a language reads the page in that language; who types its address has the choice."""
    place = db.session.get(Place, poster.place_id) if poster.place_id else None
    return printing.Poster(
        title=tongues.spoken(g.consultation, language).get(g.consultation.title, g.consultation.title),
        address=address_of(poster),
        scanned="" if language == SOURCE else in_tongue(address_of(poster), language),
        language=language,
        also=[other for other in offered(g.consultation) if other != language],
        quartier=place.name if place else "",
        closes_on=g.consultation.closes_on,
    )
