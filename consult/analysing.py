"""One analysis of a consultation, from its contributions to their themes, in short transactions."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from analysis.codebook import CodebookError
from analysis.types import Progress, Synthesis
from consult import analysis_rows as rows
from consult import database, logs, masked, plans, remembering, twinning
from consult.filters import number
from consult.noting import ANALYSED_UP_TO, Notes, Stopped
from surveys import contributions, findings, masking, runs, twins
from surveys.contributions import SourceRow
from surveys.models import Run, RunState
from surveys.staff import utc_now
from surveys.words import _, ngettext

#: Seconds between two batches: SQLite gives no turns, and whoever waits for it looks again ten times a second.
BREATH = 0.12


class NothingToRead(Exception):  # noqa: N818 - a state of the consultation, said to the reader
    """There is no contribution yet."""


def analyse_consultation(
    session: Session, consultation_id: int, staff_id: int | None = None, progress: Progress | None = None
) -> Run:
    """Run an analysis now and return it, done or failed; commits as it goes, so that readers see it advance."""
    run = runs.ask(session, consultation_id=consultation_id, staff_id=staff_id, at=utc_now())
    session.commit()
    perform(session, run.id, progress=progress)
    return run


def perform(session: Session, run_id: int, *, progress: Progress | None = None) -> None:
    """Carry out a run that was asked for; whatever goes wrong is one French sentence in its message."""
    run = session.get(Run, run_id)
    if run is None or not runs.begin(session, run_id):
        session.rollback()
        return
    session.commit()
    try:
        _carry_out(session, run, progress)
    except Stopped:
        session.rollback()
    except (NothingToRead, CodebookError) as refusal:
        _fail(session, run_id, str(refusal))
    except Exception as error:
        logs.failure(error)
        _fail(session, run_id, _("L’analyse s’est arrêtée : relancez-la ; si cela se reproduit, prévenez l’équipe."))
    session.refresh(run)
    if run.state is not RunState.DONE:
        tidy(session, run.consultation_id)
    session.commit()


def tidy(session: Session, consultation_id: int) -> None:
    """Take away what runs that did not end well had prepared; a crash meanwhile leaves less to do."""
    for _gone in findings.drop_unfinished(session, consultation_id):
        session.commit()
    session.commit()


def _carry_out(session: Session, run: Run, progress: Progress | None) -> None:
    note, consultation_id = Notes(session, run.id, progress), run.consultation_id
    note.step(_("Lecture des contributions"), 0)
    tidy(session, consultation_id)
    added = contributions.refresh(session, consultation_id)
    version = plans.living(session, consultation_id)
    session.commit()
    read = _read(session, consultation_id)
    with database.reading():
        plan = plans.of(session, version)
        corrections = plans.corrections(session, consultation_id)
        begun, texts = utc_now(), {source.id: source.text for source in read.sources}
        rulings = masked.rulings(session, consultation_id, texts)
        session.commit()  # nothing is held while the machine reads
    if not read.sources:
        raise NothingToRead(
            _("Aucune contribution à analyser : attendez les premières réponses, ou saisissez une rencontre.")
        )
    logs.event("analysis", contributions=len(read.sources), added=added, corrections=len(corrections))
    from analysis import pipeline
    from analysis.ideas import Manner

    with remembering.memory(session, consultation_id) as kept:
        synthesis = pipeline.analyse(
            [rows.document(source) for source in read.sources],
            codebook=plan,
            corrections=corrections,
            settings=pipeline.Settings(manner=Manner(rulings=rulings), extracts=0),
            progress=note,
            memory=kept.memory,
        )
        run.codebook_id, run.corpus_hash = version.id, rows.corpus_hash(read.sources)
        note.step(_("Enregistrement des thèmes"), ANALYSED_UP_TO)
        written = _write(session, run, synthesis, read, note)
        kept.is_that_of(run.id, written)
    _leave_to_read(session, consultation_id, masked.sighted(synthesis.review, texts), begun)


def _leave_to_read(session: Session, consultation_id: int, passages: list[masking.Sighted], begun: dt.datetime) -> None:
    """What the run leaves for a person to decide; what was decided meanwhile is heard."""
    for _changed in masking.replace(session, consultation_id, passages):
        session.commit()
        time.sleep(BREATH)
    masked.since(session, consultation_id, begun)
    session.commit()


@dataclass(frozen=True)
class _Read:
    """The contributions as the run read them, and which of them no run had read."""

    consultation_id: int
    sources: Sequence[SourceRow]
    unread: Set[int]


def _read(session: Session, consultation_id: int) -> _Read:
    with database.reading():
        sources = contributions.to_analyse(session, consultation_id)
        read = _Read(consultation_id, sources, contributions.unread(session, consultation_id))
        session.commit()
    return read


def _write(session: Session, run: Run, synthesis: Synthesis, read: _Read, note: Notes) -> set[int]:
    """Put in force what a run found; returns the contributions that it read as they still are."""
    at, start = utc_now(), time.perf_counter()
    unchanged = _unchanged(session, read)
    copies = twinning.sighted(source for source in read.sources if source.id in unchanged)
    found = [idea for idea in rows.found_in(synthesis) if idea.contribution_id in unchanged]
    fresh = 0
    for new in findings.prepare(
        session,
        run=run,
        found=found,
        masked={int(key): text for key, text in synthesis.masked.items() if int(key) in unchanged},
        languages={int(key): language for key, language in synthesis.languages.items()},
        at=at,
    ):
        fresh += new
        note.step(_("Enregistrement des thèmes"), ANALYSED_UP_TO)  # commits the batch, unless the run was stopped
        time.sleep(BREATH)
    standing = {int(key) for key in synthesis.standing} & unchanged
    findings.put_in_force(session, run, found=found, standing=standing)
    twins.replace(session, run.consultation_id, copies)
    ended = runs.finish(
        session,
        run.id,
        message=_summary(len(unchanged), len(unchanged & read.unread)),
        timings=_timings(synthesis, writing=time.perf_counter() - start),
        parameters={
            "contributions": len(unchanged),
            "new": len(unchanged & read.unread),
            "standing": len(standing),
            "new_ideas": fresh,
            **_told(synthesis),
        },
        at=utc_now(),
    )
    if not ended:
        raise Stopped
    session.commit()
    return unchanged


def _told(synthesis: Synthesis) -> dict[str, Any]:
    """What a run keeps of what the analysis told."""
    emerging = [
        {"label": theme.label, "words": list(theme.keywords), "examples": list(theme.examples[:3])}
        for theme in synthesis.emerging
    ]
    return {
        "ideas": synthesis.parameters["ideas"],
        "emerging": emerging,
        "settings": _plain(synthesis.parameters),
    }


def _timings(synthesis: Synthesis, *, writing: float) -> dict[str, float]:
    return {step.name: round(step.seconds, 3) for step in synthesis.steps} | {
        _("Enregistrement des thèmes"): round(writing, 3)
    }


def _unchanged(session: Session, read: _Read) -> set[int]:
    """What still says what was read: a line may be corrected, an answer erased, while the machine reads."""
    now = {source.id: source.text for source in _read(session, read.consultation_id).sources}
    return {source.id for source in read.sources if now.get(source.id) == source.text}


def _summary(read: int, new: int) -> str:
    words = ngettext("%(num)s contribution lue", "%(num)s contributions lues", read, num=number(read))
    if not new:
        return _("%(read)s, aucune nouvelle.", read=words)
    return ngettext(
        "%(read)s, dont %(num)s nouvelle.", "%(read)s, dont %(num)s nouvelles.", new, read=words, num=number(new)
    )


def _fail(session: Session, run_id: int, message: str) -> None:
    session.rollback()
    runs.fail(session, run_id, message=message, at=utc_now())
    session.commit()


def _plain(parameters: Any) -> dict[str, Any]:
    return {str(key): value for key, value in parameters.items() if isinstance(value, str | int | float | bool)}
