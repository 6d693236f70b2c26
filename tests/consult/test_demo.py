"""The demonstration is made once, is the same for the same seed, and never doubles anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from consult import create_app
from consult.cli import main
from consult.demo import SEED, build
from consult.extensions import db
from surveys.models import Base
from tests.demo_files import Demo
from tests.places import settings_in


@pytest.fixture
def folder(demo_files: Demo, tmp_path: Path) -> Path:
    shutil.copytree(demo_files.folder, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Iterator[Flask]:
    app = create_app(settings_in(folder))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_made_twice_it_holds_the_same_rows(app: Flask) -> None:
    before = _rows(app)
    build(app, seed=SEED, say=lambda _line: None)
    assert _rows(app) == before
    assert before["response"] > 400
    assert before["idea"] > 1000


def test_its_slides_are_there(app: Flask, demo_files: Demo, folder: Path) -> None:
    deck = folder / f"copil-{demo_files.slug}.pptx"
    assert deck.read_bytes()[:2] == b"PK"
    assert deck.stat().st_size > 50_000


def test_a_machine_reads_the_addresses_and_the_accounts(folder: Path, demo_files: Demo) -> None:
    result = _demo(folder, "--json", "--port", "8123")
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout)
    assert made["addresses"]["residents"] == f"http://127.0.0.1:8123/c/{demo_files.slug}/"
    assert {one["role"]: one["password"] for one in made["accounts"]} == {
        role: account.password for role, account in demo_files.accounts.items()
    }
    assert Path(made["deck"]).exists()


def test_a_person_reads_them_too(folder: Path, demo_files: Demo) -> None:
    result = _demo(folder)
    assert demo_files.accounts["copil"].password in result.stdout
    assert f"/c/{demo_files.slug}/" in result.stdout


def test_an_unexpected_error_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise KeyError("les mots de quelqu’un")

    monkeypatch.setattr("consult.commands.demo.build", fail)
    result = _demo(folder)
    assert result.exit_code == 2
    assert "KeyError" in result.output
    assert "quelqu" not in result.output
    assert "Traceback" not in result.output


def _demo(folder: Path, *options: str) -> Result:
    environment = {"CONSULT_INSTANCE": str(folder), "CONSULT_SECRET": settings_in(folder).secret}
    return CliRunner().invoke(main, ["demo", *options], env=environment, prog_name="consult")


def _rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        counts = {
            name: db.session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }
    return {name: count or 0 for name, count in counts.items()}
