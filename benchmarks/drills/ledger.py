"""What is in the database, read without the product, against what was acknowledged."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import create_engine, text

from benchmarks.drills.place import Place
from benchmarks.drills.result import Result
from benchmarks.drills.sender import answers

RESPONSES = "SELECT key, receipt_hash FROM response"
ANSWERS = "SELECT response_key, question, status, value FROM answer"


def compare(place: Place, receipts: Mapping[int, str], result: Result) -> None:
    """Judge: everyone acknowledged is stored once, under their receipt, with every answer; nobody else twice."""
    stored, receipt_of = _read(place)
    numbers = {key: found["rang"] for key, found in stored.items() if "rang" in found}
    times = Counter(numbers.values())
    by_number = {number: key for key, number in numbers.items()}
    result.done["acknowledged"] = len(receipts)
    result.done["stored"] = len(stored)
    lost = [number for number in receipts if times[number] == 0]
    twice = [number for number, count in times.items() if count > 1]
    partial = [key for key, found in stored.items() if found != answers_of(found.get("rang"))]
    strangers = [n for n, code in receipts.items() if n in by_number and receipt_of[by_number[n]] != _hash(code)]
    result.done |= {"lost": len(lost), "twice": len(twice), "partial": len(partial)}
    result.check(not lost, f"{len(lost)} acknowledged but not stored: {lost[:5]}")
    result.check(not twice, f"{len(twice)} stored twice: {twice[:5]}")
    result.check(not partial, f"{len(partial)} stored in part: {partial[:5]}")
    result.check(not strangers, f"{len(strangers)} under another receipt: {strangers[:5]}")


def answers_of(number: object) -> dict[str, object] | None:
    """Every answer that the person of this number must have in the database."""
    return answers(number) if isinstance(number, int) else None


def intact(place: Place) -> bool:
    """Whether SQLite finds its file whole."""
    engine = create_engine(place.settings.database_url)
    with engine.connect() as connection:
        said = connection.execute(text("PRAGMA integrity_check")).scalar()
    engine.dispose()
    return said == "ok"


def _read(place: Place) -> tuple[dict[str, dict[str, object]], dict[str, str]]:
    engine = create_engine(place.settings.database_url)
    with engine.connect() as connection:
        receipts = {str(row.key): str(row.receipt_hash) for row in connection.execute(text(RESPONSES))}
        stored: dict[str, dict[str, object]] = {key: {} for key in receipts}
        for row in connection.execute(text(ANSWERS)):
            value = json.loads(row.value) if isinstance(row.value, str) and engine.name == "sqlite" else row.value
            stored[str(row.response_key)][row.question] = value if row.status == "answered" else None
    engine.dispose()
    return stored, receipts


def _hash(code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
