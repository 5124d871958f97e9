"""The body of a sheet's table. Made without a template: a page has more than five hundred cells, and each would cost
ten times as much there."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from hostcity.core.models import Edition, PlanRow
from hostcity.core.plan_rows.bodies import Body
from hostcity.core.plan_rows.words import listed
from hostcity.plan import SHEETS
from hostcity.plan.columns import Column, columns_of

MOST_CODE, MOST_CELL = 60, 80  # characters shown of a cell
NUMBERS = ("number", "integer", "clock")  # kinds of columns whose cells are read one below the other
SAFE = "/~:@,;()!*'"  # besides letters and digits, as Django's own addresses have them


def table_body(edition: Edition, sheet: str, rows: Iterable[PlanRow]) -> SafeString:
    """A table row for each row of the plan, its code a link to it."""
    below = reverse("plan-row", args=[edition.code, sheet, "-"]).removesuffix("-/")
    return mark_safe("".join(_row(below, sheet, row) for row in rows))  # noqa: S308 -- every text in it is escaped


def _row(below: str, sheet: str, row: PlanRow) -> str:
    columns = columns_of(SHEETS[sheet])
    code = escape(_short(row.body["code"], MOST_CODE))
    path = escape(f"{below}{quote(row.key, safe=SAFE)}/")
    cells = "".join(_cells(columns, row.body))
    return f'<tr><th scope="row"><a href="{path}">{code}</a></th>{cells}</tr>'


def _cells(columns: dict[str, Column], body: Body) -> Iterable[str]:
    for name, column in columns.items():
        if name != "code":
            opened = '<td class="number">' if column.kind in NUMBERS else "<td>"
            yield f"{opened}{escape(_short(listed(column, body.get(name)), MOST_CELL))}</td>"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else Truncator(text).chars(most)
