"""What people decided of the masking, over what the machine finds: a passage of one text, or a word in all of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from analysis.text.forms import Found, Kind
from analysis.text.normalise import fold
from analysis.text.sensitive import flags

_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A passage of one text that a person masked, or wants kept as it is."""

    start: int
    end: int
    masked: bool
    kind: Kind = Kind.OTHER


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions on words, by `word_key`, true when masked everywhere; decisions on passages, by document."""

    words: Mapping[str, bool] = field(default_factory=dict)
    passages: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)

    def applied(self, document: str, text: str, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """What is masked once people were heard; a decision on a passage wins over one on a word."""
        own = self.passages.get(document, ())
        if not own and not self.words:
            return found
        said = [(start, end, masked) for key, masked in self.words.items() for start, end in occurrences(text, key)]
        for masked, start, end, kind in self._in_order(own, said):
            found = _added(found, Found(start, end, kind)) if masked else _without(text, found, start, end)
        return found

    def _in_order(
        self, own: tuple[Ruling, ...], said: list[tuple[int, int, bool]]
    ) -> Iterator[tuple[bool, int, int, Kind]]:
        for start, end, masked in sorted(said, key=lambda one: one[2]):
            yield masked, start, end, Kind.NAME
        for ruling in own:
            yield ruling.masked, ruling.start, ruling.end, ruling.kind


@dataclass(frozen=True, slots=True)
class Review:
    """A passage a person should read: a doubtful masking by its kind, or a sensitive subject."""

    start: int
    end: int
    kind: str
    sensitive: bool


def to_review(text: str, found: tuple[Found, ...]) -> tuple[Review, ...]:
    """What a text leaves for a person to decide."""
    doubts = [Review(item.start, item.end, item.kind.value, sensitive=False) for item in found if item.doubtful]
    said = [Review(flag.start, flag.end, flag.subject.value, sensitive=True) for flag in flags(text, found)]
    return (*doubts, *said)


def word_key(words: str) -> str:
    """What the spellings of a word, or of a few, share."""
    return " ".join(fold(token) for token in _TOKEN.findall(words))


def occurrences(text: str, key: str) -> Iterator[tuple[int, int]]:
    """Where the words of a key stand in a text, whole, whatever their case and accents."""
    wanted = key.split()
    if not wanted or wanted[0] not in fold(text):
        return
    tokens = [(match.start(), match.end(), fold(match.group())) for match in _TOKEN.finditer(text)]
    for at in range(len(tokens) - len(wanted) + 1):
        if [token[2] for token in tokens[at : at + len(wanted)]] == wanted:
            yield tokens[at][0], tokens[at + len(wanted) - 1][1]


def _added(found: tuple[Found, ...], new: Found) -> tuple[Found, ...]:
    """With a passage more, grown to what it meets, so that none is masked twice."""
    met = [item for item in found if item.start < new.end and new.start < item.end]
    grown = replace(
        new, start=min([new.start, *(item.start for item in met)]), end=max([new.end, *(item.end for item in met)])
    )
    return tuple(sorted([*(item for item in found if item not in met), grown]))


def _without(text: str, found: tuple[Found, ...], start: int, end: int) -> tuple[Found, ...]:
    """Without a passage; what is left of a longer masking stays masked."""
    left: list[Found] = []
    for item in found:
        if item.end <= start or end <= item.start:
            left.append(item)
            continue
        for first, last in ((item.start, min(item.end, start)), (max(item.start, end), item.end)):
            inside = list(_TOKEN.finditer(text, first, last)) if first < last else []
            left += [replace(item, start=inside[0].start(), end=inside[-1].end())] if inside else []
    return tuple(sorted(left))
