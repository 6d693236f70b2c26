"""One idea to be read again, as its card shows it: its words in their contribution, and nine themes under nine keys."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import g
from flask_babel import gettext as _

from consult.extensions import db
from consult.study import coding_choice
from consult.study.plan import Plan
from surveys import coding_queue, coding_words
from surveys.coding_queue import After, Choice, Grouped
from surveys.coding_words import Words
from surveys.models import Origin

KEYS = 9
#: Texts of a group that are listed; the others are counted.
LISTED = 30


@dataclass(frozen=True)
class Option:
    """A theme under a key; `sure` says in words how sure the machine is, "" for a theme it did not propose."""

    stable_id: str
    label: str
    under: str
    ticked: bool
    sure: str = ""


@dataclass(frozen=True)
class Card:
    """One decision to take; `others` are the texts worded alike, `before` and `after` what surrounds the idea."""

    ideas: tuple[int, ...]
    words: Words
    before: str
    after: str
    others: tuple[str, ...]
    options: tuple[Option, ...]
    act: str
    place: str = ""

    @property
    def key(self) -> int:
        """The idea that stands for the others."""
        return self.ideas[0]


def cards(plan: Plan, choice: Choice, *, after: After | None, limit: int) -> list[Card]:
    """The next cards of the queue; a fixed number of SELECTs."""
    groups = coding_queue.page(db.session, g.consultation.id, choice, after=after, limit=limit)
    return _made(plan, groups)


def again(plan: Plan, idea_ids: Sequence[int], chosen: Sequence[str]) -> Card | None:
    """The card of a decision that was refused, with what was ticked; None where nothing of it is here any more."""
    here = coding_words.words(db.session, g.consultation.id, idea_ids)
    if not here:
        return None
    ids = tuple(idea_id for idea_id in idea_ids if idea_id in here)
    texts = tuple(here[idea_id].text for idea_id in ids)
    near = _nearest(plan, texts[:1], [chosen])[0]
    return _card(Grouped(After(0.0, 0), ids, texts), here[ids[0]], _options(plan, here[ids[0]], {}, chosen, near))


def blind(plan: Plan, ranked: Sequence[tuple[int, int]], *, ticked: Sequence[str] = ()) -> list[Card]:
    """The cards of ideas read without knowing what anybody made of them; `ranked` gives their places and keys.

    Themes keep the order of the plan, so that each stays under its key.
    """
    words = coding_words.words(db.session, g.consultation.id, [idea_id for _rank, idea_id in ranked])
    first = [theme.stable_id for theme in plan.themes if theme.parent is None][:KEYS]
    shown = [*first, *(one for one in ticked if one not in first)]
    options = tuple(option(plan, one, ticked=one in ticked) for one in shown)
    return [
        replace(_card(Grouped(After(0.0, 0), (key,), (words[key].text,)), words[key], options), place=str(rank))
        for rank, key in ranked
        if key in words
    ]


def _made(plan: Plan, groups: Sequence[Grouped]) -> list[Card]:
    ids = [group.idea_ids[0] for group in groups]
    words = coding_words.words(db.session, g.consultation.id, ids)
    scored = coding_words.scored(db.session, ids)
    here = [(group, words[key]) for group, key in zip(groups, ids, strict=True) if key in words]
    proposed = [{one: score for one, score in scored.get(own.id, ()) if one in plan.labels} for _group, own in here]
    near = _nearest(plan, [own.text for _group, own in here], proposed)
    return [
        _card(group, own, _options(plan, own, given, list(given), others))
        for (group, own), given, others in zip(here, proposed, near, strict=True)
    ]


def _card(group: Grouped, words: Words, options: tuple[Option, ...]) -> Card:
    before, found, after = words.masked.partition(words.text)
    return Card(
        ideas=group.idea_ids,
        words=words,
        before=before if found else "",
        after=after if found else "",
        others=group.texts[1:],
        options=options,
        act=secrets.token_hex(16),
        place=coding_choice.written(group.place),
    )


def _options(
    plan: Plan, words: Words, proposed: Mapping[str, float], ticked: Sequence[str], near: Sequence[str]
) -> tuple[Option, ...]:
    """The themes proposed, then the nearest, up to nine; what is ticked is always there."""
    given = [*proposed, *(one for one in ticked if one not in proposed)]
    by_machine = words.origin is Origin.MODEL
    return tuple(
        option(
            plan,
            one,
            ticked=one in ticked,
            sure=degree(proposed[one]) if one in proposed and by_machine else "",
        )
        for one in [*given, *near[: max(KEYS - len(given), 0)]]
    )


def _nearest(plan: Plan, texts: Sequence[str], given: Sequence[Collection[str]]) -> list[list[str]]:
    from analysis.nearness import Described, nearest

    described = [
        Described(theme.stable_id, theme.parent, (theme.label, *theme.keywords, *theme.examples))
        for theme in plan.themes
    ]
    return nearest(texts, described, given=given)


def option(plan: Plan, stable_id: str, *, ticked: bool = False, sure: str = "") -> Option:
    """A theme of the plan as a choice, with the name of the theme above it."""
    return Option(stable_id, plan.labels[stable_id], plan.labels.get(plan.parents[stable_id] or "", ""), ticked, sure)


def degree(score: float) -> str:
    """How sure the machine is, in words; .5 is the score from which a theme is kept beside others."""
    degrees: tuple[tuple[float, str], ...] = (
        (0.85, _("très sûr")),
        (0.65, _("sûr")),
        (0.5, _("assez sûr")),
        (0.3, _("peu sûr")),
        (0.0, _("très peu sûr")),
    )
    return next(words for least, words in degrees if score >= least)
