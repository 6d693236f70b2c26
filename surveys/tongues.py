"""What the town hall wrote beside its questions, in the languages residents read: title, introduction, notice.

A translation holds for the French text it was made from: once that text changes, residents read the French again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.models import NOTICE_PARTS, Consultation
from surveys.translating import SOURCE

#: The texts, in the order of the page residents read.
NAMES = ("title", "introduction", *NOTICE_PARTS)


@dataclass(frozen=True, slots=True)
class Text:
    """One French text and its translation in a language, empty where there is none.

    ``stale`` is set where the French changed since.
    """

    name: str
    french: str
    translation: str = ""
    stale: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether residents read this text in French."""
        return self.stale or not self.translation


def texts(consultation: Consultation, language: str) -> list[Text]:
    """Every text that is written in French, with what is known of it in another language."""
    known = _known(consultation, language)
    return [_text(name, french, known.get(name, {})) for name in NAMES if (french := source(consultation, name))]


def source(consultation: Consultation, name: str) -> str:
    """A text in French."""
    return str(consultation.notice.get(name, "") if name in NOTICE_PARTS else getattr(consultation, name)).strip()


def missing(consultation: Consultation, language: str) -> list[Text]:
    """The texts residents read in French although they chose another language; none in French."""
    return [] if language == SOURCE else [text for text in texts(consultation, language) if text.is_missing]


def spoken(consultation: Consultation, language: str) -> dict[str, str]:
    """From each French text to its translation, where there is one that still holds."""
    if language == SOURCE:
        return {}
    return {text.french: text.translation for text in texts(consultation, language) if not text.is_missing}


def keep(consultation: Consultation, language: str, written: Mapping[str, str]) -> None:
    """Keep the translations of some texts as made from their present French; an empty one is forgotten."""
    known = dict(_known(consultation, language))
    for name, text in written.items():
        if text.strip():
            known[name] = {"text": text.strip(), "of": _digest(source(consultation, name))}
        else:
            known.pop(name, None)
    # A new mapping: a change inside the old one would not be seen.
    consultation.translations = {**consultation.translations, language: known}


def _text(name: str, french: str, held: Mapping[str, str]) -> Text:
    translation = held.get("text", "")
    return Text(name, french, translation, stale=bool(translation) and held.get("of") != _digest(french))


def _known(consultation: Consultation, language: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = consultation.translations.get(language, {})
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
