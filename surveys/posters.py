"""Posters hung in the quartiers: each has its code, and the answers that came by it are counted, never followed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.importing.folding import fold
from surveys.models import (
    Duplicate,
    Place,
    PlaceMethod,
    PlaceRole,
    Poster,
    Response,
    ResponsePlace,
    ResponsePoster,
)
from surveys.words import _

#: Letters and digits that cannot be taken for one another on paper: 30 of them, so 6 give 729 million codes.
ALPHABET = "abcdefghjkmnpqrstuvwxyz2346789"
LENGTH = 6


class PosterError(ValueError):
    """What was asked of a poster cannot be done; the message is one French sentence."""


@dataclass(frozen=True, slots=True)
class PosterRow:
    """A poster with the quartier it hangs in, None for none, and how many answers came by it."""

    poster: Poster
    place: Place | None
    answers: int


def draw_code() -> str:
    """A code drawn at random."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


def plain(code: str) -> str:
    """A code however it was typed: capitals, hyphens and spaces do not count."""
    return "".join(character for character in code.lower() if character.isalnum())


def shown(code: str) -> str:
    """A code as it is printed, in two groups that are easier to copy."""
    return f"{code[:3]}-{code[3:]}"


def add(
    session: Session,
    *,
    consultation_id: int,
    label: str,
    place_id: int | None,
    questionnaire: str = "",
    code: str = "",
) -> Poster:
    """Add a poster under a code no other has; raise `PosterError` when its words are missing or taken."""
    _refuse(session, consultation_id, label)
    code = code or draw_code()
    while session.scalar(select(Poster.id).where(Poster.code == code)) is not None:
        code = draw_code()
    poster = Poster(
        consultation_id=consultation_id,
        code=code,
        label=label.strip(),
        place_id=place_id,
        questionnaire=questionnaire,
    )
    session.add(poster)
    session.flush()
    return poster


def change(session: Session, poster: Poster, *, label: str, place_id: int | None, questionnaire: str = "") -> None:
    """Say otherwise where a poster hangs and what it opens; its code stays, since it is printed."""
    _refuse(session, poster.consultation_id, label, but=poster.id)
    poster.label, poster.place_id, poster.questionnaire = label.strip(), place_id, questionnaire
    session.flush()


def remove(session: Session, poster: Poster) -> None:
    """Forget a poster nobody answered by; raise `PosterError` otherwise."""
    if session.scalar(select(func.count()).where(ResponsePoster.poster_id == poster.id)):
        raise PosterError(_("Des réponses sont venues par cette affiche : elle ne peut plus être supprimée."))
    session.delete(poster)
    session.flush()


def by_code(session: Session, code: str) -> Poster | None:
    """The poster of a code, however it was typed."""
    return session.scalar(select(Poster).where(Poster.code == plain(code)))


def of(session: Session, consultation_id: int) -> Sequence[PosterRow]:
    """The posters of a consultation, by quartier then by place, with their counts."""
    counted = (
        select(ResponsePoster.poster_id, func.count().label("answers"))
        .join(Response, Response.key == ResponsePoster.response_key)
        .where(Response.duplicate != Duplicate.CONFIRMED)
        .group_by(ResponsePoster.poster_id)
        .subquery()
    )
    rows = session.execute(
        select(Poster, Place, func.coalesce(counted.c.answers, 0))
        .outerjoin(Place, Place.id == Poster.place_id)
        .outerjoin(counted, counted.c.poster_id == Poster.id)
        .where(Poster.consultation_id == consultation_id)
    )
    found = [PosterRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.place.position if row.place else -1, fold(row.poster.label)))


def tie(session: Session, poster: Poster, *, response_key: str, asked_where: bool) -> None:
    """Tie a response to the poster it came by: once, and to its quartier unless the person named another.

    Where no question asks the quartier, whoever stood before the poster is known to go there, no more.
    """
    if session.get(ResponsePoster, response_key) is not None:
        return
    session.add(ResponsePoster(response_key=response_key, poster_id=poster.id))
    if poster.place_id is None:
        return
    tied = session.scalars(
        select(ResponsePlace).where(
            ResponsePlace.response_key == response_key, ResponsePlace.place_id == poster.place_id
        )
    ).all()
    for one in tied:
        # The answer was given by the poster, and left as it was.
        one.method = PlaceMethod.POSTER
    if not asked_where:
        session.add(
            ResponsePlace(
                response_key=response_key,
                role=PlaceRole.USES,
                place_id=poster.place_id,
                method=PlaceMethod.POSTER,
                confidence=0.5,
            )
        )
    session.flush()


def keep(session: Session, *, old: str, new: str) -> None:
    """An answer that replaces another came by the same poster."""
    found = session.get(ResponsePoster, old)
    if found is not None and session.get(ResponsePoster, new) is None:
        session.add(ResponsePoster(response_key=new, poster_id=found.poster_id))
        session.flush()


def _refuse(session: Session, consultation_id: int, label: str, *, but: int | None = None) -> None:
    if not label.strip():
        raise PosterError(_("Dites où l’affiche est accrochée, par exemple « Arrêt de bus du Viguier »."))
    if len(label) > 200:
        raise PosterError(_("Raccourcissez le lieu de l’affiche : 200 signes au plus."))
    others = session.execute(select(Poster.id, Poster.label).where(Poster.consultation_id == consultation_id))
    if any(row.id != but and fold(row.label) == fold(label) for row in others):
        raise PosterError(
            _(
                "Une affiche porte déjà ce lieu : précisez, par exemple « Arrêt de bus du Viguier, côté école ».",
            )
        )
