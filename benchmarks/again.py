"""How long an analysis takes the first time, when one answer in a hundred is new, and after one correction.

    python -m benchmarks.again [question]

Everything an analysis does is counted: the database is read, the findings are written. Answers are those of a question
of ../shared/corpora (Q134 unless told), as lines of rencontres in a file of SQLite.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, insert, select

from analysis.record import peak_memory
from benchmarks.themes import tasks
from consult import analysing, create_app, database
from consult.extensions import db
from surveys import coding, staff
from surveys.models import Decision, Idea, Line, Outcome, Staff
from tests.consult import desk
from tests.places import settings_in


def main() -> None:
    """Print a line for each analysis."""
    question = sys.argv[1] if len(sys.argv) > 1 else "Q134"
    said = tasks.answers(question)
    kept = len(said) - len(said) // 100
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)))
        with app.app_context():
            database.migrate(db.engine)
            made = desk.set_up(db.session)
            _add(made.meeting_id, said[:kept])
            _run(made.consultation_id, "first")
            _add(made.meeting_id, said[kept:], after=kept)
            _run(made.consultation_id, "one in a hundred is new")
            _correct()
            _run(made.consultation_id, "one correction")
            _run(made.consultation_id, "nothing new")


def _add(meeting_id: int, texts: list[str], *, after: int = 0) -> None:
    rows = [
        {"meeting_id": meeting_id, "client_id": f"a{rank}", "text": text, "position": rank}
        for rank, text in enumerate(texts, start=after + 10)
    ]
    db.session.execute(insert(Line), rows)
    db.session.commit()


def _correct() -> None:
    who = Staff(email="a@ville.example", name="A", password="", fs_uniquifier="a", failed_logins=0)
    db.session.add(who)
    idea = db.session.scalars(select(Idea).where(Idea.decision_id.is_not(None)).limit(1)).one()
    db.session.flush()
    coding.decide(db.session, idea, outcome=Outcome.NO_OPINION, theme_ids=[], staff_id=who.id, at=staff.utc_now())
    db.session.commit()


def _run(consultation_id: int, name: str) -> None:
    before, started = _decisions(), time.perf_counter()
    run = analysing.analyse_consultation(db.session, consultation_id)
    seconds = time.perf_counter() - started
    steps = ", ".join(f"{step} {taken:.2f}" for step, taken in run.timings.items())
    print(f"{name:<26} {seconds:6.2f} s, {_decisions() - before} decisions, {peak_memory():.0f} MB")
    print(f"{'':<26} {run.message} {steps}", flush=True)


def _decisions() -> int:
    return db.session.scalar(select(func.count()).select_from(Decision)) or 0


if __name__ == "__main__":
    main()
