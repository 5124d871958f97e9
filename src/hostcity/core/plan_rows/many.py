"""What differs between two states of a sheet that a capability keeps, as one line of the ledger, however many rows it is.

A few rows stand in the line itself, many in bytes under the hash that the line names: either way it can be taken back.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django_scopes import scopes_disabled

from hostcity.core.ledger import Line
from hostcity.core.models import Act
from hostcity.core.plan_rows.changes import ROWS, line
from hostcity.core.results.blobs import keep_blob, read_blob

State = Mapping[str, Any]  # a row's body and its "position"
#: Key -> what it was and what it is now; None = there was, or is, no such row.
Diff = Mapping[str, tuple[State | None, State | None]]

MOST_IN_LINE = 40  # rows
COUNTED = ("added", "removed", "changed")


def rows_line(sheet: str, diff: Diff, **more: Any) -> list[Line]:
    """The line of a difference; none where nothing differs. ``more`` is said in it: as ``kind``, what people call the act."""
    if not diff:
        return []
    told = {key: list(pair) for key, pair in diff.items()}
    if len(told) <= MOST_IN_LINE:
        kept: dict[str, Any] = {"rows": told}
    else:
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        kept = {"blob": keep_blob(gzip.compress(text.encode(), mtime=0)).sha256}
    return [line(ROWS, sheet, "", counts_of(diff) | kept | more)]


def counts_of(diff: Diff) -> dict[str, int]:
    """How many rows come, go, and are others."""
    added = sum(was is None for was, _now in diff.values())
    removed = sum(now is None for _was, now in diff.values())
    return dict(zip(COUNTED, (added, removed, len(diff) - added - removed), strict=True))


def diff_of(act: Act) -> Diff:
    """The difference that a line tells."""
    told = act.body["rows"] if "rows" in act.body else json.loads(gzip.decompress(read_blob(act.body["blob"])))
    return {key: (was, now) for key, (was, now) in told.items()}


def turned_round(diff: Diff) -> Diff:
    """The difference that takes one back."""
    return {key: (now, was) for key, (was, now) in diff.items()}


def told_blobs() -> Iterator[str]:
    """Hashes of the bytes that lines of the ledger name: they stay as long as it."""
    with scopes_disabled():
        bodies = Act.objects.filter(verb=ROWS).values_list("body", flat=True)
        yield from (body["blob"] for body in bodies.iterator() if "blob" in body)
