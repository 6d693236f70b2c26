"""What a reader is told when an address cannot be shown: what happened, in one sentence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, render_template
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from consult import logs
from consult.database import DatabaseBusyError

RETRY_SECONDS = 5


@dataclass(frozen=True)
class Words:
    """The title of an error page and the sentence that says what to do."""

    title: str
    advice: str


def init_app(app: Flask) -> None:
    """Show every error in the same words and the same page."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(DatabaseBusyError, _busy)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _failed)


def page(status: int, *, retry_after: int = 0) -> Response:
    """The error page of one HTTP status, with ``Retry-After`` in seconds where waiting helps."""
    response = make_response(
        render_template("errors/error.html", words=words(status), static=current_app.static_url_path), status
    )
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def words(status: int) -> Words:
    """What a page says of a status; those without words of their own share the general ones."""
    match status:
        case 400:
            return Words(
                _("Votre demande n’a pas pu être lue"),
                _("Revenez à la page précédente, rechargez-la, puis envoyez de nouveau."),
            )
        case 401 | 403:
            return Words(
                _("Cette page ne vous est pas ouverte"),
                _("Connectez-vous avec un compte qui y a droit, ou demandez cet accès au chef de projet."),
            )
        case 404 | 410:
            return Words(
                _("Cette page n’existe pas"),
                _("Vérifiez l’adresse que vous avez tapée ou demandez un nouveau lien à qui vous l’a donnée."),
            )
        case _:
            return _words_of_trouble(status)


def _words_of_trouble(status: int) -> Words:
    match status:
        case 405:
            return Words(
                _("Cette page ne s’ouvre pas ainsi"), _("Revenez à la page précédente et utilisez ses boutons.")
            )
        case 413:
            return Words(
                _("Votre envoi est trop long"),
                _("Raccourcissez votre réponse la plus longue ou choisissez un fichier plus petit, puis renvoyez."),
            )
        case 429:
            return Words(_("Trop d’essais en peu de temps"), _("Attendez une minute, puis recommencez."))
        case 503:
            return Words(
                _("Le site est très demandé en ce moment"),
                _("Rien n’a été enregistré : attendez quelques secondes, puis envoyez de nouveau."),
            )
        case _:
            return Words(
                _("Une erreur est survenue de notre côté"),
                _("Rien n’a été enregistré : réessayez dans un instant ; si cela se reproduit, prévenez l’équipe."),
            )


def _refused(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    response = page(error.code or 500)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _busy(error: Exception) -> Response:
    logs.failure(error)
    return page(503, retry_after=RETRY_SECONDS)


def _failed(error: Exception) -> Response:
    logs.failure(error)
    return page(500)
