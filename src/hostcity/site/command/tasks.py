"""Commands on the tasks of a preparation: is their network sound, and what does the opening hang on."""

from __future__ import annotations

from typing import Annotated

import typer

from hostcity.plan.baselines import read_baseline
from hostcity.plan.books import READINESS, read_joined
from hostcity.site.command import task_files
from hostcity.site.command.arguments import BAD_INPUT, AsJson, Lang, PlanPath, Seed, Sets
from hostcity.site.command.opened import changed
from hostcity.site.command.telling import print_json, progress, screen
from hostcity.site.screens.words import chosen_words

app = typer.Typer()
tasks = typer.Typer(no_args_is_help=True, help="Tasks of the preparation, in a readiness.xlsx beside the plan.")
app.add_typer(tasks, name="tasks")
tasks.add_typer(task_files.app)
Rows = Annotated[int, typer.Option(help="Rows of each list.", min=1, max=10_000)]


@tasks.command()
def check(plan: PlanPath, set_: Sets = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Say how sound the network of tasks is: missing links, leads, fixed dates, long tasks, what is late. Exit code 2 when a check fails."""
    words = chosen_words(lang)
    book = read_joined(plan, READINESS)
    from hostcity.report.readiness import health_data
    from hostcity.site.screens.tasks import show_health
    from hostcity.studies.readiness import check_health, date_tasks

    dated = date_tasks(changed(book.plan, set_ or []), book.row_of)
    health = check_health(dated)
    if as_json:
        print_json(health_data(dated, health))
    else:
        show_health(screen(), dated, health, words)
    if not health.is_good:
        raise typer.Exit(BAD_INPUT)


@tasks.command()
def path(
    plan: PlanPath,
    rows: Rows = 30,
    baseline: Annotated[
        str, typer.Option(help="Compare with a baseline: what ends later than it was to.", metavar="NAME")
    ] = "",
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print the critical path with its dates, and what misses its need-by date, by likely durations with nobody's hands counted."""
    words = chosen_words(lang)
    book = read_joined(plan, READINESS)
    promised = read_baseline(plan, baseline) if baseline else None
    from hostcity.report.readiness import moved_data, path_data
    from hostcity.site.screens.tasks import show_moved, show_path
    from hostcity.studies.readiness import compare_dates, date_tasks

    dated = date_tasks(changed(book.plan, set_ or []), book.row_of)
    compared = compare_dates(dated, promised) if promised is not None else None
    if as_json:
        print_json(path_data(dated) | ({"baseline": moved_data(baseline, compared)} if compared else {}))
    else:
        show_path(screen(), dated, words, rows)
        if compared:
            show_moved(screen(), baseline, compared, words, rows)


@tasks.command()
def forecast(
    plan: PlanPath,
    samples: Annotated[
        int, typer.Option(help="Times that the plan is played by each rule.", min=100, max=100_000)
    ] = 10_000,
    seed: Seed = 1,
    rows: Rows = 10,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say how likely all is ready for the opening, by three rules by which tasks get people, and what that hangs on."""
    words = chosen_words(lang)
    book = read_joined(plan, READINESS)
    from hostcity.report.forecasts import forecast_data
    from hostcity.site.screens.forecasts import show_forecast
    from hostcity.studies.readiness import network_of
    from hostcity.studies.readiness.forecast import forecast_plan

    network = network_of(changed(book.plan, set_ or []), book.row_of)
    with progress(words("Playing the preparation"), words) as tell:
        told = forecast_plan(network, samples=samples, seed=seed, progress=tell)
    if as_json:
        print_json(forecast_data(told))
    else:
        show_forecast(screen(), told, words, rows)
