"""Commands that play many days of a plan: what they ask of it, each calls one study and shows what it gives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import Plan, PlanError
from hostcity.site.command.arguments import AsJson, Dask, Lang, PlanPath, Processes, Scenarios, Seed, Sets
from hostcity.site.command.opened import opened, other_plan
from hostcity.site.command.plan_files import as_folder
from hostcity.site.command.pools import pool_for
from hostcity.site.command.telling import print_json, progress, screen, show_page
from hostcity.site.screens.words import Words, chosen_words

if TYPE_CHECKING:  # the engine is imported when a day is played
    from hostcity.studies.calibration import Counts, Parameter

NO_SCHEDULE = 3  # of lanes keeps the promise
app = typer.Typer()


@app.command()
def lanes(
    plan: PlanPath,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Find few security lanes per station and hour that keep the promise, and play the day with them.

    Exit code 3 when all lanes, open all day, don't keep it.
    """
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    from hostcity.site.screens import as_data
    from hostcity.site.screens.lanes import show_lanes, show_no_schedule
    from hostcity.studies.lane_breaks import NoScheduleError
    from hostcity.studies.lanes import find_lanes

    try:
        with progress(words("Searching"), words) as tell:
            found = find_lanes(day_plan, seed=seed, progress=tell)
    except NoScheduleError as error:
        if as_json:
            print_json(as_data.of_no_schedule(error))
        else:
            show_no_schedule(screen(), error, words)
        raise typer.Exit(NO_SCHEDULE) from None
    if as_json:
        print_json(as_data.of_lanes(found))
    else:
        show_lanes(screen(), day_plan, found, words)


@app.command()
def compare(
    a: PlanPath,
    b: Annotated[
        str, typer.Argument(help="Another plan, changes to A separated by spaces, or a scenario of A.", metavar="B")
    ],
    runs: Annotated[
        int,
        typer.Option(
            help="Runs of each, under the same draws; of fewer than 6 nothing is called clear.", min=1, max=1000
        ),
    ] = 6,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    out: Annotated[
        Path | None, typer.Option(parser=as_folder, help="Folder for a page with the difference map. [default: none]")
    ] = None,
    processes: Processes = 2,
    dask: Dask = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play two plans under the same draws and show what changes. --scenario and --set change both."""
    words = chosen_words(lang)
    plan_a = opened(a, set_, scenario)
    plan_b, name_b = other_plan(a, plan_a, b, set_, scenario)
    from hostcity.report.difference_page import PARTS, write_comparison
    from hostcity.report.folder import check_folder
    from hostcity.studies.compare import compare_plans

    if out:
        check_folder(out, PARTS)  # before anything is played

    with pool_for(2 * runs, processes, dask, words) as pool, progress(words("Playing both"), words) as tell:
        compared = compare_plans(plan_a, plan_b, seed=seed, runs=runs, pool=pool, progress=tell)
    from hostcity.site.screens import as_data
    from hostcity.site.screens.comparison import show_comparison

    if out:
        names = (str(a), name_b)
        page = write_comparison((plan_a, plan_b), names, compared, as_data.of_comparison(compared), out)
    if as_json:
        print_json(as_data.of_comparison(compared))
    else:
        show_comparison(screen(), plan_a, compared, words)
        if out:
            show_page(page, words)


@app.command()
def advise(
    plan: PlanPath,
    budget: Annotated[
        str,
        typer.Option(
            help="What may be used: lanes, staff, lane_hours, or what sheet options names.", metavar="RESOURCE=AMOUNT,…"
        ),
    ],
    goal: Annotated[
        str, typer.Option(help="Figure that shall become smaller; max:FIGURE = larger.", metavar="FIGURE")
    ] = "promise.share_over_peak_limit",
    runs: Annotated[int, typer.Option(help="Days on which suggestions are compared.", min=2, max=1000)] = 20,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    processes: Processes = 2,
    dask: Dask = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Try the changes that the plan allows within a budget, and rank them by what they do.

    Every suggestion is played; none is a rule of thumb. Each can be played again with --set.
    """
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    from hostcity.report.advised import advice_data
    from hostcity.site.screens.advice import show_advice
    from hostcity.studies.advice import advise as advise_on
    from hostcity.studies.advice import goal_and_budget

    wanted, allowed = goal_and_budget(day_plan, goal, budget)
    with pool_for(runs, processes, dask, words) as pool, progress(words("Trying changes"), words) as tell:
        advice = advise_on(day_plan, goal=wanted, budget=allowed, seed=seed, runs=runs, pool=pool, progress=tell)
    if as_json:
        print_json(advice_data(advice))
    else:
        show_advice(screen(), advice, words)


@app.command()
def calibrate(
    plan: PlanPath,
    counts: Annotated[
        Path, typer.Option(help="CSV of counts: time, minutes, what, place, value, unit, and sd or n.", metavar="FILE")
    ],
    fit: Annotated[
        list[str] | None,
        typer.Option(
            help="Figure to fit: SHEET.KEY.FIELD, with =LOW..HIGH or *=LOW..HIGH for factors. May be given again.",
            metavar="FIGURE",
        ),
    ] = None,
    runs: Annotated[int, typer.Option(help="Days by which plan and counts are compared.", min=6, max=1000)] = 20,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    out: Annotated[
        Path | None,
        typer.Option(parser=as_folder, help="Folder for the fitted plan, tables and a page. [default: none]"),
    ] = None,
    processes: Processes = 2,
    dask: Dask = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Fit assumed figures of a plan to counts of a live fair, and say what the counts cannot tell.

    Without --fit: the assumed and derived figures with a declared range that the counts can see.
    """
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    from hostcity.report.calibrated import PARTS, calibration_data, write_calibration
    from hostcity.report.folder import check_folder
    from hostcity.site.screens.calibration import show_calibration
    from hostcity.studies.calibration import calibrate as calibrate_plan
    from hostcity.studies.calibration import declared_parameters

    if out:
        check_folder(out, PARTS)  # before anything is played
    told, figures = _counts_and_figures(counts, fit, day_plan, words)
    figures, untried = (figures, ()) if fit else declared_parameters(day_plan)
    with pool_for(runs, processes, dask, words) as pool, progress(words("Fitting"), words) as tell:
        found = calibrate_plan(
            day_plan, told, figures, choose=not fit, untried=untried, seed=seed, runs=runs, pool=pool, progress=tell
        )
    page = write_calibration(found, out) if out else None
    if as_json:
        print_json(calibration_data(found))
        return
    show_calibration(screen(), found, words)
    if page:
        show_page(page, words)


def _counts_and_figures(
    counts: Path, fit: list[str] | None, plan: Plan, words: Words
) -> tuple[Counts, tuple[Parameter, ...]]:
    """Both as asked for; where both have problems, all of them are told."""
    from hostcity.studies.calibration import asked_parameters, read_counts

    try:
        told = read_counts(counts, plan)
    except PlanError as error:
        try:
            asked_parameters(plan, fit or ())
        except PlanError as more:
            print(words.told(error), file=sys.stderr)  # noqa: T201 -- codes in brackets are no markup
            raise more from None
        raise
    return told, asked_parameters(plan, fit or ())


@app.command()
def microscope(
    plan: PlanPath,
    at: Annotated[str, typer.Option(help="Code of the node or link that is looked at.", metavar="NODE-OR-LINK")],
    starts: Annotated[str, typer.Option("--from", help="When the minutes begin.", metavar="HH:MM")],
    minutes: Annotated[float, typer.Option(help="For how many minutes, at most 15.")] = 5.0,
    trials: Annotated[
        int, typer.Option(help="How often the busiest opening is tried with a waiting crowd; 0 = not.", min=0, max=20)
    ] = 3,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=as_folder, help="Folder for a page with a replay, pictures and trajectories. [default: none]"
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play the day, and let those who pass a place walk in the plane: its figures beside the day's.

    At most 1,500 persons for at most 15 minutes. Needs the extra hostcity[micro].
    """
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    from hostcity.engines.micro import need_micro
    from hostcity.report.folder import check_folder
    from hostcity.report.microscope_data import microscope_data
    from hostcity.report.microscope_page import PARTS, write_microscope
    from hostcity.site.screens.microscope import show_microscope
    from hostcity.studies.microscope import asked_of, look_at

    asked = asked_of(day_plan, at, starts, minutes)
    if out:
        check_folder(out, PARTS)  # before anything is played
    need_micro()
    with progress(words("Looking"), words) as tell:
        seen = look_at(day_plan, asked, seed=seed, trials=trials, progress=tell)
    page = write_microscope(seen, out) if out else None
    if as_json:
        print_json(microscope_data(seen))
        return
    show_microscope(screen(), seen, words)
    if page:
        show_page(page, words)
