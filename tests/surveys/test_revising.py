"""Two people on one line: nobody's words go without having been read."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys import revising, workshops
from surveys.models import Meeting
from surveys.revising import Conflict, Saved
from surveys.trees import in_order, tree
from surveys.workshops import LineFacts
from tests.consult import desk


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return session.get_one(Meeting, desk.set_up(session).meeting_id)


def _write(session: Session, meeting: Meeting, text: str, *, base: int, writer: str) -> Saved | Conflict:
    facts = LineFacts(client_id="l1", text=text)
    return revising.write(session, meeting=meeting, facts=facts, base=base, writer=writer)


def test_a_correction_of_what_one_has_read_is_stored(session: Session, meeting: Meeting) -> None:
    saved = _write(session, meeting, "Les halls sont très sales", base=1, writer="a")
    assert isinstance(saved, Saved)
    assert saved.line.revision == 2


def test_a_correction_of_an_older_writing_is_refused_with_what_the_line_says_now(
    session: Session, meeting: Meeting
) -> None:
    _write(session, meeting, "Le texte de A", base=1, writer="a")
    refused = _write(session, meeting, "Le texte de B", base=1, writer="b")
    assert isinstance(refused, Conflict)
    assert (refused.theirs.text, refused.theirs.revision) == ("Le texte de A", 2)
    assert workshops.lines_of(session, meeting)[0].text == "Le texte de A"


def test_once_the_other_was_read_ones_own_words_may_win(session: Session, meeting: Meeting) -> None:
    _write(session, meeting, "Le texte de A", base=1, writer="a")
    assert isinstance(_write(session, meeting, "Le texte de B", base=2, writer="b"), Saved)


def test_the_same_words_sent_again_are_no_conflict(session: Session, meeting: Meeting) -> None:
    _write(session, meeting, "Le texte de A", base=1, writer="a")
    again = _write(session, meeting, "Le texte de A", base=1, writer="b")
    assert isinstance(again, Saved)
    assert again.line.revision == 2


def test_a_device_is_in_no_conflict_with_what_it_sent_without_hearing_the_answer(
    session: Session, meeting: Meeting
) -> None:
    _write(session, meeting, "Premier envoi", base=1, writer="a")
    assert isinstance(_write(session, meeting, "Second envoi", base=1, writer="a"), Saved)


def test_a_new_line_goes_right_after_the_one_named(session: Session, meeting: Meeting) -> None:
    for name, after in (("a", ""), ("b", ""), ("c", "l1"), ("d", "inconnue")):
        workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id=name, text=name), after=after)
    assert [line.client_id for line in workshops.lines_of(session, meeting)] == ["l1", "c", "a", "b", "d"]


def test_lines_are_put_in_the_order_asked_and_none_is_lost(session: Session, meeting: Meeting) -> None:
    for name in "abc":
        workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id=name, text=name))
    revising.reorder(session, meeting=meeting, names=["c", "a", "inconnue"])
    assert [line.client_id for line in workshops.lines_of(session, meeting)] == ["c", "a", "l1", "b"]


def test_a_tree_is_read_branch_by_branch_whatever_the_order_of_writing(session: Session, meeting: Meeting) -> None:
    for name, parent in (("bloc", ""), ("autre", ""), ("objectif", "bloc"), ("piste", "objectif"), ("voisin", "autre")):
        facts = LineFacts(client_id=name, text=name, parent=parent)
        workshops.record_line(session, meeting=meeting, facts=facts)
    lines = workshops.lines_of(session, meeting)
    ordered = [(line.client_id, depth) for line, depth in in_order(lines)]
    assert ordered == [("l1", 0), ("bloc", 0), ("objectif", 1), ("piste", 2), ("autre", 0), ("voisin", 1)]
    assert [branch.leaves for branch in tree(lines)] == [0, 1, 1]


def test_no_line_hangs_from_itself_however_far(session: Session, meeting: Meeting) -> None:
    for name, parent in (("a", ""), ("b", "a"), ("a", "b"), ("b", "b")):
        workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id=name, text=name, parent=parent))
    assert {line.client_id: line.parent for line in workshops.lines_of(session, meeting)} == {
        "l1": "",
        "a": "",
        "b": "a",
    }


def test_a_branch_taken_away_leaves_what_hung_from_it(session: Session, meeting: Meeting) -> None:
    for name, parent in (("a", ""), ("b", "a"), ("c", "b")):
        workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id=name, text=name, parent=parent))
    workshops.remove_line(session, meeting=meeting, client_id="b")
    assert [(line.client_id, line.parent) for line in workshops.lines_of(session, meeting)][1:] == [
        ("a", ""),
        ("c", "a"),
    ]
