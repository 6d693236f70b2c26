"""Ideas worded alike: what one decision of a person may settle at once."""

import hashlib

from analysis.evidence import stems
from analysis.text.normalise import key


def alike(text: str) -> str:
    """Sixteen signs shared by texts of the same content words, whatever their order, endings and small words.

    Texts without any content word share them when they share their `key`; "" for a text without words.
    """
    said = " ".join(sorted(stems(text))) or f"={key(text)}"
    return "" if said == "=" else hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
