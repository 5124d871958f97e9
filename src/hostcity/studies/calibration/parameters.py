"""What may be fitted: figures of the plan with a range, each on a scale from -1 (its low end) to 1 (its high end)."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hostcity.plan.check import problems_of
from hostcity.plan.columns import columns_of
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.patterns import is_pattern, matcher
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.provenance import figures_named, mark_of, split_figure
from hostcity.plan.rows import Uncertainty
from hostcity.plan.sentences import Sentence
from hostcity.plan.uncertainties import ABOUT_THE_PLAN, figures_of_uncertainty

MOST_FITTED = 10
MOST_TRIED = 24  # figures with a declared range that are tried to find those which the counts can see
FEW = 50.0  # whole numbers smaller than this, lanes above all, are fitted one by one and rounded
FITTED_MARKS = ("assumed", "derived")

_FORM = re.compile(r"(?P<figure>[^=]+?)(?:(?P<how>\*?)=(?P<low>[^=]*?)\.\.(?P<high>[^=]*))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A figure, or all that a pattern names, scaled together.

    Where ``is_factor``, values are factors on the plan's figures; else they are values of one figure in its unit.
    """

    figure: str  # SHEET.KEY.FIELD
    codes: tuple[str, ...]  # rows that are scaled
    begins: float  # the plan's value, or 1
    low: float
    high: float
    is_factor: bool
    is_whole: bool

    @property
    def unit(self) -> str:
        """Of the values; "" for factors."""
        sheet, _, field = split_figure(self.figure) or ("", "", "")
        return "" if self.is_factor else columns_of(SHEETS[sheet])[field].unit

    def change(self, value: float) -> str:
        """The override that gives it a value."""
        if self.is_whole:
            return f"{self.figure}={round(value)}"
        return f"{self.figure}*={value:.6g}" if self.is_factor else f"{self.figure}={_rounded(self, value)}"

    def to_scale(self, value: float) -> float:
        """-1 at the low end, 1 at the high end; by ratios, or by differences when the range begins at 0."""
        if self.low > 0:
            return 2 * math.log(value / self.low) / math.log(self.high / self.low) - 1 if value > 0 else -1.0
        return 2 * (value - self.low) / (self.high - self.low) - 1

    def of_scale(self, at: float) -> float:
        """The value at a place of the scale."""
        share = (at + 1) / 2
        if self.low > 0:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + (self.high - self.low) * share

    def growth(self, at: float) -> float:
        """By which share the value grows for a step of the scale."""
        if self.low > 0:
            return math.log(self.high / self.low) / 2
        return (self.high - self.low) / 2 / max(self.of_scale(at), 1e-9)

    def near(self, at: float) -> float:
        """The place of the nearest value that can be played: within the range, whole numbers whole."""
        at = min(1.0, max(-1.0, at))
        return self.to_scale(float(round(self.of_scale(at)))) if self.is_whole else at

    def sides(self, at: float, step: float) -> tuple[float, float]:
        """Two places around one, ``step`` apart from it where the range lets them; whole numbers one apart."""
        if not self.is_whole:
            return max(-1.0, at - step), min(1.0, at + step)
        now = round(self.of_scale(at))
        least, most = math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9)
        return self.to_scale(float(max(least, now - 1))), self.to_scale(float(min(most, now + 1)))


def _rounded(parameter: Parameter, value: float) -> str:
    sheet, _, field = split_figure(parameter.figure) or ("", "", "")
    return f"{round(value)}" if columns_of(SHEETS[sheet])[field].kind == "integer" else f"{value:.6g}"


def asked_parameters(plan: Plan, texts: Iterable[str]) -> tuple[Parameter, ...]:
    """Parameters as they are written: FIGURE, FIGURE=LOW..HIGH, or FIGURE*=LOW..HIGH for factors.

    Without a range, that which the plan declares. Raises PlanError with every problem.
    """
    declared = list(_declared(plan, any_mark=True))
    found: list[Parameter] = []
    listing = Listing()
    for text in texts:
        try:
            found += _asked(plan, text, declared)
        except PlanError as error:
            listing.add(*error.problems)
    taken: set[tuple[str, str, str]] = set()
    for each in found:
        rows = _rows(each)
        if rows & taken:
            what = Sentence("{figure} is named more than once.", figure=each.figure)
            listing.add(_problem("twice", what, Sentence("Name each figure once.")))
        taken |= rows
    if len(found) > MOST_FITTED:
        what = Sentence("{count} figures are to be fitted.", count=len(found))
        mend = Sentence("Name at most {most}: counts of one day tell no more.", most=MOST_FITTED)
        listing.add(_problem("many", what, mend))
    if listing:
        raise PlanError(listing, Sentence("what is to be fitted"))
    return tuple(found)


def declared_parameters(plan: Plan) -> tuple[tuple[Parameter, ...], tuple[str, ...]]:
    """Assumed and derived figures to which sheets uncertainties and provenance give a range, and those left untried."""
    found = list(_declared(plan))
    return tuple(found[:MOST_TRIED]), tuple(each.figure for each in found[MOST_TRIED:])


def without_fitted(plan: Plan, parameters: Iterable[Parameter]) -> Plan:
    """The plan of the very day that was counted: what is fitted has one value on it and does not vary.

    A row of sheet uncertainties that varies each row by itself goes on for those that are not fitted; one that varies
    all together is left out as soon as one of them is fitted.
    """
    fitted = {row for each in parameters for row in _rows(each)}
    kept: list[Uncertainty] = []
    for row in plan.uncertainties:
        sheet, codes, field = figures_of_uncertainty(plan, row)
        free = [code for code in codes if (sheet, code, field) not in fitted]
        if len(free) == len(codes):
            kept.append(row)
        elif row.each and row.kind == "factor":
            kept += [
                dataclasses.replace(row, code=f"{row.code}-{code}", figure=f"{sheet}.{code}.{field}") for code in free
            ]
    return plan.replace(uncertainties=tuple(kept))


def _problem(kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"fit.{kind}", what=what, mend=mend)


def _fail(kind: str, what: Sentence, mend: Sentence) -> PlanError:
    return PlanError([_problem(kind, what, mend)])


def _rows(parameter: Parameter) -> set[tuple[str, str, str]]:
    sheet, _, field = split_figure(parameter.figure) or ("", "", "")
    return {(sheet, code, field) for code in parameter.codes}


def _declared(plan: Plan, *, any_mark: bool = False) -> Iterator[Parameter]:
    """In the order of the sheets; a figure that two rows speak of has the range of the first."""
    taken: set[tuple[str, str, str]] = set()
    for figure, low, high, each in _ranges(plan):
        sheet, key, field = split_figure(figure) or ("", "", "")
        if sheet not in SHEETS or sheet in ABOUT_THE_PLAN or field not in columns_of(SHEETS[sheet]):
            continue
        names = matcher(key)
        codes = [
            row.code
            for row in getattr(plan, sheet)
            if names(row.code) and (sheet, row.code, field) not in taken
            and (any_mark or mark_of(plan, sheet, row.code, field) in FITTED_MARKS)
        ]  # fmt: skip
        for parameter in _scaled(plan, (sheet, key, field), codes, (low, high), each=each):
            taken |= _rows(parameter)
            if _is_playable(plan, parameter):
                yield parameter


def _ranges(plan: Plan) -> Iterator[tuple[str, float, float, bool]]:
    for row in plan.uncertainties:
        if row.kind == "factor" and row.low < row.high:
            yield row.figure, row.low, row.high, row.each
    for known in plan.provenance:
        low, high = known.low_factor, known.high_factor
        if low is not None and high is not None and low < high:
            yield known.figure, low, high, False


def _scaled(
    plan: Plan, figure: tuple[str, str, str], codes: list[str], factors: tuple[float, float], *, each: bool
) -> Iterator[Parameter]:
    """Parameters of rows between factors: one for all, or one for each; small whole numbers always one for each."""
    sheet, key, field = figure
    column = columns_of(SHEETS[sheet])[field]
    if column.kind not in ("number", "integer"):
        return
    values = {row.code: getattr(row, field) for row in getattr(plan, sheet) if row.code in set(codes)}
    values = {code: value for code, value in values.items() if value}  # nothing scales what is empty or 0
    is_whole = column.kind == "integer" and any(value < FEW for value in values.values())
    if len(values) == 1 or each or is_whole:
        for code, value in values.items():
            whole = column.kind == "integer" and value < FEW
            low, high = (value * factor for factor in factors)
            if whole and math.ceil(low - 1e-9) >= math.floor(high + 1e-9):
                continue  # no other whole number lies within
            yield Parameter(
                figure=f"{sheet}.{code}.{field}", codes=(code,), begins=float(value), low=low, high=high,
                is_factor=False, is_whole=whole,
            )  # fmt: skip
    elif values:
        yield Parameter(
            figure=f"{sheet}.{key}.{field}", codes=tuple(values), begins=1.0, low=factors[0], high=factors[1],
            is_factor=True, is_whole=False,
        )  # fmt: skip


def _is_playable(plan: Plan, parameter: Parameter) -> bool:
    """Whether the plan has no problems at either end."""
    try:
        return not any(problems_of(apply_overrides(plan, [parameter.change(end)])) for end in _ends(parameter))
    except PlanError:
        return False


def _ends(parameter: Parameter) -> tuple[float, float]:
    if parameter.is_whole:
        return float(math.ceil(parameter.low - 1e-9)), float(math.floor(parameter.high + 1e-9))
    return parameter.low, parameter.high


def _asked(plan: Plan, text: str, declared: list[Parameter]) -> list[Parameter]:
    match = _FORM.fullmatch(text.strip())
    if not match:
        what = Sentence("{text} is no figure with a range.", text=repr(text))
        raise _fail("form", what, Sentence("Write SHEET.KEY.FIELD, with =LOW..HIGH or *=LOW..HIGH for factors."))
    figure = match["figure"].strip()
    codes = {sheet: {row.code for row in rows} for sheet, rows in plan.sheets()}
    problem = figures_named(codes, figure)
    if problem:
        raise _fail("unknown", problem, Sentence("Write SHEET.KEY.FIELD; * stands for every key."))
    sheet, _, field = split_figure(figure) or ("", "", "")
    columns = columns_of(SHEETS[sheet])
    if sheet in ABOUT_THE_PLAN or field not in columns or columns[field].kind not in ("number", "integer"):
        numbers = ", ".join(name for name, each in columns.items() if each.kind in ("number", "integer"))
        what = Sentence("{figure} is no number of the day.", figure=repr(figure))
        raise _fail("kind", what, Sentence("Numbers of sheet {sheet}: {numbers}.", sheet=sheet, numbers=numbers or "–"))
    if match["low"] is None:
        return _of_declared(figure, declared)
    return _of_range(plan, figure, (match["low"], match["high"]), is_factor=bool(match["how"]))


def _of_declared(figure: str, declared: list[Parameter]) -> list[Parameter]:
    sheet, key, field = split_figure(figure) or ("", "", "")
    same = [each for each in declared if each.figure == figure]
    names = matcher(key)
    found = same or [
        each
        for each in declared
        if split_figure(each.figure) in {(sheet, code, field) for code in each.codes} and all(map(names, each.codes))
    ]
    if not found:
        what = Sentence("{figure} has no range in the plan by itself.", figure=figure)
        raise _fail(
            "range", what, Sentence("Write one: {figure}=LOW..HIGH, or *=LOW..HIGH for factors.", figure=figure)
        )
    return found


def _of_range(plan: Plan, figure: str, ends: tuple[str, str], *, is_factor: bool) -> list[Parameter]:
    sheet, key, field = split_figure(figure) or ("", "", "")
    low, high = (_number(each) for each in ends)
    if not 0 <= low < high < math.inf:
        what = Sentence("{figure}: {low}..{high} is no range.", figure=figure, low=ends[0], high=ends[1])
        raise _fail("range", what, Sentence("Write two numbers, the smaller first, e.g. 5..9."))
    rows = [row for row in getattr(plan, sheet) if row.code == key]
    if not rows and is_pattern(key):
        names = matcher(key)
        rows = [row for row in getattr(plan, sheet) if names(row.code)]
    if len(rows) > 1 and not is_factor:
        what = Sentence("{figure} names {count} rows.", figure=figure, count=len(rows))
        raise _fail("factor", what, Sentence("Give factors: {figure}*=0.8..1.25.", figure=figure))
    if is_factor:
        found = list(_scaled(plan, (sheet, key, field), [row.code for row in rows], (low, high), each=False))
    else:
        value = getattr(rows[0], field)
        whole = columns_of(SHEETS[sheet])[field].kind == "integer" and high <= FEW
        found = [
            Parameter(
                figure=figure, codes=(rows[0].code,), begins=float(value or 0.0), low=low, high=high, is_factor=False,
                is_whole=whole,
            )
        ]  # fmt: skip
        if whole and math.ceil(low) >= math.floor(high):
            found = []
    if not found:
        what = Sentence(
            "{figure} cannot take two values between {low} and {high}.", figure=figure, low=ends[0], high=ends[1]
        )
        raise _fail("fixed", what, Sentence("Widen the range, or give values instead of factors."))
    for each in found:
        if not _is_playable(plan, each):
            what = Sentence("{figure}: the plan has problems at an end of the range.", figure=each.figure)
            tried = " ".join(each.change(end) for end in _ends(each))
            raise _fail("playable", what, Sentence("See hostcity check with --set, for each of: {tried}.", tried=tried))
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
