"""The steps of setting up a consultation, each with what it misses, and how a step answers when it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from consult.extensions import db
from consult.staff import now
from surveys import publishing, staff
from surveys.life import Act
from surveys.models import State
from surveys.publishing import Missing, Step
from surveys.typography import french

LEAD = "chef-de-projet"
ANALYST = "charge-etude"


@dataclass(frozen=True)
class StepRow:
    """One step: where it is, what is missing there, and whether it is the one being read.

    ``checks`` is False for the two that ask for nothing: looking, and publishing. ``unseen`` is True for a step that
    began filled in and that nobody has saved since.
    """

    name: str
    label: str
    url: str
    current: bool
    missing: tuple[Missing, ...] = ()
    checks: bool = True
    unseen: bool = False


def steps() -> list[StepRow]:
    """The steps of the consultation being read, in their order."""
    missing = publishing.missing(db.session, g.consultation)
    unseen = publishing.unconfirmed(g.consultation)
    rows = [
        _row(
            step.value,
            label,
            f"manage.step_{step.name.lower()}",
            tuple(one for one in missing if one.step is step),
            unseen=step in unseen,
        )
        for step, label in _labels().items()
    ]
    return [
        *rows,
        _row("apercu", _("Aperçu"), "manage.preview", (), checks=False),
        _row("publication", _("Publication"), "manage.publication", (), checks=False),
    ]


def step_page(template: str, form: FlaskForm | None = None, *, status: int = 0, **values: Any) -> ResponseReturnValue:
    """The page of a step beside the list of them; 422 where its form holds something to mend."""
    if form is not None:
        values["form"] = form
    page = render_template(template, steps=steps(), slug=g.consultation.slug, published=is_published(), **values)
    return page, status or (422 if form is not None and form.errors else 200)


def saved(step: Step) -> ResponseReturnValue:
    """Keep what a step wrote, then go to the next one or stay, as the button pressed says."""
    note_change(f"preparation.{step.value}")
    db.session.commit()
    flash(_("C’est enregistré."), "success")
    order = list(Step)
    after = order.index(step) + 1
    if request.form.get("aller") != "suite":
        return redirect(url_for(f"manage.step_{step.name.lower()}", slug=g.consultation.slug))
    if after == len(order):
        return redirect(url_for("manage.overview", slug=g.consultation.slug))
    return redirect(url_for(f"manage.step_{order[after].name.lower()}", slug=g.consultation.slug))


def note_change(action: str, **details: str | int | bool | None) -> None:
    """Write in the audit log what this reader just did to the consultation."""
    staff.audit(db.session, action, staff_id=g.staff.id, consultation_id=g.consultation.id, **details)


def act(reason: str | None = "") -> Act:
    """The reader, now, for the reason they gave."""
    return Act(g.staff.id, now(), reason or "")


def is_published() -> bool:
    """Whether residents were already told of the consultation being read."""
    return bool(g.consultation.state is not State.DRAFT)


def refuse(form: FlaskForm, field: str, message: str) -> None:
    """Show a refusal of the rules beside the field it concerns, or above the form when it has none."""
    if field in form:
        form[field].errors = [french(message)]
    else:
        form.form_errors.append(french(message))


def _row(
    name: str, label: str, endpoint: str, missing: tuple[Missing, ...], *, checks: bool = True, unseen: bool = False
) -> StepRow:
    url = url_for(endpoint, slug=g.consultation.slug)
    return StepRow(name, label, url, request.path == url, missing, checks, unseen)


def _labels() -> dict[Step, str]:
    return {
        Step.IDENTITY: _("Identité"),
        Step.DATES: _("Dates"),
        Step.CHANNELS: _("Canaux"),
        Step.LANGUAGES: _("Langues"),
        Step.NOTICE: _("Notice d’information"),
        Step.PLACES: _("Quartiers"),
        Step.QUESTIONNAIRES: _("Questionnaires"),
    }
