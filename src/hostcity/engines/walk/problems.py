"""What is wrong with the geometry or the points that were given: where, what, how to mend, and a stable code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hostcity.plan.sentences import Sentence, in_sentences

MOST_LISTED = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class GeometryProblem:
    """One thing to mend. Rings and points are counted from 1, in the order in which they were given."""

    code: str
    where: Sentence
    what: Sentence
    mend: Sentence

    def __str__(self) -> str:
        return f"{self.where}: {in_sentences(self.what, self.mend, chinese=False)} [{self.code}]"


class GeometryError(ValueError):
    """The geometry cannot be used. ``problems`` holds every reason found; the text lists the first fifty."""

    def __init__(self, problems: Iterable[GeometryProblem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        one = Sentence("{count} problem in the geometry:", count=count)
        self.heading = one if count == 1 else Sentence("{count} problems in the geometry:", count=count)
        lines = [f"  {problem}" for problem in self.problems[:MOST_LISTED]]
        if count > MOST_LISTED:
            lines.append("  …")
        super().__init__("\n".join([self.heading, *lines]))


def raise_if_any(problems: list[GeometryProblem]) -> None:
    """Raise `GeometryError` with all of them, or do nothing."""
    if problems:
        raise GeometryError(problems)
