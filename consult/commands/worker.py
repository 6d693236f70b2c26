"""``consult worker``: do the long work that the pages ask for."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

import click

from consult import create_app, jobs, logs


@click.command()
@click.option("--beside", is_flag=True, hidden=True, help="Stop when the process at the other end of stdin stops.")
def command(*, beside: bool) -> None:
    """Fait le travail long (analyses, documents) que demandent les pages."""
    app = create_app()
    if beside:
        threading.Thread(target=_leave_with_parent, daemon=True).start()
    with app.app_context():
        jobs.tidy()
    logging.getLogger("huey").setLevel(logging.ERROR)
    logs.event("worker", pid=os.getpid())
    jobs.consumer_of(app).run()


def _leave_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
