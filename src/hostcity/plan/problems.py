"""Problems of a plan: where, what, how to mend, and a stable code. All of them at once, never only the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hostcity.plan.sentences import Sentence, in_sentences

THE_PLAN = Sentence("the plan")
MOST_OF_A_KIND = 50  # listed: more only tire the reader, and a broken sheet may hold a million


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing to mend, in its author's terms.

    ``row`` is the row number that the spreadsheet program shows, 0 when the problem is not in one row. In an archive of
    a floor plan it is the feature of a file that is to blame, and ``column`` is one of its properties; in a drawing it is an
    object of a layer, and ``feature`` is its handle.
    """

    code: str  # e.g. "stations.lanes": stable, for programs and for the reference page
    what: Sentence
    mend: Sentence
    sheet: str = ""
    row: int = 0
    column: str = ""
    file: str = ""
    feature: str = ""
    layer: str = ""  # of a drawing of another program
    level: str = ""  # of the drawing, where the problem can be shown
    at: tuple[float, float] | None = None  # meters in the drawing
    more: int = 0  # how many of its kind it stands for, where they are only counted; 0 = it is one itself

    @property
    def places(self) -> tuple[Sentence, ...]:
        """Sheet, row and column, or file, feature and property, or layer and object, as far as they are known."""
        if self.file:
            of_file = (
                (self.file, Sentence("file {file}", file=self.file)),
                (self.feature, Sentence("feature {feature}", feature=self.feature)),
                (self.column, Sentence("property {property}", property=self.column)),
            )
            return tuple(part for known, part in of_file if known)
        if self.layer:
            of_layer = (
                (self.layer, Sentence("layer {layer}", layer=self.layer)),
                (self.feature, Sentence("object {handle}", handle=self.feature)),
            )
            return tuple(part for known, part in of_layer if known)
        parts = (
            (self.sheet, Sentence("sheet {sheet}", sheet=self.sheet)),
            (self.row, Sentence("row {row}", row=self.row)),
            (self.column, Sentence("column {column}", column=self.column)),
        )
        return tuple(part for known, part in parts if known)

    @property
    def where(self) -> str:
        """The place, as a reader of the workbook says it."""
        return ", ".join(self.places)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{in_sentences(self.what, self.mend, chinese=False)} [{self.code}]"


class Listing:
    """Problems as they are found; of each kind only the first `MOST_OF_A_KIND` are kept, the others are counted."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()
        for problem in problems:
            self.add(problem)

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
                more = count - MOST_OF_A_KIND
                one = Sentence("{count:,} more problem of this kind.", count=more)
                what = one if more == 1 else Sentence("{count:,} more problems of this kind.", count=more)
                yield Problem(code=code, what=what, mend=Sentence("Mend those listed first."), more=more)


class PlanError(ValueError):
    """The plan cannot be used. ``problems`` holds every reason found; ``of`` is the name of a file, or a sentence.

    ``plan`` is what could be read of it, to draw the reasons into; None when that is nothing.
    """

    def __init__(self, problems: Iterable[Problem], of: str = THE_PLAN, plan: Any = None) -> None:
        self.problems = tuple(problems)
        self.of = of
        self.plan = plan
        count = len(self.problems)
        one = Sentence("{count} problem in {of}:", count=count, of=of)
        self.heading = one if count == 1 else Sentence("{count} problems in {of}:", count=count, of=of)
        super().__init__("\n".join([self.heading, *(f"  {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole from process to process: an exception is else made anew from its text alone."""
        return PlanError, (self.problems, self.of, self.plan)
