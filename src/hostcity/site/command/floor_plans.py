"""Archives of floor plans, as commands on plans take them: looked through, drawn, made into a plan."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from hostcity.plan import Plan, PlanError, Problem, problems_of, read_plan
from hostcity.plan.imdf import Examined, examine, new_plan, put_into
from hostcity.plan.overrides import THE_OVERRIDES, try_overrides
from hostcity.plan.picture import Sheet, picture_of
from hostcity.plan.sentences import Sentence
from hostcity.plan.workbook import HEADER_ROWS
from hostcity.site.command.arguments import BAD_INPUT
from hostcity.site.command.telling import print_json, screen
from hostcity.site.screens.words import Words


def is_archive(path: Path) -> bool:
    """Whether a name is that of an archive of a floor plan."""
    return Path(path).suffix.lower() == ".zip" and not Path(path).is_dir()


def refuse_day(path: Path, scenarios: list[str] | None, changes: list[str] | None) -> None:
    """Raise ``PlanError`` where something is to happen on a day that an archive does not have."""
    if scenarios or changes:
        what = Sentence("has no day on which that could happen.")
        mend = Sentence("Make a plan of it: {command}.", command=f"hostcity convert {path.name} plan.xlsx")
        raise PlanError([Problem(code="imdf.archive.day", what=what, mend=mend)], path.name)


def refuse_into(path: Path, into: Path | None) -> None:
    """Raise ``PlanError`` where something else than an archive is to be put into a plan."""
    if into:
        what, mend = Sentence("is no archive: --into puts in only that."), Sentence("Leave --into out.")
        raise PlanError([Problem(code="imdf.archive.into", what=what, mend=mend)], path.name)


def check(path: Path, picture: Path | None, as_json: bool, words: Words) -> None:
    """Say every problem of an archive, or what it holds and what a plan would leave out of it."""
    try:
        examined = examine(path)
    except PlanError as error:
        if not as_json:
            raise
        _print(error.problems, ())
        raise typer.Exit(BAD_INPUT) from None
    if picture:
        draw(examined.sheet(), examined.problems, picture, words)
    if as_json:
        _print(examined.problems, examined.notes)
        if examined.problems:
            raise typer.Exit(BAD_INPUT)
        return
    if examined.drawing is None:
        raise PlanError(examined.problems, path.name, examined.plan)
    _say_notes(examined, words)
    rows = ", ".join(f"{name} {len(sheet)}" for name, sheet in examined.drawing.sheets().items() if sheet)
    screen().print(words("No problems. Rows: {rows}.").format(rows=rows), highlight=False)


def plan_with(path: Path, into: Path | None, changes: list[str], words: Words) -> Plan:
    """The plan that an archive makes: a new one, or one that has another drawing so far.

    Raises ``PlanError`` when the archive has problems, or the plan has some with this drawing.
    """
    examined = examine(path)
    if examined.drawing is None:
        raise PlanError(examined.problems, path.name, examined.plan)
    plan = new_plan(examined.drawing) if into is None else put_into(read_plan(into), examined.drawing)
    if changes:
        plan, of_changes = try_overrides(plan, changes)
        if of_changes:
            raise PlanError(of_changes, THE_OVERRIDES)
    found = problems_of(plan, lambda _sheet, index: index + HEADER_ROWS + 1)
    if into is None:  # the rest of a new plan is still to be filled in
        found = tuple(each for each in found if each.sheet == "edition")
    if found:
        of = Sentence(
            "{plan} with the drawing of {archive}", plan=into.name if into else "plan.xlsx", archive=path.name
        )
        raise PlanError(found, of, plan)
    _say_notes(examined, words)
    if into is None:
        _say_defaults(plan, words)
    return plan


def draw(sheet: Sheet, problems: Sequence[Problem], path: Path, words: Words) -> None:
    """Write the picture, and say where."""
    path.write_text(picture_of(sheet, problems, words.problem), "utf-8")
    _say(words("Picture: {picture}").format(picture=path))


def _say_notes(examined: Examined, words: Words) -> None:
    for note in examined.notes:
        _say(words.problem(note))


def _say_defaults(plan: Plan, words: Words) -> None:
    """What the edition of a new plan was taken to be."""
    day = plan.day
    _say(
        words(
            "Edition {code} on {date}, {zone}, with usual hours: change them in sheet edition or with --set. "
            "Nodes, links and people are still to be filled in."
        ).format(code=day.code, date=day.date, zone=day.time_zone)
    )


def _say(text: str) -> None:
    """On standard error: what a program reads stays on standard output."""
    print(text, file=sys.stderr)  # noqa: T201 -- a command speaks to its user


def _print(problems: Sequence[Problem], notes: Sequence[Problem]) -> None:
    from hostcity.site.screens import as_data

    body = {"problems": problems, "notes": notes}
    print_json({name: [as_data.of_problem(each) for each in listed] for name, listed in body.items()})
