"""Texts drawn from sentences and names, each with what must be masked in it."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.masking import names, phrases


@dataclass(frozen=True)
class Drawn:
    """A text, the stretches of it that must be masked, and how it was written."""

    text: str
    hidden: tuple[str, ...]
    kind: str
    manner: str


def plain(text: str) -> str:
    """Without accents, as on an old telephone."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def drawn_names(chance: random.Random, copies: int) -> Iterator[Drawn]:
    """Sentences that name a person, each written in every manner."""
    for _copy in range(copies):
        for phrase in phrases.NAMED.strip().splitlines():
            first, second = chance.sample(names.FIRST, 2)
            last, other = chance.sample(names.LAST, 2)
            values = {"F": first, "F2": second, "L": last, "L2": other, "I": first[0]}
            for manner, write in MANNERS.items():
                yield _filled(phrase, values, "NAME", manner, write)


def drawn_forms(chance: random.Random, copies: int) -> Iterator[Drawn]:
    """Sentences that hold a number, an address or an account."""
    for _copy in range(copies):
        for line in phrases.FORMS.strip().splitlines():
            kind, phrase = line.split("|")
            slot = phrase[phrase.index("{") + 1 : phrase.index("}")]
            yield _filled(phrase, {slot: VALUES[slot](chance)}, kind, "as drawn", str)


def kept() -> Iterator[Drawn]:
    """Sentences where nothing is to be masked, in three manners."""
    for line in phrases.KEPT.strip().splitlines():
        for manner in ("as written", "lower case", "no accents"):
            yield Drawn(MANNERS[manner](line), (), "KEPT", manner)
    for line in phrases.KEPT_FORMS.strip().splitlines():
        yield Drawn(line, (), "KEPT FORM", "as written")


def unseen() -> Iterator[Drawn]:
    """Sentences written after the method, read once: what is between braces must go, nothing else."""
    for line in _lines("unseen.txt"):
        hidden = tuple(line.split("{")[at].split("}")[0] for at in range(1, line.count("{") + 1))
        for manner in ("as written", "lower case"):
            write = MANNERS[manner]
            yield Drawn(write(re.sub(r"[{}]", "", line)), tuple(map(write, hidden)), "UNSEEN NAME", manner)
    for line in _lines("unseen_kept.txt"):
        yield Drawn(line, (), "UNSEEN KEPT", "as written")


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()


def _filled(phrase: str, values: dict[str, str], kind: str, manner: str, write: Callable[[str], str]) -> Drawn:
    hidden = tuple(write(value) for slot, value in values.items() if f"{{{slot}}}" in phrase and slot != "I")
    return Drawn(write(phrase.format(**values)), hidden, kind, manner)


MANNERS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "lower case": str.lower,
    "capitals": str.upper,
    "no accents": plain,
    "lower, no accents": lambda text: plain(text).lower(),
}


def _phone(chance: random.Random) -> str:
    pairs = [f"{chance.randrange(100):02d}" for _ in range(4)]
    area = chance.choice(["06", "07", "04", "01", "09", "0262", "0590", "0696"])
    head, rest = area[:2], ([area[2:], *pairs[1:]] if len(area) > 2 else pairs)
    gap = chance.choice([" ", ".", "-", "", " ", "/", " . ", "  "])
    local = gap.join((head, *rest))
    return chance.choice(
        [
            local, local, local, f"+33{gap.strip() and ' '}{head[1]}{gap}{gap.join(rest)}",
            f"+33 (0){head[1]} {' '.join(rest)}",
            f"0033 {head[1]} {' '.join(rest)}", f"+33(0){head[1]}{''.join(rest)}",
            f"{head}{rest[0]} {rest[1]}{rest[2]} {rest[3]}",
            f"{head}{rest[0][0]} {rest[0][1]}{rest[1]} {rest[2]}{rest[3]}",
            f"+262 {area[2:] or '692'} {' '.join(pairs[1:])}",
            "+213 5 55 12 34 56", "+221 77 123 45 67", "+212 6-12-34-56-78",
        ]
    )  # fmt: skip


def _email(chance: random.Random) -> str:
    who = plain(chance.choice(names.FIRST)).lower().replace("'", ""), plain(chance.choice(names.LAST)).lower()
    person = f"{who[0]}{chance.choice(['.', '_', '', '-'])}{who[1].replace(' ', '').replace(chr(39), '')}"
    host = chance.choice(["gmail", "orange", "hotmail", "la-poste", "sfr", "yahoo"])
    end = chance.choice(["fr", "com", "net"])
    return chance.choice(
        [
            f"{person}@{host}.{end}", f"{person}@{host}.{end}", f"{person}{chance.randrange(99)}@{host}.{end}",
            f"{person} @ {host}.{end}", f"{person} arobase {host} point {end}", f"{person}(at){host}.{end}",
            f"{person} [at] {host} [point] {end}", f"{person}@{host}. {end}", f"{person} arobase {host}.{end}",
        ]
    )  # fmt: skip


def _plate(chance: random.Random) -> str:
    letters = [chance.choice("ABCDEFGHJKLMNPQRSTVWXYZ") for _ in range(4)]
    number = f"{chance.randrange(1, 1000):03d}"
    new = [f"{letters[0]}{letters[1]}", number, f"{letters[2]}{letters[3]}"]
    old = [str(chance.randrange(1, 9999)), "".join(letters[:3]), chance.choice(["11", "75", "2A", "93", "974", "31"])]
    joined = chance.choice(["-", " ", "", " - "]).join(new)
    return chance.choice([joined, joined, joined.lower(), chance.choice([" ", "-"]).join(old), "".join(old)])


def _nir(chance: random.Random) -> str:
    parts = [
        chance.choice("12"), f"{chance.randrange(40, 99)}", f"{chance.randrange(1, 13):02d}",
        chance.choice(["11", "75", "2A", "2B", "99", "97"]),
        f"{chance.randrange(1, 990):03d}",
        f"{chance.randrange(1, 999):03d}",
    ]  # fmt: skip
    return chance.choice([" ", "", ".", " ", "-"]).join(
        [*parts, *chance.choice([(), (f"{chance.randrange(1, 97):02d}",)])]
    )


def _iban(chance: random.Random) -> str:
    body = "".join(chance.choice("0123456789") for _ in range(25))
    country, digits = chance.choice(
        [("FR76", body[:23]), ("FR14", f"{body[:10]}X{body[:12]}"), ("DE89", body[:18]), ("BE68", body[:12])]
    )
    whole = country + digits
    four = [whole[at : at + 4] for at in range(0, len(whole), 4)]
    return chance.choice([whole, " ".join(four), " ".join(four), "-".join(four), whole.lower()])


def _address(chance: random.Random) -> str:
    number = chance.choice(["12", "3 bis", "145", "7 ter", "n°8", "24B", "1, "])
    street = chance.choice(
        [
            "rue des Lilas",
            "avenue Jean Jaurès", "bd Gambetta", "allée des Tilleuls", "impasse du Four", "rue de la Paix",
            "chemin de Serres", "place du Marché", "av. du Général Leclerc", "square des Ormes", "rue Victor-Hugo",
            "r. du 8 mai 1945", "quai de la Loire", "RUE PASTEUR", "rue l'Hermitage",
        ]
    )  # fmt: skip
    more = chance.choice(["", "", " bât C apt 14", ", 11000 Carcassonne", " appt 12", " bat B", " 3e étage porte 32"])
    return f"{number} {street}{more}".replace(",  ", ", ")


def _account(chance: random.Random) -> str:
    name = plain(chance.choice(names.FIRST)).lower().replace("'", "") + chance.choice(["_11", ".off", "93", "_dz"])
    return chance.choice([f"insta {name}", f"@{name}", f"snap : {name}", f"instagram @{name}", f"facebook.com/{name}"])


VALUES: dict[str, Callable[[random.Random], str]] = {
    "phone": _phone, "email": _email, "plate": _plate, "nir": _nir, "iban": _iban,
    "address": _address, "account": _account,
}  # fmt: skip
