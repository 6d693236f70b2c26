"""French spaces in what people wrote with an ordinary keyboard, when it is shown."""

from __future__ import annotations

import re

NARROW, FIXED = "\u202f", "\u00a0"
#: What may come right after the sign: the end, a space, what closes a quotation or a parenthesis, another sign.
_END = r"(?=[\s».,;)\]]|$)"
# In a message whose variables are still to be filled in, « % » is written twice and « %(name)s » is no sign.
_NARROW = re.compile(rf" (?=(?:[;!?]+|%%?){_END})")
_FIXED = re.compile(rf" (?=:{_END})|(?<=«) | (?=»)")


def french(text: str) -> str:
    """The text with the spaces French wants before ; : ! ? % and inside « »; nothing else is touched."""
    return _FIXED.sub(FIXED, _NARROW.sub(NARROW, text))
