"""``consult routes``: every address and who may open it."""

from __future__ import annotations

import json
from typing import Any

import click
from flask import Flask

from consult import create_app
from consult.security import access_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Écrire pour une machine.")
def command(*, as_json: bool) -> None:
    """Liste les adresses du site et qui peut les ouvrir."""
    found = routes(create_app())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for route in found:
        who = ", ".join(route["roles"]) or route["access"]
        click.echo(f"{'/'.join(route['methods']):10} {route['rule']:60} {who}")


def routes(app: Flask) -> list[dict[str, Any]]:
    """Each rule with its methods, its endpoint and its class of access, sorted by rule."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        access = access_of(app, rule.endpoint)
        found.append(
            {
                "rule": rule.rule,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "endpoint": rule.endpoint,
                "access": access.kind if access else "none",
                "roles": sorted(access.roles) if access else [],
            }
        )
    return found
