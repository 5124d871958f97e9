"""What the worker does for calibrations: fits figures to counts, keeps what was found. Imported in its child only."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from hostcity import __version__
from hostcity.core.jobs.at_work import AtWork
from hostcity.core.results import keep_blob, read_blob
from hostcity.rehearsal.calibrations.services import FILES, end_calibration
from hostcity.rehearsal.collect import is_exact, plan_as_played
from hostcity.rehearsal.jobs import zipped
from hostcity.rehearsal.models import Calibration
from hostcity.rehearsal.services.news import path_of

FITTED = 0.96  # share of the work that is done when everything has been played
FITTING, WRITING = _("Fitting"), _("Writing the tables")


def calibrate(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Fit figures to the counts. Raises ``PlanError`` with every problem of the counts and of what is to be fitted."""
    from hostcity.rehearsal.calibrations.reading import asked_of
    from hostcity.rehearsal.calibrations.telling import in_short, told
    from hostcity.report.calibrated import calibration_data
    from hostcity.studies.calibration import calibrate as calibrate_plan
    from hostcity.studies.calibration import declared_parameters
    from hostcity.studies.runs.inline import InlinePool

    calibration = Calibration.objects.select_related("snapshot").get(public_id=arguments["calibration"])
    at_work.progress(0.0, FITTING)
    plan, _scenarios = plan_as_played(calibration)
    plan, counts, figures = asked_of(calibration, plan, read_blob(calibration.counts_id))
    is_asked = bool(figures)
    figures, untried = (figures, ()) if is_asked else declared_parameters(plan)
    found = calibrate_plan(
        plan, counts, figures, choose=not is_asked, untried=untried, seed=calibration.seed,
        runs=calibration.runs, pool=InlinePool(), progress=lambda share: at_work.progress(FITTED * share, FITTING),
    )  # fmt: skip
    at_work.progress(FITTED, WRITING)
    said = calibration_data(found)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return {
        "calibration": calibration.key,
        "engine_version": __version__,
        "results_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "summary": said | {"said": told(found) | _more(calibration, plan, found)},
        "found": in_short(found),
        "blobs": {FILES: keep_blob(_files(found)).sha256},
    }


def _more(calibration: Calibration, plan: Any, found: Any) -> dict[str, Any]:
    """Whether a rehearsal of the changes plays the fitted plan; of a log of questions, what can be taken into the plan."""
    from hostcity.rehearsal.calibrations.telling import asked_at_desks, to_take

    exact = {"is_exact": is_exact(calibration, plan, found.changes)}
    return exact | ({"to_take": to_take(found), "asked": asked_at_desks(found)} if calibration.is_of_questions else {})


def _files(found: Any) -> bytes:
    """Tables, the fitted plan as a workbook, and a page with every series drawn, in one archive."""
    from hostcity.report.calibrated import write_calibration

    with tempfile.TemporaryDirectory(prefix="hostcity-") as name:
        return zipped(write_calibration(found, Path(name) / "calibration").parent)


def done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Link the result to its question, in the transaction that ends the job."""
    calibration = Calibration.objects.get(public_id=answer["calibration"])
    end_calibration(calibration=calibration, answer=answer)
    told = {name: answer[name] for name in ("calibration", "results_sha256")}
    return told | {"path": path_of("calibration", calibration)}
