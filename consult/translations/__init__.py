"""The catalogues of the residents' interface: what they must hold is read from the code, so none can fall out of step.

    python -m consult.translations

adds to each catalogue the sentences it lacks, drops those no page says any more, compiles it, and lists what is still
to be translated. The team's interface is in French only, and is not in these catalogues.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from surveys import labels
from surveys.translating import SOURCE

#: The languages of the residents’ interface that are not the one it is written in.
LANGUAGES = tuple(code for code in labels.LANGUAGES if code != SOURCE)
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
#: Everything a resident may read: pages, what they are made of, and what is said of an answer or of a failure.
SOURCES = (
    "consult/residents/*.py",
    "consult/kiosk/*.py",
    "consult/entry/keeping.py",
    "consult/templates/residents/*.html",
    "consult/templates/kiosk/*.html",
    "consult/templates/base.html",
    "consult/templates/components/errors.html",
    "consult/templates/components/note.html",
    "consult/templates/components/progress.html",
    "consult/templates/errors/*.html",
    "consult/errors.py",
    "consult/forms.py",
    "consult/posted.py",
    "consult/putting.py",
    "surveys/questions/*.py",
    "surveys/relevance/course.py",
    "surveys/relevance/wording.py",
)


def wanted() -> Catalog:
    """Every sentence residents may read, with the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        for message in _said_in(path):
            catalogue.add(message, locations=[(str(path.relative_to(ROOT)), 0)])
    return catalogue


def _said_in(path: Path) -> Iterator[str | tuple[str, str]]:
    method = "jinja2" if path.suffix == ".html" else "python"
    options = {"extensions": "jinja2.ext.i18n", "encoding": "utf-8"}
    for _line, message, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS, options=options):
        yield message if isinstance(message, str) else (message[0], message[1])


def path_of(language: str) -> Path:
    """Where the catalogue of a language is."""
    return HERE / language / "LC_MESSAGES" / "messages.po"


def catalogue_of(language: str) -> Catalog:
    """The catalogue of a language as it is; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str) -> list[str]:
    """The sentences that a language does not say yet, every plural form counted."""
    held = catalogue_of(language)
    return [_key(message) for message in wanted() if message.id and not _is_said(held.get(_key(message)))]


def _key(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _is_said(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


def update(language: str) -> None:
    """Write the catalogue of a language with exactly the sentences wanted, and compile it."""
    held, made = catalogue_of(language), _empty(language)
    for message in wanted():
        if message.id:
            known = held.get(_key(message))
            made.add(message.id, known.string if known else None, locations=message.locations)
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, made, width=120, omit_header=False, include_lineno=False, sort_output=True)
    path.with_suffix(".mo").write_bytes(compiled(language))


def _empty(language: str) -> Catalog:
    """A catalogue whose heading never changes: the date of a file is in its history."""
    return Catalog(
        locale=language,
        project="Consult",
        version="1",
        header_comment="# What residents read; made by « make messages », translated by hand.",
        last_translator="Consult",
        language_team=language,
        creation_date=dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
        revision_date=dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
        fuzzy=False,
    )


def compiled(language: str) -> bytes:
    """What the site reads, made from the catalogue."""
    made = BytesIO()
    write_mo(made, catalogue_of(language))
    return made.getvalue()
