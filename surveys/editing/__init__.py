"""Every change an editor makes to a questionnaire, as functions from one frozen value to another.

A change that cannot be made raises `EditError`, in a sentence that says what to do. None leaves an expression that
reads a question which is not put before it, and none changes a code or a name that was not asked to change.
"""

from surveys.editing.base import EditError, names, question_at, section_at, section_of
from surveys.editing.checks import CHOICES, Finding, faults
from surveys.editing.lines import Line, lines_of, options_from, split
from surveys.editing.naming import code_from, free, name_from
from surveys.editing.questions import (
    add_question,
    change_kind,
    change_question,
    duplicate_question,
    move_question,
    move_to_section,
    new_question,
    of_kind,
    remove_question,
    rename_question,
)
from surveys.editing.reading import Reader, dangling, readers_of
from surveys.editing.sections import (
    add_section,
    change_section,
    move_section,
    named,
    remove_section,
    retitle,
)
from surveys.editing.texts import count_missing, translated

__all__ = [
    "CHOICES",
    "EditError",
    "Finding",
    "Line",
    "Reader",
    "add_question",
    "add_section",
    "change_kind",
    "change_question",
    "change_section",
    "code_from",
    "count_missing",
    "dangling",
    "duplicate_question",
    "faults",
    "free",
    "lines_of",
    "move_question",
    "move_section",
    "move_to_section",
    "name_from",
    "named",
    "names",
    "new_question",
    "of_kind",
    "options_from",
    "question_at",
    "readers_of",
    "remove_question",
    "remove_section",
    "rename_question",
    "retitle",
    "section_at",
    "section_of",
    "split",
    "translated",
]
