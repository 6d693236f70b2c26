"""An installation starts only with choices that are safe for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.settings import SettingsError, from_environment

STRONG = "9f2c4e7a1b8d6350f1e2d3c4b5a69788"


def test_a_single_machine_keeps_the_secret_it_drew(tmp_path: Path) -> None:
    first = from_environment({"CONSULT_INSTANCE": str(tmp_path)})
    again = from_environment({"CONSULT_INSTANCE": str(tmp_path)})
    assert first.secret == again.secret
    assert len(first.secret) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_two_machines_never_share_a_secret(tmp_path: Path) -> None:
    one, other = (from_environment({"CONSULT_INSTANCE": str(tmp_path / name)}) for name in "ab")
    assert one.secret != other.secret


@pytest.mark.parametrize("secret", ["", "secret", "a" * 64, "changeme" * 8])
def test_production_refuses_a_weak_secret(tmp_path: Path, secret: str) -> None:
    chosen = {"CONSULT_ENV": "production", "CONSULT_INSTANCE": str(tmp_path), "CONSULT_HOSTS": "avis.ville.example"}
    with pytest.raises(SettingsError, match="CONSULT_SECRET"):
        from_environment(chosen | {"CONSULT_SECRET": secret})


def test_production_asks_for_the_names_of_the_site(tmp_path: Path) -> None:
    chosen = {"CONSULT_ENV": "production", "CONSULT_INSTANCE": str(tmp_path), "CONSULT_SECRET": STRONG}
    with pytest.raises(SettingsError, match="CONSULT_HOSTS"):
        from_environment(chosen)
    settings = from_environment(chosen | {"CONSULT_HOSTS": "avis.ville.example, www.ville.example"})
    assert settings.hosts == ("avis.ville.example", "www.ville.example")
    assert settings.flask()["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings.flask()["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("address", ["base.sqlite", "mysql://x/y", "://", "oracle+thing://a"])
def test_a_database_that_is_none_of_ours_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="sqlite:///"):
        from_environment({"CONSULT_INSTANCE": str(tmp_path), "CONSULT_DATABASE": address})


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    settings = from_environment({"CONSULT_INSTANCE": str(tmp_path)})
    keys = {settings.derived(purpose) for purpose in ("session", "receipt", "password")}
    assert len(keys) == 3
    assert settings.secret not in keys


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(SettingsError, match="vérifiez ses droits"):
        from_environment({"CONSULT_INSTANCE": str(blocked / "instance")})


def test_the_number_of_relays_is_read_and_anything_else_refused(tmp_path: Path) -> None:
    chosen = {"CONSULT_INSTANCE": str(tmp_path)}
    assert from_environment(chosen).proxies == 0
    assert from_environment(chosen | {"CONSULT_PROXIES": "2"}).proxies == 2
    for wrong in ("-1", "un", "1.5", "²", "12"):
        with pytest.raises(SettingsError, match="CONSULT_PROXIES"):
            from_environment(chosen | {"CONSULT_PROXIES": wrong})
