"""The themes counted once more from the rows of the database, in plain loops that share nothing with the product's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from surveys.labels import CHANNELS
from surveys.models import Channel
from surveys.questions import AgeBand

#: Theme and column (a quartier, or « Ensemble ») to the persons who raise it there.
Counts = dict[tuple[str, str], int]
WHOLE = "Ensemble"
AGES = {option.code: option.label for option in AgeBand.options}


@dataclass(frozen=True)
class Recount:
    """Of one choice: who raises each theme, and of how many who expressed an opinion, by column."""

    counts: Counts
    bases: Mapping[str, int]


def rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    """Every row of a table as the database holds it."""
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()  # noqa: S608 - names of our own
    return [dict(row) for row in found]


class Rows:
    """The rows that tell who said what, read once."""

    def __init__(self, connection: Connection) -> None:
        self.people = _people(connection)
        themes = rows(connection, "theme")
        above = {one["stable_id"]: one["parent"] for one in themes}
        label = {one["stable_id"]: one["label"] for one in themes}
        root = {one["id"]: label[_root(one["stable_id"], above)] for one in themes}
        self.themes = {label[one] for one, parent in above.items() if parent is None}
        coded = defaultdict(set)
        for coding in rows(connection, "coding"):
            coded[coding["decision_id"]].add(root[coding["theme_id"]])
        outcome = {one["id"]: one["outcome"] for one in rows(connection, "decision")}
        sent = {one["id"]: one["response_key"] for one in rows(connection, "contribution")}
        self.raised: dict[str, set[str]] = defaultdict(set)
        self.spoke: set[str] = set()
        for idea in rows(connection, "idea"):
            person, decision = sent[idea["contribution_id"]], idea["decision_id"]
            if person is None or decision is None or outcome[decision] == "no_opinion":
                continue
            self.spoke.add(person)
            self.raised[person] |= coded[decision]

    def count(self, choice: Mapping[str, str], places: list[str]) -> Recount:
        """The persons of a choice, each counted once for a theme and once for its quartier."""
        counts: Counts = dict.fromkeys(((theme, place) for theme in self.themes for place in (*places, WHOLE)), 0)
        bases = dict.fromkeys((*places, WHOLE), 0)
        for key, person in self.people.items():
            if key not in self.spoke or any(person[facet] != value for facet, value in choice.items()):
                continue
            for column in {WHOLE, person["quartier"]} & bases.keys():
                bases[column] += 1
                for theme in self.raised[key]:
                    counts[theme, column] += 1
        return Recount(counts, bases)


def _root(theme: str, above: Mapping[str, str | None]) -> str:
    while parent := above[theme]:
        theme = parent
    return theme


def _people(connection: Connection) -> dict[str, dict[str, str]]:
    """Each respondent that counts, with the words of the filter bar for what is known of them."""
    names = {one["id"]: one["name"] for one in rows(connection, "place")}
    lives = {one["response_key"]: one for one in rows(connection, "response_place") if one["role"] == "habite"}
    surveys = {one["id"]: one for one in rows(connection, "questionnaire")}
    given = {
        (one["response_key"], one["question"]): json.loads(one["value"])
        for one in rows(connection, "answer")
        if one["question"] in ("age", "sexe") and one["value"] is not None
    }
    found = {}
    for one in rows(connection, "response"):
        if one["duplicate"] == "confirmed":
            continue
        key, survey = one["key"], surveys[one["questionnaire_id"]]
        found[key] = {
            "canal": CHANNELS[Channel(one["channel"])],
            "public": survey["public"],
            "quartier": names[lives[key]["place_id"]] if key in lives else "",
            "age": AGES.get(given.get((key, "age"), ""), ""),
            "sexe": _sexes(survey["definition"]).get(given.get((key, "sexe"), ""), ""),
        }
    return found


def _sexes(definition: str) -> dict[str, str]:
    asked = [question for part in json.loads(definition)["sections"] for question in part["questions"]]
    return {
        option["code"]: option["label"]
        for question in asked
        if question.get("name") == "sexe"
        for option in question["options"]
    }
