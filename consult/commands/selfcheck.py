"""``consult selfcheck``: whether this installation has all it needs, part by part."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask_babel import gettext as _

from consult import create_app, jobs
from consult.health import checks


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
def command(*, as_json: bool) -> None:
    """Vérifie que cette installation a tout ce qu’il lui faut."""
    found = selfcheck(create_app())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for name, good in found.items():
            click.echo(f"{'ok    ' if good else 'MANQUE'}  {name}")
    sys.exit(0 if all(found.values()) else 2)


def selfcheck(app: Flask) -> dict[str, bool]:
    """Each part with whether it works here; a part that fails never hides the next ones."""
    with app.app_context():
        held = checks()
        return {
            _("base de données : réglages de durabilité"): held["database"],
            _("base de données : tables de cette version (sinon, lancez « consult serve » une fois)"): held["schema"],
            _("place libre sur le disque"): held["disk"],
            _("file du travail long"): _works(lambda: jobs.queue_of(app).pending_count() >= 0),
            _("fichiers servis : empreintes inchangées"): _works(_vendored),
            _("analyse des textes : modèles de langue"): _works(_reads_french),
        }


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:
        click.echo(f"{type(error).__name__}", err=True)
        return False


def _vendored() -> bool:
    folder = Path(str(current_app.static_folder)) / "vendor"
    packages: list[dict[str, Any]] = json.loads((folder / "vendor.json").read_text(encoding="utf-8"))
    wanted = {name: digest for package in packages for name, digest in package["files"].items()}
    return wanted == {name: sha256((folder / name).read_bytes()).hexdigest() for name in wanted}


def _reads_french() -> bool:
    from analysis import codebook, pipeline
    from analysis.types import Document

    plan = codebook.shipped("politique-de-la-ville")
    found = pipeline.analyse([Document("1", "Il y a trop de déchets dans la rue.")], codebook=plan)
    return any(coding.theme_id.startswith("proprete") for coding in found.codings)
