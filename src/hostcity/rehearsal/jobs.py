"""What the worker does for rehearsals: plays a day and writes its report, or plays two plans under the same draws.

Imported in the worker's child only: it needs the compiled engine.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from hostcity import __version__
from hostcity.core.jobs.at_work import AtWork
from hostcity.core.results import keep_blob, plan_of_snapshot
from hostcity.plan import Plan, write_workbook
from hostcity.rehearsal.collect import plan_as_played
from hostcity.rehearsal.models import Comparison, Rehearsal
from hostcity.rehearsal.services import end_comparison, end_rehearsal
from hostcity.rehearsal.services.news import path_of

PLAYED, TRIED, WRITTEN = 0.6, 0.8, 0.95  # shares of the work that are done after each stage
MANY_TO_ONE = 0.05  # of that the day as planned, where many days follow
PLAYING = _("Playing the day")
TRYING = _("Trying the assumed figures")
WRITING = _("Writing the report")
PLAYING_MANY = _("Playing possible days")
PLAYING_BOTH = _("Playing both plans")


def warm() -> None:
    """Have the engine imported. Its kernels are read by each job: that takes 0.4 s, and 80 MiB while nobody plays."""
    import hostcity.studies.rehearsal  # noqa: F401 -- for the jobs


def prepare() -> None:
    """Have the kernels compiled and kept on the disk, unless they are there."""
    from hostcity.rehearsal.warming import smallest_day
    from hostcity.report.page import page_of
    from hostcity.studies import rehearse

    page_of(rehearse(smallest_day(), seed=1))


def play(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Play a rehearsal's day and keep the bytes of its report; the same again for a second attempt."""
    from hostcity.rehearsal.telling import told, verdict_word
    from hostcity.report import summary
    from hostcity.report.clocks import finite
    from hostcity.studies import rehearse

    rehearsal = Rehearsal.objects.select_related("snapshot").get(public_id=arguments["rehearsal"])
    at_work.progress(0.0, PLAYING)
    plan, scenarios = plan_as_played(rehearsal)
    played = rehearse(
        plan,
        seed=rehearsal.seed,
        scenarios=scenarios,
        overrides=tuple(rehearsal.overrides),
        progress=_telling(at_work, 1.0 if rehearsal.runs == 1 else MANY_TO_ONE),
    )
    if rehearsal.runs > 1:
        played = _with_many(played, rehearsal.runs, at_work)
    at_work.progress(TRIED, WRITING)
    figures = summary(played)
    blobs = _kept(played, plan_of_snapshot(rehearsal.snapshot), figures)
    at_work.progress(WRITTEN, WRITING)
    return {
        "rehearsal": rehearsal.key,
        "engine_version": played.day.version,
        "results_sha256": _results_sha256(played),
        "verdict": verdict_word(played),
        "kept_runs": played.many.kept_runs if played.many and played.many.judged_runs else None,
        "peak_p99_s": finite(played.verdict.peak_p99_s, 3),
        "told": told(played),
        "summary": figures,
        "blobs": blobs,
    }


def _with_many(played: Any, runs: int, at_work: AtWork) -> Any:
    """The same with its possible days, played in this very process: the job's limits are for all of its work."""
    from hostcity.studies.replicate import replicate_day
    from hostcity.studies.runs.inline import InlinePool

    begins = MANY_TO_ONE * TRIED
    at_work.progress(begins, PLAYING_MANY)
    many = replicate_day(
        played.plan, runs=runs, seed=played.day.seed, pool=InlinePool(),
        progress=lambda share: at_work.progress(begins + (TRIED - begins) * share, PLAYING_MANY),
    )  # fmt: skip
    return dataclasses.replace(played, many=many)


def _results_sha256(played: Any) -> str:
    """Of the day; with many, of the day and all of them."""
    if played.many is None:
        return str(played.day.results_sha256)
    return hashlib.sha256(f"{played.day.results_sha256} {played.many.results_sha256}".encode()).hexdigest()


def _telling(at_work: AtWork, part: float) -> Any:
    """Passes the day's progress on; when the day has ended, the assumed figures are tried."""

    def tell(share: float) -> None:
        at_work.progress(part * PLAYED * share, TRYING if share >= 1 else PLAYING)

    return tell


def _kept(played: Any, plan: Plan, figures: Mapping[str, Any]) -> dict[str, str]:
    """Hashes of everything that can be opened or downloaded, by name."""
    from hostcity.report.arrays import write_arrays
    from hostcity.report.many import write_many_arrays
    from hostcity.report.page import page_of
    from hostcity.report.tables import write_tables

    with tempfile.TemporaryDirectory(prefix="hostcity-") as name:
        folder = Path(name)
        write_arrays(played.day, folder / "arrays.npz")
        write_tables(played, folder / "csv")
        write_workbook(plan, folder / "plan.xlsx")
        made = {
            "report.html.gz": gzip.compress(page_of(played).encode(), 6, mtime=0),
            "summary.json": (json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode(),
            "tables.zip": zipped(folder / "csv"),
            "arrays.npz": (folder / "arrays.npz").read_bytes(),
            "plan.xlsx": (folder / "plan.xlsx").read_bytes(),
            "crowding.json": _crowding(played),
        }
        if played.many:
            write_many_arrays(played.many, folder / "runs.npz")
            made["runs.npz"] = (folder / "runs.npz").read_bytes()
    return {name: keep_blob(data).sha256 for name, data in made.items()}


def _crowding(played: Any) -> bytes:
    """By how much ways take longer in the crowd of each hour: what route pages tell."""
    from hostcity.engines.wayfinding import crowding_of

    day = played.day
    table = crowding_of(played.plan, day.link_codes, day.link_density_per_m2, day.clock_start_s)
    return json.dumps(table.as_json(), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def zipped(folder: Path) -> bytes:
    """Every file of a folder in one archive; the same files give the same bytes."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return body.getvalue()


def play_done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Link the result to its rehearsal, in the transaction that ends the job."""
    rehearsal = Rehearsal.objects.get(public_id=answer["rehearsal"])
    end_rehearsal(rehearsal=rehearsal, answer=answer)
    return {name: answer[name] for name in ("rehearsal", "verdict", "results_sha256")} | {
        "path": path_of("rehearsal", rehearsal)
    }


def compare(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Play the plans of two rehearsals several times with the same draws."""
    from hostcity.rehearsal.compared import comparison_data
    from hostcity.studies.compare import compare_plans

    rows = Comparison.objects.select_related("a__snapshot", "b__snapshot")
    comparison = rows.get(public_id=arguments["comparison"])
    at_work.progress(0.0, PLAYING_BOTH)
    a, b = (plan_as_played(each)[0] for each in (comparison.a, comparison.b))
    compared = compare_plans(
        a, b, seed=comparison.seed, runs=comparison.runs,
        progress=lambda share: at_work.progress(WRITTEN * share, PLAYING_BOTH),
    )  # fmt: skip
    data = comparison_data(a, compared)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return {
        "comparison": comparison.key,
        "engine_version": __version__,
        "results_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "summary": data,
    }


def compare_done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Link the result to its comparison, in the transaction that ends the job."""
    comparison = Comparison.objects.get(public_id=answer["comparison"])
    end_comparison(comparison=comparison, answer=answer)
    return {name: answer[name] for name in ("comparison", "results_sha256")} | {
        "path": path_of("comparison", comparison)
    }
