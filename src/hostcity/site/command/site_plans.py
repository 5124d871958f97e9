"""Commands that bring a plan into the site and take it out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hostcity.plan import read_plan_in_work
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Home, Lang
from hostcity.site.command.plan_files import as_path, write_plan
from hostcity.site.command.running import refusals
from hostcity.site.command.telling import print_json, tell
from hostcity.site.screens.words import Words, chosen_words
from hostcity.site.site_errors import SiteError

if TYPE_CHECKING:
    from hostcity.core.models import Edition

app = typer.Typer()
PARTS = (".xml", ".csv")  # files of some rows of a plan
VERBS = {"add": "added", "change": "changed", "remove": "removed"}
EditionCode = Annotated[str, typer.Argument(help="Code of the edition, as in the site's addresses.")]


@app.command("import")
def import_plan(
    edition: EditionCode,
    file: Annotated[
        Path,
        typer.Argument(
            parser=as_path,
            help="A folder with an expo.xlsx, a workbook (.xlsx) or a plan as .json; tasks as .xml or a sheet as .csv, put into the plan.",
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make an edition's plan on the site equal to a file, in one transaction; the same file again changes nothing."""
    words = chosen_words(lang)
    read = None if file.suffix.lower() in PARTS else read_plan_in_work(file)
    with refusals(words):
        of = _edition(edition, home)
        from hostcity.core.plan_rows import imports, readers

        if read is None:  # what it says depends on the plan that there is
            part = readers.READERS[file.suffix.lower()](of, file, file.name)
            read = part.in_work
            for note in part.notes:
                tell(words.problem(note))
        plan, known = imports.admitted(of, read, file.name)
        changes = imports.changes_to(of, plan)
        if not dry_run:
            imports.import_plan(edition=of, plan=plan, name=file.name, by=None)
    told = {
        "edition": of.code, "plan_sha256": plan.sha256, "is_applied": not dry_run, "known_problems": len(known),
        **imports.counted(changes),
    }  # fmt: skip
    if as_json:
        print_json(told)
    else:
        _show(told, words)


@app.command("export")
def export_plan(
    edition: EditionCode,
    file: Annotated[Path, typer.Argument(help="File to write: .xlsx, .json or .zip (IMDF).")],
    home: Home = None,
    lang: Lang = None,
) -> None:
    """Write an edition's plan on the site as workbook or JSON, without loss."""
    with refusals(chosen_words(lang)):
        of = _edition(edition, home)
        from hostcity.core.plan_rows.queries import plan_of

        plan = plan_of(of)
    write_plan(plan, file)
    print(file)  # noqa: T201 -- for programs


def _edition(code: str, home: Path | None) -> Edition:
    """Open the site and find the edition. Raises `SiteError` with those that there are."""
    from hostcity.site.opening import open_site

    open_site(home)
    from hostcity.site.migrating import make_ready

    make_ready(may_fill=False)
    from hostcity.core.models import Edition

    found = Edition.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Edition.objects.order_by("code").values_list("code", flat=True))
        mend = Sentence("Known: {codes}.", codes=known) if known else Sentence("Make one on the site first.")
        raise SiteError("edition.unknown", Sentence("No edition {code}.", code=repr(code)), mend)
    return found


def _show(told: dict[str, Any], words: Words) -> None:
    """Counts by sheet."""
    for sheet, counts in told["counts"].items():
        line = words("{sheet}: {added} added, {changed} changed, {removed} removed").format(
            sheet=sheet, **{name: counts.get(f"plan.{verb}", 0) for verb, name in VERBS.items()}
        )
        print(line + (words(", order changed") if "plan.order" in counts else ""))  # noqa: T201 -- what was asked for
    said = words("Changes made: {count}.") if told["is_applied"] else words("Changes that would be made: {count}.")
    print(said.format(count=told["total"]))  # noqa: T201 -- what was asked for
    if told["known_problems"]:
        said = words("Problems that the plan had before: {count}.")
        print(said.format(count=told["known_problems"]))  # noqa: T201 -- what was asked for
