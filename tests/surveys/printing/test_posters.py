"""A poster leads to its address whoever reads it: a telephone, an eye, a screen reader."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from surveys.printing import Poster, phrases, poster_pdf, posters_pdf
from tests.surveys.printing.opened import is_accessible, pages_of, text_of

ADDRESS = "https://consult.montauban.fr/a/k7m-x2p"
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#a3161f"/></svg>'
)
HOSTILE = '#include "x" $a^2$ *b* _c_ <lab> @ref \\ // /* `raw` [x] #panic("x") \u202e\x00 😀 مرحبا ' + "é" * 5000
SIZES = {"a4": (595, 842), "a5": (420, 595)}


def poster(**changes: object) -> Poster:
    facts: dict[str, object] = {
        "title": "Votre avis compte",
        "address": ADDRESS,
        "quartier": "La Conte Ozanam",
        **changes,
    }
    return Poster(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
def test_a_telephone_reads_the_code_and_finds_the_address(size: str, tmp_path: Path) -> None:
    [page] = pages_of(poster_pdf(poster(), size=size), tmp_path)  # type: ignore[arg-type]
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]
    assert page.size == pytest.approx([points * 96 / 72 for points in SIZES[size]], abs=2)


def test_the_address_is_written_in_full_with_what_the_answers_are_for(tmp_path: Path) -> None:
    text = text_of(poster_pdf(poster(closes_on=dt.date(2026, 12, 1))), tmp_path)
    for words in (
        ADDRESS,
        "Votre avis compte",
        "La Conte Ozanam",
        "1er décembre 2026",
        "présentées à ceux qui décident",
    ):
        assert words in text


def test_a_poster_is_tagged_and_says_its_title_and_its_language() -> None:
    pdf = poster_pdf(poster(logo=LOGO))
    assert is_accessible(pdf)
    assert b"Votre avis compte" in pdf


def test_every_place_has_its_page_with_its_own_code(tmp_path: Path) -> None:
    addresses = [f"https://consult.fr/a/abc-{number:03d}" for number in range(12)]
    pages = pages_of(posters_pdf([poster(address=address) for address in addresses], size="a5"), tmp_path)
    assert [zxingcpp.read_barcodes(page)[0].text for page in pages] == addresses


@pytest.mark.parametrize("language", ["en", "ar", "tr", "es"])
def test_a_poster_speaks_other_languages(language: str, tmp_path: Path) -> None:
    [page] = pages_of(poster_pdf(poster(language=language)), tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]
    assert "Scannez" not in text_of(poster_pdf(poster(language=language)), tmp_path)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", phrases.languages())
def test_a_poster_invites_whoever_reads_another_language_and_stays_on_its_page(
    language: str, size: str, tmp_path: Path
) -> None:
    others = [other for other in phrases.languages() if other != language]
    day = dt.date(2026, 12, 1)
    pdf = poster_pdf(poster(language=language, also=others, closes_on=day), size=size)  # type: ignore[arg-type]
    [page] = pages_of(pdf, tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]
    assert is_accessible(pdf)
    text = text_of(pdf, tmp_path)
    said = {other: phrases.words(other)["also"] for other in phrases.languages() if other != "ar"}
    assert [other for other, words in said.items() if words in text] == [other for other in said if other != language]


def test_a_code_may_say_more_than_the_address_to_type(tmp_path: Path) -> None:
    pdf = poster_pdf(poster(language="ar", scanned=f"{ADDRESS}?langue=ar"))
    [page] = pages_of(pdf, tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [f"{ADDRESS}?langue=ar"]
    assert ADDRESS in text_of(pdf, tmp_path)
    assert "langue" not in text_of(pdf, tmp_path)


def test_emoji_are_drawn_and_read_aloud(tmp_path: Path) -> None:
    pdf = poster_pdf(poster(title="🌳 Votre quartier 👩‍👧‍👦 ☀️", quartier="🏘️ Grazailles"))
    assert is_accessible(pdf)
    text = text_of(pdf, tmp_path)
    assert all(drawn in text for drawn in ("🌳", "👩‍👧‍👦", "☀", "🏘"))


@pytest.mark.parametrize("field", ["title", "quartier", "sentence", "use"])
def test_what_people_write_is_shown_and_never_obeyed(field: str, tmp_path: Path) -> None:
    pdf = poster_pdf(poster(**{field: HOSTILE}))
    [page] = pages_of(pdf, tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]
    text = text_of(pdf, tmp_path)
    for words in ("#include", "$a^2$", "*b*", "_c_", "<lab>", "@ref", "`raw`"):
        assert words in text, words


def test_a_long_address_stays_on_its_poster(tmp_path: Path) -> None:
    address = "https://concertation-contrat-de-ville.grand-montauban-communaute.example.fr/consultations/2026/a/k7m-x2p"
    pdf = poster_pdf(poster(address=address, title="Mot " * 60))
    assert [code.text for page in pages_of(pdf, tmp_path) for code in zxingcpp.read_barcodes(page)] == [address]
    assert address in "".join(text_of(pdf, tmp_path).split())


def test_a_logo_is_drawn_whatever_its_kind(tmp_path: Path) -> None:
    memory = BytesIO()
    Image.new("RGB", (400, 100), (200, 0, 0)).save(memory, "PNG")
    for logo in (LOGO, memory.getvalue()):
        pdf = poster_pdf(poster(logo=logo))
        [page] = pages_of(pdf, tmp_path)
        red, green, _blue = page.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
        assert (red > 140, green < 60) == (True, True)
        assert is_accessible(pdf)


def test_a_logo_that_cannot_be_drawn_does_not_stop_the_poster(tmp_path: Path) -> None:
    [page] = pages_of(poster_pdf(poster(logo=b"\x89PNG broken")), tmp_path)
    assert zxingcpp.read_barcodes(page)[0].text == ADDRESS


def test_no_poster_is_said_by_an_error() -> None:
    with pytest.raises(ValueError, match="no poster"):
        posters_pdf([])
