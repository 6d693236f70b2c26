"""What one run remembers for the next: nothing is read twice, and what is said is the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analysis import codebook, encoders
from analysis.codebook import Codebook
from analysis.ideas import Manner
from analysis.memory import Memory, Remembering
from analysis.pipeline import Settings, analyse
from analysis.text.rulings import Rulings, word_key
from analysis.types import Coding, Correction, Document, Synthesis
from surveys.demo.content import verbatims

PLAN = codebook.shipped("politique-de-la-ville")
DOCUMENTS = [Document(str(rank), one.text) for rank, one in enumerate(verbatims())][:240]
#: Fewer than one in twenty come after the others.
FIRST, LATE = DOCUMENTS[:-6], DOCUMENTS[-6:]


def _run(documents: Sequence[Document], memory: Memory | None, **rest: object) -> Synthesis:
    options: dict[str, object] = {"codebook": PLAN, "settings": Settings(extracts=0)} | rest
    return analyse(documents, memory=memory, **options)  # type: ignore[arg-type]


def _themes(codings: Sequence[Coding]) -> set[tuple[str, int, str, str]]:
    return {(one.document, one.start, one.theme_id, one.status) for one in codings}


@pytest.fixture
def memory() -> Memory:
    """What a run on the first documents leaves."""
    kept = Memory()
    _run(FIRST, kept)
    return kept


def test_a_first_run_says_the_same_with_a_memory_to_fill_as_without() -> None:
    assert _run(FIRST, Memory()).codings == _run(FIRST, None).codings


def test_only_what_is_new_is_coded_and_the_rest_stands(memory: Memory) -> None:
    made = _run(DOCUMENTS, memory)
    assert {one.document for one in made.codings} == {one.id for one in LATE} == set(made.masked)
    assert made.standing == {one.id for one in FIRST}


def test_what_is_new_is_coded_as_if_the_run_before_had_met_it(memory: Memory) -> None:
    words = {one.text for one in FIRST}
    again = [Document(f"copie-{rank}", text) for rank, text in enumerate(sorted(words)[:8])]
    before = {(one.text, one.theme_id, round(one.score, 3)) for one in _run(FIRST, None).codings}
    assert {(one.text, one.theme_id, round(one.score, 3)) for one in _run([*FIRST, *again], memory).codings} <= before


def test_a_run_asked_again_with_nothing_new_learns_from_what_had_come_since(memory: Memory) -> None:
    _run(DOCUMENTS, memory)
    again = _run(DOCUMENTS, memory)
    assert not again.standing
    assert _themes(again.codings) == _themes(_run(DOCUMENTS, None).codings)
    assert _run(DOCUMENTS, memory).standing == {one.id for one in DOCUMENTS}, "there is nothing more to learn"


@pytest.mark.parametrize("rest", [{"codebook": Codebook("x", "X", "1", PLAN.themes[:-1])}, {"corrections": "some"}])
def test_a_changed_plan_and_a_correction_are_learnt_by_all(memory: Memory, rest: dict[str, object]) -> None:
    if "corrections" in rest:
        rest = {"corrections": [Correction("plus de bus", ("sante",))]}
    made = _run(FIRST, memory, **rest)
    assert not made.standing
    assert _themes(made.codings) == _themes(_run(FIRST, None, **rest).codings)


def test_many_new_contributions_make_it_learn_again(memory: Memory) -> None:
    kept = Memory()
    _run(FIRST[:120], kept)
    assert not _run(FIRST, kept).standing


def test_a_text_reworded_and_one_ruled_on_are_read_again(memory: Memory) -> None:
    reworded = [Document(FIRST[0].id, "Plus de bancs au soleil"), *FIRST[1:]]
    assert set(_run(reworded, memory).masked) == {FIRST[0].id}
    word = next(word for word in FIRST[5].text.lower().split() if word.isalpha() and len(word) > 6)
    made = _run(reworded, memory, settings=Settings(manner=Manner(rulings=Rulings({word_key(word): True})), extracts=0))
    assert word not in made.masked[FIRST[5].id].lower()


def test_what_is_gone_is_forgotten(memory: Memory) -> None:
    _run(FIRST[1:], memory)
    assert FIRST[0].id not in memory.readings


def test_an_encoder_reads_a_text_once_and_forgets_those_nobody_asks_for() -> None:
    class Counting:
        name, version = "compte", "1"

        def __init__(self) -> None:
            self.read: list[str] = []

        def encode(self, texts: Sequence[str]) -> encoders.Vectors:
            self.read += texts
            return encoders.sentence_encoder().encode(texts)

    counting = Counting()
    kept = Remembering(counting)
    kept.encode(["un", "deux", "un"])
    kept.encode(["deux", "trois"])
    assert counting.read == ["un", "deux", "trois"]
    kept.forget_unasked()
    kept.encode(["deux"])
    kept.forget_unasked()
    kept.encode(["un", "deux"])
    assert counting.read == ["un", "deux", "trois", "un"]
