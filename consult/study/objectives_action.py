"""One action: what covers it, what it adds, and the fields of its sheet; the model of sheet of the consultation."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from consult.copil.sheets import model, parts
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.objectives import STEPS, changed_words, objective_or_404
from consult.study.objectives_sheet import refuse
from consult.study.runs import ROLES
from surveys import objectives_actions as planned
from surveys import objectives_families
from surveys.models import Coverage, PlannedAction, Project, SheetModel
from surveys.objectives import ObjectiveError
from surveys.objectives_actions import ActionFacts

#: Before the name of a field of the sheet, in the form.
FIELD = "champ-"


class ActionForm(FlaskForm):
    """The qualification of an action."""

    seen = HiddenField()
    label = StringField(_l("Intitulé de l’action"), render_kw={"maxlength": 300})
    coverage = RadioField(
        _l("Un programme existant la couvre-t-il ?"),
        choices=[
            SelectChoice(Coverage.UNKNOWN.value, _l("À qualifier")),
            SelectChoice(Coverage.COVERED.value, _l("Oui, elle est couverte")),
            SelectChoice(Coverage.UNCOVERED.value, _l("Non, elle n’est pas couverte")),
        ],
        validate_choice=False,
    )
    programme = StringField(
        _l("Lequel"),
        description=_l("Programmation politique de la ville ou droit commun."),
        render_kw={"maxlength": 300},
    )
    strategy = TextAreaField(
        _l("Stratégie du territoire"), description=_l("Contrat local de santé, service économique, bailleurs…")
    )
    added_value = TextAreaField(_l("Valeur ajoutée du contrat de ville"))


@blueprint.get("/objectifs/actions/<int:action_id>")
@roles(*ROLES)
def action(slug: str, action_id: int) -> ResponseReturnValue:
    """The qualification and the sheet of an action."""
    row = action_or_404(action_id)
    form = ActionForm(formdata=None, obj=row, seen=str(row.revision))
    form.coverage.data = row.coverage.value
    return _page(slug, row, form, row.fields)


@blueprint.post("/objectifs/actions/<int:action_id>")
@roles(*ROLES)
def write_action(slug: str, action_id: int) -> ResponseReturnValue:
    """Keep both, or show again what was typed."""
    row, form = action_or_404(action_id), ActionForm()
    known = {field.name for part in parts() for field in part.fields}
    fields = {name: request.form.get(FIELD + name, "") for name in known if FIELD + name in request.form}
    states = {state.value for state in Coverage}
    try:
        if form.seen.data != str(row.revision):
            raise ObjectiveError(changed_words(row.label))
        facts = ActionFacts(
            label=form.label.data or "",
            coverage=Coverage(form.coverage.data) if form.coverage.data in states else Coverage.UNKNOWN,
            programme=form.programme.data or "",
            strategy=form.strategy.data or "",
            added_value=form.added_value.data or "",
            fields=fields,
        )
        planned.write(db.session, row, facts)
    except ObjectiveError as refusal:
        db.session.rollback()
        refuse(form, refusal)
        form.seen.data = str(row.revision)
        wrong = {refusal.field: str(refusal)} if refusal.field not in form else {}
        return _page(slug, row, form, row.fields | fields, wrong), 422
    audit("projet.action", action_id=row.id)
    db.session.commit()
    flash(_("« %(label)s » est enregistrée.", label=row.label), "success")
    return redirect(url_for("study.action", slug=slug, action_id=row.id))


@blueprint.post("/objectifs/actions/<int:action_id>/place")
@roles(*ROLES)
def move_action(slug: str, action_id: int) -> ResponseReturnValue:
    """Put an action one step before or after."""
    row, way = action_or_404(action_id), request.form.get("sens", "")
    if way not in STEPS:
        abort(400)
    if planned.move(db.session, row, STEPS[way]):
        db.session.commit()
    return redirect(url_for("study.objective", slug=slug, objective_id=row.objective_id, _anchor="actions"))


@blueprint.get("/objectifs/actions/<int:action_id>/supprimer")
@roles(*ROLES)
def ask_to_delete_action(slug: str, action_id: int) -> ResponseReturnValue:
    """Say once what goes with an action."""
    row = action_or_404(action_id)
    written = sum(bool(text) for text in row.fields.values())
    return render_template("study/action_delete.html", slug=slug, action=row, written=written)


@blueprint.post("/objectifs/actions/<int:action_id>/supprimer")
@roles(*ROLES)
def delete_action(slug: str, action_id: int) -> ResponseReturnValue:
    """Take an action away with its sheet."""
    row = action_or_404(action_id)
    label, home = row.label, row.objective_id
    planned.take_away(db.session, row)
    audit("projet.action-supprimee", action_id=action_id)
    db.session.commit()
    flash(_("« %(label)s » est supprimée.", label=label), "success")
    return redirect(url_for("study.objective", slug=slug, objective_id=home))


@blueprint.post("/objectifs/modele")
@roles(*ROLES)
def choose_model(slug: str) -> ResponseReturnValue:
    """Choose the model of the sheets of the consultation; what was written under another is kept."""
    wanted = request.form.get("modele", "")
    if wanted not in {one.value for one in SheetModel}:
        abort(400)
    found = objectives_families.project(db.session, g.consultation.id)
    if found is None:
        found = Project(consultation_id=g.consultation.id, families=[], aims={})
        db.session.add(found)
    found.sheet_model = SheetModel(wanted)
    audit("projet.modele")
    db.session.commit()
    return redirect(url_for("study.objectives", slug=slug, _anchor="fiches"))


def action_or_404(action_id: int) -> PlannedAction:
    """An action of the consultation being read."""
    found = planned.find(db.session, g.consultation.id, action_id)
    if found is None:
        abort(404)
    return found


def _page(
    slug: str,
    row: PlannedAction,
    form: ActionForm,
    fields: dict[str, str],
    wrong: dict[str, str] | None = None,
) -> str:
    return render_template(
        "study/action.html",
        slug=slug,
        action=row,
        objective=objective_or_404(row.objective_id),
        form=form,
        model=model(),
        parts=parts(),
        fields=fields,
        wrong=wrong or {},
        prefix=FIELD,
    )
