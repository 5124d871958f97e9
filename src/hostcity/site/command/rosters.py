"""Commands on the roster of volunteers: make it, check it, say why it is so, mend a day, play who comes."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.cells import CellError, clock_seconds
from hostcity.plan.force_book import WithForce, read_with_force
from hostcity.plan.sentences import Sentence
from hostcity.site.command import roster_trials
from hostcity.site.command.arguments import BAD_INPUT, AsJson, Lang, PlanPath, Sets
from hostcity.site.command.opened import changed
from hostcity.site.command.plan_files import as_folder
from hostcity.site.command.roster_words import absentees, edits_of, of_force
from hostcity.site.command.telling import noted_progress, print_json, screen, waiting
from hostcity.site.screens.words import Words, chosen_words

if TYPE_CHECKING:
    from hostcity.engines.rosters.from_plan import Force
    from hostcity.engines.rosters.roster import Step

app = typer.Typer()
roster = typer.Typer(no_args_is_help=True, help="Roster the volunteers of a plan.")
app.add_typer(roster, name="roster")
roster.command("try")(roster_trials.try_rosters)
roster.command("drill")(roster_trials.drill)
WARNINGS = 12  # shown
Rows = Annotated[int, typer.Option(help="Rows of each list.", min=1, max=10_000)]
Out = Annotated[
    Path | None,
    typer.Option(
        parser=as_folder,
        help="Folder for the plan with its roster on sheet shifts, and lists by team, post and campus. [default: none]",
    ),
]
RosterSeed = Annotated[int, typer.Option(help="Seed of every random draw.", min=0, max=2**31 - 1)]


@roster.command("plan")
def plan_roster(
    plan: PlanPath,
    seconds: Annotated[
        float,
        typer.Option(
            help="Time by the clock for the search; 0 = the whole effort, the same on every machine. [s]",
            min=0,
            max=86_400,
        ),
    ] = 30.0,
    mates: Annotated[
        float,
        typer.Option(
            help="Harm that a shift beside a team mate is worth, when teams come together in the end.", min=0, max=100
        ),
    ] = 0.0,
    seed: RosterSeed = 1,
    out: Out = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Roster everybody, with a bound on how much better any other roster could be, beside a sign-up and a careful coordinator."""
    words = chosen_words(lang)
    book = _opened(plan, set_)
    from hostcity.report.folder import check_folder, write_folder
    from hostcity.report.rosters import PARTS, roster_data, write_roster
    from hostcity.site.screens.rosters import note_of, show_roster
    from hostcity.studies.rostering import plan_roster as make

    if out:
        check_folder(out, PARTS)  # before anything is computed
    force = _force(book, words)
    began_s = time.monotonic()
    with noted_progress(words("Rostering"), words) as tell:

        def told(step: Step) -> None:
            tell(min(0.95, (time.monotonic() - began_s) / seconds) if seconds else 0.5, note_of(step, words))

        study = make(force, seconds=seconds or None, seed=seed, mate=mates, tell=told)
    folder = write_folder(out, partial(write_roster, book.plan, study), PARTS) if out else None
    if as_json:
        from hostcity.engines.rosters.from_plan import shifts_of

        print_json(roster_data(study, shifts_of(force, study.roster)))
        return
    show_roster(screen(), book.plan, study, words)
    if folder:
        screen().print(words("Folder: {folder}").format(folder=folder), soft_wrap=True)


@roster.command()
def check(plan: PlanPath, rows: Rows = 20, set_: Sets = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Check the roster on sheet shifts, made by whomever: every rule it breaks by row, and its score. Exit code 2 when it breaks any."""
    words = chosen_words(lang)
    book = _opened(plan, set_)
    from hostcity.engines.rosters.from_plan import roster_of, violations_told
    from hostcity.report.rosters import judged_data
    from hostcity.site.screens import as_data
    from hostcity.site.screens.rosters import show_check
    from hostcity.studies.rostering import judge, roles_of

    force = _rostered(book, words)
    with waiting(words("Checking the roster")):
        judged = judge(force, roster_of(force))
        told = violations_told(force, judged.violations, book.row_of)
        roles = roles_of(force, judged.post_of)
    if as_json:
        print_json({**judged_data(judged), "problems": [as_data.of_problem(each) for each in told]})
    else:
        show_check(screen(), judged, told, book.plan, roles, words, rows)
    if told:
        raise typer.Exit(BAD_INPUT)


@roster.command()
def explain(
    plan: PlanPath,
    post: Annotated[str, typer.Argument(help="A post.")] = "",
    day: Annotated[str, typer.Argument(help="A service day.")] = "",
    band: Annotated[str, typer.Argument(help="A band.")] = "",
    volunteer: Annotated[str, typer.Option(help="Explain the shifts of a volunteer instead.", metavar="CODE")] = "",
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say why a post has too few people in a band and what would mend it; or why a volunteer serves as he does, or not at all."""
    words = chosen_words(lang)
    book = _opened(plan, set_)
    from hostcity.engines.rosters import explain_cell, explain_person
    from hostcity.engines.rosters.from_plan import roster_of
    from hostcity.report.roster_answers import cell_data, person_data
    from hostcity.site.screens.rosters import show_cell, show_person
    from hostcity.studies.rostering import standing_roster

    force = _rostered(book, words)
    if volunteer:
        person = of_force(force, "volunteers", volunteer)
        why = explain_person(force.problem, standing_roster(force, roster_of(force)), person)
        return print_json(person_data(force, why)) if as_json else show_person(screen(), force, why, words)
    cell = [of_force(force, *each) for each in (("service_days", day), ("bands", band), ("posts", post))]
    answer = explain_cell(force.problem, standing_roster(force, roster_of(force)), *cell)
    return (
        print_json(cell_data(force, answer, cell[2])) if as_json else show_cell(screen(), force, answer, cell[2], words)
    )


@roster.command("repair")
def repair_day(
    plan: PlanPath,
    day: Annotated[str, typer.Option(help="The service day.")],
    absent: Annotated[
        str, typer.Option(help="Who will not come: codes separated by commas, or a text file with one on each line.")
    ],
    now: Annotated[
        str, typer.Option(help="Time of the day: bands that have begun stay as they are.", metavar="HH:MM")
    ] = "",
    most: Annotated[
        int | None, typer.Option(help="People who are told of a change, at most. [default: no limit]", min=0)
    ] = None,
    out: Out = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Mend a day when some do not come, telling few people of a change: one line for each of them."""
    words = chosen_words(lang)
    book = _opened(plan, set_)
    from hostcity.engines.rosters import find_homes, repair
    from hostcity.engines.rosters.from_plan import roster_of, shifts_of
    from hostcity.report.folder import check_folder, write_folder
    from hostcity.report.roster_answers import repair_data
    from hostcity.report.rosters import PARTS, write_shifts
    from hostcity.site.screens.rosters import messages_of, show_repair

    if out:
        check_folder(out, PARTS)
    force = _rostered(book, words)
    at, gone = of_force(force, "service_days", day), absentees(force, absent)
    mended = repair(
        force.problem,
        find_homes(force.problem),
        roster_of(force),
        day=at,
        absent=gone,
        now_s=_clock(now),
        most_told=most,
    )
    shifts = shifts_of(force, mended.post_of)
    folder = write_folder(out, partial(write_shifts, book.plan, shifts), PARTS) if out else None
    messages = messages_of(force, mended.moves, day, words)
    if as_json:
        print_json(repair_data(force, mended, messages))
        return
    show_repair(screen(), force, mended, messages, words)
    if folder:
        screen().print(words("Folder: {folder}").format(folder=folder), soft_wrap=True)


@roster.command("simulate")
def simulate_roster(
    plan: PlanPath,
    runs: Annotated[int, typer.Option(help="Draws of who comes.", min=1, max=100_000)] = 200,
    seed: RosterSeed = 1,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Draw who comes to the roster on sheet shifts: heads missing before and after those who stand by fill in."""
    words = chosen_words(lang)
    book = _opened(plan, set_)
    from hostcity.engines.rosters import simulate
    from hostcity.engines.rosters.from_plan import roster_of
    from hostcity.report.rosters import attendance_data
    from hostcity.site.screens.rosters import show_attendance

    force = _rostered(book, words)
    with waiting(words("Drawing who comes")):
        attendance = simulate(force.problem, roster_of(force), draws=runs, seed=seed)
    if as_json:
        print_json(attendance_data(attendance))
    else:
        show_attendance(screen(), attendance, words)


@roster.command("what-if")
def what_if(
    plan: PlanPath,
    edits: Annotated[
        list[str],
        typer.Argument(help="VOLUNTEER@DAY@BAND=POST; without a post somebody is taken off.", metavar="EDIT..."),
    ],
    rows: Rows = 20,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what edits of the roster on sheet shifts would do, term by term, and which rules they would break."""
    words = chosen_words(lang)
    book = _opened(plan, set_)
    from hostcity.engines.rosters import find_homes
    from hostcity.engines.rosters import what_if as effect_of
    from hostcity.engines.rosters.from_plan import roster_of, violations_told
    from hostcity.report.roster_answers import terms_data
    from hostcity.site.screens import as_data
    from hostcity.site.screens.rosters import show_effect

    force = _rostered(book, words)
    locks = edits_of(force, edits)
    effect = effect_of(force.problem, find_homes(force.problem), roster_of(force), locks)
    told = violations_told(force, effect.violations, book.row_of)
    if as_json:
        print_json({"change": terms_data(effect.change), "problems": [as_data.of_problem(each) for each in told]})
    else:
        show_effect(screen(), effect, told, words, rows)


def _opened(path: Path, changes: list[str] | None) -> WithForce:
    """The plan with its force; rows of a changed plan are those of its file as far as they go."""
    book = read_with_force(path)
    return WithForce(changed(book.plan, changes or []), book.row_of)


def _force(book: WithForce, words: Words) -> Force:
    """The force, with what a coordinator should know told on standard error."""
    from rich.console import Console

    from hostcity.studies.rostering import force_of

    force = force_of(book.plan, book.row_of)
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    for each in force.warnings[:WARNINGS]:
        console.print(words.problem(each), style="yellow", soft_wrap=True)
    if len(force.warnings) > WARNINGS:
        more = words("and {count} more").format(count=len(force.warnings) - WARNINGS)
        console.print(more, style="yellow")
    return force


def _rostered(book: WithForce, words: Words) -> Force:
    """The same of a plan with a roster. Raises PlanError where sheet shifts has no rows."""
    _need_shifts(book.plan)
    from hostcity.engines.rosters.from_plan import roster_problem

    return roster_problem(book.plan, book.row_of)


def _need_shifts(plan: Plan) -> None:
    if not plan.shifts:
        what, mend = (
            Sentence("has no rows."),
            Sentence("Make a roster: {command}.", command="hostcity roster plan PLAN --out FOLDER"),
        )
        raise PlanError([Problem(code="shifts.none", sheet="shifts", what=what, mend=mend)])


def _clock(text: str) -> int:
    """Seconds after midnight; 0 = the day has not begun."""
    if not text:
        return 0
    try:
        return int(clock_seconds(text))
    except CellError as error:
        raise PlanError([Problem(code="roster.now", what=error.what, mend=error.mend)], "--now") from None
