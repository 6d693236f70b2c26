"""One objective: what it says, what its evidence is gathered from, the pistes chosen for it, its actions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from analysis.families import Frame
from analysis.material import Material, Voice
from analysis.objectives import Goal, of, resolved
from consult.converters import LARGEST_KEY
from consult.copil import framing
from consult.copil.material import load
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.objectives import changed_words, objective_or_404, sending
from consult.study.plan import plan_or_none
from consult.study.runs import ROLES
from surveys import objectives as goals
from surveys import objectives_actions as planned
from surveys import objectives_order as ordering
from surveys.models import Coverage, Objective, ObjectiveKind
from surveys.objectives import Facts, ObjectiveError

#: The pistes shown to be chosen from; the others are behind a narrower choice of themes.
MOST_OFFERED = 200
MOST_FAMILIES = 40


class ObjectiveForm(FlaskForm):
    """What is written of a line of the tree."""

    seen = HiddenField()
    label = StringField(_l("Intitulé"), render_kw={"maxlength": 300})
    bloc = SelectField(_l("Bloc"), validate_choice=False)
    detail = TextAreaField(_l("En une ou deux phrases"), description=_l("Ce que le comité lit sous l’intitulé."))
    added_value = TextAreaField(
        _l("Valeur ajoutée du contrat de ville"),
        description=_l("Ce que le contrat apporte de plus que le droit commun et les programmes existants."),
    )


@dataclass(frozen=True)
class Offered:
    """The pistes said on the subjects of an objective, and those chosen for it."""

    voices: Sequence[Voice]
    chosen: frozenset[int]
    more: int


@blueprint.get("/objectifs/<int:objective_id>")
@roles(*ROLES)
def objective(slug: str, objective_id: int) -> ResponseReturnValue:
    """The sheet of one line of the tree."""
    row = objective_or_404(objective_id)
    form = ObjectiveForm(formdata=None, obj=row, seen=str(row.revision))
    form.bloc.data = str(row.parent_id or "")
    return _page(slug, row, form, row.families, row.themes)


@blueprint.post("/objectifs/<int:objective_id>")
@roles(*ROLES)
def write_objective(slug: str, objective_id: int) -> ResponseReturnValue:
    """Keep the sheet, whole or not at all."""
    row, form = objective_or_404(objective_id), ObjectiveForm()
    plan = plan_or_none()
    themes = [theme for theme in (plan.parents if plan else ()) if theme in request.form.getlist("themes")]
    families = [code.replace("\x00", "")[:40] for code in request.form.getlist("families")[:MOST_FAMILIES]]
    facts = Facts(
        label=form.label.data or "",
        detail=form.detail.data or "",
        added_value=form.added_value.data or "",
        families=families,
        themes=themes,
    )
    try:
        if form.seen.data != str(row.revision):
            raise ObjectiveError(changed_words(row.label))
        goals.write(db.session, row, facts)
        _put_in_bloc(row, form.bloc.data or "")
    except ObjectiveError as refusal:
        db.session.rollback()
        refuse(form, refusal)
        form.seen.data = str(row.revision)
        return _page(slug, row, form, families, themes), 422
    audit("projet.objectif", objective_id=row.id)
    db.session.commit()
    return redirect(url_for("study.objectives", slug=slug, place=row.id, _anchor=f"o{row.id}"))


@blueprint.post("/objectifs/<int:objective_id>/pistes")
@roles(*ROLES)
def choose_contributions(slug: str, objective_id: int) -> ResponseReturnValue:
    """Keep the pistes ticked among those that were shown."""
    row = objective_or_404(objective_id)
    goals.choose(db.session, row, _numbers("pistes"), among=_numbers("montrees"))
    audit("projet.pistes", objective_id=row.id)
    db.session.commit()
    return redirect(url_for("study.objective", slug=slug, objective_id=row.id, _anchor="pistes"))


@blueprint.post("/objectifs/<int:objective_id>/actions")
@roles(*ROLES)
def add_action(slug: str, objective_id: int) -> ResponseReturnValue:
    """Add an action under an objective and open its sheet."""
    row, typed = objective_or_404(objective_id), request.form.get("label", "")
    try:
        if row.kind is ObjectiveKind.BLOC:
            raise ObjectiveError(str(_l("Une action se range sous un objectif, pas sous un bloc.")))
        made = planned.add(db.session, row, label=typed, client_id=sending())
    except ObjectiveError as refusal:
        db.session.rollback()
        form = ObjectiveForm(formdata=None, obj=row, seen=str(row.revision))
        form.bloc.data = str(row.parent_id or "")
        said = {"action_typed": typed, "action_refused": str(refusal)}
        return _page(slug, row, form, row.families, row.themes, **said), 422
    audit("projet.action", action_id=made.id)
    db.session.commit()
    return redirect(url_for("study.action", slug=slug, action_id=made.id))


def refuse(form: FlaskForm, refusal: ObjectiveError) -> None:
    """Say a refusal at the field it is about, or above the form."""
    if refusal.field in form:
        found: Field = form[refusal.field]
        found.errors = [*found.errors, str(refusal)]
    else:
        form.form_errors.append(str(refusal))


def _put_in_bloc(row: Objective, wanted: str) -> None:
    """The bloc chosen, where it is another that exists."""
    if row.kind is not ObjectiveKind.OBJECTIVE or not (wanted.isascii() and wanted.isdigit()):
        return
    bloc = goals.find(db.session, g.consultation.id, min(int(wanted[:10]), LARGEST_KEY))
    if bloc is not None and bloc.kind is ObjectiveKind.BLOC:
        ordering.put_in(db.session, row, bloc)


def _numbers(name: str) -> set[int]:
    found = (one for one in request.form.getlist(name)[: 2 * MOST_OFFERED] if one.isascii() and one.isdigit())
    return {min(int(one[:10]), LARGEST_KEY) for one in found}


def _page(
    slug: str, row: Objective, form: ObjectiveForm, families: Iterable[str], themes: Iterable[str], **said: str
) -> str:
    tree = goals.tree(db.session, g.consultation.id)
    node = next(one for one in (*tree.blocs, *tree.lines) if one.row.id == row.id)
    plan, material = plan_or_none(), load(db.session, g.consultation).material
    frame = framing.framed(material)
    form.bloc.choices = [SelectChoice(str(bloc.row.id), bloc.row.label) for bloc in tree.blocs]
    goal = resolved([Goal("o", "", tuple(families), tuple(themes))], material.codebook, framing.fates())[0]
    return render_template(
        "study/objective.html",
        slug=slug,
        node=node,
        form=form,
        tree=list(plan.tree()) if plan else [],
        families=frame.families,
        held_families=set(goal.families),
        held_themes=set(goal.themes),
        offered=_offered(material, frame, goal, frozenset(node.chosen)),
        coverage=Coverage,
        sending=secrets.token_hex(8),
        **said,
    )


def _offered(material: Material, frame: Frame, goal: Goal, chosen: frozenset[int]) -> Offered:
    """The pistes on the subjects of the objective, those chosen first; chosen ones stay whatever the subjects."""
    found = [
        voice
        for voice in material.voices
        if int(voice.key) in chosen or (frame.sides.is_action(voice) and of(voice, [goal], frame, material.codebook))
    ]
    found.sort(key=lambda voice: (int(voice.key) not in chosen, not voice.meeting, int(voice.key)))
    return Offered(found[:MOST_OFFERED], chosen, max(len(found) - MOST_OFFERED, 0))
