"""Whatever is done to a questionnaire, in whatever order, it can be stored, and no condition loses its question."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import definition, editing, relevance
from surveys.definition import Questionnaire
from surveys.editing import EditError, Line
from surveys.questions import KINDS
from surveys.relevance.conditions import Condition, Conditions, Test, write

LABELS = st.sampled_from(["Votre rue ?", "Âge", "  ", "É", "שלום", "Quels sont vos besoins ?", "x" * 400, "Oui", "1er"])
PICKS = st.integers(0, 9)
STEPS = st.sampled_from([-1, 1])
ACTS = (
    "add", "change", "move", "to_section", "duplicate", "remove", "rename", "kind", "anew", "condition",
    "section", "retitle_section", "move_section", "remove_section", "options", "translate",
)  # fmt: skip
START = editing.named(
    definition.load(
        {
            "title": "Votre quartier",
            "sections": [
                {"title": "Vous", "questions": [{"kind": "yes_no", "name": "bus", "label": "Prenez-vous le bus ?"}]},
                {
                    "title": "Vos avis",
                    "questions": [
                        {"kind": "long_text", "name": "avis", "label": "Pourquoi ?", "relevant": "${bus} = 'non'"},
                        {"kind": "grid", "name": "g", "label": "Jugez", "rows": ["Parcs"], "options": ["Mal", "Bien"]},
                        {"kind": "short_text", "name": "mal", "label": "Dites", "relevant": "${g.parcs} = 'mal'"},
                    ],
                },
            ],
        }
    )
)


def _pick(items: list[str], number: int) -> str:
    return items[number % len(items)] if items else "absent"


def _names(book: Questionnaire) -> list[str]:
    return [question.name for question in book.questions]


def _pages(book: Questionnaire) -> list[str]:
    return [section.name for section in book.sections]


def _conditioned(book: Questionnaire, one: int, other: int) -> Questionnaire:
    reader, read = (editing.question_at(book, _pick(_names(book), number)) for number in (one, other))
    code = read.options[0].code if read.options else "x"
    text = write(Conditions("and", (Condition(read.name, Test.IS, code),)))
    return editing.change_question(book, definition.question_from(_dumped(reader) | {"relevant": text}))


def _dumped(question: Any) -> dict[str, Any]:
    book = Questionnaire("", (definition.Section("", (question,)),))
    data: dict[str, Any] = definition.dump(book)["sections"][0]["questions"][0]
    return data


def _with_lines(book: Questionnaire, name: str, labels: tuple[str, ...]) -> Questionnaire:
    question = editing.question_at(book, name)
    if not question.options:
        return book
    kept = list(editing.lines_of(question.options))[1:] + [Line(label) for label in labels]
    options = editing.options_from(kept)
    data = _dumped(question) | {"options": [{"code": o.code, "label": o.label} for o in options]}
    return editing.change_question(book, definition.question_from(data))


def _act(book: Questionnaire, act: str, one: int, other: int, step: int, label: str) -> Questionnaire:  # noqa: C901
    name, page = _pick(_names(book), one), _pick(_pages(book), other)
    kind = _pick(sorted(KINDS), other)
    match act:
        case "add":
            return editing.add_question(book, editing.new_question(book, kind, label), section=page, after=name)
        case "change":
            return editing.change_question(book, editing.of_kind(editing.question_at(book, name), kind))
        case "move":
            return editing.move_question(book, name, step=step)
        case "to_section":
            return editing.move_to_section(book, name, page)
        case "duplicate":
            return editing.duplicate_question(book, name)[0]
        case "remove":
            return editing.remove_question(book, name)
        case "rename":
            return editing.rename_question(book, name, editing.name_from(label, editing.names(book)))
        case "kind" | "anew":
            return editing.change_kind(book, name, kind, anew=act == "anew")[0]
        case "condition":
            return _conditioned(book, one, other)
        case "section":
            return editing.add_section(book, label, after=page)[0]
        case "retitle_section":
            return editing.change_section(book, page, title=label, help="Aide", relevant="")
        case "move_section":
            return editing.move_section(book, page, step=step)
        case "remove_section":
            return editing.remove_section(book, page)
        case "options":
            return _with_lines(book, name, (label, f"{label} encore"))
    return editing.translated(book, "ar", {f"{name}.label": label, f"section.{page}.title": label, "title": label})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ACTS), PICKS, PICKS, STEPS, LABELS), max_size=25))
def test_any_sequence_of_changes_gives_a_questionnaire_that_can_be_stored_and_read(
    acts: list[tuple[str, int, int, int, str]],
) -> None:
    book = START
    for act, one, other, step, label in acts:
        with suppress(EditError):
            book = _act(book, act, one, other, step, label)
        assert definition.load(definition.dump(book)) == book
        assert editing.dangling(book) == frozenset()
        assert all(section.name for section in book.sections)
        texts = {f"{name}.label" for name in _names(book)}
        left = {key for known in book.translations.values() for key in known if key.endswith(".label")}
        assert left <= texts, "a translation goes with what it translates"
        lost = [fault for fault in relevance.faults(book) if "s’appelle" in fault.message or "encore" in fault.message]
        assert lost == []
