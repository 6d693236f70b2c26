"""One screen to begin, one to answer, one to say thank you, and back to the first by itself."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.database import reading, writing
from consult.entry.keeping import NotKeptError, keep
from consult.entry.sheet import Sheet, blank, brought
from consult.extensions import db
from consult.kiosk import blueprint
from consult.kiosk.addresses import kiosk_of
from consult.residents import languages
from consult.residents.held import holding
from consult.residents.notice import notice_parts
from consult.residents.opening import answers_by, now, takes_answers
from consult.security import public
from surveys.models import Channel, Consultation

#: Seconds without a touch before « Encore là ? », seconds left to answer it, and seconds the receipt is shown.
IDLE, LAST_CALL, THANKS = 60, 20, 30
#: Seconds that answers which could not be stored stay on the screen of a device without a script.
HELD = 600
#: The header of an answer sent by the script, which leaves no page behind it.
BY_SCRIPT = "X-Consult-Kiosk"


@blueprint.get("/<token>/")
@public
def start(token: str) -> ResponseReturnValue:
    """Invite whoever comes; nothing of the person before is left."""
    consultation = _consultation(token)
    if consultation is None:
        return _ended()
    return render_template("kiosk/start.html", token=token, consultation=consultation, parts=notice_parts(consultation))


@blueprint.get("/<token>/questions")
@public
def questions(token: str) -> ResponseReturnValue:
    """Every question, empty, for one person."""
    consultation = _consultation(token)
    if consultation is None:
        return _ended()
    return _page(token, blank(consultation, Channel.KIOSK))


@blueprint.post("/<token>/questions")
@public
def send(token: str) -> ResponseReturnValue:
    """Record the answers and show the receipt for a moment; whatever goes wrong, every answer is shown again."""
    response = make_response(_send(token))
    if response.status_code >= 500:
        # Without a script nobody else clears it: what could not be stored must not wait for the next person.
        response.headers["Refresh"] = f"{HELD};url={url_for('kiosk.start', token=token)}"
    return response


@holding
def _send(token: str) -> ResponseReturnValue:
    with reading():
        consultation = _consultation(token, sending=True)
        if consultation is None:
            return _ended()
        sheet = brought(consultation, Channel.KIOSK)
        if not takes_answers(consultation, Channel.KIOSK, now()):
            return _page(token, sheet, NotKeptError(sheet.form(), trouble=_late(), status=403))
        db.session.commit()  # Ends the reading, so that what follows takes its turn to write.
    try:
        with writing():
            receipt = keep(sheet, day=now().date(), staff_id=None)
    except NotKeptError as reason:
        return _page(token, sheet, reason)
    if BY_SCRIPT not in request.headers:
        # The page of an answer sent by the browser itself stays in its history: it must hold nothing.
        return redirect(url_for("kiosk.thanks", token=token), 303)
    return make_response(_thanks(token, sheet.opened.consultation, code=receipt.code), 201)


@blueprint.get("/<token>/merci")
@public
def thanks(token: str) -> ResponseReturnValue:
    """Thank whoever answered without a script; the receipt is not shown, for the next person could find it."""
    consultation = _consultation(token)
    if consultation is None:
        return _ended()
    response = make_response(_thanks(token, consultation))
    response.headers["Refresh"] = f"{THANKS};url={url_for('kiosk.start', token=token)}"
    return response


def _thanks(token: str, consultation: Consultation, *, code: str = "") -> str:
    return render_template("kiosk/thanks.html", token=token, consultation=consultation, code=code, seconds=THANKS)


def _page(token: str, sheet: Sheet, reason: NotKeptError | None = None) -> ResponseReturnValue:
    html = render_template(
        "kiosk/questions.html",
        token=token,
        consultation=sheet.opened.consultation,
        sheet=sheet,
        form=reason.form if reason else sheet.form(),
        trouble=reason.trouble if reason else "",
        idle=IDLE,
        last_call=LAST_CALL,
    )
    return make_response(html, reason.status if reason else 200)


def _late() -> str:
    return str(_("La consultation est terminée : votre réponse n’a pas pu être envoyée."))


def _consultation(token: str, *, sending: bool = False) -> Consultation | None:
    """The consultation of a kiosk where one may begin now; to send, what was begun is looked at by itself."""
    kiosk = kiosk_of(token)
    if kiosk is None:
        return None
    found = db.session.get(Consultation, kiosk.consultation_id)
    if found is None or not (sending or answers_by(found, Channel.KIOSK, now())):
        return None
    languages.speak(found)
    return found


def _ended() -> ResponseReturnValue:
    return render_template("kiosk/ended.html"), 404
