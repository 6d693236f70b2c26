"""Options and rows edited as lines: a line keeps its code whatever its words become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from surveys.editing.base import EditError
from surveys.editing.naming import code_from
from surveys.questions import Option
from surveys.words import _

LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One option as it is typed; without a code when it is new, without a label when it is to go."""

    label: str
    code: str = ""
    other: bool = False
    exclusive: bool = False


def lines_of(options: Iterable[Option]) -> tuple[Line, ...]:
    """Return the options as the lines that `options_from` reads back."""
    return tuple(Line(option.label, option.code, option.other, option.exclusive) for option in options)


def options_from(lines: Sequence[Line], *, field: str = "options") -> tuple[Option, ...]:
    """Return the options of the lines that have words, new ones with a code of their own; raise `EditError`."""
    kept = [replace(line, label=line.label.strip()) for line in lines if line.label.strip()]
    _refuse_twins(kept, field)
    # A code that has been in use is never given to another line of the same question.
    taken = {line.code for line in lines if line.code}
    options: list[Option] = []
    for line in kept:
        code = line.code or code_from(line.label, taken)
        taken.add(code)
        options.append(Option(code, line.label, line.other, line.exclusive))
    return tuple(options)


def split(text: str) -> tuple[Line, ...]:
    """Return one new line for each line of a pasted text, without its bullet."""
    return tuple(Line(bare) for line in text.splitlines() if (bare := line.strip().lstrip("-–—•*·▪◦‣ \t").strip()))


def _refuse_twins(lines: Sequence[Line], field: str) -> None:
    seen: set[str] = set()
    for line in lines:
        if len(line.label) > LONGEST_LABEL:
            raise EditError(
                _("Raccourcissez « %(label)s… » : %(most)d signes au plus.")
                % {"label": line.label[:40], "most": LONGEST_LABEL},
                field=field,
            )
        if (plain := line.label.casefold()) in seen:
            raise EditError(
                _("« %(label)s » est écrit deux fois : gardez-en un seul.") % {"label": line.label}, field=field
            )
        seen.add(plain)
    others = [line.label for line in lines if line.other]
    if len(others) > 1:
        raise EditError(
            _("Une seule réponse peut demander une précision : décochez « %(label)s ».") % {"label": others[-1]},
            field=field,
        )
