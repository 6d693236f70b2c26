"""``consult demo``: the reference consultation, from nothing to its slides."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace

import click
from flask_babel import gettext as _

from consult import create_app
from consult.cli import Refused
from consult.commands.serve import serve, settings_for
from consult.demo import SEED, Demo, DemoError, build


@click.command()
@click.option("--seed", default=SEED, show_default=True, help="Même graine, mêmes réponses et mêmes mots de passe.")
@click.option("--db", "url", default="", help="Adresse de la base (SQLite par défaut, dans le dossier d’instance).")
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
@click.option("--serve", "go_on", is_flag=True, help="Servir ensuite le site.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d’écoute.")
@click.option("--port", default=8000, show_default=True, help="Port d’écoute.")
def command(*, seed: int, url: str, as_json: bool, go_on: bool, host: str, port: int) -> None:
    """Charge et analyse la concertation de référence, écrit son diaporama, donne ses adresses et ses comptes."""
    # The reader wants the addresses, not a line for each request.
    app = create_app(replace(settings_for(url), quiet=True))
    try:
        made = build(app, seed=seed, say=_say, progress=_Bar())
    except DemoError as error:
        raise Refused(str(error)) from error
    base = f"http://{host}:{port}"
    click.echo(json.dumps(_for_machine(made, base), ensure_ascii=False, indent=2) if as_json else _in_words(made, base))
    if go_on:
        serve(app, host=host, port=port, worker=True)


class _Bar:
    """Says how far each step is: in place on a terminal, at its start elsewhere."""

    def __init__(self) -> None:
        self._step = ""
        self._percent = -1

    def __call__(self, name: str, done: int, total: int) -> None:
        percent = 100 * done // total if total else 0
        if sys.stderr.isatty() and (name, percent) != (self._step, self._percent):
            click.echo(f"\r  {name} {percent} %   ", err=True, nl=percent == 100)
        elif name != self._step:
            _say(f"  {name}…")
        self._step, self._percent = name, percent


def _say(line: str) -> None:
    click.echo(line, err=True)


def _addresses(made: Demo, base: str) -> dict[str, str]:
    return {
        _("Les habitants répondent"): f"{base}/c/{made.slug}/",
        _("L’équipe se connecte"): f"{base}/connexion",
        _("Le comité de pilotage lit"): f"{base}/copil/{made.slug}/",
    }


def _for_machine(made: Demo, base: str) -> dict[str, object]:
    return {
        "consultation": made.slug,
        "addresses": {
            "residents": f"{base}/c/{made.slug}/",
            "staff": f"{base}/connexion",
            "copil": f"{base}/copil/{made.slug}/",
        },
        "accounts": [asdict(account) for account in made.accounts],
        "deck": str(made.deck),
    }


def _in_words(made: Demo, base: str) -> str:
    lines = [f"{what:28} {address}" for what, address in _addresses(made, base).items()]
    lines += ["", _("Comptes de la démonstration (rôle, adresse, mot de passe) :")]
    lines += [f"  {one.role:16} {one.email:34} {one.password}" for one in made.accounts]
    lines += ["", _("Diaporama : %(path)s", path=made.deck)]
    return "\n".join(lines)
