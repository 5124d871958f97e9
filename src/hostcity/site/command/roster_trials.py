"""Commands that play days on which volunteers keep lanes and desks open."""

from __future__ import annotations

from typing import Annotated

import typer

from hostcity.plan import PlanError, Problem, problems_of
from hostcity.plan.plan import Plan
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Dask, Lang, PlanPath, Processes, Scenarios, Seed, Sets
from hostcity.site.command.opened import opened
from hostcity.site.command.plan_files import as_path
from hostcity.site.command.pools import pool_for
from hostcity.site.command.telling import print_json, progress, screen
from hostcity.site.screens.words import chosen_words


def try_rosters(
    plan: PlanPath,
    beside: Annotated[
        list[str] | None,
        typer.Option(
            help="Another roster: a name and a plan with sheet shifts. May be given again.", metavar="NAME=PLAN"
        ),
    ] = None,
    no_shows: Annotated[
        str, typer.Option("--no-shows", help="Percent of shifts that nobody comes to, as 5,10,30. [default: as likely]")
    ] = "",
    runs: Annotated[
        int,
        typer.Option(
            help="Days of each, under the same draws; of fewer than 6 nothing is called clear.", min=1, max=1000
        ),
    ] = 10,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    processes: Processes = 2,
    dask: Dask = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play days on which only lanes open that the roster and its attendance keep open, and name the dearest shifts."""
    words = chosen_words(lang)
    rates = _rates(no_shows)
    day_plan = opened(plan, set_, scenario)
    if problems := problems_of(day_plan):
        raise PlanError(problems)
    rosters = {"roster": day_plan.shifts} | {name: other.shifts for name, other in _others(beside or []).items()}
    from hostcity.report.roster_trial import roster_trial_data
    from hostcity.site.screens.roster_trial import show_roster_trial
    from hostcity.studies.rosters import try_rosters as try_them

    days = runs * (1 + len(rates) * len(rosters))
    with pool_for(days, processes, dask, words) as pool, progress(words("Trying rosters"), words) as tell:
        trial = try_them(day_plan, rosters, no_shows=rates, seed=seed, runs=runs, pool=pool, progress=tell)
    if as_json:
        print_json(roster_trial_data(trial))
    else:
        show_roster_trial(screen(), day_plan, trial, words)


def _rates(text: str) -> tuple[float | None, ...]:
    """Shares of no-shows. Raises PlanError for what is no percentage below 100."""
    if not text.strip():
        return (None,)
    found = []
    for word in text.split(","):
        try:
            share = float(word.strip().removesuffix("%")) / 100
        except ValueError:
            share = -1.0
        if not 0 <= share < 1:
            what = Sentence("--no-shows {value} is no list of percentages.", value=text[:100])
            mend = Sentence("Write percentages from 0 to below 100, separated by commas, e.g. 5,10,30.")
            raise PlanError([Problem(code="roster.no_shows", what=what, mend=mend)], Sentence("the trial of rosters"))
        found.append(share)
    return tuple(found)


def _others(beside: list[str]) -> dict[str, Plan]:
    """Plans by the names that they were given. Raises PlanError for what has no name, or one that is taken."""
    found: dict[str, Plan] = {}
    for text in beside:
        name, _, path = text.partition("=")
        if not path or not name.strip() or name in ("roster", *found):
            what = Sentence("--beside {value} does not give a new name to a plan.", value=text[:200])
            mend = Sentence("Write NAME=PLAN, e.g. hand=by-hand.xlsx; roster is the plan's own.")
            raise PlanError([Problem(code="roster.beside", what=what, mend=mend)], Sentence("the trial of rosters"))
        found[name] = opened(as_path(path), None)
    return found
