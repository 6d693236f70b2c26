"""Launching an analysis, watching it advance, and what it brought."""

from __future__ import annotations

from flask import flash, g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import jobs, logs, tasks
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from surveys import contributions, staff
from surveys import runs as history
from surveys.models import Run, RunState

ROLES = ("chef-de-projet", "charge-etude")


@blueprint.get("/analyse")
@roles(*ROLES)
def runs(slug: str) -> ResponseReturnValue:
    """The run under way if any, what waits to be read, and the runs so far."""
    consultation_id = g.consultation.id
    return render_template(
        "study/runs.html",
        slug=slug,
        current=history.current(db.session, consultation_id),
        last=history.latest_done(db.session, consultation_id),
        runs=history.history(db.session, consultation_id),
        waiting=contributions.waiting(db.session, consultation_id),
        states=_states(),
    )


@blueprint.post("/analyse")
@roles(*ROLES)
def launch(slug: str) -> ResponseReturnValue:
    """Ask for an analysis; asking again while one is under way changes nothing."""
    consultation_id = g.consultation.id
    under_way = history.current(db.session, consultation_id)
    if under_way is None:
        run = history.ask(db.session, consultation_id=consultation_id, staff_id=g.staff.id, at=staff.utc_now())
        audit("analyse", run_id=run.id)
        db.session.commit()
        _enqueue(run.id)
    return redirect(url_for("study.runs", slug=slug))


def _enqueue(run_id: int) -> None:
    try:
        jobs.enqueue(tasks.run_analysis, run_id)
    except Exception as error:  # a file or a server of another program: whatever it says, nobody will begin the run
        logs.failure(error)
        words = _("L’analyse n’a pas pu être lancée : relancez-la dans un instant.")
        history.fail(db.session, run_id, message=words, at=staff.utc_now())
        db.session.commit()


@blueprint.get("/analyse/etat")
@roles(*ROLES)
def progress(slug: str) -> ResponseReturnValue:
    """How far the run under way is; null once there is none."""
    run = history.current(db.session, g.consultation.id)
    return jsonify(run and {"progress": run.progress, "message": run.message or _("En attente")})


@blueprint.post("/analyse/<int:run_id>/arreter")
@roles(*ROLES)
def stop(slug: str, run_id: int) -> ResponseReturnValue:
    """Stop a run: it writes nothing more, and the themes stay as they were."""
    run = db.session.get(Run, run_id)
    if run is not None and run.consultation_id == g.consultation.id:
        words = _("Analyse arrêtée à votre demande : les thèmes sont restés comme ils étaient.")
        stopped = history.fail(db.session, run.id, message=words, at=staff.utc_now())
        db.session.commit()
        flash(words if stopped else _("Cette analyse était déjà finie."), "success" if stopped else "info")
    return redirect(url_for("study.runs", slug=slug))


def _states() -> dict[RunState, tuple[str, str]]:
    """The words of each state, and the kind of tag that carries them."""
    return {
        RunState.QUEUED: (_("en attente"), "now"),
        RunState.RUNNING: (_("en cours"), "now"),
        RunState.DONE: (_("terminée"), "done"),
        RunState.FAILED: (_("arrêtée"), "care"),
    }
