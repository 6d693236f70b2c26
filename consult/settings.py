"""Everything an installation may choose, read once from the environment."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

SECRET_LENGTH = 32
ANSWER_BYTES = 512 * 1024
UPLOAD_BYTES = 32 * 1024 * 1024


class SettingsError(Exception):
    """A setting that must not be used; the message is one French sentence for the person who installs."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The choices of one installation; ``secret`` is text of at least 32 characters.

    ``proxies`` is how many relays stand in front: only what they say of a request's sender is believed.
    """

    instance: Path
    database_url: str
    secret: str
    queue_url: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    production: bool = False
    https: bool = False
    proxies: int = 0
    testing: bool = False
    quiet: bool = False

    def __post_init__(self) -> None:
        """Refuse a database that we do not know how to keep safe."""
        if self.backend not in {"sqlite", "postgresql"}:
            raise SettingsError(
                _(
                    "L’adresse de la base n’est pas comprise : écrivez sqlite:///fichier.sqlite"
                    " ou postgresql+psycopg://compte@serveur/base."
                )
            )

    @property
    def backend(self) -> str:
        """``sqlite`` or ``postgresql``; "" for an address that is none."""
        try:
            return make_url(self.database_url).get_backend_name()
        except ArgumentError:
            return ""

    def derived(self, purpose: str) -> str:
        """A key of its own for one purpose, so that no two uses share the installation's secret."""
        return blake2b(purpose.encode(), key=self.secret.encode()[:64], digest_size=32).hexdigest()

    def flask(self) -> dict[str, Any]:
        """The same choices under the names Flask and its extensions read."""
        return {
            "SECRET_KEY": self.derived("session"),
            # A server that restarted must cost a reader nothing.
            "SQLALCHEMY_ENGINES": {
                "default": {"url": self.database_url, "pool_pre_ping": self.backend == "postgresql"}
            },
            "TESTING": self.testing,
            "TRUSTED_HOSTS": list(self.hosts),
            "MAX_CONTENT_LENGTH": UPLOAD_BYTES,
            "MAX_FORM_MEMORY_SIZE": ANSWER_BYTES,
            "MAX_FORM_PARTS": 2000,
            # A form left open all day must still be accepted.
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "fr",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
            "BABEL_TRANSLATION_DIRECTORIES": "translations",
            "SESSION_COOKIE_NAME": "__Host-consult" if self.https else "consult",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_PATH": "/",
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
            "RATELIMIT_ENABLED": not self.testing,
            "RATELIMIT_STORAGE_URI": "memory://",
        }


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of this installation.

    Raises SettingsError where a production installation would be left with a weak choice.
    """
    env = os.environ if environment is None else environment
    production = env.get("CONSULT_ENV", "") == "production"
    instance = Path(env.get("CONSULT_INSTANCE", "instance")).resolve()
    given = env.get("CONSULT_SECRET", "")
    if production:
        _refuse_weak(given)
    return Settings(
        instance=instance,
        database_url=env.get("CONSULT_DATABASE") or f"sqlite:///{instance / 'consult.sqlite'}",
        secret=given or _local_secret(instance),
        queue_url=env.get("CONSULT_QUEUE", ""),
        hosts=_hosts(env.get("CONSULT_HOSTS", ""), production=production),
        production=production,
        https=production or env.get("CONSULT_HTTPS", "") == "1",
        proxies=_count("CONSULT_PROXIES", env.get("CONSULT_PROXIES") or "0"),
        quiet=env.get("CONSULT_QUIET", "") == "1",
    )


def _count(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]", value.strip()):
        raise SettingsError(_("La variable %(name)s doit être un nombre de 0 à 9.", name=name))
    return int(value)


def _refuse_weak(secret: str) -> None:
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_LENGTH // 3:
        raise SettingsError(
            _(
                "En production, la variable CONSULT_SECRET doit contenir au moins 32 caractères tirés au hasard,"
                " par exemple ceux que donne « openssl rand -hex 32 »."
            )
        )


def _hosts(value: str, *, production: bool) -> tuple[str, ...]:
    named = tuple(part.strip() for part in value.split(",") if part.strip())
    if production and not named:
        raise SettingsError(
            _("En production, la variable CONSULT_HOSTS doit nommer les adresses du site, séparées par des virgules.")
        )
    return named or Settings.hosts


def _local_secret(instance: Path) -> str:
    """The secret of a single machine: drawn once, kept beside its database, readable by its owner only."""
    path = instance / "secret"
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(
            _("Le dossier %(folder)s ne peut pas être écrit : vérifiez ses droits.", folder=instance)
        ) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_hex(SECRET_LENGTH)
        file.write(secret)
    return secret
