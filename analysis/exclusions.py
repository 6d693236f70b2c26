"""What a theme excludes, and where it says that it goes: « Les épaves relèvent de Stationnement gênant et épaves. »"""

import re
from collections.abc import Iterator

from analysis.codebook import Codebook
from analysis.text.normalise import fold

_ELSEWHERE = re.compile(
    r"^(?P<what>.+?)\s*(?P<link>(?:(?:\brel[èe]v(?:e|ent)\b|\bva\b|\bvont\b|\bvoir\b|→|:)\s*)+)"
    r"(?:(?:de la|de l['’]|des|du|de|dans|aux?|à la|à l['’]|à|d['’])\s*)?(?P<where>[^.]*)\.?\s*$",
    re.IGNORECASE,
)
_SURE = re.compile(r"rel[èe]v|voir|→", re.IGNORECASE)


def excluded(codebook: Codebook) -> Iterator[tuple[int, str, int | None]]:
    """The row of a theme, what it excludes, and the row of the theme that this belongs to when it is named."""
    rows = {fold(theme.label): row for row, theme in enumerate(codebook.themes)}
    for row, theme in enumerate(codebook.themes):
        for sentence in theme.excludes:
            found = _ELSEWHERE.match(sentence.strip())
            theirs = rows.get(fold(found["where"].strip())) if found else None
            # « Ce qui va mal » leads nowhere: only a theme of the plan, or a verb that says nothing else, cuts it.
            if found is None or (theirs is None and not _SURE.search(found["link"])):
                yield row, sentence, None
            else:
                yield row, found["what"], theirs
