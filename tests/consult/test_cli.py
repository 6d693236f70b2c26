"""The command line answers in one sentence, and never shows a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.cli import main


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment, prog_name="consult")


def test_help_names_every_command_without_loading_any() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in ("serve", "worker", "routes", "demo", "selfcheck"):
        assert name in result.output


def test_an_unsafe_installation_is_refused_in_one_sentence(tmp_path: Path) -> None:
    result = run("routes", CONSULT_ENV="production", CONSULT_SECRET="court", CONSULT_INSTANCE=str(tmp_path))
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "CONSULT_SECRET" in result.output


def test_a_database_out_of_reach_is_said_in_one_sentence(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    result = run("serve", "--db", nowhere, CONSULT_INSTANCE=str(tmp_path))
    assert result.exit_code == 2
    assert "base de données ne répond pas" in result.output
    assert "Traceback" not in result.output


def test_every_address_is_in_exactly_one_class_of_access(tmp_path: Path) -> None:
    result = run("routes", "--json", CONSULT_INSTANCE=str(tmp_path))
    found = json.loads(result.stdout)
    assert {route["access"] for route in found} <= {"public", "staff", "role"}
    assert all(bool(route["roles"]) == (route["access"] == "role") for route in found)


@pytest.mark.parametrize("name", ["inconnue", "demos"])
def test_an_unknown_command_is_refused(name: str) -> None:
    assert run(name).exit_code == 2
