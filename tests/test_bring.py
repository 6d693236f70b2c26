"""What a machine lacks for the tests is brought, or its absence is said loudly."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests import bring


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine with no program, where nothing may be installed; what is tried is kept."""
    tried: list[str] = []

    def refuse(command: tuple[str, ...], **_options: object) -> int:
        tried.append(" ".join(command))
        return 1

    monkeypatch.setattr(bring, "chromium_path", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda program: "/usr/bin/apt-get" if program == "apt-get" else None)
    monkeypatch.setattr(subprocess, "call", refuse)
    return tried


def test_what_cannot_be_brought_is_said_loudly(bare: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bring.main()
    said = capsys.readouterr().out
    assert "COULD NOT BRING Chromium" in said
    assert "COULD NOT BRING soffice" in said
    assert any("playwright install chromium" in command for command in bare)


def test_debian_packages_are_asked_for_where_we_may_install(bare: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    bring.main()
    assert any("apt-get install" in command and command.endswith(" chromium-headless-shell") for command in bare)


def test_nothing_is_installed_behind_the_back_of_an_ordinary_user(
    bare: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    bring.main()
    assert not any("apt-get" in command for command in bare)


def test_a_machine_that_has_everything_is_left_alone(
    bare: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bring, "chromium_path", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    bring.main()
    assert bare == []
    assert capsys.readouterr().out == ""
