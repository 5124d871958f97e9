"""Problems of a plan: where, what, how to mend, and a stable code. All of them at once, never only the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_OF_A_KIND = 50  # listed: more only tire the reader, and a broken sheet may hold a million


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


class Listing:
    """Problems as they are found; of each kind only the first `MOST_OF_A_KIND` are kept, the others are counted."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()
        self.add(*problems)

    def add(self, *problems: Problem) -> None:
        """Take problems in."""
        for problem in problems:
            self._counts[problem.code] += 1
            if self._counts[problem.code] <= MOST_OF_A_KIND:
                self._kept.append(problem)

    def __bool__(self) -> bool:
        return bool(self._kept)

    def __iter__(self) -> Iterator[Problem]:
        yield from self._kept
        for code, count in self._counts.items():
            if count > MOST_OF_A_KIND:
                what = f"{count - MOST_OF_A_KIND:,} more problems of this kind."
                yield Problem(code=code, what=what, mend="Mend those listed first.")


class PlanError(ValueError):
    """The plan cannot be used. ``problems`` holds every reason found."""

    def __init__(self, problems: Iterable[Problem], of: str = "the plan") -> None:
        self.problems = tuple(problems)
        self.of = of
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} in {of}:"
        super().__init__("\n".join([heading, *(f"  {problem}" for problem in self.problems)]))
