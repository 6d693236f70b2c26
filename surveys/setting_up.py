"""What the chef de projet decides of a consultation, one step at a time; nothing is refused for being unfinished."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import life, places, tongues
from surveys.importing.folding import fold
from surveys.labels import LANGUAGES
from surveys.life import Act
from surveys.models import NOTICE_PARTS, ChangeKind, Channel, Consultation, Role, Staff, StaffRole, State
from surveys.notices import LONGEST
from surveys.publishing import Step
from surveys.words import _

#: The languages residents are offered, in the order of the menu.
#: Addresses that already lead elsewhere.
RESERVED = frozenset({"nouvelle"})
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
DATES = ("opens_on", "closes_on", "keep_until")
#: What is read before the first question, on a phone.
LONGEST_INTRODUCTION = 1200
LONGEST_TITLE = 200


class SetUpError(ValueError):
    """What was written cannot be kept; ``field`` names where, the message is one French sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, about what, and under which address."""

    title: str
    territory: str
    introduction: str
    slug: str


def may_create(session: Session, account: Staff) -> bool:
    """Whoever leads a consultation, or was told they may, can set up another."""
    leads = select(StaffRole.staff_id).where(StaffRole.staff_id == account.id, StaffRole.role == Role.LEAD)
    return account.can_create or session.scalar(leads.limit(1)) is not None


def create(session: Session, *, title: str, territory: str, by: Staff) -> Consultation:
    """A draft with its three places that always exist, led by who made it."""
    title = title.strip()
    if not title:
        raise SetUpError("title", _("Donnez un titre à la consultation."))
    consultation = Consultation(slug=propose_slug(session, title), title=title, territory=territory.strip())
    session.add(consultation)
    session.flush()
    places.ensure_fixed(session, consultation.id)
    # Given without `staff.grant`, which would sign its own author out.
    session.add(StaffRole(staff_id=by.id, consultation_id=consultation.id, role=Role.LEAD))
    session.flush()
    return consultation


def propose_slug(session: Session, title: str) -> str:
    """An address made of the first words of a title, that no other consultation has."""
    base = fold(title).encode("ascii", "ignore").decode().strip()
    words = re.sub(r"\s+", "-", base)[:50].strip("-") or "consultation"
    taken = set(session.scalars(select(Consultation.slug).where(Consultation.slug.like(f"{words}%")))) | RESERVED
    return next(slug for slug in (words, *(f"{words}-{rank}" for rank in range(2, 10_000))) if slug not in taken)


def set_identity(session: Session, consultation: Consultation, identity: Identity) -> None:
    """Keep title, territory, introduction and address; the address of a published consultation never changes."""
    slug = identity.slug.strip().lower() or consultation.slug
    if not identity.title.strip():
        raise SetUpError("title", _("Donnez un titre à la consultation."))
    if len(identity.introduction.strip()) > LONGEST_INTRODUCTION:
        raise SetUpError("introduction", too_long(LONGEST_INTRODUCTION, identity.introduction))
    if slug != consultation.slug:
        _refuse_slug(session, consultation, slug)
    consultation.title, consultation.territory = identity.title.strip(), identity.territory.strip()
    consultation.introduction, consultation.slug = identity.introduction.strip(), slug
    session.flush()


def set_dates(session: Session, consultation: Consultation, days: Mapping[str, dt.date | None], act: Act) -> None:
    """Keep the first day, the last day and how long answers are kept, in that order."""
    opens_on, closes_on, keep_until = (days.get(name) for name in DATES)
    for name in DATES:
        day = days.get(name)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise SetUpError(name, _("Vérifiez l’année."))
    if opens_on and closes_on and closes_on < opens_on:
        raise SetUpError("closes_on", _("Le dernier jour vient avant le premier : corrigez l’un des deux."))
    if keep_until and closes_on and keep_until < closes_on:
        raise SetUpError("keep_until", _("Les réponses doivent être gardées au moins jusqu’au dernier jour."))
    changed = [name for name in DATES if getattr(consultation, name) != days.get(name)]
    _explained(consultation, act, changed)
    for name in changed:
        life.note(session, consultation, act, ChangeKind.DATES, name, getattr(consultation, name), days.get(name))
        setattr(consultation, name, days.get(name))
    session.flush()


def set_channels(session: Session, consultation: Consultation, values: Iterable[str]) -> None:
    """Keep the channels planned, in the order of the list; whoever keeps them has looked at them."""
    wanted = set(values)
    _confirm(consultation, Step.CHANNELS)
    consultation.channels = [channel.value for channel in Channel if channel.value in wanted]
    session.flush()


def set_languages(session: Session, consultation: Consultation, values: Iterable[str]) -> None:
    """Keep the languages offered to residents; French always is, and whoever keeps them has looked at them."""
    wanted = {*values, "fr"}
    _confirm(consultation, Step.LANGUAGES)
    consultation.languages = [language for language in LANGUAGES if language in wanted]
    session.flush()


def set_notice(session: Session, consultation: Consultation, texts: Mapping[str, str], act: Act) -> None:
    """Keep the parts of the notice as written; those left out of `texts` stay as they are."""
    written = {name: texts[name].strip() for name in NOTICE_PARTS if name in texts}
    for name, text in written.items():
        if len(text) > LONGEST:
            raise SetUpError(name, _("Raccourcissez cette partie : %(most)s signes au plus.", most=LONGEST))
    changed = {name: text for name, text in written.items() if text != str(consultation.notice.get(name, ""))}
    _explained(consultation, act, changed)
    for name, text in changed.items():
        life.note(session, consultation, act, ChangeKind.NOTICE, name, consultation.notice.get(name, ""), text)
    # A new mapping: a change inside the old one would not be seen.
    consultation.notice = {**consultation.notice, **changed}
    session.flush()


def set_translations(session: Session, consultation: Consultation, language: str, written: Mapping[str, str]) -> None:
    """Keep what the town hall says in another language; a text left empty is read in French."""
    for name, text in written.items():
        most = {"title": LONGEST_TITLE, "introduction": LONGEST_INTRODUCTION}.get(name, LONGEST)
        if len(text.strip()) > most:
            raise SetUpError(name, too_long(most, text))
    tongues.keep(consultation, language, written)
    session.flush()


def too_long(most: int, text: str) -> str:
    """What to do of a text of too many signs."""
    over = len(text.strip()) - most
    return _("Raccourcissez ce texte : %(most)s signes au plus, il y en a %(over)s de trop.", most=most, over=over)


def _confirm(consultation: Consultation, step: Step) -> None:
    consultation.confirmed = sorted({*consultation.confirmed, step.value})


def _explained(consultation: Consultation, act: Act, changed: Iterable[str]) -> None:
    """What residents were told may change, but not without a reason."""
    if consultation.state is State.DRAFT or not list(changed):
        return
    try:
        life.with_reason(act)
    except life.LifeError as error:
        raise SetUpError("reason", str(error)) from error


def _refuse_slug(session: Session, consultation: Consultation, slug: str) -> None:
    if consultation.state is not State.DRAFT:
        raise SetUpError(
            "slug", _("L’adresse ne change plus une fois la consultation publiée : des affiches la portent.")
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 60:
        raise SetUpError(
            "slug", _("Écrivez l’adresse en minuscules sans accent, chiffres et tirets : 60 signes au plus.")
        )
    if slug in RESERVED or session.scalar(select(Consultation.id).where(Consultation.slug == slug)) is not None:
        raise SetUpError("slug", _("Une autre consultation a déjà cette adresse : choisissez-en une autre."))
