"""The margins of the population: brought in from a file, seen, taken away as a file, erased."""

from __future__ import annotations

from io import BytesIO

from flask import flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import uploads
from consult.extensions import db
from consult.manage import blueprint
from consult.manage.steps import LEAD, note_change, step_page
from consult.security import roles
from surveys import margins as kept_margins
from surveys.importing.errors import TableError


@blueprint.get("/<slug>/marges")
@roles(LEAD)
def margins(slug: str) -> ResponseReturnValue:
    """What the population is known to be."""
    return _page()


@blueprint.post("/<slug>/marges")
@roles(LEAD)
def write_margins(slug: str) -> ResponseReturnValue:
    """Take the margins of a file in the place of those known, whole or not at all."""
    try:
        name, content = uploads.sent(kept_margins.MOST_BYTES)
        rows = kept_margins.read(content, filename=name)
    except TableError as error:
        return _page(status=422, troubles=str(error).splitlines())
    kept_margins.keep(db.session, g.consultation.id, rows)
    note_change("marges.fichier", count=len(rows))
    db.session.commit()
    flash(_("Les marges sont enregistrées."), "success")
    return redirect(url_for("manage.margins", slug=slug))


@blueprint.get("/<slug>/marges.csv")
@roles(LEAD)
def margins_file(slug: str) -> ResponseReturnValue:
    """The margins as they were brought in, or an empty file to fill."""
    content = kept_margins.as_csv(kept_margins.of(db.session, g.consultation.id)).encode()
    return send_file(
        BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=f"marges-{g.consultation.slug}.csv"
    )


@blueprint.get("/<slug>/marges/retrait")
@roles(LEAD)
def ask_to_erase_margins(slug: str) -> ResponseReturnValue:
    """Say once what goes with the margins."""
    rows = kept_margins.of(db.session, g.consultation.id)
    if not rows:
        return redirect(url_for("manage.margins", slug=slug))
    return render_template("manage/margins_erase.html", slug=slug, count=len(rows))


@blueprint.post("/<slug>/marges/retrait")
@roles(LEAD)
def erase_margins(slug: str) -> ResponseReturnValue:
    """Forget the margins: nothing is weighted any more."""
    kept_margins.forget(db.session, g.consultation.id)
    note_change("marges.retrait")
    db.session.commit()
    flash(_("Les marges sont retirées\u00a0: plus rien n’est redressé."), "success")
    return redirect(url_for("manage.margins", slug=slug))


def _page(*, status: int = 200, **values: object) -> ResponseReturnValue:
    rows = kept_margins.of(db.session, g.consultation.id)
    names = {"quartier": _("Quartier"), "age": _("Âge"), "sexe": _("Sexe")}
    facets = [(names[facet], [row for row in rows if row.facet == facet]) for facet in names]
    return step_page("manage/margins.html", status=status, facets=[one for one in facets if one[1]], **values)
