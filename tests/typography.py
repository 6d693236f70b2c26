"""The spaces of a keyboard left where French wants its own, in a page that anybody is shown."""

from __future__ import annotations

import json
import re
from html import unescape

from sqlalchemy import JSON, LargeBinary, String, select
from sqlalchemy.orm import Session

from surveys.models import Base

#: The scripts, what is being typed, and the keys that are to be typed as they are.
_APART = re.compile(r"<(script|style|textarea|kbd)\b.*?</\1>", re.DOTALL)
_SHOWN = re.compile(r'>([^<]+)<|\s(?:aria-label|alt|title|content|placeholder|data-[\w-]+)="([^"]*)"')
_PLAIN = re.compile(r"« |\S »|[\w»)’…] (?=[;!?:%](?:[\s».,)]|$))")
#: Enough of a sentence to tell one that was typed from one of ours.
_AROUND = 8


def left_plain(page: str, typed: str) -> list[str]:
    """What a page says with a breaking space beside a French sign, unless somebody typed it so."""
    found = []
    for match in _SHOWN.finditer(_APART.sub("", page)):
        text = unescape(match[1] or match[2] or "")
        for sign in _PLAIN.finditer(text):
            around = text[max(0, sign.start() - _AROUND) : sign.end() + 1].strip("«»()\u00a0")
            if around not in typed and text[sign.start() : sign.end() + _AROUND] not in typed:
                found.append(text.strip()[:200])
    return found


def typed_in(session: Session) -> str:
    """Everything the database holds that a person may have written, or a file may have brought."""
    found = []
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, JSON | String | LargeBinary)]
        if columns:
            found += [_text(value) for row in session.execute(select(*columns)) for value in row if value]
    return "\n".join(found)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
