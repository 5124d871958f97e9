"""Commands that play days on which newcomers turn wrong: what signs spare, and what questions at desks say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hostcity.plan import PlanError, Problem, problems_of
from hostcity.plan.cells import CellError, clock_seconds
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Dask, Lang, PlanPath, Processes, Scenarios, Seed, Sets
from hostcity.site.command.opened import opened
from hostcity.site.command.plan_files import as_folder, as_path
from hostcity.site.command.pools import pool_for
from hostcity.site.command.telling import print_json, progress, screen, show_page
from hostcity.site.screens.words import chosen_words


def try_signs(
    plan: PlanPath,
    faces: Annotated[int, typer.Option(help="New faces at most.", min=1, max=5000)] = 100,
    names: Annotated[int, typer.Option(help="Names on each new face at most.", min=1, max=20)] = 6,
    own: Annotated[bool, typer.Option("--own", help="Try the plan's faces as they are, instead of new ones.")] = False,
    afresh: Annotated[bool, typer.Option("--afresh", help="Let nothing that hangs already stay.")] = False,
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
    """Play days on which newcomers turn wrong: with planned signs, as many at the busiest corners, those that hang, and none."""
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    if problems := problems_of(day_plan):
        raise PlanError(problems)
    if own and not day_plan.faces:
        what, mend = Sentence("has no rows."), Sentence("Leave out --own, or add faces.")
        raise PlanError(
            [Problem(code="signs.own", sheet="faces", what=what, mend=mend)], Sentence("the signs that were asked for")
        )
    from hostcity.report.sign_trial import sign_trial_data
    from hostcity.site.screens.sign_trial import show_trial
    from hostcity.studies.signs.trying import try_signs as try_them

    with pool_for(4 * runs, processes, dask, words) as pool, progress(words("Trying signs"), words) as tell:
        trial = try_them(
            day_plan, faces=faces, names=names, own=own, afresh=afresh, seed=seed, runs=runs, pool=pool, progress=tell
        )
    if as_json:
        print_json(sign_trial_data(trial))
    else:
        show_trial(screen(), trial, words)


def calibrate_signs(
    plan: PlanPath,
    log: Annotated[
        Path,
        typer.Option(
            parser=as_path,
            help="CSV of questions at information desks: time, place, destination, count.",
            metavar="FILE",
        ),
    ],
    starts: Annotated[
        str | None, typer.Option("--from", help="When the log begins. [default: the day]", metavar="HH:MM")
    ] = None,
    ends: Annotated[str | None, typer.Option("--to", help="When it ends. [default: the day]", metavar="HH:MM")] = None,
    fit: Annotated[
        list[str] | None,
        typer.Option(
            help="Figure to fit beside the chances of a right turn: SHEET.KEY.FIELD=LOW..HIGH. May be given again.",
            metavar="FIGURE",
        ),
    ] = None,
    runs: Annotated[int, typer.Option(help="Days by which plan and log are compared.", min=6, max=1000)] = 12,
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
    """Fit the chances of a right turn to a log of what people asked at information desks, and say what it cannot tell."""
    words = chosen_words(lang)
    from hostcity.report.calibrated import PARTS, calibration_data, write_calibration
    from hostcity.report.folder import check_folder
    from hostcity.site.screens.calibration import show_calibration
    from hostcity.studies.calibration import calibrate
    from hostcity.studies.calibration.questions import chances_asked, read_questions
    from hostcity.studies.wrong_turns import erring

    day_plan = erring(opened(plan, set_, scenario))
    if problems := problems_of(day_plan):
        raise PlanError(problems)
    if out:
        check_folder(out, PARTS)  # before anything is played
    counts = read_questions(log, day_plan, **_when_kept(starts, ends))
    figures = chances_asked(day_plan, tuple(fit or ()))
    with pool_for(runs, processes, dask, words) as pool, progress(words("Fitting"), words) as tell:
        found = calibrate(day_plan, counts, figures, seed=seed, runs=runs, pool=pool, progress=tell)
    page = write_calibration(found, out) if out else None
    if as_json:
        print_json(calibration_data(found))
        return
    show_calibration(screen(), found, words)
    if page:
        show_page(page, words)


def _when_kept(starts: str | None, ends: str | None) -> dict[str, float | None]:
    """From when to when the log was kept."""
    when = {"starts_s": _seconds("from", starts), "ends_s": _seconds("to", ends)}
    if starts and ends and when["starts_s"] >= when["ends_s"]:  # type: ignore[operator]  # both were given
        mend = Sentence("Give a later time for its end; 25:30 is half past one at night.")
        what = Sentence("The log begins at {starts} and ends at {ends}.", starts=starts, ends=ends)
        raise PlanError([Problem(code="signs.to", what=what, mend=mend)], Sentence("the log of questions"))
    return when


def _seconds(option: str, at: str | None) -> float | None:
    """A time of day. [s after midnight]"""
    if at is None:
        return None
    try:
        return clock_seconds(at)
    except CellError as error:
        mend = Sentence("Write a time as HH:MM, e.g. 09:30; 25:30 is half past one at night.")
        what = Sentence("--{option} {value} is no time of day.", option=option, value=at[:100])
        raise PlanError(
            [Problem(code=f"signs.{option}", what=what, mend=mend)], Sentence("the log of questions")
        ) from error
