"""Languages as XLSForm writes them in its headings: « Français (fr) », `French`, `fr`."""

from __future__ import annotations

import re
import unicodedata

NAMES = {
    "fr": "Français",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "es": "Español",
    "pt": "Português",
    "it": "Italiano",
    "de": "Deutsch",
    "ro": "Română",
    "ru": "Русский",
    "uk": "Українська",
    "zh": "中文",
    "vi": "Tiếng Việt",
    "pl": "Polski",
    "so": "Soomaali",
    "ps": "پښتو",
    "fa": "فارسی",
    "ku": "Kurdî",
    "bg": "Български",
    "sq": "Shqip",
    "ta": "தமிழ்",
    "ti": "ትግርኛ",
    "am": "አማርኛ",
}
_OTHERWISE = {
    "french": "fr",
    "english": "en",
    "anglais": "en",
    "arabic": "ar",
    "arabe": "ar",
    "turkish": "tr",
    "turc": "tr",
    "spanish": "es",
    "espagnol": "es",
    "portuguese": "pt",
    "portugais": "pt",
    "italian": "it",
    "italien": "it",
    "german": "de",
    "allemand": "de",
    "romanian": "ro",
    "roumain": "ro",
    "russian": "ru",
    "russe": "ru",
    "ukrainian": "uk",
    "ukrainien": "uk",
    "chinese": "zh",
    "chinois": "zh",
}
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def heading(code: str) -> str:
    """The way a language is written in a heading, its code always last."""
    return f"{NAMES.get(code, code)} ({code})"


def code_of(written: str) -> str | None:
    """The code of a language as a heading writes it, None when it cannot be known."""
    text = written.strip()
    if (ending := re.search(r"\(\s*([^()]+?)\s*\)$", text)) and _CODE.fullmatch(ending.group(1)):
        return _usual(ending.group(1))
    known = {_plain(name): code for code, name in NAMES.items()} | _OTHERWISE
    if (code := known.get(_plain(text))) is not None:
        return code
    return _usual(text) if _CODE.fullmatch(text) and len(re.split("[-_]", text)[0]) == 2 else None


def _usual(code: str) -> str:
    language, *rest = code.replace("_", "-").split("-")
    return "-".join([language.lower(), *rest])


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
