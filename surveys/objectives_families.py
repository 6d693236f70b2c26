"""The families of actions of a consultation, and what each open question asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.models import Aim, Project
from surveys.words import _

#: A name stands at the head of a narrow column.
LONGEST = 90
#: More than this is no longer a table that a committee reads.
MOST = 12

#: The seven families of a contrat de ville, with the themes and sub-themes of the shipped plan that each gathers.
SHIPPED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "services",
        _("Offre de services aux publics"),
        ("sante", "jeunesse-education", "sport-culture", "langue-numerique", "services-droits"),
    ),
    (
        "cadre-de-vie",
        _("Cadre de vie, tranquillité et logement"),
        (
            *("proprete", "logement", "espace-public", "espaces-verts", "transition-ecologique", "egalite"),
            *("securite/mediation-nocturne", "securite/eclairage", "securite/incivilites"),
            "securite/bruit-voisinage",
        ),
    ),
    ("securite", _("Sécurité et prévention de la délinquance"), ("securite",)),
    ("mobilites", _("Mobilités"), ("deplacements", "stationnement")),
    ("emploi", _("Plein emploi"), ("emploi",)),
    ("economie", _("Vie économique des quartiers"), ("commerces",)),
    ("lien-social", _("Lien social et convivialités"), ("lien-social",)),
)


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family of actions: `themes` are stable ids."""

    code: str
    label: str
    themes: tuple[str, ...]


class FamiliesError(ValueError):
    """A list of families that cannot be kept; the message is one French sentence, `row` the family it is about."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


def project(session: Session, consultation_id: int) -> Project | None:
    """What the team settled, None before they settle anything."""
    return session.get(Project, consultation_id)


def families(kept: Project | None, roots: Sequence[tuple[str, str]]) -> list[FamilyRow]:
    """The families the team wrote, otherwise those proposed from the themes of the first level of the plan."""
    if kept is not None and kept.families:
        return [FamilyRow(one["code"], one["label"], tuple(one["themes"])) for one in kept.families]
    return proposed(roots)


def proposed(roots: Sequence[tuple[str, str]]) -> list[FamilyRow]:
    """The families of a contrat de ville that the plan can fill, then one for each theme that none of them gathers."""
    known = {code for code, _label in roots}
    found = [
        FamilyRow(code, label, themes)
        for code, label, themes in SHIPPED
        if any(theme.partition("/")[0] in known for theme in themes)
    ]
    gathered = {theme for family in found for theme in family.themes}
    alone = [FamilyRow(code, label, (code,)) for code, label in roots if code not in gathered]
    return found + alone


def aims(kept: Project | None, guessed: Mapping[str, Aim]) -> dict[str, Aim]:
    """What each open question asks for: as the team says, otherwise as its words do."""
    said = kept.aims if kept else {}
    return {code: Aim(said[code]) if code in said else aim for code, aim in guessed.items()}


def keep(
    session: Session,
    consultation_id: int,
    *,
    rows: Iterable[FamilyRow],
    aims: Mapping[str, Aim],
    known: Collection[str],
) -> Project:
    """Replace the families and the aims; raise `FamiliesError`; the caller commits. `known` are the ids of themes."""
    kept = [FamilyRow(row.code, " ".join(row.label.replace("\x00", "").split()), row.themes) for row in rows]
    _check(kept)
    found = project(session, consultation_id)
    if found is None:
        found = Project(consultation_id=consultation_id, revision=0)
        session.add(found)
    found.families = [
        {"code": row.code, "label": row.label, "themes": [theme for theme in row.themes if theme in known]}
        for row in kept
    ]
    found.aims = {code: aim.value for code, aim in aims.items()}
    found.revision = (found.revision or 0) + 1
    session.flush()
    return found


def _check(rows: Sequence[FamilyRow]) -> None:
    seen: dict[str, int] = {}
    if not rows:
        raise FamiliesError(_("Gardez au moins une famille : sans famille, il n’y a pas de tableau."))
    if len(rows) > MOST:
        raise FamiliesError(_("Douze familles au plus : au-delà, le tableau ne se lit plus. Réunissez-en."))
    for rank, row in enumerate(rows):
        if not row.label:
            raise FamiliesError(_("Donnez un nom à cette famille, ou retirez-la."), rank)
        if len(row.label) > LONGEST:
            raise FamiliesError(_("Ce nom est trop long : 90 caractères au plus, en tête d’une colonne."), rank)
        if row.label.casefold() in seen:
            raise FamiliesError(_("Une autre famille porte déjà ce nom."), rank)
        seen[row.label.casefold()] = rank
