"""A draft is changed, undone and published without a version ever changing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import definition, drafts, editing, versions
from surveys.definition import Questionnaire
from surveys.drafts import KEPT_STATES, Author, Facts, StaleError
from surveys.editing import EditError
from surveys.models import Channel, Consultation, DraftState, QuestionnaireDraft, Staff
from tests.surveys.making import version_of

DAY = dt.date(2026, 11, 21)
FACTS = Facts("en-ligne", Channel.ONLINE, "habitants")
BOOK = definition.load(
    {
        "title": "Votre quartier",
        "sections": [{"title": "Vous", "questions": [{"kind": "yes_no", "name": "bus", "label": "Le bus ?"}]}],
    }
)


@pytest.fixture
def authors(session: Session) -> tuple[Author, Author]:
    session.add(Consultation(id=1, slug="essai", title="Essai"))
    people = [Staff(email=f"{n}@ville.example", name=n, password="", fs_uniquifier=n, failed_logins=0) for n in "ab"]
    session.add_all(people)
    session.flush()
    return Author(people[0].id, DAY), Author(people[1].id, DAY)


@pytest.fixture
def draft(session: Session, authors: tuple[Author, Author]) -> QuestionnaireDraft:
    return drafts.begin(session, consultation_id=1, facts=FACTS, questionnaire=BOOK, author=authors[0])


def _relabelled(draft: QuestionnaireDraft, label: str) -> Questionnaire:
    book = drafts.read(draft)
    return editing.change_question(book, replace(book.question("bus"), label=label))


def _states(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DraftState)) or 0


def test_a_draft_gives_a_name_to_its_pages(draft: QuestionnaireDraft) -> None:
    assert [section.name for section in drafts.read(draft).sections] == ["page"]


def test_a_change_is_undone_one_after_the_other(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    before = dict(draft.definition)
    for label in ("Un", "Deux"):
        assert drafts.change(session, draft, _relabelled(draft, label), said=label, author=authors[0])
    assert drafts.undo(session, draft, revision=3, author=authors[1]) == "Deux"
    assert drafts.undo(session, draft, revision=4, author=authors[1]) == "Un"
    assert draft.definition == before
    assert (draft.revision, draft.edited_by) == (5, authors[1].staff_id)
    with pytest.raises(EditError, match="plus rien"):
        drafts.undo(session, draft, revision=5, author=authors[0])


def test_a_change_that_changes_nothing_is_none(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    assert not drafts.change(session, draft, drafts.read(draft), said="rien", author=authors[0])
    assert (draft.revision, _states(session)) == (1, 0)


def test_successive_savings_of_one_form_are_one_change_to_undo(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    for label in ("Le b", "Le bus", "Le bus du soir"):
        drafts.change(session, draft, _relabelled(draft, label), said="x", part="question bus", author=authors[0])
    assert _states(session) == 1
    drafts.change(session, draft, _relabelled(draft, "Autre"), said="x", part="question bus", author=authors[1])
    assert _states(session) == 2, "another person's change is another change"
    drafts.undo(session, draft, revision=draft.revision, author=authors[0])
    drafts.undo(session, draft, revision=draft.revision, author=authors[0])
    assert drafts.read(draft).question("bus").label == "Le bus ?"


def test_only_the_last_changes_are_kept(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    for number in range(KEPT_STATES + 5):
        drafts.change(session, draft, _relabelled(draft, f"n{number}"), said="x", author=authors[0])
    assert _states(session) == KEPT_STATES


def test_a_form_saved_many_times_leaves_the_changes_before_it_to_undo(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    drafts.change(session, draft, _relabelled(draft, "Un"), said="un", author=authors[0])
    for number in range(KEPT_STATES + 5):
        drafts.change(session, draft, _relabelled(draft, f"n{number}"), said="x", part="bus", author=authors[0])
    drafts.change(session, draft, _relabelled(draft, "Deux"), said="deux", author=authors[0])
    assert [drafts.undo(session, draft, revision=draft.revision, author=authors[0]) for _each in range(3)] == [
        "deux",
        "x",
        "un",
    ]
    assert drafts.read(draft).question("bus").label == "Le bus ?"


def test_a_page_that_shows_an_older_draft_neither_undoes_nor_publishes(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    drafts.change(session, draft, _relabelled(draft, "Un"), said="x", author=authors[0])
    with pytest.raises(StaleError):
        drafts.undo(session, draft, revision=1, author=authors[1])
    with pytest.raises(StaleError):
        drafts.publish(session, draft, revision=1)
    assert drafts.read(draft).question("bus").label == "Un"


def test_publishing_freezes_a_version_and_ends_the_draft(session: Session, draft: QuestionnaireDraft) -> None:
    version = drafts.publish(session, draft, revision=1)
    session.flush()
    assert (version.version, version.title, version.channel, version.public) == (
        1,
        "Votre quartier",
        Channel.ONLINE,
        "habitants",
    )
    assert version.digest == definition.digest(definition.load(version.definition))
    assert drafts.find(session, 1, "en-ligne") is None
    assert _states(session) == 0


def test_the_next_version_leaves_the_first_as_it_was(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    first = drafts.publish(session, draft, revision=1)
    session.flush()
    frozen = dict(first.definition), first.digest
    again = drafts.reopen(session, first, author=authors[1])
    drafts.change(session, again, _relabelled(again, "Prenez-vous le bus ?"), said="x", author=authors[1])
    second = drafts.publish(session, again, revision=again.revision)
    session.flush()
    session.expire(first)
    assert (dict(first.definition), first.digest) == frozen
    assert [version.version for version in versions.with_name(session, 1, "en-ligne")] == [2, 1]
    assert versions.newest(session, 1, "en-ligne") is second


def test_an_unchanged_draft_is_refused_but_not_one_for_another_channel(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    first = drafts.publish(session, draft, revision=1)
    session.flush()
    again = drafts.reopen(session, first, author=authors[0])
    with pytest.raises(EditError, match="Rien n’a changé depuis la version 1"):
        drafts.publish(session, again, revision=again.revision)
    assert drafts.describe(again, channel=Channel.PAPER, public="habitants", author=authors[0])
    assert drafts.publish(session, again, revision=again.revision).version == 2


def test_a_version_made_elsewhere_without_named_pages_is_not_said_to_change(
    session: Session, authors: tuple[Author, Author]
) -> None:
    loaded = version_of(BOOK, name="importe", title=BOOK.title)
    session.add(loaded)
    session.flush()
    assert drafts.is_same(drafts.reopen(session, loaded, author=authors[0]), loaded)


def test_an_unsound_draft_is_not_published(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    book = editing.add_section(drafts.read(draft), "Vide")[0]
    drafts.change(session, draft, book, said="x", author=authors[0])
    with pytest.raises(EditError, match="Vide"):
        drafts.publish(session, draft, revision=draft.revision)


def test_there_is_one_draft_of_a_name(
    session: Session, draft: QuestionnaireDraft, authors: tuple[Author, Author]
) -> None:
    with pytest.raises(EditError, match="s’appelle déjà"):
        drafts.begin(session, consultation_id=1, facts=FACTS, questionnaire=BOOK, author=authors[1])
    first = drafts.publish(session, draft, revision=1)
    session.flush()
    with pytest.raises(EditError, match="s’appelle déjà"):
        drafts.begin(session, consultation_id=1, facts=FACTS, questionnaire=BOOK, author=authors[1])
    one, same = (drafts.reopen(session, first, author=author) for author in authors)
    assert one is same
