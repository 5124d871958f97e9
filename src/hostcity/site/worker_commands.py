"""The command that runs the worker."""

from __future__ import annotations

import logging
import os
from typing import Annotated

import typer

Slots = Annotated[int, typer.Option(help="Jobs that may run at the same time.", min=1, max=64)]
Warm = Annotated[
    bool, typer.Option(help="Import the engines at once, so that the first rehearsal is as fast as others.")
]


def worker(slots: Slots = 2, warm: Warm = True) -> None:
    """Run the site's worker: rehearsals, imports, mail. SIGTERM lets running jobs end, Ctrl-C gives them back."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hostcity.site.settings")
    import django

    django.setup()
    if not logging.getLogger().handlers:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    from hostcity.core.jobs.worker import work

    work(slots=slots, is_warm=warm)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)
