"""An installation of its own for a drill: a consultation that is open, and the real server in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consult import create_app
from consult.commands.serve import open_database
from consult.extensions import db
from consult.settings import Settings
from surveys import definition
from surveys.models import Channel, Consultation, QuestionnaireVersion, State

SLUG = "exercice"
SECRET = "for drills only, and long enough: 0123456789abcdef"  # noqa: S105  it protects nothing
TEXTS = tuple(f"texte{rank}" for rank in range(1, 10))
DEFINITION = {
    "title": "Exercice",
    "sections": [
        {
            "title": "Une page",
            "questions": [
                *({"kind": "long_text", "name": name, "label": f"Que dire de {name} ?"} for name in TEXTS),
                {"kind": "number", "name": "rang", "label": "Quel rang ?"},
                {"kind": "several_choices", "name": "sujets", "label": "Lesquels ?", "options": ["Un", "Deux"]},
                {"kind": "yes_no", "name": "deja", "label": "Déjà venu ?", "dont_know": True},
            ],
        }
    ],
}


@dataclass(frozen=True)
class Place:
    """A folder with a database where one consultation is open to anyone."""

    folder: Path
    database_url: str = ""
    wrapped: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=lambda: DEFINITION)

    @property
    def settings(self) -> Settings:
        """The settings that the server of this place reads from its environment."""
        url = self.database_url or f"sqlite:///{self.folder / 'consult.sqlite'}"
        return Settings(instance=self.folder, database_url=url, secret=SECRET, quiet=True)

    def prepare(self) -> None:
        """Create the tables and the open consultation."""
        app = create_app(self.settings)
        open_database(app)
        with app.app_context():
            asked = definition.load(self.asked)
            consultation = Consultation(slug=SLUG, title="Exercice", state=State.OPEN, languages=["fr"])
            db.session.add(consultation)
            db.session.flush()
            db.session.add(
                QuestionnaireVersion(
                    consultation_id=consultation.id,
                    name="en-ligne",
                    title="Exercice",
                    channel=Channel.ONLINE,
                    definition=definition.dump(asked),
                    digest=definition.digest(asked),
                )
            )
            db.session.commit()
        with app.app_context():
            db.engine.dispose()

    @contextmanager
    def served(self) -> Iterator[Served]:
        """The server, answering; killed on leaving if it still runs."""
        served = self.start()
        try:
            yield served
        finally:
            served.kill()

    def start(self) -> Served:
        """Start the server and wait for its address."""
        environment = os.environ | {
            "CONSULT_INSTANCE": str(self.folder),
            "CONSULT_DATABASE": self.settings.database_url,
            "CONSULT_SECRET": SECRET,
            "CONSULT_QUIET": "1",
            **self.environment,
        }
        command = [*self.wrapped, sys.executable, "-m", "consult", "serve", "--port", "0", "--no-worker"]
        with (self.folder / "server.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603  our own server
                # A session of its own: a wrapper, as faketime, leaves its child alive when it is killed alone.
                command,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert process.stdout  # noqa: S101  PIPE was asked for
        line = process.stdout.readline()
        if "http://" not in line:
            Served(process, 0).kill()
            raise RuntimeError(f"the server did not start: {line!r}")
        return Served(process, int(line.split("http://")[1].split()[0].rsplit(":", 1)[1]))


@dataclass(frozen=True)
class Served:
    """A server that runs, on a port of this machine."""

    process: subprocess.Popen[str]
    port: int

    def kill(self) -> None:
        """Kill it at once with whatever it started, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()  # Until the last of them has let the pipe go.
