"""What a drill did and what it found missing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Result:
    """``done`` counts what was tried, by name; ``wrong`` says each thing that broke the promise, none when it holds.

    ``not_run`` says why a drill could not be run on this machine: a drill not run is never a drill that holds.
    """

    promise: str
    done: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    not_run: str = ""

    def count(self, name: str, number: float = 1) -> None:
        """Add to one of the counts."""
        self.done[name] = self.done.get(name, 0) + number

    def check(self, holds: bool, otherwise: str) -> None:
        """Keep a sentence when something that must hold does not."""
        if not holds:
            self.wrong.append(otherwise)

    def said(self) -> str:
        """The result as lines to print."""
        if self.not_run:
            return f"{self.promise}\n  NOT RUN: {self.not_run}"
        counts = ", ".join(f"{name} {number:g}" for name, number in self.done.items())
        verdict = "held" if not self.wrong else "BROKEN: " + "; ".join(self.wrong[:5])
        return f"{self.promise}\n  {counts}\n  {verdict}"
