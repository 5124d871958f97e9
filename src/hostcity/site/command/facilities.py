"""The command on seats, toilets, water and the like: where they are too far, and where people queue too long."""

from __future__ import annotations

from typing import Annotated

import typer

from hostcity.plan import PlanError, problems_of
from hostcity.site.command.arguments import AsJson, Lang, PlanPath, Scenarios, Seed, Sets
from hostcity.site.command.opened import opened
from hostcity.site.command.telling import print_json, progress, screen
from hostcity.site.screens.words import chosen_words

app = typer.Typer()
PLAYED = 0.4  # of the work


@app.command()
def facilities(
    plan: PlanPath,
    walk: Annotated[
        list[str] | None,
        typer.Option(help="Farthest walk to a kind, e.g. toilets=80. [m] May be given again.", metavar="KIND=M"),
    ] = None,
    wait: Annotated[
        list[str] | None,
        typer.Option(help="Longest queue for a kind, e.g. catering=20. [min] May be given again.", metavar="KIND=MIN"),
    ] = None,
    step_free: Annotated[bool, typer.Option("--step-free", help="Without stairs and escalators.")] = False,
    rows: Annotated[int, typer.Option(help="Rows of each list.", min=1, max=1000)] = 12,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Rank where visitors would walk or queue too long for seats, toilets, water, food and help, and where one more helps most."""
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    from hostcity.report.facilities import facilities_data
    from hostcity.site.screens.facilities import show_facilities
    from hostcity.studies.facilities import distances_of, lacks_of, next_places, wants_with

    wants = wants_with(walk or (), wait or ())
    if problems := problems_of(day_plan):
        raise PlanError(problems)
    with progress(words("Measuring ways"), words) as tell:
        from hostcity.studies.played import play_day

        distances = distances_of(day_plan, is_step_free=step_free, progress=lambda share: tell((1 - PLAYED) * share))
        day = play_day(day_plan, seed=seed, progress=lambda share: tell(1 - PLAYED + PLAYED * share))
        lacks = lacks_of(day_plan, day, distances, wants)
        found = next_places(distances, lacks, wants)
    if as_json:
        print_json(facilities_data(lacks, found))
        return
    show_facilities(screen(), day_plan, lacks, found, words, rows)
