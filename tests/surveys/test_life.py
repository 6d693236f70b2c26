"""A consultation opens, closes and opens again; every change is kept with its reason."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveys import life, margins, objectives_families, places, priorities, publishing, setting_up, waves
from surveys.life import LifeError, Situation
from surveys.margins import MarginRow
from surveys.models import Aim, ChangeKind, Consultation, Role, SheetModel, StaffRole, State
from surveys.objectives_families import FamilyRow
from surveys.setting_up import Identity, SetUpError
from tests.surveys.making import DAYS, TODAY, act, draft, ready, somebody


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        (State.DRAFT, dt.date(2026, 3, 20), Situation.DRAFT),
        (State.OPEN, dt.date(2026, 3, 8), Situation.WAITING),
        (State.OPEN, dt.date(2026, 3, 9), Situation.RUNNING),
        (State.OPEN, dt.date(2026, 4, 30), Situation.RUNNING),
        (State.OPEN, dt.date(2026, 5, 1), Situation.ENDED),
        (State.CLOSED, dt.date(2026, 3, 20), Situation.CLOSED),
    ],
)
def test_state_and_dates_together_say_where_it_stands(state: State, day: dt.date, expected: Situation) -> None:
    made = Consultation(slug="x", title="X", state=state, opens_on=DAYS["opens_on"], closes_on=DAYS["closes_on"])
    assert life.situation(made, day) is expected


def test_the_whole_life_is_kept_with_who_and_why(session: Session) -> None:
    who = somebody(session)
    made = ready(session, who)
    life.publish(session, made, life.Act(who.id, act().at))
    life.close(session, made, life.Act(who.id, act().at, "Assez de réponses."))
    life.reopen(
        session,
        made,
        life.Act(who.id, act().at, "Le centre social le demande."),
        closes_on=dt.date(2026, 6, 1),
        today=TODAY,
    )
    told = [
        (change.kind, change.before, change.after, change.reason, name)
        for change, name in life.history(session, made.id)
    ]
    assert told == [
        (ChangeKind.STATE, "closed", "open", "Le centre social le demande.", "Nadia Costes"),
        (ChangeKind.DATES, "2026-04-30", "2026-06-01", "Le centre social le demande.", "Nadia Costes"),
        (ChangeKind.STATE, "open", "closed", "Assez de réponses.", "Nadia Costes"),
        (ChangeKind.STATE, "draft", "open", "", "Nadia Costes"),
    ]


def test_closing_without_a_reason_is_refused(session: Session) -> None:
    made = ready(session)
    life.publish(session, made, act())
    with pytest.raises(LifeError, match="Dites pourquoi"):
        life.close(session, made, act("  "))
    assert made.state is State.OPEN


def test_it_cannot_reopen_until_a_day_that_is_past(session: Session) -> None:
    made = ready(session)
    life.publish(session, made, act())
    life.close(session, made, act("Fini."))
    with pytest.raises(LifeError, match="nouveau jour de fin"):
        life.reopen(session, made, act("Encore."), closes_on=TODAY - dt.timedelta(days=1), today=TODAY)


@pytest.mark.parametrize("move", ["close", "publish"])
def test_a_closed_consultation_is_neither_closed_nor_published_again(session: Session, move: str) -> None:
    made = ready(session)
    life.publish(session, made, act())
    life.close(session, made, act("Fini."))
    with pytest.raises(LifeError):
        getattr(life, move)(session, made, act("Encore."))


def test_after_publishing_the_notice_and_the_dates_change_with_a_reason_and_are_kept(session: Session) -> None:
    made = ready(session)
    life.publish(session, made, act())
    with pytest.raises(SetUpError, match="Dites pourquoi"):
        setting_up.set_notice(session, made, {"dpo": "Autre adresse."}, act())
    with pytest.raises(SetUpError, match="Dites pourquoi"):
        setting_up.set_dates(session, made, DAYS | {"closes_on": dt.date(2026, 5, 30)}, act())
    before = made.notice["dpo"]
    setting_up.set_notice(session, made, {"dpo": "Autre adresse."}, act("La déléguée a changé."))
    setting_up.set_dates(session, made, DAYS | {"closes_on": dt.date(2026, 5, 30)}, act("Prolongée d’un mois."))
    kept = {(change.subject, change.before, change.after) for change, _name in life.history(session, made.id)}
    assert ("dpo", before, "Autre adresse.") in kept
    assert ("closes_on", "2026-04-30", "2026-05-30") in kept


def test_saving_the_same_again_is_no_change(session: Session) -> None:
    made = ready(session)
    life.publish(session, made, act())
    setting_up.set_notice(session, made, dict(made.notice), act())
    setting_up.set_dates(session, made, DAYS, act())
    assert len(life.history(session, made.id)) == 1


def test_a_draft_has_no_history_and_needs_no_reason(session: Session) -> None:
    made = ready(session)
    assert life.history(session, made.id) == []


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"opens_on": dt.date(2026, 5, 2), "closes_on": dt.date(2026, 5, 1)}, "closes_on"),
        ({"closes_on": dt.date(2026, 5, 2), "keep_until": dt.date(2026, 5, 1)}, "keep_until"),
        ({"opens_on": dt.date(1026, 5, 2)}, "opens_on"),
    ],
)
def test_dates_out_of_order_are_refused_where_they_stand(
    session: Session, days: dict[str, dt.date | None], field: str
) -> None:
    with pytest.raises(SetUpError) as refused:
        setting_up.set_dates(session, draft(session), days, act())
    assert refused.value.field == field


def test_an_address_is_proposed_from_the_title_and_never_taken_twice(session: Session) -> None:
    who = somebody(session)
    titles = ("Été à l’Œuvre : nos quartiers !", "Été à l’œuvre, nos quartiers", "Nouvelle", "???")
    made = [setting_up.create(session, title=title, territory="", by=who).slug for title in titles]
    assert made == ["ete-a-l-oeuvre-nos-quartiers", "ete-a-l-oeuvre-nos-quartiers-2", "nouvelle-2", "consultation"]


@pytest.mark.parametrize("slug", ["Deux mots", "été", "-a", "a--b", "nouvelle", "prise", "a" * 61])
def test_an_address_that_cannot_be_typed_or_is_taken_is_refused(session: Session, slug: str) -> None:
    made = draft(session)
    session.add(Consultation(slug="prise", title="Prise"))
    session.flush()
    with pytest.raises(SetUpError) as refused:
        setting_up.set_identity(session, made, Identity("Titre", "", "", slug))
    assert refused.value.field == "slug"


def test_the_address_of_a_published_consultation_does_not_change(session: Session) -> None:
    made = ready(session)
    life.publish(session, made, act())
    with pytest.raises(SetUpError, match="ne change plus"):
        setting_up.set_identity(session, made, Identity(made.title, made.territory, made.introduction, "autre"))


def test_french_is_always_among_the_languages(session: Session) -> None:
    made = draft(session)
    setting_up.set_languages(session, made, ["tr", "ar", "klingon"])
    assert made.languages == ["fr", "ar", "tr"]


def test_the_next_wave_keeps_everything_but_the_dates_and_the_answers(session: Session) -> None:
    who, other = somebody(session), somebody(session, "etude@ville.example")
    made = ready(session, who)
    session.add(StaffRole(staff_id=other.id, consultation_id=made.id, role=Role.ANALYST))
    session.flush()
    wave = waves.duplicate(session, made, title="Contrat de ville 2027", wave="2027", by=who)
    assert (wave.wave_of_id, wave.wave, wave.state, wave.opens_on) == (made.id, "2027", State.DRAFT, None)
    assert wave.notice == made.notice
    assert [(row.place.slug, row.aliases) for row in places.of(session, wave.id)] == [
        (row.place.slug, row.aliases) for row in places.of(session, made.id)
    ]
    assert [one.digest for one in publishing.newest(session, wave.id)] == [
        one.digest for one in publishing.newest(session, made.id)
    ]
    assert {missing.step for missing in publishing.missing(session, wave)} == {publishing.Step.DATES}
    roles = session.query(StaffRole.staff_id, StaffRole.role).filter_by(consultation_id=wave.id).all()
    assert set(roles) == {(who.id, Role.LEAD), (other.id, Role.ANALYST)}


def test_the_next_wave_reads_its_answers_the_same_way_and_inherits_no_decision(session: Session) -> None:
    who = somebody(session)
    made = ready(session, who)
    rows = [FamilyRow("cadre", "Cadre de vie", ("proprete",))]
    objectives_families.keep(
        session, made.id, rows=rows, aims={"habitants.besoins": Aim.NEEDS}, known={"proprete"}
    ).sheet_model = SheetModel.TOULOUSE
    priorities.keep_links(session, made.id, {("habitants.choix", "rues"): "proprete"})
    margins.keep(session, made.id, [MarginRow("sexe", "Femme", 1200, "Insee", 2022)])
    priorities.choose(session, made.id, themes=["proprete"], note="", known={"proprete"}, staff_id=who.id, at=act().at)
    wave = waves.duplicate(session, made, title="Contrat de ville 2027", wave="2027", by=who)
    project = objectives_families.project(session, wave.id)
    assert project is not None
    assert (objectives_families.families(project, []), project.sheet_model) == (rows, SheetModel.TOULOUSE)
    assert objectives_families.aims(project, {"habitants.besoins": Aim.NEITHER}) == {"habitants.besoins": Aim.NEEDS}
    assert priorities.links(session, wave.id) == priorities.links(session, made.id) != {}
    assert margins.of(session, wave.id) == margins.of(session, made.id) != []
    assert priorities.chosen(session, wave.id) == []
