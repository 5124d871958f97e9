"""What the worker does for looks: plays the day again and its persons in the plane. Imported in its child only."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from hostcity import __version__
from hostcity.core.jobs.at_work import AtWork
from hostcity.core.results import keep_blob
from hostcity.rehearsal.collect import is_exact, plan_as_played
from hostcity.rehearsal.jobs import zipped
from hostcity.rehearsal.looks.services import FILES, PAGE, end_look, missing
from hostcity.rehearsal.models import Look
from hostcity.rehearsal.services.news import path_of

LOOKED = 0.96  # share of the work that is done when everything has been played
LOOKING, WRITING = _("Looking"), _("Writing the tables")


def look(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Look at the place. Raises ``PlanError`` with every problem of place and time, `Refused` without the extra."""
    from hostcity.engines.micro import MicroMissingError
    from hostcity.rehearsal.looks.telling import in_short, told
    from hostcity.report.microscope_data import microscope_data
    from hostcity.studies.microscope import asked_of, look_at

    row = Look.objects.select_related("rehearsal__snapshot").get(public_id=arguments["look"])
    at_work.progress(0.0, LOOKING)
    plan, _scenarios = plan_as_played(row.rehearsal)
    asked = asked_of(plan, row.at, row.starts, row.minutes)
    try:
        seen = look_at(
            plan, asked, seed=row.rehearsal.seed, trials=row.trials,
            progress=lambda share: at_work.progress(LOOKED * share, LOOKING),
        )  # fmt: skip
    except MicroMissingError:
        raise missing() from None
    at_work.progress(LOOKED, WRITING)
    said = microscope_data(seen)
    change = said["offer"]["change"] if said["offer"] else ""
    words = told(seen) | {"is_exact": not change or is_exact(row.rehearsal, plan, [change])}
    return {
        "look": row.key,
        "engine_version": __version__,
        "results_sha256": said["trajectories_sha256"],
        "summary": said | {"said": words},
        "found": in_short(seen),
        "blobs": _kept(seen),
    }


def _kept(seen: Any) -> dict[str, str]:
    """Hashes of the page with its replay, of the picture in both languages, and of an archive of it all."""
    from hostcity.report.microscope_page import write_microscope

    with tempfile.TemporaryDirectory(prefix="hostcity-") as name:
        page = write_microscope(seen, Path(name) / "microscope")
        made = {PAGE: gzip.compress(page.read_bytes(), 6, mtime=0), FILES: zipped(page.parent)}
    return {name: keep_blob(data).sha256 for name, data in made.items()}


def done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Link the result to its question, in the transaction that ends the job."""
    row = Look.objects.get(public_id=answer["look"])
    end_look(look=row, answer=answer)
    return {name: answer[name] for name in ("look", "results_sha256")} | {"path": path_of("look", row)}
