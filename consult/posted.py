"""What a page of questions posts, read into replies and written back: the web adapts, the question keeps its rules.

Names posted for the question ``besoin`` are ``q-besoin`` and ``q-besoin-…``; a question's own name never
holds a hyphen, so no two questions can meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from surveys.questions import Invalid, Option, Question, Ranking, Reply, Status, Widget

Posted = MultiDict[str, str]
Pair = tuple[str, str]

APART = "--sans"
OTHER = "--autre"
#: Before a status posted by the same radios as the answers; an option's code never starts with it.
MARK = "-"


def base_name(question: Question) -> str:
    """The name under which a question is posted."""
    return f"q-{question.name}"


def pairs_of(question: Question, posted: Posted) -> Iterator[Pair]:
    """Everything posted for one question, as given, to be carried to the next page."""
    base = base_name(question)
    for key, value in posted.items(multi=True):
        if value and (key == base or key.startswith(f"{base}-")):
            yield key, value


def given_by_question(posted: Posted) -> dict[str, list[Pair]]:
    """What `pairs_of` gives for every base name at once; the same value sent twice under one name travels once."""
    found: dict[str, list[Pair]] = {}
    for key, value in dict.fromkeys(posted.items(multi=True)):
        if value:
            found.setdefault("-".join(key.split("-", 2)[:2]), []).append((key, value))
    return found


def raw_of(question: Question, posted: Posted) -> object:
    """What was posted for a question, in the shape its ``clean`` reads."""
    base = base_name(question)
    match question.widget:
        case Widget.LINE | Widget.PARAGRAPH | Widget.NUMBER | Widget.DATE:
            return posted.get(base, "")
        case Widget.RADIOS | Widget.SCALE:
            return _one(question, posted)
        case Widget.CHECKBOXES:
            return _several(question, posted)
        case Widget.GRID:
            return {row.code: posted.get(f"{base}-{row.code}", "") for row in rows_of(question)}
        case Widget.RANKING:
            # Every rank that could be posted, so that one too many is refused by the question and not dropped here.
            return [posted.get(f"{base}-{rank}", "") for rank in range(1, len(question.options) + 1)]
        case Widget.NOTE:
            return None
        case _ as never:
            assert_never(never)


def rows_of(question: Question) -> tuple[Option, ...]:
    """The rows of a grid; none for other kinds."""
    rows: tuple[Option, ...] = getattr(question, "rows", ())
    return rows


def ranks_of(question: Question) -> range:
    """The ranks that can be given, from 1."""
    limit = question.maximum if isinstance(question, Ranking) else None
    return range(1, min(limit or len(question.options), len(question.options)) + 1)


def statuses_of(question: Question, posted: Posted) -> tuple[Status, ...]:
    """The non-answers ticked for a question, each once."""
    base = base_name(question)
    ticked = posted.getlist(base + APART) + [
        value.removeprefix(MARK) for value in posted.getlist(base) if _shares_radios(question) and value[:1] == MARK
    ]
    return tuple(status for status in (Status.DONT_KNOW, Status.REFUSED) if status in ticked)


def offered(question: Question) -> tuple[Status, ...]:
    """The non-answers a question offers beside its answers."""
    given = ((Status.DONT_KNOW, question.dont_know), (Status.REFUSED, question.may_refuse))
    return tuple(status for status, is_offered in given if is_offered)


def status_words(status: Status) -> str:
    """What a person reads for a non-answer."""
    match status:
        case Status.DONT_KNOW:
            return str(_("Je ne sais pas"))
        case Status.REFUSED:
            return str(_("Je préfère ne pas répondre"))
        case Status.ANSWERED:
            return str(_("Réponse donnée"))
        case _ as never:
            assert_never(never)


def is_filled(raw: object) -> bool:
    """Whether a raw value holds anything written or chosen."""
    if isinstance(raw, Mapping):
        return any(is_filled(part) for part in raw.values())
    if isinstance(raw, list):
        return any(is_filled(part) for part in raw)
    return bool(raw and str(raw).strip())


def reply_of(question: Question, posted: Posted) -> Reply | None:
    """What a person answered to a question, None when left empty; raise `Invalid` in the question's own words."""
    raw, statuses = raw_of(question, posted), statuses_of(question, posted)
    if not statuses:
        _refuse_stray_precision(question, raw)
        return question.reply(raw)
    if len(statuses) > 1:
        raise Invalid(
            _("Gardez une seule de ces deux réponses : « Je ne sais pas » ou « Je préfère ne pas répondre ».")
        )
    if is_filled(raw):
        raise Invalid(
            _("Vous avez répondu et aussi coché « %(words)s » : gardez l’un des deux.", words=status_words(statuses[0]))
        )
    return question.reply(None, status=statuses[0])


def posted_of(question: Question, reply: Reply | None) -> Iterator[Pair]:
    """The pairs that `reply_of` reads back to the same reply: how a stored answer is put back on a page."""
    base = base_name(question)
    if reply is None:
        return
    if reply.status is not Status.ANSWERED:
        yield (base, MARK + reply.status) if _shares_radios(question) else (base + APART, reply.status)
        return
    yield from _answered(question, reply.value, base)


def _answered(question: Question, value: Any, base: str) -> Iterator[Pair]:
    match question.widget:
        case Widget.LINE | Widget.PARAGRAPH | Widget.NUMBER | Widget.DATE:
            yield base, str(value)
        case Widget.RADIOS | Widget.SCALE | Widget.CHECKBOXES:
            yield from ((base, code) for code in question.codes(value))
            if isinstance(value, Mapping):
                yield base + OTHER, value["other"]
        case Widget.GRID:
            yield from ((f"{base}-{row}", code) for row, code in value.items())
        case Widget.RANKING:
            yield from ((f"{base}-{rank}", code) for rank, code in enumerate(value, 1))
        case Widget.NOTE:
            return
        case _ as never:
            assert_never(never)


def _shares_radios(question: Question) -> bool:
    return question.widget in {Widget.RADIOS, Widget.SCALE}


def _one(question: Question, posted: Posted) -> dict[str, str]:
    base = base_name(question)
    choice, other = posted.get(base, ""), posted.get(base + OTHER, "").strip()
    if choice[:1] == MARK:
        choice = ""
    elif other and not choice:
        choice = _other_code(question)
    return {"choice": choice, "other": other}


def _refuse_stray_precision(question: Question, raw: object) -> None:
    if not isinstance(raw, Mapping) or not _shares_radios(question) or not raw["other"]:
        return
    chosen = question.option(raw["choice"])
    if chosen is not None and not chosen.other:
        raise Invalid(
            _(
                "Vous avez choisi « %(label)s » et précisé une autre réponse : gardez l’une des deux.",
                label=chosen.label,
            )
        )


def _several(question: Question, posted: Posted) -> dict[str, object]:
    """A precision that was written ticks its option: what a person wrote is never dropped in silence."""
    base = base_name(question)
    choices, other = posted.getlist(base), posted.get(base + OTHER, "").strip()
    code = _other_code(question)
    return {"choices": choices + [code] * bool(other and code and code not in choices), "other": other}


def _other_code(question: Question) -> str:
    return next((option.code for option in question.options if option.other), "")
