"""Commands on plans, without playing one: check, list its scenarios, write it otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hostcity.plan import PlanError, Problem, read_plan, write_workbook
from hostcity.plan.picture import sheet_of
from hostcity.plan.scenarios import scenario_files
from hostcity.plan.sentences import Sentence
from hostcity.site.command import floor_plans
from hostcity.site.command.arguments import BAD_INPUT, AsJson, DrawnPath, Lang, PlanPath, Scenarios, Sets
from hostcity.site.command.opened import opened
from hostcity.site.command.plan_files import as_path, refuse_to_overwrite, write_plan, wrong_kind
from hostcity.site.command.telling import print_json, screen
from hostcity.site.screens.words import chosen_words

app = typer.Typer()


@app.command()
def check(
    plan: DrawnPath,
    scenario: Scenarios = None,
    set_: Sets = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the levels, with what is wrong marked and numbered: an .svg.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say every problem of a plan: sheet, row, column, how to mend it. Exit code 2 when there are any.

    Of an archive of a floor plan it says every problem of its files and features.
    """
    words = chosen_words(lang)
    if picture:
        refuse_to_overwrite(picture)
        if picture.suffix.lower() != ".svg":
            raise wrong_kind(picture, Sentence("Name a file that ends in .svg."))
    if floor_plans.is_archive(plan):
        floor_plans.refuse_day(plan, scenario, set_)
        floor_plans.check(plan, picture, as_json, words)
        return
    try:
        day_plan = opened(plan, set_, scenario)
    except PlanError as error:
        if picture and error.plan is not None:
            floor_plans.draw(sheet_of(error.plan), error.problems, picture, words)
        if not as_json:
            raise
        from hostcity.site.screens import as_data

        print_json({"problems": [as_data.of_problem(each) for each in error.problems]})
        raise typer.Exit(BAD_INPUT) from None
    if picture:
        floor_plans.draw(sheet_of(day_plan), (), picture, words)
    if as_json:
        print_json({"problems": []})
        return
    rows = ", ".join(f"{name} {len(sheet)}" for name, sheet in day_plan.sheets() if sheet)
    screen().print(words("No problems. Rows: {rows}.").format(rows=rows), highlight=False)


@app.command()
def scenarios(plan: PlanPath, as_json: AsJson = False, lang: Lang = None) -> None:
    """List the scenarios beside a plan: what goes wrong in each, and what it teaches. Exit code 2 when one cannot be played."""
    words = chosen_words(lang)
    day_plan = read_plan(plan)
    from hostcity.site.screens.scenario import of_scenarios, problems_with, show_scenarios

    files = scenario_files(plan)
    found, problems = problems_with(day_plan, files)
    if as_json:
        print_json(of_scenarios(found, problems))
    else:
        show_scenarios(screen(), found, words)
    if problems:
        if not as_json:
            raise PlanError(problems, Sentence("the scenarios"))
        raise typer.Exit(BAD_INPUT)


@app.command()
def template(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="Workbook to write. [default: expo.xlsx, volunteers.xlsx or readiness.xlsx]", show_default=False
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--volunteers", help="Only the sheets of the force: posts, needs, volunteers, shifts ..."),
    ] = False,
    preparation: Annotated[
        bool,
        typer.Option(
            "--readiness", help="Only the sheets of the preparation: calendars, departments, tasks, links ..."
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Write an empty workbook: every sheet with its columns, units and help, in English and Chinese."""
    from hostcity.plan.books import READINESS, VOLUNTEERS
    from hostcity.plan.template import empty_force, empty_plan, empty_preparation

    if force and preparation:
        what, mend = (
            Sentence("--volunteers and --readiness are two workbooks."),
            Sentence("Ask for one after the other."),
        )
        raise PlanError([Problem(code="template.book", what=what, mend=mend)])
    book = VOLUNTEERS if force else READINESS if preparation else None
    path = path or Path(book.file if book else "expo.xlsx")
    refuse_to_overwrite(path)
    if path.suffix.lower() != ".xlsx":
        raise wrong_kind(path, Sentence("Name a file that ends in .xlsx."))
    if book:
        write_workbook(empty_force() if force else empty_preparation(), path, book.sheets)
    else:
        write_workbook(empty_plan(), path)
    print(path)  # noqa: T201 -- for programs


@app.command()
def convert(
    plan: DrawnPath,
    to: Annotated[Path, typer.Argument(help="File to write: .xlsx, .json or .zip (IMDF).")],
    scenario: Scenarios = None,
    set_: Sets = None,
    into: Annotated[
        Path | None,
        typer.Option(parser=as_path, help="Plan whose drawing that of the archive takes the place of.", metavar="PLAN"),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write a plan as workbook or JSON, without loss, or its drawing as an archive (IMDF); and an archive as a plan."""
    if floor_plans.is_archive(plan):
        floor_plans.refuse_day(plan, scenario, None)
        refuse_to_overwrite(to)
        day_plan = floor_plans.plan_with(plan, into, set_ or [], chosen_words(lang))
    else:
        floor_plans.refuse_into(plan, into)
        day_plan = opened(plan, set_, scenario)
    write_plan(day_plan, to)
    print(to)  # noqa: T201 -- for programs


@app.command()
def schema() -> None:
    """Print the JSON schema of a plan."""
    from hostcity.plan.schema import plan_schema

    print_json(plan_schema())
