"""A small plan in two versions, and ideas coded with each, on one engine then on the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import codebooks, read, workshops
from surveys.codebooks import ThemeFacts
from surveys.models import (
    CodebookVersion,
    Coding,
    Consultation,
    Contribution,
    Decision,
    Idea,
    MeetingKind,
    Origin,
    Outcome,
    Run,
    RunState,
    Theme,
)
from surveys.planning.board import By, state_of
from surveys.workshops import LineFacts, MeetingFacts

AT = dt.datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - stored times carry no zone
BY = By(None, AT)
THEMES = (
    ThemeFacts(stable_id="proprete", label="Propreté", examples=("c’est sale",), keywords=("sale",), colour="proprete"),
    ThemeFacts(stable_id="proprete/rats", label="Rats", parent="proprete", examples=("des rats",)),
    ThemeFacts(stable_id="proprete/bacs", label="Bacs", parent="proprete", examples=("les bacs débordent",)),
    ThemeFacts(stable_id="securite", label="Sécurité", examples=("on a peur",), colour="securite"),
    ThemeFacts(stable_id="securite/lumiere", label="Éclairage", parent="securite", keywords=("lampadaire",)),
    ThemeFacts(stable_id="sante", label="Santé", colour="sante"),
)
#: Each idea with its themes, in the version of the plan that gave them.
CODED = (
    ("des rats partout", 1, ("proprete/rats",)),
    ("sale et dangereux", 2, ("proprete", "securite")),
    ("rats et bacs", 2, ("proprete/rats", "proprete/bacs")),
    ("un médecin", 2, ("sante",)),
    ("autre chose", 2, ()),
)


@dataclass(frozen=True)
class Laid:
    """What was made."""

    consultation_id: int
    version: CodebookVersion
    ideas: dict[str, int]


def lay(session: Session) -> Laid:
    """Make the plan and its ideas, flushed."""
    consultation = Consultation(slug="plan", title="Plan")
    session.add(consultation)
    session.flush()
    one = consultation.id
    versions = {
        number: codebooks.add_version(session, consultation_id=one, source="essai", label="Essai", themes=THEMES)
        for number in (1, 2)
    }
    facts = MeetingFacts(client_id="m1", kind=MeetingKind.WORKSHOP, day=AT.date(), title="Atelier")
    meeting = workshops.record_meeting(session, consultation_id=one, facts=facts)
    run = Run(consultation_id=one, codebook_id=versions[2].id, state=RunState.DONE, asked_at=AT, progress=100)
    session.add(run)
    session.flush()
    ideas = {}
    for rank, (text, number, themes) in enumerate(CODED):
        line = workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id=f"l{rank}", text=text))
        said = Contribution(consultation_id=one, line_id=line.id, masked=text)
        session.add(said)
        session.flush()
        ideas[text] = _coded(session, said, versions[number], themes, run)
    session.commit()
    return Laid(one, versions[2], ideas)


def rows(session: Session, consultation_id: int) -> dict[tuple[int, str], dict[str, object]]:
    """Every row of every version, as stored."""
    session.expire_all()
    found = session.execute(
        select(CodebookVersion.version, Theme)
        .join(Theme, Theme.codebook_id == CodebookVersion.id)
        .where(CodebookVersion.consultation_id == consultation_id)
    )
    return {(number, row.stable_id): state_of(row) for number, row in found}


def _coded(session: Session, said: Contribution, version: CodebookVersion, themes: tuple[str, ...], run: Run) -> int:
    idea = Idea(contribution_id=said.id, position=1, start=0, end=len(said.masked), text=said.masked)
    session.add(idea)
    session.flush()
    outcome = Outcome.CODED if themes else Outcome.UNCLASSIFIED
    decision = Decision(idea_id=idea.id, origin=Origin.MODEL, outcome=outcome, run_id=run.id, at=AT)
    session.add(decision)
    session.flush()
    for stable_id in themes:
        theme = codebooks.theme(session, version, stable_id)
        assert theme
        session.add(Coding(decision_id=decision.id, theme_id=theme.id, score=0.8))
    idea.decision_id = decision.id
    session.flush()
    return idea.id


def told(session: Session, consultation_id: int) -> list[tuple[str, str | None]]:
    """Each text as it is masked, with each theme of its ideas, or None for an idea without any."""
    masked = {text.id: text.masked for text in read.texts(session, consultation_id)}
    return [
        (masked[idea.contribution_id], theme)
        for idea in read.ideas(session, consultation_id)
        for theme in idea.themes or (None,)
    ]
