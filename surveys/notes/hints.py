"""What headings and the ends of lines say besides their words: kind, speaker, table, point, how many carried it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from surveys.importing.folding import fold
from surveys.models import LineKind, Speaker, Wording
from surveys.notes.note import Note

LINE_KINDS = {
    LineKind.NEED: ("besoin", "besoins", "attente", "attentes", "demandes", "enjeux"),
    LineKind.ACTION: (
        *("action", "actions", "piste", "pistes", "piste d action", "pistes d action", "pistes d actions"),
        *("proposition", "propositions", "idee", "idees", "solution", "solutions"),
    ),
    LineKind.FACT: ("constat", "constats", "etat des lieux", "observation", "observations", "diagnostic"),
    LineKind.WATCH: ("vigilance", "point de vigilance", "points de vigilance", "vigilances", "attention", "freins"),
    LineKind.DISAGREEMENT: ("desaccord", "desaccords", "point de desaccord", "points de desaccord"),
    LineKind.QUESTION: ("question", "questions", "interrogations"),
}
SPEAKERS = {
    Speaker.RESIDENT: ("habitant", "habitante", "habitants", "habitantes", "parole d habitants", "paroles d habitants"),
    Speaker.ACTOR: ("acteur", "actrice", "acteurs", "partenaire", "partenaires", "professionnel", "professionnels"),
    Speaker.ELECTED: ("elu", "elue", "elus", "elues"),
}
_KIND = {word: kind for kind, words in LINE_KINDS.items() for word in words}
_SPEAKER = {word: speaker for speaker, words in SPEAKERS.items() for word in words}
_TABLE = re.compile(r"^((?:table|groupe|sous-groupe)\s+(?:n°\s*)?[\w-]{1,12})\b\s*[:–—.-]?\s*(.*)$", re.IGNORECASE)
_POINT = re.compile(r"^(?:point|arrêt|arret|étape|etape|station)\s+(?:n°\s*)?\d{1,3}\s*[:–—.-]?\s*(.*)$", re.IGNORECASE)
_PREFIX = re.compile(r"^([^:]{2,24}?)\s*:\s+(\S.*)$", re.DOTALL)
_COUNTED = "votes?|voix|gommettes?|points?|pastilles?"
_CARRIED = (
    re.compile(r"\s*[(\[]\s*[x×*]\s*(\d{1,4})\s*[)\]]$", re.IGNORECASE),
    re.compile(r"\s*[(\[]\s*(\d{1,4})\s*[x×]\s*[)\]]$", re.IGNORECASE),
    re.compile(rf"\s*[(\[]\s*(\d{{1,4}})\s*(?:{_COUNTED}|fois|pers(?:onnes?|\.)?|habitants?)?\s*[)\]]$", re.IGNORECASE),
    re.compile(r"[\s:–—,-]+(\d{1,4})\s*(?:votes?|voix|gommettes?)\.?$", re.IGNORECASE),
    re.compile(r"\s+[x×]\s?(\d{1,4})$", re.IGNORECASE),
)
_PLUSES = re.compile(r"\s*[(\[]?\s*(\+{1,20})\s*[)\]]?$")
_SAID_BY = re.compile(r"\s*[(\[–—]\s*([^()\[\]–—]{2,30}?)\s*[)\]]?$")
_QUOTED = re.compile(r"^[«“\"]\s*(.+?)\s*[»”\"]\.?$", re.DOTALL)
MOST_CARRIED = 10_000


@dataclass(frozen=True)
class Place:
    """Where one is in a document: what the headings above say of the lines below."""

    kind: LineKind | None = None
    speaker: Speaker | None = None
    table: str = ""
    point: str = ""
    heading: str = ""

    def under(self, heading: str) -> Place | None:
        """The place below a heading that says something we know; None for any other words."""
        words = heading.strip().rstrip(":").strip()
        folded = fold(words)
        if folded in _KIND:
            return replace(self, kind=_KIND[folded])
        if folded in _SPEAKER:
            return replace(self, speaker=_SPEAKER[folded])
        if (found := _TABLE.match(words)) and not found[2]:
            return replace(self, table=found[1], kind=None, heading="")
        if found := _POINT.match(words):
            return replace(self, point=found[1] or words, kind=None, heading="")
        return None

    def titled(self, heading: str) -> Place:
        """The place below any heading: a theme, where it is nothing we know."""
        words = heading.strip().rstrip(":").strip()
        return self.under(heading) or replace(self, heading=words[:300], kind=None)


def read(text: str, place: Place) -> Note:
    """The note that a text makes at a place: what ends or begins it tells the rest."""
    text, kind = _said_kind(text)
    text, carried = _carried(text)
    text, speaker = _said_by(text)
    if carried is None:
        text, carried = _carried(text)
    quoted = _QUOTED.match(text)
    return Note(
        text=quoted[1] if quoted else text,
        kind=kind or place.kind,
        speaker=speaker or place.speaker,
        wording=Wording.QUOTE if quoted else None,
        carried=carried,
        table=place.table,
        point=place.point,
        heading=place.heading,
    )


def kind_of(text: str) -> LineKind | None:
    """The kind that a cell names."""
    folded = fold(text)
    return _KIND.get(folded) or _KIND.get(folded.split(" ")[0] if folded else "")


def speaker_of(text: str) -> Speaker | None:
    """Who a cell says speaks."""
    folded = fold(text)
    return _SPEAKER.get(folded) or _SPEAKER.get(folded.split(" ")[0] if folded else "")


def number_of(text: str) -> int | None:
    """How many people a cell counts: « 12 », « 12 votes », « x12 », « +++ »."""
    stripped = text.strip()
    if re.fullmatch(r"\+{1,20}", stripped):
        return len(stripped)
    found = re.fullmatch(r"[x×]?\s*(\d{1,5})(?:[.,]0+)?\s*(?:[x×]|[a-zé]+\.?)?", stripped, re.IGNORECASE)
    return _within(int(found[1])) if found else None


def _said_kind(text: str) -> tuple[str, LineKind | None]:
    found = _PREFIX.match(text)
    kind = _KIND.get(fold(found[1])) if found else None
    return (found[2], kind) if found and kind else (text, None)


def _carried(text: str) -> tuple[str, int | None]:
    for pattern in _CARRIED:
        found = pattern.search(text)
        if found and _within(int(found[1])) and text[: found.start()].strip():
            return text[: found.start()].rstrip(), int(found[1])
    found = _PLUSES.search(text)
    if found and text[: found.start()].strip() and text[found.start()] in " ([":
        return text[: found.start()].rstrip(), len(found[1])
    return text, None


def _said_by(text: str) -> tuple[str, Speaker | None]:
    found = _SAID_BY.search(text)
    speaker = _SPEAKER.get(fold(found[1])) if found else None
    if found and speaker and text[: found.start()].strip():
        return text[: found.start()].rstrip(), speaker
    return text, None


def _within(count: int) -> int | None:
    return count if 1 <= count <= MOST_CARRIED else None
