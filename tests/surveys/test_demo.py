"""The demonstration consultation says what the reference deck published, in words written for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from babel.support import Translations
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from analysis import codebook
from surveys import margins
from surveys.demo import load
from surveys.demo.content import document, lines, questionnaires, returned, verbatims
from surveys.demo.people import everyone, place_named
from surveys.models import (
    NOTICE_PARTS,
    Answer,
    AnswerNotation,
    Base,
    Channel,
    Consultation,
    Contribution,
    Line,
    Meeting,
    MeetingKind,
    Place,
    PlaceKind,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
    Wording,
    line_place,
    meeting_place,
)
from surveys.questions import KINDS, Status
from surveys.translating import languages, texts

SEED = 2023
TRANSLATIONS = Path(__file__).parents[2] / "consult" / "translations"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A real SQLite database holding the demonstration, written once for the tests that only read it."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        load(session, seed=SEED)
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def demo(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def values(session: Session, questionnaire: str, question: str) -> list[Any]:
    """The answers given to a question, refusals and don't knows left out."""
    statement = (
        select(Answer.value)
        .join(Response, Response.key == Answer.response_key)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.questionnaire_id)
        .where(
            QuestionnaireVersion.name == questionnaire,
            Answer.question == question,
            Answer.status == Status.ANSWERED,
        )
    )
    return list(session.scalars(statement))


def percentages(counts: Mapping[str, int], total: int) -> dict[str, int]:
    return {name: round(100 * count / total) for name, count in counts.items()}


def test_the_three_surveys_hold_the_463_answers_announced(demo: Session) -> None:
    counted = select(Response.channel, func.count()).group_by(Response.channel)
    assert dict(demo.execute(counted).all()) == {
        Channel.ONLINE: 216,
        Channel.TELEPHONE: 158,
        Channel.IMPORT: 89,
    }


def test_one_of_the_158_people_called_declined_every_question(demo: Session) -> None:
    answered = select(Answer.response_key).where(Answer.status == Status.ANSWERED).distinct()
    silent = select(Response.channel).where(Response.key.not_in(answered))
    assert demo.scalars(silent).all() == [Channel.TELEPHONE]
    assert len(values(demo, "telephone", "age")) == 157


def test_online_respondents_are_those_of_the_deck(demo: Session) -> None:
    sexes = Counter(values(demo, "en-ligne", "sexe"))
    assert sexes.total() == 212
    assert percentages(sexes, 212) == {"femme": 68, "homme": 31, "autre": 0}
    assert len(values(demo, "en-ligne", "age")) == 209
    assert len(values(demo, "en-ligne", "quartier")) == 209


def test_68_percent_feel_rather_or_very_well_online(demo: Session) -> None:
    feelings = Counter(values(demo, "en-ligne", "ressenti"))
    assert round(100 * (feelings["plutot-bien"] + feelings["tres-bien"]) / feelings.total()) == 68


def test_173_people_rate_the_aspects_and_security_health_and_nature_satisfy_least(demo: Session) -> None:
    ratings = values(demo, "en-ligne", "aspects")
    unhappy = Counter(
        row for rating in ratings for row, code in rating.items() if code in {"pas-satisfait", "peu-satisfait"}
    )
    assert len(ratings) == 173
    assert all(len(rating) == 12 for rating in ratings)
    assert [row for row, _ in unhappy.most_common(3)] == ["securite", "acces-sante", "nature"]


def test_183_people_give_at_most_three_priorities_and_living_conditions_come_first(demo: Session) -> None:
    given = [value["choices"] if isinstance(value, dict) else value for value in values(demo, "en-ligne", "priorites")]
    ranked = Counter(code for codes in given for code in codes)
    assert len(given) == 183
    assert max(map(len, given)) == 3
    assert [code for code, _ in ranked.most_common(2)] == ["cadre-de-vie", "transports"]


def test_the_telephone_reaches_older_people_of_the_quartiers_published(demo: Session) -> None:
    ages = Counter(values(demo, "telephone", "age"))
    quartiers = percentages(Counter(values(demo, "telephone", "quartier")), 157)
    assert ages["60-74"] + ages["75-plus"] == 156
    assert (quartiers["bastide-pont-vieux"], quartiers["fleming-la-reille"], quartiers["grazailles"]) == (31, 9, 11)
    assert (quartiers["la-conte-ozanam"], quartiers["le-viguier-saint-jacques"]) == (25, 17)


def test_cleanliness_security_health_and_mobility_lead_on_the_telephone() -> None:
    themes = Counter(theme for text in returned("sujets") for theme in text.themes)
    assert {theme for theme, _ in themes.most_common(4)} == {"proprete", "securite", "sante", "deplacements"}


def test_young_people_are_those_the_partner_asked(demo: Session) -> None:
    shares = percentages(Counter(values(demo, "jeunes", "situation")), 89)
    assert round(100 * values(demo, "jeunes", "sexe").count("femme") / 89, 1) == 42.7
    assert shares["travail"] == pytest.approx(25, abs=2)
    assert shares["collegien"] == pytest.approx(33, abs=2)
    assert shares["lyceen"] == pytest.approx(33, abs=2)
    assert shares["etudes"] == pytest.approx(12.5, abs=1)
    assert round(100 * values(demo, "jeunes", "habite_commune").count("oui") / 89) == 40
    assert round(100 * values(demo, "jeunes", "projection").count("oui") / 89) == 64


@pytest.mark.parametrize(
    ("theme", "published", "within"),
    [
        ("securite", 56, 0.5),
        ("proprete", 35, 0.5),
        ("stationnement", 10, 1),
        ("deplacements", 10, 1),
        ("espaces-verts", 10, 1),
        ("commerces", 10, 1),
    ],
)
def test_the_needs_written_online_have_the_published_shares(theme: str, published: float, within: float) -> None:
    opinions = [text for text in returned("besoins") if text.themes]
    assert len(opinions) == 180
    assert 100 * sum(theme in text.themes for text in opinions) / 180 == pytest.approx(published, abs=within)


def test_there_are_more_than_560_distinct_verbatims_and_none_comes_from_the_codebook() -> None:
    workshops = {line["text"] for meeting, line in lines() if meeting["kind"] == "atelier"}
    written = {text.text for text in verbatims()} | workshops
    taught = {
        example.casefold() for theme in codebook.shipped("politique-de-la-ville").themes for example in theme.examples
    }
    longer = {text.casefold() for text in written if len(text) > 30}
    assert len(written) >= 560
    assert not longer & taught


def test_every_theme_meant_is_in_the_shipped_codebook() -> None:
    roots = {theme.id for theme in codebook.shipped("politique-de-la-ville").roots()}
    meant = {theme for text in verbatims() for theme in text.themes}
    noted = {theme for _, line in lines() for theme in line["themes"]}
    assert meant | noted <= roots
    assert roots <= meant | noted


def test_people_also_write_nothing_write_in_other_languages_and_name_themselves() -> None:
    silent = [text for text in verbatims() if not text.themes]
    assert len(silent) >= 15
    assert {text.langue for text in verbatims()} == {"fr", "ar", "en", "es", "tr"}
    assert any("06 39 98" in text.text for text in verbatims())
    assert any("@example.org" in text.text for text in verbatims())


def test_a_text_that_names_a_quartier_is_written_by_somebody_who_lives_there(demo: Session) -> None:
    statement = (
        select(Answer.value, Place.slug)
        .join(ResponsePlace, ResponsePlace.response_key == Answer.response_key)
        .join(Place, Place.id == ResponsePlace.place_id)
        .where(Answer.question == "besoins")
    )
    named = [(place_named(text), slug) for text, slug in demo.execute(statement) if place_named(text)]
    assert named
    assert all(place == slug for place, slug in named)


def test_every_kind_of_question_is_put_online() -> None:
    kinds = {question.kind for data, q in questionnaires() if data["name"] == "en-ligne" for question in q.questions}
    assert kinds == set(KINDS)


def test_the_rencontres_are_those_of_the_deck(demo: Session) -> None:
    kinds = Counter(demo.scalars(select(Meeting.kind)))
    held = Counter(
        demo.scalars(
            select(Place.slug)
            .join(meeting_place, meeting_place.c.place_id == Place.id)
            .join(Meeting, Meeting.id == meeting_place.c.meeting_id)
            .where(Meeting.kind == MeetingKind.WORKSHOP, Meeting.client_id != "demo-at-eco")
        )
    )
    walked = select(func.count(meeting_place.c.place_id.distinct())).join(
        Meeting, Meeting.id == meeting_place.c.meeting_id
    )
    assert kinds == {MeetingKind.WORKSHOP: 12, MeetingKind.WALK: 9, MeetingKind.SEMINAR: 1}
    assert held == {"fleming-la-reille": 3, "grazailles": 2, "la-conte-ozanam": 3, "le-viguier-saint-jacques": 3}
    assert demo.scalar(walked.where(Meeting.kind == MeetingKind.WALK)) == 5
    assert (demo.scalar(select(Meeting.headcount).where(Meeting.kind == MeetingKind.SEMINAR)) or 0) > 60


def test_every_cross_of_the_deck_is_carried_by_a_line_of_that_quartier(demo: Session) -> None:
    statement = (
        select(Line.extra, Place.slug)
        .join(line_place, line_place.c.line_id == Line.id)
        .join(Place, Place.id == line_place.c.place_id)
    )
    carried = {(extra["item"], slug) for extra, slug in demo.execute(statement) if "item" in extra}
    expected = {
        (item, slug)
        for subject in document("grid")["subjects"]
        for item, slugs in subject["items"].items()
        for slug in slugs
    }
    assert carried == expected


def test_the_seven_families_of_actions_are_proposed_in_workshops() -> None:
    families = Counter(line["family"] for _, line in lines() if "family" in line)
    assert set(families) == set(document("grid")["families"])
    assert len(families) == len(document("grid")["subjects"]) == 7


def test_the_post_its_of_the_seminar_hang_from_branches(demo: Session) -> None:
    seminar = demo.scalars(select(Meeting.id).where(Meeting.kind == MeetingKind.SEMINAR)).one()
    hung = select(Line.id, Line.parent_id).where(Line.meeting_id == seminar)
    tree = dict(demo.execute(hung).all())
    roots = [id for id, parent in tree.items() if parent is None]
    leaves = set(tree) - set(tree.values())
    said = set(demo.scalars(select(Contribution.line_id).where(Contribution.line_id.is_not(None))))
    assert len(roots) == 5
    assert len(leaves) == len(said & set(tree)) >= 50


def test_the_tree_of_the_seminar_has_the_three_blocs_and_twelve_objectives_of_the_deck(demo: Session) -> None:
    rows = demo.execute(select(Line.id, Line.parent_id, Line.text).join(Meeting).where(Meeting.kind == "seminaire"))
    tree = {row.id: (row.parent_id, row.text) for row in rows}
    under = {
        text.split(" ")[0]: [words for parent, words in tree.values() if parent == id]
        for id, (above, text) in tree.items()
        if above is None
    }
    objectives = [*under["Grandir"], *under["Habiter"], *under["Travailler"]]
    assert [len(under[bloc]) for bloc in ("Grandir", "Habiter", "Travailler")] == [4, 3, 5]
    assert [words.split(".")[0] for words in objectives] == [str(rank) for rank in range(1, 13)]
    assert len(under["Trois"]) == 3


def test_each_post_it_tells_the_table_it_was_laid_at(demo: Session) -> None:
    laid = select(Line.table_name, func.count()).join(Meeting).join(Contribution, Contribution.line_id == Line.id)
    counted = dict(demo.execute(laid.where(Meeting.kind == MeetingKind.SEMINAR).group_by(Line.table_name)).all())
    assert set(counted) == {"Cohésion sociale", "Cadre de vie", "Emploi et développement économique", "Fonctionnement"}
    assert all(count > 5 for count in counted.values())


def test_what_was_said_by_telephone_was_noted_word_for_word_or_not(demo: Session) -> None:
    counted = dict(
        demo.execute(
            select(AnswerNotation.wording, func.count())
            .where(AnswerNotation.question == "sujets")
            .group_by(AnswerNotation.wording)
        ).all()
    )
    said = select(func.count()).select_from(Answer).where(Answer.question == "sujets", Answer.status == Status.ANSWERED)
    assert sum(counted.values()) == demo.scalar(said)
    assert all(counted[wording] > 10 for wording in Wording)


def test_the_points_of_the_walks_lie_inside_the_invented_contours(demo: Session) -> None:
    statement = (
        select(Line.longitude, Line.latitude, Place.contour, Place.contour_note)
        .join(line_place, line_place.c.line_id == Line.id)
        .join(Place, Place.id == line_place.c.place_id)
        .where(Line.latitude.is_not(None))
    )
    points = demo.execute(statement).all()
    assert len(points) >= 40
    for longitude, latitude, contour, note in points:
        assert inside(longitude, latitude, contour["coordinates"][0])
        assert note == "contour inventé pour la démonstration"


def inside(x: float, y: float, ring: list[list[float]]) -> bool:
    """Whether a point is in a closed ring, by counting the edges a ray crosses."""
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


def test_the_five_quartiers_and_the_three_answers_that_are_not_one_exist(demo: Session) -> None:
    assert Counter(demo.scalars(select(Place.kind))) == {
        PlaceKind.QPV: 5,
        PlaceKind.OUTSIDE: 1,
        PlaceKind.BETWEEN: 1,
        PlaceKind.UNKNOWN: 1,
    }


def test_its_population_is_invented_and_says_so(demo: Session) -> None:
    rows = margins.of(demo, demo.scalars(select(Consultation.id)).one())
    population = demo.execute(select(Place.name, Place.population).where(Place.kind == PlaceKind.QPV)).all()
    assert {row.value: row.people for row in rows if row.facet == "quartier"} == dict(population)
    assert {row.facet for row in rows} == {"quartier", "age", "sexe"}
    totals = {facet: sum(row.people for row in rows if row.facet == facet) for facet in ("age", "sexe")}
    assert totals["age"] == totals["sexe"]
    assert all(row.source.startswith("Recensement inventé pour la démonstration") for row in rows)


def test_loading_twice_writes_nothing_more_whatever_the_seed(session: Session) -> None:
    first = load(session, seed=SEED)
    session.commit()
    before = sizes(session)
    again = load(session, seed=SEED + 1)
    session.commit()
    assert (first.created, again.created) == (True, False)
    assert sizes(session) == before
    assert before["consultation"] == 1
    assert (again.responses, again.meetings, again.lines) == (first.responses, first.meetings, first.lines)


def sizes(session: Session) -> dict[str, int]:
    return {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }


def test_the_same_seed_draws_the_same_people_and_another_draws_others() -> None:
    assert everyone(SEED) == everyone(SEED)
    assert everyone(SEED) != everyone(SEED + 1)


def test_the_consultation_is_open_with_a_whole_notice(demo: Session) -> None:
    consultation = demo.scalars(select(Consultation)).one()
    assert consultation.state == "open"
    assert set(consultation.notice) == set(NOTICE_PARTS)
    assert all(consultation.notice.values())


def test_the_online_questionnaire_is_whole_in_five_languages() -> None:
    online = next(questionnaire for data, questionnaire in questionnaires() if data["name"] == "en-ligne")
    assert set(document("consultation")["languages"]) == set(languages(online)) == {"fr", "en", "ar", "tr", "es"}
    french = texts(online)
    names = {f"quartier.option.{place['slug']}" for place in document("places")["places"] if place["kind"] == "qpv"}
    for language in languages(online)[1:]:
        given = online.translations[language]
        assert given.keys() == french.keys()
        assert {key for key, text in given.items() if text == french[key]} == names


def test_the_languages_of_the_demonstration_say_age_bands_and_yes_as_the_pages_do() -> None:
    online = next(questionnaire for data, questionnaire in questionnaires() if data["name"] == "en-ligne")
    french = texts(online)
    for language in languages(online)[1:]:
        product = Translations.load(TRANSLATIONS, [language])
        for key, text in online.translations[language].items():
            if key.startswith(("age.option.", "deja_participe.option.")):
                assert text == product.gettext(french[key]), (language, key)
