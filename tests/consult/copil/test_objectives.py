"""The tree of objectives as the committee reads it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

from flask import Flask

from analysis.material import Material
from consult.extensions import db
from surveys import followup, followup_sources, objectives, objectives_actions
from surveys.followup import By
from surveys.followup import Facts as FollowUpFacts
from surveys.models import Consultation, Contribution, Coverage, Line, Meeting, MeetingKind, Objective, ObjectiveKind
from surveys.objectives import Facts
from surveys.objectives_actions import ActionFacts
from tests.analysis import made
from tests.consult.copil.conftest import SLUG
from tests.consult.desk import DAY
from tests.demo_files import Demo
from tests.pages import PageCheckingClient

Give = Callable[[Material], None]


def a_tree(app: Flask) -> int:
    """A bloc, an objective on safety with an action covered, a concern nobody spoke of; a line chosen; its key."""
    with app.app_context():
        one = db.session.query(Consultation).filter_by(slug=SLUG).one().id
        bloc = objectives.add(db.session, one, kind=ObjectiveKind.BLOC, label="Habiter", client_id="b")
        row = objectives.add(
            db.session, one, kind=ObjectiveKind.OBJECTIVE, label="Apaiser", client_id="o", parent=bloc.id
        )
        objectives.write(db.session, row, Facts(label="Apaiser", themes=["securite"], added_value="Tenir ensemble."))
        objectives.add(db.session, one, kind=ObjectiveKind.CROSSING, label="Climat", client_id="c")
        action = objectives_actions.add(db.session, row, label="Une médiation", client_id="a")
        covered = ActionFacts(label="Une médiation", coverage=Coverage.COVERED, programme="CLSPD")
        objectives_actions.write(db.session, action, covered)
        meeting = Meeting(consultation_id=one, client_id="m", kind=MeetingKind.WORKSHOP, title="Atelier", day=DAY)
        db.session.add(meeting)
        db.session.flush()
        line = Line(meeting_id=meeting.id, client_id="l", position=1, text="x")
        db.session.add(line)
        db.session.flush()
        said = Contribution(consultation_id=one, line_id=line.id)
        db.session.add(said)
        db.session.flush()
        objectives.choose(db.session, row, [said.id], among=[said.id])
        db.session.commit()
        return said.id


def a_material(key: int, *, persons: int) -> Material:
    people = [made.person(f"p{rank}", canal="En ligne", sexe="Femme") for rank in range(20)]
    voices = [made.voice(f"9{rank}", "securite", person=f"p{rank}") for rank in range(persons)]
    line = made.voice(str(key), "securite", meeting="m0", kind="Piste d’action", text="Un îlotier par quartier.")
    silent = [made.voice(f"8{rank}", "emploi", person=f"p{rank}") for rank in range(20)]
    return made.material(people, [*voices, line, *silent], book=made.shipped(), meetings=made.consultation().meetings)


def test_each_objective_stands_with_its_evidence_its_actions_and_its_words(
    app: Flask, reader: PageCheckingClient, given: Give
) -> None:
    given(a_material(a_tree(app), persons=12))
    page = reader.get(f"/copil/{SLUG}/objectifs").text
    for words in (
        "Apaiser",
        "12 personnes et 1 contribution de rencontre",
        "couverte par CLSPD",
        "Un îlotier par",
        "Tenir ensemble.",
    ):
        assert words in page
    assert "Aucune contribution ne porte encore sur cet objectif" in page
    assert "Changer l’arbre" not in page


def test_the_evidence_leads_to_its_texts_and_back(app: Flask, reader: PageCheckingClient, given: Give) -> None:
    given(a_material(a_tree(app), persons=12))
    address = _texts_of("Apaiser", reader)
    page = reader.get(address).text
    assert "12 personnes et 1 contribution de rencontre." in page
    assert "Un îlotier par" in page
    assert page.count("réponse à un questionnaire") == 12
    assert re.search(rf'href="/copil/{SLUG}/objectifs#objectif-\d+"', page)
    assert reader.get(address.replace("/textes", "99/textes")).status_code == 404


def test_the_shares_of_the_quartiers_lead_to_their_texts(demo_reader: PageCheckingClient, demo_files: Demo) -> None:
    page = unescape(demo_reader.get(f"/copil/{demo_files.slug}/objectifs").text)
    (_least, most, *_others) = re.findall(r'<a href="([^"]+/textes\?quartier=[^"]+)">\d+\s%', page)
    texts = unescape(demo_reader.get(most).text)
    assert "Fleming La Reille" in most.replace("+", " ")
    assert "7 personnes." in texts
    assert "réponse à un questionnaire" in texts


def test_the_texts_of_few_persons_stay_closed(app: Flask, reader: PageCheckingClient, given: Give) -> None:
    given(a_material(a_tree(app), persons=3))
    page = reader.get(_texts_of("Apaiser", reader)).text
    assert "Un îlotier par" in page
    assert "réponse à un questionnaire" not in page
    assert "n’est pas montré" in page


def test_an_objective_and_what_is_done_lead_to_each_other(app: Flask, reader: PageCheckingClient, given: Give) -> None:
    key = a_tree(app)
    given(a_material(key, persons=12))
    with app.app_context():
        one = db.session.query(Consultation).filter_by(slug=SLUG).one().id
        by = By(None, dt.datetime(2026, 3, 12))  # noqa: DTZ001 - stored times carry no zone
        made = followup.write(db.session, one, FollowUpFacts("Rallumer", theme="securite"), by, client_id="1")
        followup.write(db.session, one, FollowUpFacts("Planter", theme="espaces-verts"), by, client_id="2")
        followup_sources.link(db.session, made, shown=[key], chosen=[key], by=by)
        db.session.commit()
        suite = f"/copil/{SLUG}/suites#suite-{made.id}"
    tree = reader.get(f"/copil/{SLUG}/objectifs").text
    assert f'href="{suite}">Rallumer<' in tree
    assert "Planter" not in tree
    done = reader.get(f"/copil/{SLUG}/suites").text
    assert re.search(rf'<a href="/copil/{SLUG}/objectifs#objectif-\d+">1. Apaiser</a>', done)
    assert "Partie de 1 contribution" in done
    assert "Un îlotier par" in done


def _texts_of(label: str, reader: PageCheckingClient) -> str:
    """Where the evidence of an objective leads."""
    below = reader.get(f"/copil/{SLUG}/objectifs").text.partition(f"<span>{label}</span>")[2]
    found = re.search(r'goal__said"><a href="([^"]+)"', below)
    assert found
    return found[1]


def test_few_persons_are_masked(app: Flask, reader: PageCheckingClient, given: Give) -> None:
    given(a_material(a_tree(app), persons=3))
    page = reader.get(f"/copil/{SLUG}/objectifs").text
    assert "3 personnes" not in page
    assert "1 contribution de rencontre, dont 1 piste d’action ; le nombre de personnes n’est pas montré" in page


def test_a_tree_not_written_says_what_comes(reader: PageCheckingClient, given: Give) -> None:
    given(made.consultation())
    assert "L’arbre n’est pas encore écrit" in reader.get(f"/copil/{SLUG}/objectifs").text


def test_a_long_name_is_a_text_and_never_markup(app: Flask, reader: PageCheckingClient, given: Give) -> None:
    given(a_material(a_tree(app), persons=12))
    with app.app_context():
        row = db.session.query(Objective).filter_by(label="Apaiser").one()
        row.label = "<b>Apaiser</b> " * 20
        db.session.commit()
    assert "&lt;b&gt;Apaiser" in reader.get(f"/copil/{SLUG}/objectifs").text
