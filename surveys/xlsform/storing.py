"""A form read from a file, made the next version of a questionnaire."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveys import definition, editing
from surveys.definition import Questionnaire
from surveys.models import Channel, QuestionnaireVersion
from surveys.versions import newest
from surveys.xlsform.problems import Problem, XlsFormError


def store(
    session: Session,
    questionnaire: Questionnaire,
    *,
    consultation_id: int,
    name: str,
    channel: Channel | None = None,
    public: str = "",
) -> tuple[QuestionnaireVersion, bool]:
    """Add the next version of a questionnaire and tell whether there was one to add.

    A form that says what the newest version says changes nothing. Without `channel` or `public`, those of the newest
    version stay. Raises `XlsFormError` where the editor too would refuse to publish.
    """
    ready = editing.named(questionnaire)
    if faults := editing.faults(ready):
        raise XlsFormError(Problem("", None, "", fault.message) for fault in faults)
    latest = newest(session, consultation_id, name)
    said = (definition.digest(ready), channel or (latest.channel if latest else Channel.ONLINE))
    people = public or (latest.public if latest else "habitants")
    if latest is not None and (*said, people) == (latest.digest, latest.channel, latest.public):
        return latest, False
    version = QuestionnaireVersion(
        consultation_id=consultation_id,
        name=name,
        version=latest.version + 1 if latest else 1,
        title=ready.title,
        channel=said[1],
        public=people,
        definition=definition.dump(ready),
        digest=said[0],
    )
    session.add(version)
    session.flush()
    return version, True
