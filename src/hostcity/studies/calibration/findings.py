"""What a calibration found: figures with ranges, counts before and after, and what stays unexplained."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.plan.provenance import split_figure
from hostcity.plan.rows import Provenance, Source
from hostcity.studies.calibration.counts import Count, Counts
from hostcity.studies.calibration.parameters import Parameter

Floats = NDArray[np.float64]

TOLD = "told"  # fitted, with a range of its own
UNTOLD = "untold"  # what the counts say of it, they say of others as well: the declared range stays
UNSEEN = "unseen"  # it changes nothing that was counted
SEEN_ALONE = "left"  # others are seen better, and more are not fitted
_Z_99 = 2.326


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted:
    """One parameter after the fit."""

    parameter: Parameter
    told: str  # TOLD, UNTOLD, UNSEEN or SEEN_ALONE
    value: float  # a whole number where only whole ones can be played
    low: float  # of the 95 % range, within the declared one; the declared one unless TOLD
    high: float
    alike: tuple[str, ...]  # figures from which the counts cannot tell it
    at_end: bool  # the counts would have it beyond its declared range
    is_counted: bool = True  # something was counted at its place, if it has one

    @property
    def change(self) -> str | None:
        """The override that carries it out; None where nothing is changed."""
        if math.isclose(self.value, self.parameter.begins, rel_tol=1e-9):
            return None
        return self.parameter.change(self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One count before and after. [persons or s]"""

    count: Count
    before: float
    after: float
    gap: float  # after the fit, in standard errors: days, counting and the runs that were played


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """All counts of one kind at one place."""

    what: str
    place: str  # with its sheet; "" = the whole expo
    counts: tuple[Compared, ...]
    chi2: float  # weighted square of the gaps after the fit

    @property
    def rmse_before(self) -> float:
        """Root mean square gap, the plan as it is. [persons or s]"""
        return _root_mean_square(each.before - each.count.value for each in self.counts)

    @property
    def rmse_after(self) -> float:
        """Root mean square gap after the fit. [persons or s]"""
        return _root_mean_square(each.after - each.count.value for each in self.counts)

    @property
    def is_misfit(self) -> bool:
        """Whether gaps are left that chance explains in less than one case of a hundred."""
        return self.chi2 > chi2_99(len(self.counts))


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """A plan beside counts of its day, and the figures that were fitted."""

    plan: Plan
    counts: Counts
    seed: int
    runs: int
    played: int  # days
    rounds: int
    converged: bool
    fitted: tuple[Fitted, ...]  # in the order asked, those not fitted by choice last
    untried: tuple[str, ...]  # figures with a range that were too many to try
    series: tuple[Series, ...]
    dof: int  # counts less what was fitted
    chi2_before: float
    chi2_after: float

    @property
    def changes(self) -> tuple[str, ...]:
        """Overrides that carry the fit out."""
        return tuple(change for each in self.fitted if (change := each.change))

    @property
    def is_misfit(self) -> bool:
        """Whether the counts as a whole are farther from the plan than chance explains in one case of a hundred."""
        return self.chi2_after > chi2_99(self.dof)

    @property
    def told_apart(self) -> tuple[tuple[str, ...], ...]:
        """Groups of figures that these counts cannot tell apart."""
        groups = {tuple(sorted((each.parameter.figure, *each.alike))) for each in self.fitted if each.alike}
        return tuple(sorted(groups))

    @property
    def unseen(self) -> tuple[Fitted, ...]:
        """Those of which the counts say nothing: they change nothing that was counted."""
        return tuple(each for each in self.fitted if each.told == UNSEEN)

    def fitted_plan(self) -> Plan:
        """The plan with the fit carried out, its figures marked as fitted with their ranges and their source."""
        plan = apply_overrides(self.plan, self.changes)
        source = _free("counts", {row.code for row in plan.sources})
        name = f"{self.counts.name} (sha256 {self.counts.sha256[:12]})"
        rows = {row.figure: row for row in plan.provenance}
        for each in self.fitted:
            if each.told == TOLD:
                for row in _marked(plan, each, source, {row.code for row in rows.values()}):
                    rows[row.figure] = row
        return plan.replace(
            sources=(*plan.sources, Source(code=source, name=name, date=plan.day.date)), provenance=tuple(rows.values())
        )


def is_counted_at(plan: Plan, parameter: Parameter, counts: Counts) -> bool:
    """Whether something was counted where a parameter is: at its station, its gate or its area.

    True of parameters that have no such place.
    """
    sheet, _, _ = split_figure(parameter.figure) or ("", "", "")
    if sheet not in ("stations", "gates", "areas"):
        return True
    areas = {node.code: node.area for node in plan.nodes}
    places = {(sheet, code) for code in parameter.codes}
    if sheet == "stations":
        rows = [row for row in plan.stations if row.code in parameter.codes]
        places |= {("gates", row.gate) for row in rows} | {("areas", areas.get(row.node, "")) for row in rows}
    return any((each.asked.sheet, each.asked.code) in places for each in counts.counts)


def _marked(plan: Plan, each: Fitted, source: str, taken: set[str]) -> Iterator[Provenance]:
    sheet, _, field = split_figure(each.parameter.figure) or ("", "", "")
    for code in each.parameter.codes:
        figure = f"{sheet}.{code}.{field}"
        old = next((row for row in plan.provenance if row.figure == figure), None)
        name = old.code if old else _free(f"fitted-{code}-{field}", taken)
        taken.add(name)
        yield Provenance(
            code=name, figure=figure, mark="fitted", source=source, date=plan.day.date, edition=plan.day.code,
            note="hostcity calibrate", low_factor=round(each.low / each.value, 6), high_factor=round(each.high / each.value, 6),
        )  # fmt: skip


def _free(code: str, taken: set[str]) -> str:
    return next(name for n in range(1, 10_000) if (name := code if n == 1 else f"{code}-{n}") not in taken)


def series_of(counts: Counts, before: Floats, after: Floats, gaps: Floats, covariance: Floats) -> tuple[Series, ...]:
    """Counts by kind and place, in the order of the file; ``covariance`` is that of the gaps by chance."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, count in enumerate(counts.counts):
        place = ".".join(part for part in (count.asked.sheet, count.asked.code) if part)
        groups.setdefault((count.asked.what, place), []).append(number)
    found = []
    for (what, place), numbers in groups.items():
        gap = gaps[numbers]
        chi2 = float(gap @ np.linalg.solve(covariance[np.ix_(numbers, numbers)], gap))
        compared = tuple(
            Compared(
                count=counts.counts[each], before=float(before[each]), after=float(after[each]),
                gap=float(gaps[each] / math.sqrt(covariance[each, each])),
            )
            for each in numbers
        )  # fmt: skip
        found.append(Series(what=what, place=place, counts=compared, chi2=chi2))
    return tuple(found)


def _root_mean_square(values: Iterator[float]) -> float:
    squares = [each**2 for each in values]
    return math.sqrt(sum(squares) / len(squares))


def chi2_99(count: int) -> float:
    """99 of 100 values of chi-square are below, by Wilson and Hilferty (1931), doi 10.1073/pnas.17.12.684."""
    return float(count * (1 - 2 / (9 * count) + _Z_99 * math.sqrt(2 / (9 * count))) ** 3)
