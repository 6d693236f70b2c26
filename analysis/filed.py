"""A file of answers as the material of a consultation, for `consult analyse`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analysis.material import Material, Person, Provenance, Voice, themes_of
from analysis.types import Document, Status, Synthesis


def from_synthesis(documents: tuple[Document, ...], synthesis: Synthesis, *, title: str) -> Material:
    """Return the material of a file of answers: respondents, their quartier and channel, their themes."""
    persons = [
        Person(person, canal=_most_said(own, "canal"), quartier=_most_said(own, "quartier"))
        for person, own in _by_person(documents).items()
    ]
    quartiers = tuple(sorted({document.quartier for document in documents if document.quartier}))
    return Material(
        title=title,
        territory="",
        persons=tuple(persons),
        meetings=(),
        voices=voices_of(documents, synthesis),
        asked=(),
        codebook=synthesis.codebook,
        quartiers=quartiers,
        provenance=Provenance(codebook=synthesis.codebook.label, version=str(synthesis.codebook.version)),
    )


def _by_person(documents: Iterable[Document]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in documents:
        found.setdefault(document.person, []).append(document)
    return found


def _most_said(documents: Iterable[Document], fact: str) -> str:
    """Return the value a person gave most often, whatever the order of the rows; "" when none was given."""
    counts = Counter(value for document in documents if (value := getattr(document, fact)))
    return min(counts, key=lambda value: (-counts[value], value), default="")


def voices_of(documents: tuple[Document, ...], synthesis: Synthesis) -> tuple[Voice, ...]:
    """Return one voice per document from its codings."""
    themes = themes_of(synthesis.codings, synthesis.codebook)
    ideas: dict[str, set[int]] = {}
    for coding in synthesis.codings:
        if coding.status is not Status.NO_OPINION:
            ideas.setdefault(coding.document, set()).add(coding.idea)
    return tuple(
        Voice(
            key=document.id,
            text=synthesis.masked.get(document.id, ""),
            person=document.person,
            meeting="",
            canal=document.canal,
            quartiers=(document.quartier,) if document.quartier else (),
            public="",
            status=_status(document.id in themes, document.id in ideas),
            themes=frozenset(themes.get(document.id, ())),
            ideas=len(ideas.get(document.id, ())),
            ideas_by_theme=themes.get(document.id, {}),
        )
        for document in documents
    )


def _status(coded: bool, opinion: bool) -> Status:
    if coded:
        return Status.CODED
    return Status.UNCLASSIFIED if opinion else Status.NO_OPINION
