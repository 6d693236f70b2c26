"""What became of a sending, said to who sent: a page with every answer on it, or a few words to a page that waits.

A phone that kept an answer while it had no network sends it without showing a page, and asks for JSON.
"""

from __future__ import annotations

from flask import jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.errors import RETRY_SECONDS
from consult.residents.opening import consultation_of, is_open, now
from consult.residents.steps import Walk, closed, page, review
from surveys.collect import Receipt


def thanks(walk: Walk, receipt: Receipt) -> ResponseReturnValue:
    """The code, once the answer is on the disk."""
    status = 200 if receipt.replayed else 201
    if _in_brief():
        return jsonify(code=receipt.code, replaced=bool(walk.ticket.replaces)), status
    html = render_template(
        "residents/thanks.html",
        consultation=walk.consultation,
        code=receipt.code,
        replaced=bool(walk.ticket.replaces),
        sent=walk.submission,
    )
    return make_response(html, status)


def to_mend(walk: Walk, number: int) -> ResponseReturnValue:
    """The first page that holds something to mend."""
    if _in_brief():
        return _brief(_("Une réponse est à corriger avant l’envoi : ouvrez-la."), 422)
    form = walk.form(number)
    form.validate()
    return page(walk, number, form=form, status=422)


def refused(walk: Walk, trouble: str, status: int) -> ResponseReturnValue:
    """Why it was not recorded, and every answer."""
    return _brief(trouble, status) if _in_brief() else review(walk, status=status, trouble=trouble)


def busy(walk: Walk) -> ResponseReturnValue:
    """The database could not take it now: the same sending will do later."""
    trouble = _(
        "Vos réponses n’ont pas pu être enregistrées, mais elles sont toutes ici : "
        "attendez quelques secondes, puis envoyez-les de nouveau."
    )
    response = make_response(refused(walk, trouble, 503))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def too_late(slug: str) -> ResponseReturnValue:
    """The consultation ended before it came."""
    if _in_brief():
        ended = _("La consultation est terminée : votre réponse n’a pas pu être envoyée.")
        unplanned = _("On ne répond plus en ligne à cette consultation : votre réponse n’a pas pu être envoyée.")
        return _brief(unplanned if is_open(consultation_of(slug), now()) else ended, 403)
    return closed(slug)


def _brief(trouble: str, status: int) -> ResponseReturnValue:
    return jsonify(trouble=trouble), status


def _in_brief() -> bool:
    return request.accept_mimetypes.best == "application/json"
