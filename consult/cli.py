"""The ``consult`` command: each subcommand is one module of ``consult.commands``, loaded when it is called."""

from __future__ import annotations

import gettext
import os
import pkgutil
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from consult import commands
from consult.database import DatabaseBusyError
from consult.settings import SettingsError

# Click speaks through the C library's idea of a language, which a server seldom has set.
os.environ["LANGUAGE"] = "fr"
gettext.bindtextdomain("messages", str(Path(__file__).parent / "translations"))
# Names of kinds of values that Click does not hand to gettext.
click.STRING.name, click.INT.name, click.IntRange.name = "texte", "nombre", "nombre"


#: What click itself turns into words and a status.
CLICK = (click.ClickException, click.Abort, click.exceptions.Exit)


class Refused(click.ClickException):
    """What was asked cannot be done; the message is one French sentence saying what to do, the status is 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence alone: no usage, no trace."""
        click.echo(self.message, err=True, file=file)


class Commands(click.Group):
    """Finds subcommands by name without importing the others, which keeps ``--help`` immediate."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module of ``consult.commands``, sorted; ``import_`` is ``import``."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The ``command`` of the module of that name."""
        module = _modules().get(cmd_name)
        if module is None:
            return None
        found = import_module(f"consult.commands.{module}").command
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand, turning what an installation may suffer into one sentence."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise Refused(str(error)) from error
        except (DatabaseBusyError, OperationalError) as error:
            raise Refused(
                _("La base de données ne répond pas : vérifiez son adresse, ou recommencez dans un instant.")
            ) from error
        except Exception as error:
            if isinstance(error, CLICK) or os.environ.get("CONSULT_DEBUG"):
                raise
            raise Refused(_unexpected(error)) from error


def _unexpected(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    sentence: str = _(
        "Une erreur est survenue (%(kind)s, %(file)s, ligne %(line)s) : prévenez l’équipe, ou relancez avec"
        " CONSULT_DEBUG=1 pour en voir le détail.",
        kind=type(error).__name__,
        file=Path(place.filename).name,
        line=place.lineno,
    )
    return sentence


def _modules() -> dict[str, str]:
    names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    return {name.rstrip("_").replace("_", "-"): name for name in names if not name.startswith("_")}


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Concertation citoyenne : de la question posée à la décision."""
