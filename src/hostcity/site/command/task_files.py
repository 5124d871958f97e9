"""Commands that bring tasks in and out: Microsoft Project (.xml), CSV, a calendar (.ics); and baselines."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.baselines import baseline_names, baseline_path, read_baseline, write_baseline
from hostcity.plan.books import READINESS, read_joined
from hostcity.plan.by_key import Contents, Counts, counts_of, fitting, put_in
from hostcity.plan.csv_form import read_csv, write_csv
from hostcity.plan.mspdi import REMOVED_FROM, read_project, write_project
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Lang, PlanPath, Sets
from hostcity.site.command.opened import changed
from hostcity.site.command.plan_files import as_path, refuse_to_overwrite, wrong_kind
from hostcity.site.command.telling import print_json, tell
from hostcity.site.command.write_back import write_back
from hostcity.site.screens.words import Words, chosen_words

app = typer.Typer()
Sheet = Annotated[
    str, typer.Option(help="Sheet that a .csv is of. [default: the name of the file]", show_default=False)
]
Baselines = Annotated[
    list[str] | None,
    typer.Option("--baseline", help="Baseline that goes into the .xml. May be given again.", metavar="NAME"),
]


@app.command("import")
def import_tasks(
    plan: PlanPath,
    file: Annotated[Path, typer.Argument(parser=as_path, help="File to read: .xml (Microsoft Project) or .csv.")],
    sheet: Sheet = "",
    department: Annotated[
        str, typer.Option(help="Department of new tasks of which an .xml says nobody.", metavar="CODE")
    ] = "",
    remove: Annotated[
        bool,
        typer.Option("--remove", help="Remove tasks and links, or rows of the sheet, that the file does not have."),
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the plan; without it, only say what would change.")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Put tasks of another program into a plan by their codes; the same file again changes nothing. Exit code 2 with every problem."""
    words = chosen_words(lang)
    kind = file.suffix.lower()
    if kind not in (".xml", ".csv"):
        raise wrong_kind(file, Sentence("Name a file that ends in .xml or .csv."))
    was = read_joined(plan, READINESS).plan
    frozen: Any = {}
    removed_from: tuple[str, ...]
    if kind == ".xml":
        if was.departments:
            _known(was, [department] if department else [])
        project = read_project(file, was, department=department)
        contents, frozen, removed_from = project.contents, project.baselines, REMOVED_FROM
    else:
        contents = read_csv(file, sheet)
        removed_from = tuple(contents.rows)
        _refuse_others(contents)
    now = fitting(put_in(was, contents, removed_from if remove else ()), contents.of)
    if apply:
        if now != was:
            write_back(plan, now)
        old = [read_baseline(plan, name) for name in baseline_names(plan)]
        frozen = {
            name: dates for name, dates in frozen.items() if dates not in old and not baseline_path(plan, name).exists()
        }
        for name, dates in frozen.items():
            write_baseline(baseline_path(plan, name), dates)
    _tell(contents, counts_of(was, now, contents), list(frozen), apply, as_json, words)


@app.command("export")
def export_tasks(
    plan: PlanPath,
    file: Annotated[
        Path, typer.Argument(parser=as_path, help="File to write: .xml (Microsoft Project), .csv or .ics (a calendar).")
    ],
    sheet: Sheet = "",
    department: Annotated[
        list[str] | None,
        typer.Option(help="Department whose dates go into the .ics. May be given again.", metavar="CODE"),
    ] = None,
    baseline: Baselines = None,
    set_: Sets = None,
    lang: Lang = None,
) -> None:
    """Write the tasks of a plan for another program, and say what that has no place for."""
    words = chosen_words(lang)
    refuse_to_overwrite(file)
    kind = file.suffix.lower()
    if kind not in (".xml", ".csv", ".ics"):
        raise wrong_kind(file, Sentence("Name a file that ends in .xml, .csv or .ics."))
    book = read_joined(plan, READINESS)
    made = changed(book.plan, set_ or [])
    if kind == ".csv":
        file.write_text(write_csv(made, _sheet(file, sheet)), "utf-8", newline="")
    else:
        from hostcity.studies.readiness import date_tasks, freeze

        dated = date_tasks(made, book.row_of)
        if kind == ".ics":
            from hostcity.report.preparation_calendar import preparation_calendar

            _known(made, department or [])
            at = datetime.datetime.now(datetime.UTC)
            file.write_bytes(preparation_calendar(dated, at=at, departments=department or (), chinese=words.chinese))
        else:
            frozen = {name: read_baseline(plan, name) for name in baseline or ()}
            project = write_project(made, freeze(dated), frozen, chinese=words.chinese)
            file.write_text(project.xml, "utf-8", newline="")
            for each in project.left_out:
                tell(words.problem(each))
    print(file)  # noqa: T201 -- for programs


@app.command()
def baseline(
    plan: PlanPath,
    name: Annotated[str, typer.Argument(help="What it is called, as 2019-06.")],
    set_: Sets = None,
    lang: Lang = None,
) -> None:
    """Freeze the dates of every task beside the plan, for `tasks path --baseline` to compare with. It is not changed any more."""
    chosen_words(lang)
    book = read_joined(plan, READINESS)
    path = baseline_path(plan, name)
    refuse_to_overwrite(path)
    from hostcity.studies.readiness import date_tasks, freeze

    write_baseline(path, freeze(date_tasks(changed(book.plan, set_ or []), book.row_of)))
    print(path)  # noqa: T201 -- for programs


def _sheet(file: Path, sheet: str) -> str:
    """The sheet of a preparation that a file is of. Raises ``PlanError`` with those that there are."""
    from hostcity.plan.csv_form import sheet_named

    found = sheet or sheet_named(file)
    if found not in READINESS.own:
        raise PlanError([_not_of_tasks(found)], file.name)
    return found


def _refuse_others(contents: Contents) -> None:
    if wrong := [each for each in contents.rows if each not in READINESS.own]:
        raise PlanError(map(_not_of_tasks, wrong), contents.of)


def _not_of_tasks(sheet: str) -> Problem:
    what = Sentence("is of no sheet of the preparation.")
    return Problem(
        code="csv.sheet",
        what=what,
        mend=Sentence("Sheets: {sheets}.", sheets=", ".join(READINESS.own)),
        sheet=sheet[:60],
    )


def _known(plan: Plan, departments: list[str]) -> None:
    """Raise ``PlanError`` for departments that there are not."""
    known = [each.code for each in plan.departments]
    if wrong := [each for each in departments if each not in known]:
        mend = Sentence("Known: {codes}.", codes=", ".join(known))
        raise PlanError(
            [
                Problem(code="tasks.department", what=Sentence("{code} is no department.", code=each), mend=mend)
                for each in wrong
            ]
        )


def _tell(
    contents: Contents, counts: dict[str, Counts], frozen: list[str], is_applied: bool, as_json: bool, words: Words
) -> None:
    total = sum(each.added + each.changed + each.removed for each in counts.values())
    if as_json:
        from hostcity.site.screens import as_data

        print_json({
            "is_applied": is_applied, "total": total, "baselines": frozen,
            "counts": {sheet: {"added": each.added, "changed": each.changed, "removed": each.removed, "not_named": each.not_named} for sheet, each in counts.items()},
            "notes": [as_data.of_problem(each) for each in contents.notes],
        })  # fmt: skip
        return
    for each in contents.notes:
        tell(words.problem(each))
    for sheet, count in counts.items():
        line = words("{sheet}: {added} added, {changed} changed, {removed} removed").format(
            sheet=sheet, added=count.added, changed=count.changed, removed=count.removed
        )
        if count.not_named:
            line += words("; {count:,} that the file does not have stay").format(count=count.not_named)
        print(line)  # noqa: T201 -- what was asked for
    if frozen:
        print(words("Baselines: {names}.").format(names=", ".join(frozen)))  # noqa: T201 -- what was asked for
    said = words("Changes made: {count}.") if is_applied else words("Changes that would be made: {count}.")
    print(said.format(count=total))  # noqa: T201 -- what was asked for
    if total and not is_applied:
        tell(words("Nothing was written: --apply writes the plan."))
