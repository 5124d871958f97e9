"""Problems of a plan: where, what, how to mend, and a stable code. All of them at once, never only the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing to mend, in its author's terms.

    ``row`` is the row number that the spreadsheet program shows, 0 when the problem is not in one row.
    """

    code: str  # e.g. "stations.lanes": stable, for programs and for the reference page
    what: str
    mend: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def where(self) -> str:
        """The place, as a reader of the workbook says it."""
        parts = [f"sheet {self.sheet}" if self.sheet else "", f"row {self.row}" if self.row else ""]
        parts.append(f"column {self.column}" if self.column else "")
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} {self.mend} [{self.code}]"


class PlanError(ValueError):
    """The plan cannot be used. ``problems`` holds every reason found."""

    def __init__(self, problems: Iterable[Problem], of: str = "the plan") -> None:
        self.problems = tuple(problems)
        self.of = of
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} in {of}:"
        super().__init__("\n".join([heading, *(f"  {problem}" for problem in self.problems)]))
