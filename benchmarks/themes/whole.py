"""The whole pipeline: on the demonstration, on nine thousand answers, on more than a hundred thousand."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from analysis import codebook, record
from analysis.codebook import Codebook
from analysis.pipeline import analyse
from analysis.record import peak_memory
from analysis.types import Document, Status, Synthesis
from benchmarks.themes import tasks
from benchmarks.themes.tasks import Line


@cache
def shipped() -> Codebook:
    """The plan of the product."""
    return codebook.shipped("politique-de-la-ville")


def demonstration_f1(change: Callable[[str], str]) -> float:
    """Micro-averaged F1 of the themes of the first level, each text being changed first."""
    said = tasks.demonstration()
    made = analyse([Document(str(rank), change(text)) for rank, (text, _) in enumerate(said)], codebook=shipped())
    found = _themes(made)
    both = sum(len(found[str(rank)] & set(themes)) for rank, (_, themes) in enumerate(said))
    return 2 * both / (sum(map(len, found.values())) + sum(len(themes) for _, themes in said))


def shares() -> Iterator[Line]:
    """How far the share of each theme is from what its authors meant, and what is left unclassified."""
    said = tasks.demonstration()
    documents = [Document(str(rank), text) for rank, (text, _) in enumerate(said)]
    made = analyse(documents, codebook=shipped())
    found = _themes(made)
    silent = {one.document for one in made.codings} - {
        one.document for one in made.codings if one.status is not Status.NO_OPINION
    }
    spoken = [rank for rank in range(len(said)) if str(rank) not in silent]
    errors = [
        abs(sum(root.id in found[str(rank)] for rank in spoken) - sum(root.id in said[rank][1] for rank in spoken))
        for root in shipped().roots()
    ]
    points = 100 * sum(errors) / len(errors) / len(spoken)
    left = sum(not found[str(rank)] for rank in spoken) / len(spoken)
    yield Line("démonstration : part de chaque thème, erreur moyenne en points", "4", f"{points:.1f}", "2", "1")
    yield Line("démonstration : part laissée à classer", "23–47 %", f"{100 * left:.1f} %", "≤ 15 %", "≤ 8 %")
    nothing = {str(rank) for rank, (_, themes) in enumerate(said) if not themes}
    recall, precision = len(silent & nothing) / len(nothing), len(silent & nothing) / max(len(silent), 1)
    words = f"{recall:.2f} / {precision:.2f}"
    yield Line("démonstration : non-réponses, rappel / précision", "", words, ".95 / .95", ".98 / .98")
    backwards = analyse(documents[::-1], codebook=shipped())
    same = {_line(one) for one in made.codings} == {_line(one) for one in backwards.codings}
    twice = record.codings(documents, made) == record.codings(documents, analyse(documents, codebook=shipped()))
    yield Line(
        "mêmes octets deux fois ; mêmes thèmes, lignes à l’envers", "diffère", f"{_yes(twice)} ; {_yes(same)}", "oui"
    )


def speed(question: str = "Q134") -> Iterator[Line]:
    """Time and memory on nine thousand answers, with the shipped plan then by discovery."""
    documents = [Document(str(rank), text) for rank, text in enumerate(tasks.answers(question))]
    for name, plan, bar in (("plan livré", shipped(), "≤ 30 s, 700 Mo"), ("découverte", None, "8–25 thèmes")):
        started = time.perf_counter()
        made = analyse(documents, codebook=plan)
        words = f"{time.perf_counter() - started:.0f} s, {peak_memory():.0f} Mo"
        if plan is None:
            words += f", {len(made.codebook.themes)} thèmes"
        yield Line(f"{len(documents)} réponses ({question}), {name}", "144 s" if plan else "140–190 thèmes", words, bar)


def _themes(made: Synthesis) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in made.codings:
        found[one.document] |= {made.codebook.root_of(one.theme_id).id} if one.theme_id else set()
    return found


def _line(one: object) -> str:
    return repr(one)


def _yes(value: bool) -> str:
    return "oui" if value else "non"
