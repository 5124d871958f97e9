"""Cards of the first screen: the last rehearsal's verdict, and what is open."""

from __future__ import annotations

from typing import Any

from hostcity.rehearsal.queries import changes_since, last_rehearsal, open_findings
from hostcity.rehearsal.views.parts import changes_path


def last_verdict(request: Any) -> dict[str, Any]:
    """The last verdict, which plan it is of, and how many changes have been made since."""
    rehearsal = last_rehearsal(request.edition)
    if rehearsal is None:
        return {"rehearsal": None}
    number = rehearsal.plan_number
    return {
        "rehearsal": rehearsal,
        "changes": changes_since(request.edition, [number])[number],
        "changes_path": changes_path(request.edition, number),
    }


def what_is_open(request: Any) -> dict[str, Any]:
    """Open findings, the worst first."""
    return {"findings": open_findings(request.edition)}
