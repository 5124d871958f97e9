"""Commands that play days on which volunteers keep lanes and desks open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import PlanError, Problem
from hostcity.plan.force_book import WithForce, read_with_force
from hostcity.plan.plan import Plan
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Dask, Lang, PlanPath, Processes, Seed, Sets
from hostcity.site.command.opened import changed
from hostcity.site.command.plan_files import as_folder, as_path
from hostcity.site.command.pools import pool_for
from hostcity.site.command.telling import print_json, progress, screen, waiting
from hostcity.site.screens.words import chosen_words

if TYPE_CHECKING:
    from hostcity.plan.rows import Shift


OWN, PEOPLE = "roster", ("sign-up", "coordinator")


def try_rosters(
    plan: PlanPath,
    beside: Annotated[
        list[str] | None,
        typer.Option(
            help="Another roster: a name and a plan with sheet shifts. May be given again.", metavar="NAME=PLAN"
        ),
    ] = None,
    by_people: Annotated[
        bool,
        typer.Option(
            "--by-people", help="Beside rosters by sign-up, first come first served, and by a careful coordinator."
        ),
    ] = False,
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
    set_: Sets = None,
    processes: Processes = 2,
    dask: Dask = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play days on which only lanes open that the roster and its attendance keep open, and name the dearest shifts."""
    words = chosen_words(lang)
    rates = _rates(no_shows)
    book = read_with_force(plan)
    day_plan = changed(book.plan, set_ or [])
    if not day_plan.shifts:
        mend = Sentence("Make a roster: {command}.", command="hostcity roster plan PLAN --out FOLDER")
        raise PlanError([Problem(code="shifts.none", sheet="shifts", what=Sentence("has no rows."), mend=mend)])
    rosters = {OWN: day_plan.shifts} | {name: other.shifts for name, other in _others(beside or []).items()}
    if by_people:
        with waiting(words("Rostering as people do")):
            rosters |= _by_people(WithForce(day_plan, book.row_of), seed)
    from hostcity.report.roster_trial import roster_trial_data
    from hostcity.site.screens.roster_trial import show_roster_trial
    from hostcity.studies.manning import try_rosters as try_them

    days = runs * (1 + len(rates) * len(rosters))
    with pool_for(days, processes, dask, words) as pool, progress(words("Trying rosters"), words) as tell:
        trial = try_them(day_plan, rosters, no_shows=rates, seed=seed, runs=runs, pool=pool, progress=tell)
    if as_json:
        print_json(roster_trial_data(trial))
    else:
        show_roster_trial(screen(), day_plan, trial, words)


def drill(
    plan: PlanPath,
    seed: Seed = 1,
    set_: Sets = None,
    out: Annotated[Path | None, typer.Option(parser=as_folder, help="Folder for the report. [default: none]")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Play the day as a drill: half of each team that is rostered serves, all other volunteers come as visitors."""
    words = chosen_words(lang)
    day_plan = changed(read_with_force(plan).plan, set_ or [])
    from hostcity.report import check_folder, summary, write_report
    from hostcity.site.screens.rehearsal import show_rehearsal
    from hostcity.studies import rehearse
    from hostcity.studies.manning import drill_day

    if out:
        check_folder(out)  # before the day is played
    drilled = drill_day(day_plan, seed=seed)
    with progress(words("Playing the day"), words) as tell:
        played = rehearse(drilled.plan, seed=seed, with_swings=False, progress=tell)
    report = write_report(played, out) if out else None
    if as_json:
        print_json({"serve": len(drilled.serve), "visit": len(drilled.visit), "day": summary(played)})
        return
    told = words("Drill: {serve} volunteers serve, {visit} play visitors, {share} of those of the day.")
    screen().print(
        told.format(serve=f"{len(drilled.serve):,}", visit=f"{len(drilled.visit):,}", share=f"{drilled.factor:.1%}")
    )
    show_rehearsal(screen(), played, report, words)


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


def _by_people(book: WithForce, seed: int) -> dict[str, tuple[Shift, ...]]:
    """What people make of the same force without an engine, by its name."""
    from hostcity.engines.rosters.by_hand import coordinated, first_come
    from hostcity.engines.rosters.from_plan import roster_problem, shifts_of

    force = roster_problem(book.plan, book.row_of)
    return {
        name: shifts_of(force, make(force.problem, seed))
        for name, make in zip(PEOPLE, (first_come, coordinated), strict=True)
    }


def _others(beside: list[str]) -> dict[str, Plan]:
    """Plans by the names that they were given. Raises PlanError for what has no name, or one that is taken."""
    found: dict[str, Plan] = {}
    for text in beside:
        name, _, path = text.partition("=")
        if not path or not name.strip() or name in (OWN, *PEOPLE, *found):
            what = Sentence("--beside {value} does not give a new name to a plan.", value=text[:200])
            mend = Sentence("Write NAME=PLAN, e.g. hand=by-hand.xlsx; roster is the plan's own.")
            raise PlanError([Problem(code="roster.beside", what=what, mend=mend)], Sentence("the trial of rosters"))
        found[name] = read_with_force(as_path(path)).plan
    return found
