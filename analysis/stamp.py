"""How figures were made, in words: from which version of the codings, under which plan, how much read by a person."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.french import quote
from analysis.material import Provenance
from analysis.palette import day, number, percent
from surveys.words import _, ngettext


def frozen_words(made: Provenance) -> str:
    """« version figée « COPIL » du 12 mars 2024 »; "" for what is said now."""
    if not made.frozen or made.frozen_on is None:
        return ""
    return _("version figée %(name)s du %(day)s", name=quote(made.frozen), day=day(made.frozen_on))


def copies_words(copies: int) -> str:
    """« 12 contributions répétées comptées »; "" where there is none, or where they are left out."""
    if not copies:
        return ""
    return ngettext(
        "%(num)s contribution répétée comptée", "%(num)s contributions répétées comptées", copies, num=number(copies)
    )


def made_words(made: Provenance) -> Iterator[str]:
    """Yield what a foot says of how the themes were made, one phrase each."""
    if made.frozen and made.frozen_on:
        yield _("Version figée %(name)s du %(day)s", name=quote(made.frozen), day=day(made.frozen_on))
    if made.codebook:
        when = _("Codage du %(day)s", day=day(made.coded_on)) if made.coded_on else _("Codage")
        yield f"{when}, plan {quote(made.codebook)}" + (f", version {made.version}" if made.version else "")
        yield _("relu à %(share)s", share=percent(made.reviewed))
