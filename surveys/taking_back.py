"""An import taken back as a whole, as long as nobody worked on what it brought."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from surveys import erasing, imports
from surveys.models import (
    Contribution,
    Decision,
    Duplicate,
    FileImport,
    Idea,
    ImportedResponse,
    ImportState,
    Origin,
    Response,
)
from surveys.words import _

#: Responses taken back in one transaction.
LOT = 500


def obstacle(session: Session, one: FileImport) -> str:
    """Why an import cannot be taken back as a whole, "" when it can."""
    if one.state in {ImportState.WAITING, ImportState.RUNNING}:
        return _("L’import est en cours\u00a0: attendez sa fin.")
    if one.added == 0:
        return _("Cet import n’a ajouté aucune réponse\u00a0: il n’y a rien à annuler.")
    tied = select(ImportedResponse.response_key).where(ImportedResponse.import_key == one.key)
    left = session.scalar(select(func.count()).select_from(tied.subquery())) or 0
    settled = session.scalar(select(func.count()).where(Response.key.in_(tied), Response.duplicate != Duplicate.NONE))
    if left < one.added or settled:
        return _("Des réponses de cet import ont été corrigées, effacées ou marquées en double depuis.")
    read = (
        select(Decision.id)
        .join(Idea, Idea.id == Decision.idea_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.response_key.in_(tied), Decision.origin == Origin.PERSON)
        .limit(1)
    )
    if session.scalar(read) is not None:
        return _("Quelqu’un a déjà classé des idées de ces réponses\u00a0: l’annuler perdrait ce travail.")
    return ""


def undo(session: Session, one: FileImport) -> Iterator[int]:
    """Take back the responses of an import lot after lot; the caller commits at each, given how many are left.

    They may be imported again afterwards. Stopped in the middle, taking it back again goes on.
    """
    one.state, one.message = ImportState.STOPPED, _("L’annulation n’est pas finie\u00a0: annulez encore.")
    yield one.added
    while keys := session.scalars(_tied(one.key).limit(LOT)).all():
        erasing.drop_extracts(session, one.consultation_id, keys)
        session.execute(delete(Response).where(Response.key.in_(keys)))
        session.execute(update(FileImport).where(FileImport.key == one.key).values(added=FileImport.added - len(keys)))
        session.refresh(one)
        yield one.added
    one.state, one.message = ImportState.UNDONE, ""
    imports.drop(session, one, imports.REFUSED)
    imports.forget_cells(one, report=True)
    yield 0


def _tied(key: str) -> Select[str]:
    return select(ImportedResponse.response_key).where(ImportedResponse.import_key == key)
