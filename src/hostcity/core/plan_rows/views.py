"""Pages of the plan: its sheets, their rows, what changed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy
from hostcity.core.errors import Refused, RowsMovedOn, Stale
from hostcity.core.lookup import MOST_FOUND, answer, asked
from hostcity.core.middleware import acting
from hostcity.core.models import Act, PlanRow
from hostcity.core.paging import keyset_page
from hostcity.core.plan_rows import queries, services
from hostcity.core.plan_rows.bodies import ONE_ROW, empty_cells, stored_body
from hostcity.core.plan_rows.forms import PREFIX, RowForm, options_for, texts_of
from hostcity.core.plan_rows.history import told_acts
from hostcity.core.plan_rows.problems import counts_by_sheet, plan_problems
from hostcity.core.plan_rows.references import references_to
from hostcity.core.plan_rows.table import NUMBERS, table_body
from hostcity.core.plan_rows.undo import undo_act
from hostcity.core.plan_rows.words import (
    SHEET_WORDS,
    field_name,
    heading,
    is_chinese,
    listed,
    row_name,
    sheet_name,
    shown,
    unit_of,
)
from hostcity.core.sayings import said
from hostcity.plan import SHEETS, PlanError, plan_to_json, write_workbook
from hostcity.plan.books import READINESS
from hostcity.plan.columns import columns_of
from hostcity.plan.mspdi import write_project
from hostcity.plan.template import empty_plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_NAMED = 40  # rows that name one, listed on its page
FILTERED = ("code", "text", "ref", "refs", "choice")  # kinds of columns that the filter looks into


@acting(policy.SEE_PLAN)
@require_safe
def show_plan(request: Any) -> HttpResponse:
    """Every sheet: how many rows, what is wrong, when it was changed."""
    edition = request.edition
    counts, problems = queries.counts_of_rows(edition), plan_problems(edition)
    wrong = counts_by_sheet(problems)
    sheets = [
        {
            "sheet": sheet,
            "name": SHEET_WORDS[sheet][0],
            "help": SHEET_WORDS[sheet][1],
            "problems": wrong[sheet],
            **counts.get(sheet, {"count": 0, "changed_at": None}),
        }
        for sheet in SHEETS
    ]
    values = {
        "sheets": sheets,
        "problems": len(problems),
        "is_empty": not counts,
        "has_tasks": "tasks" in counts,
        **_rights(request),
    }
    return render(request, "core/plan_rows/plan.html", values)


@acting(policy.IMPORT_PLAN)
@require_POST
def begin_plan(request: Any) -> HttpResponse:
    """Fill an empty plan with the rows that every plan has."""
    if queries.counts_of_rows(request.edition):
        raise Refused("plan.begun", _("This plan has rows already."), _("Change them one by one, or import a file."))
    services.replace_plan(edition=request.edition, plan=empty_plan(), by=request.user)
    return redirect("plan", edition=request.edition.code)


@acting(policy.SEE_PLAN)
@require_safe
def check_plan(request: Any) -> HttpResponse:
    """Everything that is wrong with the plan, each with a link to its row."""
    problems = [
        {
            "found": each,
            "sheet": sheet_name(each.problem.sheet),
            "column": field_name(each.problem.sheet, each.problem.column),
            "path": _path_of(request, each.problem.sheet, each.key),
        }
        for each in plan_problems(request.edition)
    ]
    return render(request, "core/plan_rows/check.html", {"problems": problems, **_rights(request)})


@acting(policy.SEE_PLAN)
@require_safe
def show_changes(request: Any) -> HttpResponse:
    """What was changed since a number of the ledger, the latest first."""
    since = request.GET.get("since", "")
    since = int(since) if since.isascii() and since.isdigit() and len(since) < 16 else 0
    acts = queries.plan_acts(request.edition).since(since)
    page = keyset_page(acts, order=("-number",), after=request.GET.get("after", ""))
    values = {"page": page, "acts": told_acts(request.edition, page.rows), "since": since, **_rights(request)}
    return render(request, "core/plan_rows/changes.html", values)


@acting(policy.SEE_PLAN)
@require_safe
def show_sheet(request: Any, sheet: str) -> HttpResponse:
    """The rows of a sheet, a page at a time, or those in which a text stands."""
    _check_known(sheet)
    asked = request.GET.get("q", "").strip()[:100]
    rows = _filtered(request.edition, sheet, asked)
    page = keyset_page(rows, order=("position",), after=request.GET.get("after", ""))
    columns = columns_of(SHEETS[sheet])
    values = {
        "page": page,
        "columns": [(heading(each), unit_of(each), each.kind in NUMBERS) for name, each in columns.items() if name != "code"],
        "body": table_body(request.edition, sheet, page.rows),
        "asked": asked,
        "count": rows.count(),
        "can_add": sheet not in ONE_ROW or not page.rows,
        **_of_sheet(request, sheet),
        **_rights(request, sheet),
    }  # fmt: skip
    return render(request, "core/plan_rows/sheet.html", values)


@acting(policy.SEE_PLAN)
@require_safe
def find_codes(request: Any) -> HttpResponse:
    """Codes of rows in some sheets in which a text stands, for whoever types one."""
    sheets = [each for each in request.GET.get("of", "").split(",") if each in SHEETS]
    return answer(request, queries.codes_with(sheets, asked(request), MOST_FOUND))


@acting(policy.CHANGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_row(request: Any, sheet: str) -> HttpResponse:
    """A new row."""
    _check_sheet(sheet)
    if request.method != "POST":
        copied = _row(request, sheet, request.GET["from"]).body if "from" in request.GET else empty_cells(sheet)
        form = _form(request, sheet, initial=texts_of(sheet, copied) | {"code": ""}, is_new=True)
        return _form_page(request, sheet, form)
    form = _form(request, sheet, request.POST, is_new=True)
    try:
        row = services.add_row(edition=request.edition, sheet=sheet, cells=form.cells, by=request.user)
    except PlanError as error:
        form.tell(error)
        return _form_page(request, sheet, form, status=422)
    except Refused as refused:
        form.full_clean()
        form.add_error(refused.field if refused.field in form.fields else None, said(refused))
        return _form_page(request, sheet, form, status=refused.status)
    messages.success(request, _("Row {key} has been added.").format(key=row.key))
    if "again" in request.POST:
        return redirect(reverse("plan-row-add", args=[request.edition.code, sheet]))
    return redirect("plan-row", edition=request.edition.code, sheet=sheet, key=row.key)


@acting(policy.SEE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def show_row(request: Any, sheet: str, key: str) -> HttpResponse:
    """A row: to be read by those who may see the plan, to be changed by those who may."""
    _check_known(sheet)
    row = _row(request, sheet, key)
    if request.method == "POST":
        _check_sheet(sheet)
        return _change_row(request, row)
    body = stored_body(sheet, row.body)
    if not _rights(request, sheet)["can_change"]:
        return _row_page(request, row, None)
    texts = texts_of(sheet, body)
    return _row_page(request, row, _form(request, sheet, initial=texts, is_new=False), was=texts)


def _change_row(request: Any, row: PlanRow) -> HttpResponse:
    form = _form(request, row.sheet, request.POST, is_new=False)
    was = _was(request)
    touched = {name: text for name, text in form.touched(was).items() if request.POST.get(f"hold-{name}") != "stored"}
    version = request.POST.get("version", "")
    try:
        changed = services.change_row(
            edition=request.edition,
            sheet=row.sheet,
            key=row.key,
            changes=touched,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
            by=request.user,
        )
    except PlanError as error:
        form.tell(error)
        return _row_page(request, row, form, was=was, version=version, status=422)
    except Stale as stale:
        return _stale_page(request, row, touched, stale)
    if changed.version != row.version:
        messages.success(request, _("Row {key} has been changed.").format(key=row.key))
    return redirect("plan-row", edition=request.edition.code, sheet=row.sheet, key=row.key)


def _stale_page(request: Any, row: PlanRow, touched: dict[str, str], stale: Stale) -> HttpResponse:
    """The row as it is now with what was typed laid over it, and a choice for every field that differs."""
    row.refresh_from_db()
    now = texts_of(row.sheet, stored_body(row.sheet, row.body))
    form = _form(request, row.sheet, initial=now | touched, is_new=False)
    columns = columns_of(SHEETS[row.sheet])
    diff = [
        (name, heading(columns[name]), shown(columns[name], stored), shown(columns[name], given))
        for name, stored, given in stale.diff
    ]
    return _row_page(request, row, form, was=now, version=stale.version, stale=stale, diff=diff, status=stale.status)


@acting(policy.SEE_PLAN)
@require_safe
def show_history(request: Any, sheet: str, key: str) -> HttpResponse:
    """Who changed a row, when, what."""
    _check_known(sheet)
    acts = queries.acts_on(request.edition, sheet, key)
    page = keyset_page(acts, order=("-number",), after=request.GET.get("after", ""))
    told = told_acts(request.edition, page.rows)
    exists = queries.stored_row(request.edition, sheet, key) is not None
    if not told and not exists:
        raise Http404(key)
    values = {
        "page": page,
        "acts": told,
        "key": key,
        "exists": exists,
        **_of_sheet(request, sheet),
        **_rights(request, sheet),
    }
    return render(request, "core/plan_rows/history.html", values)


@acting(policy.CHANGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_row(request: Any, sheet: str, key: str) -> HttpResponse:
    """Ask, then remove a row; who names it is shown before."""
    _check_sheet(sheet)
    row = _row(request, sheet, key)
    if request.method == "POST":
        version = request.POST.get("version", "")
        services.remove_row(
            edition=request.edition, sheet=sheet, key=key, version=int(version) if version.isdigit() else 0, by=request.user
        )  # fmt: skip
        messages.success(request, _("Row {key} has been removed. It can be undone below.").format(key=key))
        return redirect("plan-row-history", edition=request.edition.code, sheet=sheet, key=key)
    values = {"row": row, "name": row_name(row.body), "named_by": _named_by(request, row), **_of_sheet(request, sheet)}
    return render(request, "core/plan_rows/remove.html", values)


@acting(policy.CHANGE_PLAN)
@require_POST
def move_row(request: Any, sheet: str, key: str) -> HttpResponse:
    """Put a row one place up or down, or behind another."""
    _check_sheet(sheet)
    step = request.POST.get("step", "")
    after = request.POST.get("after", "").strip()
    if step in ("up", "down"):
        after = queries.key_to_follow(request.edition, sheet, key, step=step)
    services.move_row(edition=request.edition, sheet=sheet, key=key, after=after, by=request.user)
    return redirect("plan-row", edition=request.edition.code, sheet=sheet, key=key)


@acting(policy.CHANGE_PLAN)
@require_POST
def undo(request: Any, number: int) -> HttpResponse:
    """Take an act back."""
    act = Act.objects.filter(number=number).first()
    if act is None:
        raise Http404(number)
    try:
        undo_act(edition=request.edition, act=act, by=request.user)
        messages.success(request, _("No. {number} has been undone.").format(number=number))
    except RowsMovedOn as refused:
        messages.error(request, _with_links(request, refused))
    back = request.POST.get("back", "")
    home = reverse("edition-home", args=[request.edition.code])
    return redirect(back if back.startswith(home) else reverse("plan-changes", args=[request.edition.code]))


def _with_links(request: Any, refused: RowsMovedOn) -> str:
    """A refusal with a link to each row that it is about."""
    rows = [(_path_of(request, *each), " ".join(filter(None, each))) for each in dict.fromkeys(refused.rows)]
    links = format_html_join(
        " ", '<a class="alert-link" href="{}">{}</a>', ((path, name) for path, name in rows if path)
    )
    return format_html("{} {} {}", refused.what, refused.mend, links)


@acting(policy.SEE_PLAN)
@require_safe
def export_plan(request: Any, form: str) -> HttpResponse:
    """The plan as workbook or JSON, or its preparation as a project; that only where its rows fit one another."""
    plan = queries.plan_of(request.edition)
    if form == "xml":
        if not plan.preparation:
            raise Http404(form)
        if any(found.problem.sheet in READINESS.own for found in plan_problems(request.edition)):
            messages.error(request, _("The sheets of the preparation have problems: mend them first."))
            return redirect("plan-check", edition=request.edition.code)
        project = write_project(plan, chinese=is_chinese())
        answer = HttpResponse(project.xml, content_type="application/xml; charset=utf-8")
    elif form == "json":
        answer = HttpResponse(plan_to_json(plan), content_type="application/json; charset=utf-8")
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "expo.xlsx"
            write_workbook(plan, path)
            answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}-plan.{form}"'
    return answer


def _check_sheet(sheet: str) -> None:
    if sheet not in queries.own_sheets():
        raise Http404(sheet)


def _check_known(sheet: str) -> None:
    if sheet not in SHEETS:
        raise Http404(sheet)


def _row(request: Any, sheet: str, key: str) -> Any:
    row = queries.stored_row(request.edition, sheet, key)
    if row is None:
        raise Http404(key)
    return row


def _form(request: Any, sheet: str, data: Any = None, **more: Any) -> RowForm:
    codes = reverse("plan-codes", args=[request.edition.code])
    return RowForm(sheet, data, options=options_for(sheet), codes=codes, **more)


def _form_page(request: Any, sheet: str, form: RowForm, *, status: int = 200) -> HttpResponse:
    return render(request, "core/plan_rows/add.html", {"form": form, **_of_sheet(request, sheet)}, status=status)


def _row_page(
    request: Any, row: PlanRow, form: RowForm | None, *, was: Any = None, version: Any = None, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    columns = columns_of(SHEETS[row.sheet])
    values = {
        "row": row,
        "name": row_name(row.body),
        "form": form,
        "was": json.dumps(was, ensure_ascii=False) if was else "",
        "version": version or row.version,
        "cells": [(heading(each), listed(each, row.body.get(name)), unit_of(each)) for name, each in columns.items()],
        "named_by": _named_by(request, row),
        "prefix": PREFIX,
        **_of_sheet(request, row.sheet),
        **_rights(request, row.sheet),
        **more,
    }
    return render(request, "core/plan_rows/row.html", values, status=status)


def _named_by(request: Any, row: PlanRow) -> list[tuple[str, str]]:
    found = references_to(request.edition, row.sheet, row.body["code"])
    told = [
        (
            f"{sheet_name(each.sheet)} · {each.key} · {field_name(each.sheet, each.field)}",
            _path_of(request, each.sheet, each.key),
        )
        for each in found[:MOST_NAMED]
    ]
    more = len(found) - len(told)
    return [*told, (_("{count} more").format(count=f"{more:,}"), "")] if more else told


def _was(request: Any) -> dict[str, str]:
    """What the form held when it was made, as it says itself."""
    try:
        said = json.loads(request.POST.get("was", ""))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _filtered(edition: Any, sheet: str, asked: str) -> QuerySet[Any]:
    rows = queries.stored_rows(edition, sheet)
    if not asked:
        return rows
    wanted = Q(pk__in=[])
    for name, column in columns_of(SHEETS[sheet]).items():
        if column.kind in FILTERED:
            wanted |= Q(**{f"{queries.field_of(sheet, name)}__icontains": asked})
    return rows.filter(wanted)


def _path_of(request: Any, sheet: str, key: str) -> str:
    if sheet not in SHEETS:
        return ""
    if not key:
        return reverse("plan-sheet", args=[request.edition.code, sheet])
    return reverse("plan-row", args=[request.edition.code, sheet, key])


def _of_sheet(request: Any, sheet: str) -> dict[str, Any]:
    name, help_text = SHEET_WORDS[sheet]
    return {
        "sheet": sheet,
        "sheet_name": name,
        "sheet_help": help_text,
        "kept_at": queries.kept_at(request.edition, sheet),
    }


def _rights(request: Any, sheet: str = "") -> dict[str, bool]:
    """What somebody may; rows of a sheet that a capability keeps are changed on its own pages."""
    is_own = not sheet or sheet in queries.own_sheets()
    return {
        "can_change": is_own and policy.may(request.user, policy.CHANGE_PLAN, request.edition),
        "can_import": policy.may(request.user, policy.IMPORT_PLAN, request.edition),
    }
