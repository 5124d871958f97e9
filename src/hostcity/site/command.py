"""The `hostcity` command. Each command calls one study and shows what it gives."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from hostcity import __version__
from hostcity.plan import (
    Plan,
    PlanError,
    Problem,
    problems_of,
    read_plan,
    write_workbook,
)
from hostcity.plan.overrides import THE_OVERRIDES, split_changes, try_overrides
from hostcity.plan.scenarios import find_scenario, scenario_files, scenarios_of
from hostcity.plan.sentences import Sentence
from hostcity.site import wrong_words
from hostcity.site.in_chinese import speak_chinese, system_said
from hostcity.site.options import AsJson, Lang
from hostcity.site.plan_commands import app as plan_app
from hostcity.site.plan_files import as_path, refuse_to_overwrite, write_plan, wrong_kind
from hostcity.site.site_commands import app as site_app
from hostcity.site.words import Words, chosen_words, language_asked

if TYPE_CHECKING:  # the engine is imported when a day is played
    from hostcity.studies.calibration import Counts, Parameter
    from hostcity.studies.replicate import Target
    from hostcity.studies.runs.pool import Pool

BAD_INPUT = 2
NO_SCHEDULE = 3  # of lanes keeps the promise
INVALID = 3  # the day was played, but broke a cap or stranded people
WIDTH = 140

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Rehearse the day of a very large trade expo from one plan, an Excel workbook.",
)


app.add_typer(site_app)
app.add_typer(plan_app)

PlanPath = Annotated[
    Path, typer.Argument(parser=as_path, help="A folder with an expo.xlsx, a workbook (.xlsx) or a plan as .json.")
]
Seed = Annotated[int, typer.Option(help="Seed of every random draw.", min=0, max=2**63 - 1)]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="Change the plan: SHEET.KEY.FIELD[@HH:MM-HH:MM]=VALUE. May be given again.", metavar="CHANGE"
    ),
]

Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        help="Let a scenario happen: a .toml file, or the name of one beside the plan. May be given again.",
        metavar="NAME",
    ),
]

Processes = Annotated[int, typer.Option(help="Processes of this machine that play the runs.", min=1, max=1024)]
Dask = Annotated[
    str | None, typer.Option(help="Play the runs on a Dask cluster, e.g. tcp://10.0.0.5:8786.", metavar="ADDRESS")
]


def main() -> None:
    """Run the command line; wrong input ends with exit code 2 and every problem, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows ?, and the command goes on
    words = chosen_words(language_asked(sys.argv[1:]))
    try:
        _run(words)
    except PlanError as error:
        _stop(words.told(error))
    except OSError as error:
        if error.errno is None:  # raised by this program, in sentences
            _stop(f"{words.told(error.args[0])} [{getattr(error, 'code', 'file.refused')}]")
        said = system_said(error.strerror or "") if words.chinese else error.strerror or ""
        what = words("{what}: {path}").format(what=said, path=error.filename) if error.filename else said
        _stop(words.error(what, words("Check the path and its permissions."), f"file.{error.errno}"))
    except KeyboardInterrupt:
        sys.exit(130)


def _run(words: Words) -> None:
    """Read the command line and do it; the process ends as the library ends it."""
    command: Any = typer.main.get_command(app)
    if words.chinese:
        speak_chinese(command)
    try:
        sys.exit(command.main(prog_name="hostcity", standalone_mode=False) or 0)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        is_help = type(error).__name__ == "NoArgsIsHelpError"  # its message is the help
        _stop(error.format_message() if is_help else wrong_words.told(error, words))


def _stop(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201 -- plain text: codes in brackets are no markup
    sys.exit(BAD_INPUT)


@app.callback(invoke_without_command=True)
def hostcity(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Rehearse the day of a very large trade expo from one plan, an Excel workbook."""
    if version:
        print(__version__)  # noqa: T201 -- for programs
        raise typer.Exit


@app.command()
def rehearse(
    plan: PlanPath,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the report. [default: rehearsal-CODE, none with --json]")
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
    base, scenarios = scenarios_of(read_plan(plan), [find_scenario(plan, each) for each in scenario or ()])
    day_plan = _changed(base, set_ or [])
    folder = out or (None if as_json else _folder_of(day_plan))
    from hostcity.report import check_folder, summary, write_report
    from hostcity.studies import rehearse as rehearse_plan

    target = _many_checked(day_plan, runs, until)
    if folder:
        check_folder(folder)  # before the day is played, not after
    with _pool(runs, processes, dask, words) as pool:  # a cluster that does not answer says so now
        with _progress(words("Playing the day"), words) as tell:
            played = rehearse_plan(
                day_plan, seed=seed, scenarios=scenarios, overrides=tuple(set_ or ()), with_swings=swings, progress=tell
            )
        if pool:
            from hostcity.studies.replicate import replicate_day

            with _progress(words("Playing {runs} runs").format(runs=runs), words) as tell:
                many = replicate_day(day_plan, runs=runs, seed=seed, target=target, pool=pool, progress=tell)
            played = dataclasses.replace(played, many=many)
    report = None
    if folder:
        with _waiting(words("Writing the report")):
            report = write_report(played, folder)
    if as_json:
        _print_json(summary(played))
    else:
        from hostcity.site.rehearsal_screen import show_rehearsal, show_run_time

        show_rehearsal(_console(), played, report, words)
        if played.many:
            from hostcity.site.many_screen import show_many

            show_many(_console(), played.many, words)
        show_run_time(_console(), played, time.perf_counter() - began, words)
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


@contextmanager
def _pool(runs: int, processes: int, dask: str | None, words: Words) -> Iterator[Pool | None]:
    """Who plays many runs; nobody for one."""
    if runs == 1 and dask is None:
        yield None
        return
    pool: Pool
    if dask is None:
        from hostcity.studies.runs.local import LocalPool

        pool = LocalPool(processes)
    else:
        from hostcity.studies.runs.cluster import DaskPool

        def tell(address: str, different: tuple[str, ...]) -> None:
            said = words("Worker {address} is not used, for it would compute other results: {different}.")
            print(said.format(address=address, different=", ".join(different)), file=sys.stderr)  # noqa: T201 -- a warning

        pool = DaskPool(dask, on_refused=tell)
    try:
        yield pool
    finally:
        pool.close()


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
    day_plan = _read(plan, set_, scenario)
    from hostcity.site import as_data, screen
    from hostcity.studies.lane_breaks import NoScheduleError
    from hostcity.studies.lanes import find_lanes

    try:
        with _progress(words("Searching"), words) as tell:
            found = find_lanes(day_plan, seed=seed, progress=tell)
    except NoScheduleError as error:
        if as_json:
            _print_json(as_data.of_no_schedule(error))
        else:
            screen.show_no_schedule(_console(), error, words)
        raise typer.Exit(NO_SCHEDULE) from None
    if as_json:
        _print_json(as_data.of_lanes(found))
    else:
        screen.show_lanes(_console(), day_plan, found, words)


@app.command()
def compare(
    a: PlanPath,
    b: Annotated[
        str, typer.Argument(help="Another plan, changes to A separated by spaces, or a scenario of A.", metavar="B")
    ],
    runs: Annotated[int, typer.Option(help="Runs of each, under the same draws.", min=1, max=1000)] = 5,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    out: Annotated[Path | None, typer.Option(help="Folder for a page with the difference map. [default: none]")] = None,
    processes: Processes = 2,
    dask: Dask = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play two plans under the same draws and show what changes. --scenario and --set change both."""
    words = chosen_words(lang)
    plan_a = _read(a, set_, scenario)
    plan_b, name_b = _other(a, plan_a, b, set_, scenario)
    from hostcity.report.difference_page import PARTS, write_comparison
    from hostcity.report.folder import check_folder
    from hostcity.studies.compare import compare_plans

    if out:
        check_folder(out, PARTS)  # before anything is played

    with _pool(2 * runs, processes, dask, words) as pool, _progress(words("Playing both"), words) as tell:
        compared = compare_plans(plan_a, plan_b, seed=seed, runs=runs, pool=pool, progress=tell)
    from hostcity.site import as_data, screen

    if out:
        names = (str(a), name_b)
        page = write_comparison((plan_a, plan_b), names, compared, as_data.of_comparison(compared), out)
    if as_json:
        _print_json(as_data.of_comparison(compared))
    else:
        screen.show_comparison(_console(), plan_a, compared, words)
        if out:
            _console().print(words("Page: {page}").format(page=page), soft_wrap=True)


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
    day_plan = _read(plan, set_, scenario)
    from hostcity.report.advised import advice_data
    from hostcity.site import advice_screen
    from hostcity.studies.advice import advise as advise_on
    from hostcity.studies.advice import goal_and_budget

    wanted, allowed = goal_and_budget(day_plan, goal, budget)
    with _pool(runs, processes, dask, words) as pool, _progress(words("Trying changes"), words) as tell:
        advice = advise_on(day_plan, goal=wanted, budget=allowed, seed=seed, runs=runs, pool=pool, progress=tell)
    if as_json:
        _print_json(advice_data(advice))
    else:
        advice_screen.show_advice(_console(), advice, words)


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
        Path | None, typer.Option(help="Folder for the fitted plan, tables and a page. [default: none]")
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
    day_plan = _read(plan, set_, scenario)
    from hostcity.report.calibrated import PARTS, calibration_data, write_calibration
    from hostcity.report.folder import check_folder
    from hostcity.site.calibration_screen import show_calibration
    from hostcity.studies.calibration import calibrate as calibrate_plan
    from hostcity.studies.calibration import declared_parameters

    if out:
        check_folder(out, PARTS)  # before anything is played
    told, figures = _counts_and_figures(counts, fit, day_plan, words)
    figures, untried = (figures, ()) if fit else declared_parameters(day_plan)
    with _pool(runs, processes, dask, words) as pool, _progress(words("Fitting"), words) as tell:
        found = calibrate_plan(
            day_plan, told, figures, choose=not fit, untried=untried, seed=seed, runs=runs, pool=pool, progress=tell
        )
    page = write_calibration(found, out) if out else None
    if as_json:
        _print_json(calibration_data(found))
        return
    show_calibration(_console(), found, words)
    if page:
        _console().print(words("Page: {page}").format(page=page), soft_wrap=True)


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
        Path | None, typer.Option(help="Folder for a page with a replay, pictures and trajectories. [default: none]")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play the day, and let those who pass a place walk in the plane: its figures beside the day's.

    At most 1,500 persons for at most 15 minutes. Needs the extra hostcity[micro].
    """
    words = chosen_words(lang)
    day_plan = _read(plan, set_, scenario)
    from hostcity.engines.micro import need_micro
    from hostcity.report.folder import check_folder
    from hostcity.report.microscope_data import microscope_data
    from hostcity.report.microscope_page import PARTS, write_microscope
    from hostcity.site.microscope_screen import show_microscope
    from hostcity.studies.microscope import asked_of, look_at

    asked = asked_of(day_plan, at, starts, minutes)
    if out:
        check_folder(out, PARTS)  # before anything is played
    need_micro()
    with _progress(words("Looking"), words) as tell:
        seen = look_at(day_plan, asked, seed=seed, trials=trials, progress=tell)
    page = write_microscope(seen, out) if out else None
    if as_json:
        _print_json(microscope_data(seen))
        return
    show_microscope(_console(), seen, words)
    if page:
        _console().print(words("Page: {page}").format(page=page), soft_wrap=True)


@app.command()
def check(
    plan: PlanPath, scenario: Scenarios = None, set_: Sets = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    """Say every problem of a plan: sheet, row, column, how to mend it. Exit code 2 when there are any."""
    words = chosen_words(lang)
    try:
        day_plan = _read(plan, set_, scenario)
    except PlanError as error:
        if not as_json:
            raise
        from hostcity.site import as_data

        _print_json({"problems": [as_data.of_problem(each) for each in error.problems]})
        raise typer.Exit(BAD_INPUT) from None
    if as_json:
        _print_json({"problems": []})
        return
    rows = ", ".join(f"{name} {len(sheet)}" for name, sheet in day_plan.sheets() if sheet)
    _console().print(words("No problems. Rows: {rows}.").format(rows=rows), highlight=False)


@app.command()
def scenarios(plan: PlanPath, as_json: AsJson = False, lang: Lang = None) -> None:
    """List the scenarios beside a plan: what goes wrong in each, and what it teaches. Exit code 2 when one cannot be played."""
    words = chosen_words(lang)
    day_plan = read_plan(plan)
    from hostcity.site.scenario_screen import of_scenarios, problems_with, show_scenarios

    files = scenario_files(plan)
    found, problems = problems_with(day_plan, files)
    if as_json:
        _print_json(of_scenarios(found, problems))
    else:
        show_scenarios(_console(), found, words)
    if problems:
        if not as_json:
            raise PlanError(problems, Sentence("the scenarios"))
        raise typer.Exit(BAD_INPUT)


@app.command()
def template(
    path: Annotated[Path, typer.Argument(help="Workbook to write.")] = Path("expo.xlsx"), lang: Lang = None
) -> None:
    """Write an empty workbook: every sheet with its columns, units and help, in English and Chinese."""
    from hostcity.plan.template import empty_plan

    refuse_to_overwrite(path)
    if path.suffix.lower() != ".xlsx":
        raise wrong_kind(path, Sentence("Name a file that ends in .xlsx."))
    write_workbook(empty_plan(), path)
    print(path)  # noqa: T201 -- for programs


@app.command()
def convert(
    plan: PlanPath,
    to: Annotated[Path, typer.Argument(help="File to write: .xlsx or .json.")],
    scenario: Scenarios = None,
    set_: Sets = None,
    lang: Lang = None,
) -> None:
    """Write a plan as workbook or JSON, without loss."""
    day_plan = _read(plan, set_, scenario)
    write_plan(day_plan, to)
    print(to)  # noqa: T201 -- for programs


@app.command()
def schema() -> None:
    """Print the JSON schema of a plan."""
    from hostcity.plan.schema import plan_schema

    _print_json(plan_schema())


def _folder_of(plan: Plan) -> Path:
    """A folder here, named after the edition; a code may hold what a file name may not."""
    return Path("rehearsal-" + re.sub(r"[^\w-]+", "-", plan.day.code)[:100])


def _is_change(text: str) -> bool:
    try:
        return "=" in text and not Path(text).exists()
    except (OSError, ValueError):  # many changes are longer than any file name
        return True


def _read(path: Path, changes: list[str] | None, scenarios: list[str] | None = None) -> Plan:
    """A plan on which scenarios happen, and then changed."""
    plan, _ = scenarios_of(read_plan(path), [find_scenario(path, each) for each in scenarios or ()])
    return _changed(plan, changes or [])


def _other(a: Path, plan_a: Plan, b: str, changes: list[str] | None, scenarios: list[str] | None) -> tuple[Plan, str]:
    """The plan that is compared with A, and its name: changes to A, a scenario of A, or a plan of its own."""
    if _is_change(b):
        return _changed(plan_a, split_changes(b)), b
    is_scenario = b.endswith(".toml") or any(each.stem == b for each in scenario_files(a))
    if is_scenario and not Path(b).is_dir():
        plan_b, _ = scenarios_of(plan_a, [find_scenario(a, b)])
        return plan_b, b
    return _read(as_path(b), changes, scenarios), b


def _changed(plan: Plan, changes: list[str]) -> Plan:
    if not changes:
        return plan
    changed, of_changes = try_overrides(plan, changes)
    of_plan = problems_of(changed, lambda _sheet, _index: 0)  # no row of the file is to blame
    if of_changes or of_plan:
        of = Sentence("the plan with its changes") if of_plan else THE_OVERRIDES
        raise PlanError((*of_changes, *of_plan), of)
    return changed


def _print_json(body: Any) -> None:
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    json.dump(body, sys.stdout, ensure_ascii=not is_unicode, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)  # brackets and colons are the planner's own
    if not console.is_terminal:
        asked = os.environ.get("COLUMNS", "")
        console.width = int(asked) if asked.isdecimal() else WIDTH
    return console


@contextmanager
def _progress(what: str, words: Words) -> Iterator[Callable[[float], None]]:
    """A bar on standard error, with the time that is left; nothing where nobody looks."""
    from hostcity.engines.day.cache import cache_folder

    console = Console(stderr=True)
    if not cache_folder().exists():
        console.print(words("Compiling the engine, once: about a minute."), style="dim")
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(), TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)


@contextmanager
def _waiting(what: str) -> Iterator[None]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield
