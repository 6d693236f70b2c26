"""Numbers as people write them in France, and those that cannot be called."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import phones
from surveys.phones import PhoneError


@pytest.mark.parametrize(
    "written",
    [
        "01 99 00 12 34",
        "01.99.00.12.34",
        "01-99-00-12-34",
        "0199001234",
        " 01 99 00 12 34 ",
        "+33 1 99 00 12 34",
        "+33 (0)1 99 00 12 34",
        "0033199001234",
        "33199001234",
        "+330199001234",
        "01\u00a099\u202f00 12/34",
    ],
)
def test_every_french_way_of_writing_a_number_is_read(written: str) -> None:
    phone = phones.read(written)
    assert (phone.digits, phone.completed) == ("0199001234", False)


def test_a_zero_dropped_by_a_spreadsheet_is_put_back_and_said() -> None:
    phone = phones.read("199001234")
    assert (phone.digits, phone.completed) == ("0199001234", True)


@pytest.mark.parametrize(
    ("written", "digits"), [("+262 262 12 34 56", "0262123456"), ("+590 690 12 34 56", "0690123456")]
)
def test_a_number_of_the_overseas_departments_is_french(written: str, digits: str) -> None:
    assert phones.read(written).digits == digits


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "n’est pas un numéro"),
        ("à demander", "n’est pas un numéro"),
        ("01 99 00 12", "il en faut 10"),
        ("01 99 00 12 34 56", "il en faut 10"),
        ("+44 20 7946 0000", "étranger"),
        ("08 99 12 34 56", "surtaxé"),
        ("3631", "il en faut 10"),
    ],
)
def test_what_cannot_be_called_is_refused_with_its_reason(written: str, reason: str) -> None:
    with pytest.raises(PhoneError, match=reason):
        phones.read(written)


@given(st.text(max_size=30))
def test_any_text_is_ten_digits_or_one_sentence(written: str) -> None:
    try:
        read = phones.read(written).digits
    except PhoneError as reason:
        read = str(reason)
    assert re.fullmatch(r"0[1-9][0-9]{8}|.+\.", read, re.DOTALL)


@given(st.integers(min_value=10**8, max_value=7 * 10**8))
def test_a_number_is_the_same_however_it_is_written(number: int) -> None:
    digits = f"0{number:09d}"
    ways = (digits, f"+33{digits[1:]}", f"0033 {digits[1:]}", phones.spoken(digits), ".".join(digits))
    assert {phones.read(way).digits for way in ways} == {digits}


def test_a_fingerprint_tells_nothing_without_its_secret() -> None:
    assert phones.fingerprint("0199001234", b"a") == phones.fingerprint("0199001234", b"a")
    assert phones.fingerprint("0199001234", b"a") != phones.fingerprint("0199001234", b"b")
    assert "0199001234" not in phones.fingerprint("0199001234", b"a")
