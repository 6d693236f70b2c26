"""``consult staff``: accounts opened, closed and given roles from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from consult.cli import main
from surveys.models import AuditEvent, Consultation, Staff

EMAIL = "agent@ville.example"


def consult(folder: Path, *arguments: str) -> Result:
    environment = {"CONSULT_INSTANCE": str(folder / "cli"), "CONSULT_DATABASE": f"sqlite:///{folder / 'cli.sqlite'}"}
    return CliRunner().invoke(main, ["staff", *arguments], env=environment, prog_name="consult")


def _accounts(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(consult(folder, "list", "--json").stdout)
    return found


def _open(folder: Path, email: str = EMAIL) -> str:
    result = consult(folder, "add", email, "--name", "Agent")
    assert result.exit_code == 0, result.output
    return result.stdout.strip().rpartition(" ")[2]


def test_an_account_is_opened_with_a_password_shown_once(tmp_path: Path) -> None:
    password = _open(tmp_path)
    assert len(password) == 24
    assert _accounts(tmp_path) == [{"email": EMAIL, "name": "Agent", "active": True, "roles": []}]
    assert password not in consult(tmp_path, "list").stdout


def test_an_account_is_closed_then_opened_again(tmp_path: Path) -> None:
    _open(tmp_path)
    assert consult(tmp_path, "disable", EMAIL).exit_code == 0
    assert _accounts(tmp_path)[0]["active"] is False
    assert consult(tmp_path, "enable", EMAIL).exit_code == 0
    assert _accounts(tmp_path)[0]["active"] is True


def test_a_new_password_is_another_one(tmp_path: Path) -> None:
    first = _open(tmp_path)
    result = consult(tmp_path, "password", EMAIL)
    assert result.exit_code == 0
    assert first not in result.stdout


def test_an_account_may_be_allowed_to_create_consultations(tmp_path: Path) -> None:
    _open(tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / 'cli.sqlite'}")
    for arguments, allowed in (((), True), (("--remove",), False)):
        assert consult(tmp_path, "creator", EMAIL, *arguments).exit_code == 0
        with Session(engine) as session:
            assert session.scalars(select(Staff.can_create)).one() is allowed
    engine.dispose()


def test_a_role_is_given_and_taken_back_and_both_are_noted(tmp_path: Path) -> None:
    _open(tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / 'cli.sqlite'}")
    with Session(engine) as session:
        session.add(Consultation(slug="essai", title="Essai"))
        session.commit()
    role = ("role", EMAIL, "animateur", "--consultation", "essai")
    assert consult(tmp_path, *role).stdout.strip() == f"{EMAIL} est maintenant animateur."
    assert _accounts(tmp_path)[0]["roles"] == [{"consultation": "essai", "role": "animateur"}]
    assert consult(tmp_path, *role, "--remove").stdout.strip() == f"{EMAIL} n’est plus animateur."
    assert _accounts(tmp_path)[0]["roles"] == []
    with Session(engine) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "compte.role")).all()
        assert [event.details["removed"] for event in events] == [False, True]
    engine.dispose()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "sans-arobase"), "n’est pas une adresse électronique"),
        (("add", EMAIL, "--role", "animateur"), "ensemble --consultation et --role"),
        (("add", EMAIL, "--role", "animateur", "--consultation", "nulle"), "Aucune consultation ne s’appelle"),
        (("disable", "inconnu@ville.example"), "Aucun compte n’a l’adresse"),
        (("password", "inconnu@ville.example"), "Aucun compte n’a l’adresse"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_2(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = consult(tmp_path, *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert _accounts(tmp_path) == []


def test_an_address_already_used_is_refused(tmp_path: Path) -> None:
    _open(tmp_path)
    assert "déjà un compte" in consult(tmp_path, "add", EMAIL.upper()).stderr


def test_without_any_account_the_list_says_what_to_do(tmp_path: Path) -> None:
    assert "consult staff add" in consult(tmp_path, "list").stdout
