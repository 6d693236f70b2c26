"""The plan as a file: downloaded as it is, or brought to replace it once what would change was read."""

from __future__ import annotations

import io

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from analysis import codebook
from consult import plans
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.plan_forms import PlanFileForm
from consult.study.plan_pages import by, done, plan_or_404
from consult.study.runs import ROLES
from surveys.planning import replacing
from surveys.planning.board import PlanError
from surveys.planning.replacing import Incoming, Replacement

#: A plan of a hundred themes and a thousand examples is a quarter of it; a page may send twice as much.
LARGEST = 400_000
YAML = "application/yaml"


@blueprint.get("/plan/fichier")
@roles(*ROLES)
def plan_file(slug: str) -> ResponseReturnValue:
    """Where a plan is taken away and brought."""
    return _page(slug, PlanFileForm(formdata=None))


@blueprint.get("/plan/fichier.yaml")
@roles(*ROLES)
def download_plan(slug: str) -> ResponseReturnValue:
    """The living plan, in the format of docs/codebook.md."""
    text = codebook.write(plans.of(db.session, plan_or_404().version))
    return send_file(io.BytesIO(text.encode()), mimetype=YAML, as_attachment=True, download_name=f"plan-{slug}.yaml")


@blueprint.post("/plan/fichier")
@roles(*ROLES)
def read_plan_file(slug: str) -> ResponseReturnValue:
    """Say what the file would change, nothing being changed."""
    plan, form = plan_or_404(), PlanFileForm()
    try:
        name, text = _brought(form.file.data)
        incoming = _incoming(text, name)
        found = replacing.compare(db.session, plan.version, incoming)
    except (PlanError, codebook.CodebookError) as refusal:
        db.session.rollback()
        form.file.errors = [str(refusal)]
        return _page(slug, form), 422
    db.session.rollback()
    return _page(slug, form, found=found, incoming=incoming, text=text, name=name)


@blueprint.post("/plan/remplacer")
@roles(*ROLES)
def replace_plan(slug: str) -> ResponseReturnValue:
    """Make the plan what the file says."""
    plan, name = plan_or_404(), request.form.get("nom", "")[:200]
    try:
        incoming = _incoming(request.form.get("texte", "").replace("\r\n", "\n"), name)
        change = replacing.replace(db.session, plan.version, incoming, by(), file_name=name)
    except (PlanError, codebook.CodebookError) as refusal:
        db.session.rollback()
        form = PlanFileForm()
        form.file.errors = [str(refusal)]
        return _page(slug, form), 422
    return done(change, url_for("study.themes", slug=slug))


def _brought(file: FileStorage | None) -> tuple[str, str]:
    """The name and the text of what was sent; raises `PlanError` in a sentence."""
    if file is None or not file.filename:
        raise PlanError(_("Choisissez le fichier du plan."))
    content = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise PlanError(_("Ce fichier est trop gros pour un plan de classement : 400 Ko au plus."))
    try:
        return file.filename[:200], content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PlanError(_("Ce fichier n’est pas en UTF-8 : enregistrez-le dans cet encodage.")) from None


def _incoming(text: str, name: str) -> Incoming:
    read = codebook.parse(text, source=name.rpartition(".")[0] or name or _("plan"))
    return Incoming(read.label, read.id, plans.facts_of(read.themes))


def _page(
    slug: str,
    form: PlanFileForm,
    *,
    found: Replacement | None = None,
    incoming: Incoming | None = None,
    text: str = "",
    name: str = "",
) -> str:
    shown = {"found": found, "incoming": incoming, "text": text, "name": name}
    return render_template("study/plan_file.html", slug=slug, plan=plan_or_404(), form=form, **shown)
