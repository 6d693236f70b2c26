"""The sign-in page and the sign-out button."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired

from consult.accounts import blueprint
from consult.extensions import db
from consult.security import public
from consult.staff import TOKEN, identify, local_path, now
from surveys import sessions, staff


class SignIn(FlaskForm):
    """The address and password of an account; `suite` is the page asked for before signing in."""

    email = EmailField(
        _l("Adresse électronique"), validators=[InputRequired(_l("Indiquez l’adresse électronique de votre compte."))]
    )
    password = PasswordField(_l("Mot de passe"), validators=[InputRequired(_l("Indiquez votre mot de passe."))])
    suite = HiddenField()


@blueprint.get("/connexion")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page; whoever is signed in already goes on."""
    if identify():
        return redirect(url_for("manage.home"))
    form = SignIn(formdata=None, suite=request.args.get("suite", ""))
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/connexion")
@public
def enter() -> ResponseReturnValue:
    """Check an address and a password; the same words and the same time whether the account exists or not."""
    form, refused = SignIn(), False
    if form.validate_on_submit():
        if token := _admit(form.email.data, form.password.data):
            session.clear()  # nothing planted before signing in outlives it
            session[TOKEN] = token
            session.permanent = True
            return redirect(_destination(form.suite.data))
        refused = True
    return render_template("accounts/sign_in.html", form=form, refused=refused), 422


@blueprint.post("/deconnexion")
@public
def leave() -> ResponseReturnValue:
    """End the session on the server, then forget it in the browser; one already ended is left just as well."""
    if identify():
        sessions.end(db.session, token=session[TOKEN])
        staff.audit(db.session, "deconnexion", staff_id=g.staff.id)
        db.session.commit()
    session.clear()
    flash(_("Vous êtes déconnecté."), "success")
    return redirect(url_for("accounts.sign_in"))


def _admit(email: str, password: str) -> str | None:
    tried = sessions.attempt(db.session, email=email, at=now())
    db.session.commit()
    if not sessions.succeeds(tried, password) or tried.staff_id is None:
        return None
    token = sessions.start(db.session, staff_id=tried.staff_id, at=now())
    staff.audit(db.session, "connexion", staff_id=tried.staff_id)
    db.session.commit()
    return token


def _destination(suite: str | None) -> str:
    wanted = local_path(suite or "/")
    return url_for("manage.home") if wanted == "/" else wanted
