"""Whatever was done to a plan, taking it all back gives the very rows there were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import codebooks, runs, staff
from surveys.codebooks import ThemeFacts
from surveys.models import Coding, PlanAct, PlanChange, Run, Theme
from surveys.planning import emerging, history, joining, ordering, parting, replacing, sheets
from surveys.planning.board import By, PlanError, plan_of
from surveys.planning.forgetting import forget, words_of
from surveys.planning.joining import Carried
from surveys.planning.parting import Part
from surveys.planning.replacing import Incoming
from surveys.planning.saying import said
from surveys.planning.sheets import Sheet
from tests.surveys.planning.laid import AT, BY, Laid, lay, rows, told

Do = Callable[[Session, Laid, list[str], int], object]
NAMES = ("Bruit", "Commerces", "École", "Rats", "Propreté")


@pytest.fixture
def laid(session: Session) -> Laid:
    return lay(session)


def _replace(session: Session, laid: Laid, ids: list[str], number: int) -> object:
    kept = {stable_id: ThemeFacts(stable_id=stable_id, label=stable_id) for stable_id in ids[: number % 4 + 1]}
    incoming = Incoming(f"Plan {number}", "fichier", tuple(kept.values()))
    return replacing.replace(session, laid.version, incoming, BY, file_name="plan.yaml")


def _pick(ids: list[str], number: int) -> str:
    return ids[number % len(ids)]


ACTS: dict[str, Do] = {
    "rename": lambda s, laid, ids, n: sheets.rename(s, laid.version, _pick(ids, n), _pick([*NAMES], n // 7), BY),
    "describe": lambda s, laid, ids, n: sheets.describe(
        s,
        laid.version,
        _pick(ids, n),
        Sheet(label=f"T{n}", parent=[None, *ids][n // 5 % (len(ids) + 1)], examples=(f"{n}",), colour="lien"),
        BY,
    ),
    "add": lambda s, laid, ids, n: sheets.add(
        s, laid.version, Sheet(label=_pick([*NAMES], n), parent=[None, *ids][n // 5 % (len(ids) + 1)]), BY
    ),
    "merge": lambda s, laid, ids, n: joining.merge(
        s, laid.version, _pick(ids, n), _pick(ids, n // 11), Carried(name=n % 2 == 0), BY
    ),
    "retire": lambda s, laid, ids, n: joining.retire(s, laid.version, _pick(ids, n), BY),
    "restore": lambda s, laid, ids, n: joining.restore(s, laid.version, _pick(ids, n), BY),
    "split": lambda s, laid, ids, n: parting.split(
        s, laid.version, _pick(ids, n), [Part(f"Partie {n}"), Part(_pick([*NAMES], n))], BY, retired=n % 3 == 0
    ),
    "move": lambda s, laid, ids, n: ordering.move(s, laid.version, _pick(ids, n), 1 if n % 2 else -1, BY),
    "replace": _replace,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 999)), min_size=1, max_size=8))
def test_any_acts_taken_back_from_the_last_to_the_first_leave_the_rows_as_they_were(
    session: Session, laid: Laid, steps: list[tuple[str, int]]
) -> None:
    before, plan = rows(session, laid.consultation_id), plan_of(laid.version)
    codings = session.execute(select(Coding.decision_id, Coding.theme_id)).all()
    for name, number in steps:
        _try(session, laid, name, number)
    _settled(session, laid)
    for line in history.changes(session, laid.consultation_id):
        assert line.said
        change = session.get_one(PlanChange, line.id)
        now = [one for one in history.changes(session, laid.consultation_id) if one.id == line.id]
        assert now[0].undoable
        history.undo(session, change, BY)
    assert rows(session, laid.consultation_id) == before
    assert plan_of(laid.version) == plan
    assert session.execute(select(Coding.decision_id, Coding.theme_id)).all() == codings
    session.rollback()


def _try(session: Session, laid: Laid, name: str, number: int) -> None:
    """One act, as a view does it: refused, it leaves nothing behind."""
    ids = sorted(stable_id for version, stable_id in rows(session, laid.consultation_id) if version == 2)
    session.flush()
    trial = session.begin_nested()
    try:
        ACTS[name](session, laid, ids, number)
        trial.commit()
    except PlanError:
        trial.rollback()
        session.expire_all()


def _settled(session: Session, laid: Laid) -> None:
    """Every coding counts for a theme in use or for none, and names differ."""
    used = codebooks.themes_of(session, laid.version)
    ids = {row.stable_id for row in used}
    assert len({row.label.casefold() for row in used}) == len(used)
    assert {row.parent for row in used} <= ids | {None}
    assert {theme for _masked, theme in told(session, laid.consultation_id)} <= ids | {None}


def test_merging_then_taking_it_back_is_the_same_on_each_engine(either: Session) -> None:
    laid = lay(either)
    before = rows(either, laid.consultation_id)
    before_it = dict(told(either, laid.consultation_id))
    change = joining.merge(either, laid.version, "proprete/rats", "securite", Carried(), BY)
    retired = joining.retire(either, laid.version, "sante", BY)
    either.commit()
    now = dict(told(either, laid.consultation_id))
    assert (now["des rats partout"], now["un médecin"]) == ("securite", None)
    run = either.scalars(select(Run)).one()
    assert runs.new_by_theme(either, run) == {"proprete": 1, "proprete/bacs": 1, "securite": 3}
    history.undo(either, retired, BY)
    history.undo(either, change, BY)
    either.commit()
    assert rows(either, laid.consultation_id) == before
    sheets.describe(either, laid.version, "sante", Sheet(label="Soins", examples=("un médecin",)), BY)
    parting.split(either, laid.version, "sante", [Part("Dentistes", ("un dentiste",))], BY)
    forget(either, laid.consultation_id, words_of(["Un médecin."]))
    assert rows(either, laid.consultation_id)[2, "sante"]["examples"] == []
    incoming = Incoming("Autre", "autre", (ThemeFacts(stable_id="sante", label="Santé"),))
    replacing.replace(either, laid.version, incoming, BY, file_name="plan.yaml")
    either.commit()
    for told_of in history.changes(either, laid.consultation_id)[:3]:
        history.undo(either, either.get_one(PlanChange, told_of.id), BY)
    # What was said in it is gone for good; all else is as it was.
    either.commit()
    assert rows(either, laid.consultation_id) == before
    assert dict(told(either, laid.consultation_id)) == before_it


def test_a_change_is_not_taken_back_under_a_later_one_on_the_same_theme(session: Session, laid: Laid) -> None:
    first = sheets.rename(session, laid.version, "sante", "Soins", BY)
    sheets.rename(session, laid.version, "proprete", "Rues propres", BY)
    joining.merge(session, laid.version, "sante", "proprete", Carried(), BY)
    assert first
    with pytest.raises(PlanError, match=r"Annulez d’abord .* : « Soins » fusionné dans « Rues propres »"):
        history.undo(session, first, BY)
    assert [told.undoable for told in history.changes(session, laid.consultation_id)] == [True, False, False]


def test_a_change_on_other_themes_does_not_hold_one_back(session: Session, laid: Laid) -> None:
    first = sheets.rename(session, laid.version, "sante", "Soins", BY)
    sheets.rename(session, laid.version, "proprete", "Rues propres", BY)
    assert first
    history.undo(session, first, BY)
    labels = {row.stable_id: row.label for row in codebooks.themes_of(session, laid.version)}
    assert (labels["sante"], labels["proprete"]) == ("Santé", "Rues propres")
    with pytest.raises(PlanError, match="déjà annulé"):
        history.undo(session, first, BY)


def test_a_name_taken_since_is_not_given_twice(session: Session, laid: Laid) -> None:
    first = sheets.rename(session, laid.version, "sante", "Soins", BY)
    sheets.rename(session, laid.version, "securite", "Santé", BY)
    assert first
    with pytest.raises(PlanError, match="s’appelle maintenant « Santé »"):
        history.undo(session, first, BY)


def test_a_theme_that_already_holds_ideas_is_not_taken_back(session: Session, laid: Laid) -> None:
    added = sheets.add(session, laid.version, Sheet(label="Médecins"), BY)
    decision = session.scalars(select(Coding.decision_id).limit(1)).one()
    session.add(Coding(decision_id=decision, theme_id=added.id, score=1.0))
    session.flush()
    change = session.scalars(select(PlanChange)).one()
    with pytest.raises(PlanError, match="Des idées sont rangées dans « Médecins »"):
        history.undo(session, change, BY)


def test_steps_of_one_theme_are_one_change_that_is_taken_back_whole(session: Session, laid: Laid) -> None:
    before = rows(session, laid.consultation_id)
    for _time in range(2):
        ordering.move(session, laid.version, "sante", -1, BY)
    (told,) = history.changes(session, laid.consultation_id)
    assert told.said == "« Santé » changé de place"
    ordering.move(session, laid.version, "proprete", -1, BY)
    ordering.move(session, laid.version, "sante", 1, By(None, AT.replace(hour=13)))
    changes = history.changes(session, laid.consultation_id)
    assert len(changes) == 3
    for told in changes:
        history.undo(session, session.get_one(PlanChange, told.id), BY)
    assert rows(session, laid.consultation_id) == before


def test_each_change_says_who_did_what(session: Session, laid: Laid) -> None:
    account = staff.create(session, email="a@ville.example", name="Nadia Costes", password="douze-signes-au-moins")
    by = By(account.id, AT)
    sheet = Sheet(label="Soins", definition="Se soigner.", colour="sante")
    sheets.describe(session, laid.version, "sante", sheet, by)
    joining.retire(session, laid.version, "proprete", by)
    told = history.changes(session, laid.consultation_id)
    assert [(one.said, one.who) for one in told] == [
        ("« Propreté » retiré du plan avec ses 2 sous-thèmes", "Nadia Costes"),
        ("« Santé » renommé « Soins » (définition)", "Nadia Costes"),
    ]


def test_the_history_is_read_in_one_query(session: Session, laid: Laid) -> None:
    for number in range(12):
        sheets.rename(session, laid.version, "sante", f"Santé {number}", BY)
    assert len(history.changes(session, laid.consultation_id, most=5)) == 5
    assert session.scalar(select(func.count()).select_from(PlanChange)) == 12


@pytest.mark.parametrize("act", [act for act in PlanAct if act is not PlanAct.DESCRIBE])
def test_every_act_has_its_words(act: PlanAct) -> None:
    states = {"themes": {"a": {"retired": True}}}
    change = PlanChange(act=act, label="Nom", into="Autre", before={"themes": {"a": {"retired": False}}}, after=states)
    assert "Nom" in said(change)


def _emerged(session: Session, *found: dict[str, object]) -> None:
    run = session.scalars(select(Run)).one()
    run.parameters = {"emerging": list(found)}
    session.flush()


def test_an_emerging_theme_is_added_with_its_words_and_no_more_proposed(session: Session, laid: Laid) -> None:
    _emerged(session, {"label": "Jardins", "words": ["jardin"], "examples": ["des jardins"]}, {"label": "Bancs"})
    added = emerging.add_emerging(session, laid.version, "Jardins", BY)
    assert (added.stable_id, added.keywords, added.examples) == ("jardins", ["jardin"], ["des jardins"])
    emerging.ignore(session, laid.version, "Bancs", BY)
    assert emerging.emerging(session, laid.consultation_id) == []
    with pytest.raises(PlanError, match="n’est plus proposé"):
        emerging.ignore(session, laid.version, "Bancs", BY)
    for change in reversed(session.scalars(select(PlanChange)).all()):
        history.undo(session, change, BY)
    assert [one.label for one in emerging.emerging(session, laid.consultation_id)] == ["Jardins", "Bancs"]
    assert session.scalar(select(func.count()).where(Theme.stable_id == "jardins")) == 0


def test_the_changes_that_no_run_has_read_are_counted(session: Session, laid: Laid) -> None:
    later = By(None, AT.replace(hour=13))
    ordering.move(session, laid.version, "sante", -1, later)
    sheets.rename(session, laid.version, "sante", "Soins", later)
    run = session.scalars(select(Run)).one()
    assert history.unread_by_runs(session, laid.consultation_id, run) == 1
    assert history.unread_by_runs(session, laid.consultation_id, None) == 0
