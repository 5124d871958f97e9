"""The plan by the API: sheets, rows, history, the whole of it, import and export."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path as FilePath
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Path, Query
from ninja.files import UploadedFile
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.problems import Place, of_plan_problem
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, Version, VersionAsked, page_of
from hostcity.core.api.versions import say_version, version_of
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Act, Job, PlanRow
from hostcity.core.plan_rows import imports, queries, services, undo
from hostcity.core.plan_rows.problems import plan_problems
from hostcity.core.plan_rows.words import sheet_name
from hostcity.plan import SHEETS, plan_to_json, write_workbook
from hostcity.plan.columns import columns_of, default_text, is_required
from hostcity.plan.schema import plan_schema

operations = Operations("plan")
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD = {"kind": "multipart/form-data", "most_bytes": imports.MOST_BYTES + 64 * 1024}
Sheet = Annotated[str, Path(description="Sheet of the workbook.", enum=list(SHEETS))]
Key = Annotated[str, Path(description="Key of the row: its code.", max_length=200)]
Cells = Annotated[
    dict[str, Any],
    Field(max_length=100, description="Fields as in the schema Row_SHEET; clocks as HH:MM, null or absent = empty."),
]
After = Annotated[str, Field(max_length=200, description='Key of the row to stand behind; "" = first.')]


class SheetShown(Answer):
    """A sheet of the plan."""

    sheet: str
    name: str = Field(description="In the language of the reader.")
    rows: int
    changed_at: datetime | None


class Sheets(Answer):
    """All sheets, in the workbook's order."""

    rows: list[SheetShown]


class ColumnShown(Answer):
    """What a field is: the same that makes the workbook's column and the form."""

    field: str
    kind: str
    unit: str
    low: float | None
    high: float | None
    most: int | None = Field(description="Characters of a text, of each code of refs; null = the field is no text.")
    choices: list[str]
    sheet: str = Field(description="The sheet whose codes it holds, for refs.")
    required: bool
    default: str = Field(description="What an empty cell means.")
    heading_en: str
    heading_zh: str
    help_en: str
    help_zh: str


class SheetDescribed(SheetShown):
    """A sheet with its columns."""

    columns: list[ColumnShown]
    row_schema: dict[str, Any] = Field(description="JSON schema of a row.")


class RowShown(Answer):
    """A row of a sheet."""

    sheet: str
    key: str
    version: int
    changed_at: datetime
    cells: dict[str, Any] = Field(description="Fields as in the schema Row_SHEET.")


class RowsPage(Listed):
    """A page of rows, in the workbook's order."""

    rows: list[RowShown]


class RowWanted(Body):
    """A row to be added."""

    cells: Cells
    after: Annotated[
        str | None, Field(max_length=200, description='Key of the row to stand behind; "" = first, null = last.')
    ] = None


class RowChange(Body):
    """Fields to be changed; the others stay."""

    cells: Cells
    version: Version = None


class RowMove(Body):
    """Where a row is to stand."""

    after: After


class Written(Answer):
    """What was written."""

    acts: int = Field(description="Lines of the ledger; 0 = nothing differed.")
    number: int | None = Field(description="Number of the last of them.")


class PlanChecked(Answer):
    """What is wrong with the plan; nothing = it can be rehearsed."""

    problems: list[Place]


class DeletedVersion(Answer):
    """The version that is to be taken away."""

    version: VersionAsked = None


def shown(row: PlanRow) -> dict[str, Any]:
    """A row as the API shows it."""
    return {
        "sheet": row.sheet, "key": row.key, "version": row.version, "changed_at": row.changed_at, "cells": row.body,
    }  # fmt: skip


def _known(sheet: str) -> str:
    if sheet not in SHEETS:
        raise Http404(sheet)
    return sheet


def _row(request: Any, sheet: str, key: str) -> Any:
    row = queries.stored_row(request.edition, _known(sheet), key)
    if row is None:
        raise Http404(key)
    return row


def _sheet(sheet: str, counts: dict[str, Any]) -> dict[str, Any]:
    counted = counts.get(sheet, {})
    return {
        "sheet": sheet, "name": str(sheet_name(sheet)), "rows": counted.get("count", 0),
        "changed_at": counted.get("changed_at"),
    }  # fmt: skip


def _written(acts: list[Act]) -> dict[str, Any]:
    return {"acts": len(acts), "number": acts[-1].number if acts else None}


@operations.get("/plan/sheets", policy.SEE_PLAN, Sheets)
def list_sheets(request: Any) -> Any:
    """List the sheets of the plan.

    With the number of their rows and when one was last changed.
    """
    counts = queries.counts_of_rows(request.edition)
    return {"rows": [_sheet(sheet, counts) for sheet in SHEETS]}


@operations.get("/plan/sheets/{sheet}", policy.SEE_PLAN, SheetDescribed)
def show_sheet(request: Any, sheet: Sheet) -> Any:
    """Show a sheet's columns.

    Kind, unit, range, choices and help of every field, and the JSON schema of a row; all of them are made of the same
    columns as the workbook.
    """
    row_type = SHEETS[_known(sheet)]
    columns = [
        {
            "field": name, "kind": each.kind, "unit": each.unit, "low": each.low, "high": each.high, "most": each.most,
            "choices": list(each.choices), "sheet": each.sheet, "required": is_required(row_type, name),
            "default": default_text(row_type, name), "heading_en": each.heading_en, "heading_zh": each.heading_zh,
            "help_en": each.help_en, "help_zh": each.help_zh,
        }
        for name, each in columns_of(row_type).items()
    ]  # fmt: skip
    counted = _sheet(sheet, queries.counts_of_rows(request.edition))
    return counted | {"columns": columns, "row_schema": plan_schema()["properties"][sheet]["items"]}


@operations.get("/plan/sheets/{sheet}/rows", policy.SEE_PLAN, RowsPage)
def list_rows(request: Any, sheet: Sheet, paging: Query[Paging]) -> Any:
    """List the rows of a sheet.

    In the order of the workbook.
    """
    rows = queries.stored_rows(request.edition, _known(sheet))
    return page_of(rows, paging, order=("position", "pk"), shown=shown)


@operations.post("/plan/sheets/{sheet}/rows", policy.CHANGE_PLAN, RowShown)
def add_row(request: Any, sheet: Sheet, body: RowWanted) -> Any:
    """Add a row to a sheet.

    Every cell is read as from the workbook, and everything that is wrong is told at once. Rows need not fit one another
    yet: a plan in work may be incomplete.
    """
    return shown(
        services.add_row(
            edition=request.edition, sheet=_known(sheet), cells=body.cells, after=body.after, by=request.person
        )
    )


@operations.get("/plan/sheets/{sheet}/rows/{key}", policy.SEE_PLAN, RowShown)
def show_row(request: Any, sheet: Sheet, key: Key, response: HttpResponse) -> Any:
    """Show a row.

    Its ETag names its version, for If-Match.
    """
    row = _row(request, sheet, key)
    say_version(response, row.version)
    return shown(row)


@operations.patch("/plan/sheets/{sheet}/rows/{key}", policy.CHANGE_PLAN, RowShown)
def change_row(request: Any, sheet: Sheet, key: Key, body: RowChange, response: HttpResponse) -> Any:
    """Change fields of a row.

    409 with the differences when somebody changed the row since the given version; nothing is written when nothing
    differs.
    """
    _row(request, sheet, key)
    row = services.change_row(
        edition=request.edition, sheet=sheet, key=key, changes=body.cells,
        version=version_of(request, body.version), by=request.person,
    )  # fmt: skip
    say_version(response, row.version)
    return shown(row)


@operations.delete("/plan/sheets/{sheet}/rows/{key}", policy.CHANGE_PLAN, is_versioned=True)
def remove_row(request: Any, sheet: Sheet, key: Key, asked: Query[DeletedVersion]) -> None:
    """Remove a row.

    Refused while other rows name it; those are listed.
    """
    _row(request, sheet, key)
    services.remove_row(
        edition=request.edition, sheet=sheet, key=key, version=version_of(request, asked.version), by=request.person
    )


@operations.put("/plan/sheets/{sheet}/rows/{key}/place", policy.CHANGE_PLAN, RowShown)
def move_row(request: Any, sheet: Sheet, key: Key, body: RowMove) -> Any:
    """Put a row behind another one.

    The order of rows is part of the plan, as it is of the workbook.
    """
    _row(request, sheet, key)
    services.move_row(edition=request.edition, sheet=sheet, key=key, after=body.after, by=request.person)
    return shown(_row(request, sheet, key))


@operations.post("/plan/acts/{number}/undo", policy.CHANGE_PLAN, Written, status=200)
def undo_act(request: Any, number: Annotated[int, Path(ge=1, le=2**62, description="Of the ledger.")]) -> Any:
    """Take an act on the plan back.

    Of an import, all that it wrote. Refused with the reasons when what it did has been changed since.
    """
    act = get_object_or_404(queries.plan_acts(request.edition), number=number)
    return _written(undo.undo_act(edition=request.edition, act=act, by=request.person))


@operations.get("/plan", policy.SEE_PLAN, None, gives="application/json", schema={"$ref": "#/components/schemas/Plan"})
def show_plan(request: Any) -> HttpResponse:
    """Give the whole plan as JSON.

    As `hostcity convert` writes it; it can be imported again. A plan in work may lack what the schema asks for.
    """
    return HttpResponse(plan_to_json(queries.plan_of(request.edition)), content_type="application/json")


@operations.get("/plan/problems", policy.SEE_PLAN, PlanChecked)
def check_plan(request: Any) -> Any:
    """Check the plan.

    Everything that keeps it from being rehearsed, each at its sheet, row and column.
    """
    return {"problems": [of_plan_problem(each.problem) for each in plan_problems(request.edition)]}


@operations.get("/plan/workbook", policy.SEE_PLAN, None, gives=BOOK)
def export_workbook(request: Any) -> HttpResponse:
    """Give the whole plan as the expo workbook.

    The same plan gives the same bytes; importing it changes nothing.
    """
    plan = queries.plan_of(request.edition)
    with tempfile.TemporaryDirectory() as folder:
        path = FilePath(folder) / "plan.xlsx"
        write_workbook(plan, path)
        answer = HttpResponse(path.read_bytes(), content_type=BOOK)
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}.xlsx"'
    return answer


@operations.post("/plan/imports", policy.IMPORT_PLAN, JobShown, status=202, **UPLOAD)
def import_plan(request: Any, file: File[UploadedFile]) -> Any:
    """Try a file: a workbook, a plan's JSON, a project (.xml) or a sheet (.csv).

    A dry run by the worker: follow the job. Its answer says what would change, or its error every problem at its sheet,
    row and column. Nothing of the plan changes before `apply_import`. Problems between rows that the plan has already are
    no error: the answer lists them as `known`. Projects and sheets are put into the plan by codes; `notes` is what of them has no place in it.
    """
    job = imports.start_import(
        edition=request.edition, name=file.name or "", data=file.read(imports.MOST_BYTES + 1), by=request.person
    )
    return shown_job(job)


def _import(request: HttpRequest, job: UUID) -> Job:
    rows = Job.objects.filter(edition=request.edition, kind=imports.JOB).select_related("by")  # type: ignore[attr-defined]
    return get_object_or_404(rows, public_id=job)


@operations.post("/plan/imports/{job}/apply", policy.IMPORT_PLAN, Written, status=200)
def apply_import(request: Any, job: UUID) -> Any:
    """Make the plan equal to a file that was tried.

    In one transaction; refused when the plan has been changed since the trial.
    """
    return _written(imports.apply_import(edition=request.edition, job=_import(request, job), by=request.person))


@operations.post("/plan/imports/{job}/retry", policy.IMPORT_PLAN, JobShown, status=202)
def retry_import(request: Any, job: UUID) -> Any:
    """Try the file of an import again.

    Against the plan as it is now.
    """
    return shown_job(imports.try_again(edition=request.edition, job=_import(request, job), by=request.person))
