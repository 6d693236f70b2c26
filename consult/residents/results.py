"""The results given back to everyone, in plain French: what was said and what is done, by quartier and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from analysis import restitution as words
from analysis.followups import PLAIN, FollowUp
from analysis.restitution import Given, Told
from consult import followups
from consult.extensions import db
from consult.giving import given as given_of
from consult.giving_sheet import sheet_of, when
from consult.residents import blueprint
from consult.residents.languages import speak_french
from consult.residents.opening import consultation_of, now
from consult.security import public
from surveys import followup_listing, places, restitution
from surveys.definition import slug as slug_of
from surveys.keeping import purging
from surveys.models import Consultation, Place, PlaceKind

#: Places that are no quartier have no page of their own.
QUARTIERS = frozenset({PlaceKind.QPV, PlaceKind.LIVED})


@dataclass(frozen=True)
class Preview:
    """Where a page being looked at by the team leads, in the place of the addresses of everyone."""

    home_url: str
    back_url: str
    endpoint: str
    sheet_endpoint: str


@blueprint.get("/c/<slug>/resultats")
@public
def results(slug: str) -> ResponseReturnValue:
    """Everything said and done, or when it will be told."""
    consultation = _published(slug)
    return whole_page(consultation, given_of(consultation)) if consultation else _not_yet(slug)


@blueprint.get("/c/<slug>/resultats/<place>")
@public
def quartier_results(slug: str, place: str) -> ResponseReturnValue:
    """The same for one quartier."""
    consultation = _published(slug)
    return place_page(consultation, place, given_of(consultation)) if consultation else _not_yet(slug)


@blueprint.get("/c/<slug>/resultats/<place>/affiche.pdf")
@public
def quartier_sheet(slug: str, place: str) -> ResponseReturnValue:
    """The sheet of a quartier, to be printed."""
    consultation = _published(slug)
    return place_sheet(consultation, place, given_of(consultation)) if consultation else _not_yet(slug)


def whole_page(consultation: Consultation, given: Given | None, *, preview: Preview | None = None) -> str:
    """The page of everyone; without figures where no version is in force."""
    done = followups.told(db.session, consultation.id)
    told = given.whole if given else _silent("")
    return _page("results/whole.html", consultation, given, told, done, preview, quartiers=_quartiers(consultation))


def place_page(
    consultation: Consultation, slug: str, given: Given | None, *, preview: Preview | None = None
) -> ResponseReturnValue:
    """The page of one quartier; 404 for a place that is not one."""
    place = _quartier_or_404(consultation, slug)
    done = followups.told(db.session, consultation.id)
    return _page("results/quartier.html", consultation, given, told_in(given, place), done, preview, place=place)


def place_sheet(consultation: Consultation, slug: str, given: Given | None) -> Response:
    """The sheet of one quartier, as a file a browser opens."""
    place = _quartier_or_404(consultation, slug)
    kept = restitution.of(db.session, consultation.id)
    data = sheet_of(
        given,
        told_in(given, place),
        followups.told(db.session, consultation.id),
        words=(kept.message, kept.contact),
        address=url_for("residents.results", slug=consultation.slug, _external=True, langue=None),
        today=now().date(),
    )
    name = f"vous-avez-dit-{slug_of(place.name)}.pdf"
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def told_in(given: Given | None, place: Place) -> Told:
    """What a quartier said; nothing where no figure may be told of it."""
    return (given.told(place.name) if given else None) or _silent(place.name)


def _silent(place: str) -> Told:
    return Told(place, None, "", (), 0)


def _page(
    template: str,
    consultation: Consultation,
    given: Given | None,
    told: Told,
    done: Sequence[FollowUp],
    preview: Preview | None,
    **values: object,
) -> str:
    return render_template(
        template,
        consultation=consultation,
        given=given,
        told=told,
        answers=words.answers(told, done),
        base=words.base_words(told),
        limits=words.limits(given) if given else (),
        purged=purging.done(db.session, consultation.id),
        kept=restitution.of(db.session, consultation.id),
        written_on=followup_listing.last_change(db.session, consultation.id),
        plain=PLAIN,
        when=partial(when, today=now().date()),
        preview=preview,
        **values,
    )


def _published(slug: str) -> Consultation | None:
    """The consultation whose results everyone may read; None before that, 404 where there is none."""
    consultation = consultation_of(slug)
    speak_french(consultation)
    return consultation if restitution.is_public(db.session, consultation, now().date()) else None


def _not_yet(slug: str) -> str:
    consultation = consultation_of(slug)
    speak_french(consultation)
    return render_template("results/not_yet.html", consultation=consultation, today=now().date())


def _quartiers(consultation: Consultation) -> list[Place]:
    return [place for place in places.in_order(db.session, consultation.id) if place.kind in QUARTIERS]


def _quartier_or_404(consultation: Consultation, slug: str) -> Place:
    found = next((place for place in _quartiers(consultation) if place.slug == slug), None)
    if found is None:
        abort(404)
    return found
