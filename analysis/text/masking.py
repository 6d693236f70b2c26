"""Hide what could tell who wrote or who is spoken of; keep squares, schools, streets and associations.

Numbers and addresses follow their form. Names follow a title, a relationship ("mon voisin") or begin with
a first name; a first name after a kind of place ("école Jean Jaurès") is a place. What only looks like a
name is reported as doubtful, for a person to decide, and masked meanwhile.
"""

from analysis.text import announcers, people, persons
from analysis.text.forms import FORMAL, FORMS, PLATES, Found, Kind, is_plate

#: What a capital after these begins is no person.
_OTHERS = announcers.PLACES | announcers.QUALIFIERS


def find(text: str) -> tuple[Found, ...]:
    """Everything personal in a text, in order, without overlap."""
    found: list[Found] = []
    if FORMAL.search(text):
        for kind, pattern in FORMS:
            for match in pattern.finditer(text):
                _keep(found, Found(match.start(), match.end(), kind))
        for pattern in PLATES:
            for match in filter(is_plate, pattern.finditer(text)):
                _keep(found, Found(match.start(), match.end(), Kind.PLATE))
    for name in persons.find(text):
        _keep(found, name)
    for start, end in people.surnames(text, after=_OTHERS):
        _keep(found, Found(start, end, Kind.NAME, doubtful=True))
    return tuple(sorted(found))


def mask(text: str, found: tuple[Found, ...] | None = None, *, start: int = 0, end: int | None = None) -> str:
    """The text between `start` and `end` with each thing found replaced by its kind: "[téléphone]"."""
    stop = len(text) if end is None else end
    pieces, position = [], start
    for item in find(text) if found is None else found:
        if item.end <= start or item.start >= stop:
            continue
        pieces += [text[position : max(item.start, position)], f"[{item.kind.value}]"]
        position = min(item.end, stop)
    return "".join([*pieces, text[position:stop]])


def _keep(found: list[Found], new: Found) -> None:
    """The first form to claim a stretch of text keeps it."""
    if all(new.end <= old.start or new.start >= old.end for old in found):
        found.append(new)
