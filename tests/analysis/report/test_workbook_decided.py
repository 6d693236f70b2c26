"""The sheets of what is weighed and decided say what the pages say, and no text of theirs is run."""

from __future__ import annotations

from dataclasses import replace

from analysis import weighted
from analysis.followups import FollowUp, Stage
from analysis.report import workbook
from analysis.report.beyond import Beyond, FollowUps
from analysis.weighting import Margin
from tests.analysis.report.test_deck_beyond import TODAY, beyond, briefing, material
from tests.analysis.report.test_workbook import Rows, opened

SEXES = Margin("sexe", {"Femmes": 40, "Hommes": 60}, "Insee", 2020)
FORMULA = "=1+1"


def sheet(told: Beyond, name: str) -> Rows:
    return opened(workbook.content(briefing(), beyond=told))[name][1:]


def test_priorities_have_their_place_their_score_and_each_criterion() -> None:
    assert (ranked := beyond().priorities)
    lines = sheet(beyond(), "Priorités")
    assert [(line[0], line[1], line[2]) for line in lines] == [
        (one.place, one.theme.label, round(100 * one.score)) for one in ranked.found.placed
    ]
    assert all(len(line) == 5 + len(ranked.found.measured) for line in lines)


def test_a_share_that_may_not_be_weighted_is_masked_beside_its_raw_one() -> None:
    found = weighted.compare(material(), briefing().said.themes, [SEXES])
    assert isinstance(found, weighted.Comparison)
    hidden = replace(found, rows=(*found.rows[:-1], replace(found.rows[-1], weighted=None, points=None)))
    lines = sheet(replace(beyond(), weighted=lambda: hidden), "Brut et redressé")
    assert [line[:2] for line in lines] == [[row.theme.label, row.raw.count] for row in found.rows]
    assert [line[3] for line in lines[:-1]] == [
        row.weighted / 100 for row in found.rows[:-1] if row.weighted is not None
    ]
    assert lines[-1][3:] == ["masqué", "masqué"]


def _told(row: weighted.Row) -> list[object]:
    return ["masqué", "masqué"] if row.weighted is None else [row.weighted / 100, row.points]


def test_what_the_team_wrote_stays_a_text() -> None:
    written = FollowUp(Stage.REFUSED, FORMULA, owner=FORMULA, reason=FORMULA, label=FORMULA, quartiers=(FORMULA,))
    told = replace(beyond(), follow_ups=FollowUps((written,), TODAY))
    assert sheet(told, "Suites données") == [[FORMULA, FORMULA, "Refusée", "", "", FORMULA, FORMULA, FORMULA]]


def test_nothing_decided_has_no_sheet() -> None:
    names = opened(workbook.content(briefing(), beyond=Beyond())).keys()
    assert not names & {"Brut et redressé", "Priorités", "Suites données"}
