"""The machine-readable account of a run: every coding, and how it was made."""

import csv
import io
import json
import platform
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from analysis.report.cells import safe
from analysis.types import Coding, Document, Status, Synthesis

HEAD = ("id", "idea", "start", "end", "text", "theme_id", "theme", "score", "status")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_PARTS = ("numpy", "scikit-learn", "scipy", "spacy")


def codings(documents: Iterable[Document], synthesis: Synthesis) -> bytes:
    """codings.csv: one line per idea × theme, each respondent's at least once; UTF-8 with a mark, commas.

    `start` and `end` index the text of the row as it was given; `text` is masked. Ideas of several rows that
    share an id are numbered on.
    """
    persons = {document.id: document.person for document in documents}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for coding, idea in _numbered(synthesis.codings, persons):
        writer.writerow(_line(persons[coding.document], idea, coding))
    return out.getvalue().encode("utf-8-sig")


def _numbered(rows: Iterable[Coding], persons: Mapping[str, str]) -> Iterable[tuple[Coding, int]]:
    """Each coding with the number of its idea among all those of the person."""
    said = Counter[str]()
    current: tuple[str, int] | None = None
    for coding in rows:
        if (coding.document, coding.idea) != current:
            current = (coding.document, coding.idea)
            said[persons[coding.document]] += 1
        yield coding, said[persons[coding.document]]


def _line(person: str, idea: int, coding: Coding) -> list[str]:
    score = f"{coding.score:.4f}" if coding.status is Status.CODED else ""
    # An id such as "-12" is a number to a spreadsheet too, and must be found again as it is.
    identifier = person if _NUMBER.fullmatch(person) else safe(person)
    return [
        identifier,
        str(idea),
        str(coding.start),
        str(coding.end),
        safe(coding.text),
        safe(coding.theme_id),
        safe(coding.theme),
        score,
        coding.status.value,
    ]


def synthesis(documents: Iterable[Document], made: Synthesis) -> bytes:
    """synthesis.json: counts, parameters, versions, seconds per step, peak memory."""
    content = {
        "counts": _counts(tuple(documents), made),
        "parameters": dict(made.parameters),
        "languages": dict(sorted(Counter(made.languages.values()).items())),
        "emerging": [{"label": theme.label, "keywords": list(theme.keywords)} for theme in made.emerging],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PARTS}},
        "seconds": {step.name: round(step.seconds, 3) for step in made.steps},
        "items": {step.name: step.items for step in made.steps},
        "peak_memory_mb": round(peak_memory(), 1),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _counts(documents: tuple[Document, ...], made: Synthesis) -> dict[str, Any]:
    ideas = {(coding.document, coding.idea): coding.status for coding in made.codings}
    by_status = Counter(status.value for status in ideas.values())
    changed = sum(made.masked[document.id] != document.text for document in documents)
    return {
        "contributions": len(documents),
        "respondents": len({document.person for document in documents}),
        "ideas": len(ideas),
        **{status.value: by_status[status.value] for status in Status},
        "themes": len({coding.theme_id for coding in made.codings if coding.theme_id}),
        "contributions_masked": changed,
    }


def peak_memory() -> float:
    """The most memory this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2
