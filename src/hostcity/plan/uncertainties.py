"""What may vary from day to day, and what makes a row of sheet uncertainties one that cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hostcity.plan.cells import number_text
from hostcity.plan.columns import columns_of
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Problem
from hostcity.plan.provenance import figures_named, split_figure
from hostcity.plan.rows import Uncertainty
from hostcity.plan.sentences import Sentence

#: Sheets about the plan rather than of the day: nothing in them can vary.
ABOUT_THE_PLAN = ("uncertainties", "options", "sources", "provenance", "reported")

Found = tuple[str, str, Sentence, Sentence]  # column, kind, what, mend


def uncertainty_problems(plan: Plan, row_of: Callable[[str, int], int]) -> Iterator[Problem]:
    """Rows that name nothing, nothing that can vary, or a range that is none."""
    codes = {sheet: {row.code for row in rows} for sheet, rows in plan.sheets()}
    staffed: dict[str, str] = {}
    for index, row in enumerate(plan.uncertainties):
        for column, kind, what, mend in (*_of_figure(row, codes), *_of_range(row), *_of_staff(plan, row, staffed)):
            code = f"uncertainties.{column}.{kind}"
            yield Problem(
                code=code,
                sheet="uncertainties",
                row=row_of("uncertainties", index),
                column=column,
                what=what,
                mend=mend,
            )


def figures_of_uncertainty(plan: Plan, row: Uncertainty) -> tuple[str, tuple[str, ...], str]:
    """Sheet, codes in the order of the sheet, and field that a row without problems speaks of."""
    sheet, key, field = split_figure(row.figure) or ("", "", "")
    names = matcher(key)
    return sheet, tuple(each.code for each in getattr(plan, sheet) if names(each.code)), field


def _of_figure(row: Uncertainty, codes: dict[str, set[str]]) -> Iterator[Found]:
    problem = figures_named(codes, row.figure)
    if problem:
        yield "figure", "unknown", problem, Sentence("Write SHEET.KEY.FIELD; * stands for every key.")
        return
    sheet, _, field = split_figure(row.figure) or ("", "", "")
    if row.kind == "no_show":
        if (sheet, field) != ("stations", "lanes"):
            what = Sentence("{figure}: staff is missing at the lanes of stations.", figure=repr(row.figure))
            yield "figure", "kind", what, Sentence("Write stations.KEY.lanes, or choose kind factor.")
        return
    numbers = [name for name, column in columns_of(SHEETS[sheet]).items() if column.kind in ("number", "integer")]
    if sheet in ABOUT_THE_PLAN or field not in numbers:
        what = Sentence("{figure} is no number of the day.", figure=repr(row.figure))
        if sheet in ABOUT_THE_PLAN or not numbers:
            mend = Sentence("Name a number of another sheet, e.g. streams.*.persons.")
        else:
            mend = Sentence("Numbers of sheet {sheet}: {numbers}.", sheet=sheet, numbers=", ".join(numbers))
        yield "figure", "kind", what, mend


def _of_range(row: Uncertainty) -> Iterator[Found]:
    if row.low > row.high:
        yield "high", "order", Sentence("is below {field}.", field="low"), Sentence("Write the larger one here.")
    if row.law == "lognormal" and row.low <= 0:
        what = Sentence("is {value}, which the law lognormal never reaches.", value=number_text(row.low))
        yield "low", "range", what, Sentence("Give it more than 0, or choose another law.")
    if row.kind == "no_show" and row.high > 1:
        what = Sentence("is {value}, more than everybody.", value=number_text(row.high))
        yield "high", "range", what, Sentence("Write a share between 0 and 1.")


def _of_staff(plan: Plan, row: Uncertainty, staffed: dict[str, str]) -> Iterator[Found]:
    """Two rows may scale one figure, but the staff of a station is missing once."""
    parts = split_figure(row.figure)
    if row.kind != "no_show" or parts is None or parts[0] != "stations":
        return
    names = matcher(parts[1])
    for station in plan.stations:
        if not names(station.code):
            continue
        if station.code in staffed:
            what = Sentence("names station {code}, of whose staff {other} speaks already.",
                            code=station.code, other=staffed[station.code])  # fmt: skip
            yield "figure", "overlap", what, Sentence("Name each station in one row of kind no_show.")
            return
        staffed[station.code] = row.code
