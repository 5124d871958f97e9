"""The body of the table of changes. Made without a template, where each of its cells would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from hostcity.core.ledger_queries import Told
from hostcity.core.times import writer


def table_body(lines: Iterable[Told]) -> SafeString:
    """A table row for each line of the ledger, what was done a link to its object's page."""
    write = writer()
    return mark_safe("\n  ".join([_row(line, write(line.at)) for line in lines]))  # noqa: S308 -- every text in it is escaped


def _row(line: Told, at: str) -> str:
    what = escape(str(line.words))
    if line.path:
        what = f'<a href="{escape(line.path)}">{what}</a>'
    return (
        f'<tr id="n{line.number}"><td class="quiet">{line.number}</td><td class="nowrap">{at}</td>'
        f'<td>{escape(str(line.by))}</td><td class="whole first">{what}</td></tr>'
    )
