"""What the committee chose and what links questions to themes are kept, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.database import writing
from surveys import priorities, staff
from surveys.models import CommitteeChoice, Consultation, PriorityLink
from surveys.priorities import ChoiceError
from tests.consult import desk
from tests.consult.desk import Desk
from tests.postgresql import ENGINES, session_on

AT = dt.datetime(2026, 3, 12, 14, 30)  # noqa: DTZ001 - stored times carry no zone
KNOWN = {"securite", "proprete", "sante"}


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with session_on(request.param, tmp_path, unproven="priorities are NOT proven on it") as opened, writing():
        yield opened


@pytest.fixture
def town(session: Session) -> Desk:
    return desk.set_up(session)


def _choose(session: Session, town: Desk, *themes: str, note: str = "") -> None:
    priorities.choose(
        session, town.consultation_id, themes=themes, note=note, known=KNOWN, staff_id=_someone(session), at=AT
    )
    session.flush()


def _someone(session: Session) -> int:
    member = staff.create(session, email=f"a{AT}@ville.example", name="Nadia", password="un mot de passe long")
    session.flush()
    return member.id


def test_the_latest_choice_comes_first_and_those_before_are_kept(session: Session, town: Desk) -> None:
    by = _someone(session)
    for themes in (("securite",), ("proprete", "securite")):
        priorities.choose(session, town.consultation_id, themes=themes, note="vu", known=KNOWN, staff_id=by, at=AT)
    session.flush()
    found = priorities.chosen(session, town.consultation_id)
    assert [one.themes for one in found] == [("proprete", "securite"), ("securite",)]
    assert (found[0].by, found[0].note) == ("Nadia", "vu")


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        ((), "au moins un thème"),
        (("securite", "securite"), "deux fois"),
        (("disparu",), "rechargez la page"),
    ],
)
def test_a_choice_that_cannot_be_kept_is_refused_in_a_sentence(
    session: Session, town: Desk, themes: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ChoiceError, match=said):
        _choose(session, town, *themes)
    assert priorities.chosen(session, town.consultation_id) == []


def test_a_remark_too_long_is_refused(session: Session, town: Desk) -> None:
    with pytest.raises(ChoiceError, match="trop longue"):
        _choose(session, town, "securite", note="x" * 2001)


def test_links_are_replaced_whole(session: Session, town: Desk) -> None:
    priorities.keep_links(session, town.consultation_id, {("q.a", "1"): "securite", ("q.a", "2"): ""})
    priorities.keep_links(session, town.consultation_id, {("q.a", "2"): "sante"})
    assert priorities.links(session, town.consultation_id) == {("q.a", "2"): "sante"}


def test_both_leave_with_their_consultation(session: Session, town: Desk) -> None:
    other = session.scalars(select(Consultation.id).where(Consultation.slug == "ailleurs")).one()
    session.add(CommitteeChoice(consultation_id=other, at=AT, themes=["securite"]))
    priorities.keep_links(session, other, {("q.a", "1"): "securite"})
    session.flush()
    session.execute(delete(Consultation).where(Consultation.id == other))
    assert [session.scalar(select(func.count()).select_from(one)) for one in (CommitteeChoice, PriorityLink)] == [0, 0]
