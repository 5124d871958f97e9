"""`hostcity rehearse`: one day or many, the verdict, the report."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import Plan, PlanError, Problem, read_plan
from hostcity.plan.force_book import read_with_force
from hostcity.plan.scenarios import find_scenario, scenarios_of
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Dask, Lang, PlanPath, Processes, Scenarios, Seed, Sets
from hostcity.site.command.opened import changed, folder_of, with_signs
from hostcity.site.command.plan_files import as_folder
from hostcity.site.command.pools import pool_for
from hostcity.site.command.telling import print_json, progress, screen, waiting
from hostcity.site.screens.words import chosen_words

if TYPE_CHECKING:  # the engine is imported when a day is played
    from hostcity.studies.replicate import Target

INVALID = 3  # the day was played, but broke a cap or stranded people
app = typer.Typer()


@app.command()
def rehearse(
    plan: PlanPath,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    signs: Annotated[
        str | None,
        typer.Option(
            help="Let newcomers turn wrong, with the faces of the plan (plan), without any (none), or with those of another plan.",
            metavar="plan|none|PLAN",
        ),
    ] = None,
    roster: Annotated[
        bool,
        typer.Option(
            "--roster", help="Let the roster of volunteers keep lanes open: read the force beside the day too."
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(parser=as_folder, help="Folder for the report. [default: rehearsal-CODE, none with --json]"),
    ] = None,
    as_json: AsJson = False,
    swings: Annotated[bool, typer.Option(help="Try the assumed figures one at a time.")] = True,
    runs: Annotated[
        int,
        typer.Option(help="Play the day so many times more, as sheet uncertainties lets it vary.", min=1, max=100_000),
    ] = 1,
    until: Annotated[
        str | None,
        typer.Option(
            help="Stop when the half-width of a figure's mean is at most so much.", metavar="FIGURE=HALF-WIDTH"
        ),
    ] = None,
    processes: Processes = 2,
    dask: Dask = None,
    lang: Lang = None,
) -> None:
    """Play the day: the verdict on the promise, the worst places, and a report to open in a browser.

    With --runs, many possible days: every figure with its interval, and how often the promise is kept.
    """
    began = time.perf_counter()
    words = chosen_words(lang)
    base, scenarios = scenarios_of(
        read_with_force(plan).plan if roster else read_plan(plan),
        [find_scenario(plan, each) for each in scenario or ()],
    )
    day_plan = with_signs(changed(base, set_ or []), signs)
    told = (*(set_ or ()), *([f"--signs {signs}"] if signs else ()), *(["--roster"] if roster else ()))
    folder = out or (None if as_json else folder_of(day_plan))
    from hostcity.report import check_folder, summary, write_report
    from hostcity.studies import rehearse as rehearse_plan

    target = _many_checked(day_plan, runs, until)
    if folder:
        check_folder(folder)  # before the day is played, not after
    with pool_for(runs, processes, dask, words) as pool:  # a cluster that does not answer says so now
        with progress(words("Playing the day"), words) as tell:
            played = rehearse_plan(
                day_plan, seed=seed, scenarios=scenarios, overrides=told, with_swings=swings, progress=tell
            )
        if pool:
            from hostcity.studies.replicate import replicate_day

            with progress(words("Playing {runs} runs").format(runs=runs), words) as tell:
                many = replicate_day(day_plan, runs=runs, seed=seed, target=target, pool=pool, progress=tell)
            played = dataclasses.replace(played, many=many)
    report = None
    if folder:
        with waiting(words("Writing the report")):
            report = write_report(played, folder)
    if as_json:
        print_json(summary(played))
    else:
        from hostcity.site.screens.rehearsal import show_rehearsal, show_run_time

        show_rehearsal(screen(), played, report, words)
        if played.many:
            from hostcity.site.screens.many import show_many

            show_many(screen(), played.many, words)
        show_run_time(screen(), played, time.perf_counter() - began, words)
    if not played.day.is_valid:
        raise typer.Exit(INVALID)


def _many_checked(plan: Plan, runs: int, until: str | None) -> Target | None:
    if until is None:
        return None
    from hostcity.studies.replicate import target_of

    target = target_of(plan, until)
    if runs == 1:
        what = Sentence("--until {target} needs more than one run.", target=until)
        mend = Sentence("Say how many at most: --runs 100.")
        raise PlanError([Problem(code="target.runs", what=what, mend=mend)], Sentence("the target"))
    return target
