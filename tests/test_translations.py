"""French is the source language; what libraries say in English on the command line is translated."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from consult.cli import main

CATALOGUE = Path(__file__).parent.parent / "consult" / "translations" / "fr" / "LC_MESSAGES" / "messages.po"


def test_the_compiled_catalogue_is_that_of_the_readable_one() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == CATALOGUE.with_suffix(".mo").read_bytes()
    assert [message.id for message in catalogue if message.id and not message.string] == []


def test_a_mistyped_command_is_answered_in_french() -> None:
    result = CliRunner().invoke(main, ["serve", "--port", "huit"], prog_name="consult")
    assert result.exit_code == 2
    assert "n’est pas un nombre" in result.output
    for english in ("Usage: ", "Error", "Invalid", "Try "):
        assert english not in result.output
