"""Two days side by side: figure by figure, and what differs between their plans. Needs no engine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hostcity.core.plan_rows.bodies import Rows, body_of, key_of
from hostcity.core.plan_rows.changes import lines_between, sheet_of
from hostcity.core.plan_rows.words import Cell
from hostcity.core.sayings import is_chinese
from hostcity.plan import SHEETS, Plan
from hostcity.plan.cells import clock_seconds
from hostcity.plan.columns import columns_of
from hostcity.report.clocks import finite
from hostcity.report.compared import compared_name, compared_text, place_name, telling_text, too_few
from hostcity.report.words import Both

if TYPE_CHECKING:
    from hostcity.studies.compare import Comparison, Difference

Figure = tuple[str, str, str]  # what, code, figure: as studies.compare names them
MAIN = ("promise", "day")
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """What a figure is about, as `place_name` asks for it."""

    what: str
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure of two days."""

    what: str
    place: Any
    figure: Any
    a: str
    b: str
    change: str
    differs: bool


def both(text: Both) -> dict[str, str]:
    """A text in both languages, as data."""
    return {"en": text.en, "zh": text.zh}


def said(text: Mapping[str, str] | None) -> str:
    """A text that was kept in both languages, in the language of the reader."""
    return text["zh" if is_chinese() else "en"] if text else ""


# From stored summaries, at once


def rows_of(plan: Plan, a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Row]:
    """Every figure that both summaries have and that differs, and the main ones whether they do or not."""
    of_a, of_b = dict(figures_of(a)), dict(figures_of(b))
    found = []
    for (what, code, figure), value in of_a.items():
        other = of_b.get((what, code, figure))
        if other is None:
            continue
        texts = compared_text(figure, value), compared_text(figure, other)
        if what in MAIN or texts[0] != texts[1]:
            change = compared_text(figure, other - value, is_change=True)
            found.append(
                Row(
                    what=what, place=both(place_name(plan, Place(what, code))), figure=both(compared_name(figure)),  # type: ignore[arg-type]
                    a=texts[0], b=texts[1], change=change, differs=texts[0] != texts[1],
                )
            )  # fmt: skip
    return found


def figures_of(summary: Mapping[str, Any]) -> Iterator[tuple[Figure, float]]:
    """The figures of a report's summary under the names that studies.compare gives them."""
    verdict = summary["verdict"]
    for name in ("peak", "other"):
        yield ("promise", "", f"{name}_p99_s"), _wait(verdict[f"{name}_p99_s"], verdict[f"{name}_never"])
    for name in ("share_over_peak_limit", "entries", "turned_away"):
        yield ("promise", "", name), _number(verdict[name])
    yield ("day", "", "inside_peak_persons"), _number(summary["inside_peak_persons"])
    last = summary["last_out_at"]
    yield ("day", "", "last_out_s"), clock_seconds(last) if last else math.nan
    yield ("day", "", "mean_stay_s"), _number(summary["mean_stay_s"])
    yield ("day", "", "rotations"), sum(each["value"] for each in summary["warnings"] if each["code"] == "rotations")
    for gate in summary["gates"]:
        yield ("gates", gate["gate"], "worst_p99_s"), _wait(gate["worst_p99_s"], gate["never"])
        yield ("gates", gate["gate"], "entries"), _number(gate["entries"])
    yield from _of(summary, "areas", "areas", "peak_persons")
    yield from _of(summary, "links_worst", "links", "peak_per_m2")
    yield from _of(summary, "stations", "stations", "wait_p50_s", "wait_p99_s", "share_over_600_s")
    yield from _of(summary, "appointments", "appointments", "missed", "late")


def _of(summary: Mapping[str, Any], table: str, what: str, *names: str) -> Iterator[tuple[Figure, float]]:
    for each in summary[table]:
        for name in names:
            yield (what, each["code"], name), _number(each[name])


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _wait(value: float | None, is_never: bool) -> float:
    return math.inf if is_never else _number(value)


# From the study of several runs


def comparison_data(plan: Plan, compared: Comparison) -> dict[str, Any]:
    """A comparison of several runs as data with words: the main figures, and the others whose change is clear."""
    shown = [each for each in compared.differences if each.what in MAIN or each.is_clear]
    return {
        "seed": compared.seed,
        "runs": compared.runs,
        "a": {
            "plan_sha256": compared.a_sha256,
            **_kept(compared.runs, compared.a_kept, compared.a_void),
            "invalid": compared.a_invalid,
        },
        "b": {
            "plan_sha256": compared.b_sha256,
            **_kept(compared.runs, compared.b_kept, compared.b_void),
            "invalid": compared.b_invalid,
        },
        "too_few": both(few) if (few := too_few(compared.runs)) else None,
        "figures": len(compared.differences),
        "differences": [_difference(plan, each) for each in shown[:MOST_SHOWN]],
        "left_out": max(0, len(shown) - MOST_SHOWN),
        "map": _map(plan, compared),
    }


def _kept(runs: int, kept: int, void: int) -> dict[str, int]:
    """In how many runs the promise was kept, of those that have a verdict."""
    return {"kept": kept, "void": void, "judged": runs - void}


def _map(plan: Plan, compared: Comparison) -> dict[str, Any] | None:
    """Where it gets fuller and where emptier, as a page draws it; None where the plans have no walkway in common."""
    from hostcity.report.difference_map import STEPS_PER_M2, difference_map  # with NumPy, which no page loads

    drawn = difference_map(plan, compared.links)
    if not (drawn.levels and drawn.clocks):
        return None
    return {
        "view": drawn.view, "steps": STEPS_PER_M2, "clocks": drawn.clocks, "colors": drawn.colors, "worst": drawn.worst,
        "levels": [
            {
                "name": both(level.name),
                "areas": level.areas,
                "labels": [
                    {"x": each.x, "y": each.y, "size": each.size, "name": both(each.name)} for each in level.labels
                ],
                "lines": [
                    {"at": each.at, "from": (each.x1, each.y1), "to": (each.x2, each.y2),
                     "css": drawn.css_class(each.at, drawn.worst)}
                    for each in level.lines
                ],
            }
            for level in drawn.levels
        ],
        "links": [
            {"name": both(each.name), "at": each.at, "a": f"{each.a_per_m2:.2f}", "change": f"{each.change_per_m2:+.2f}"}
            for each in drawn.links
        ],
    }  # fmt: skip


def _difference(plan: Plan, each: Difference) -> dict[str, Any]:
    half = "" if math.isnan(each.half_width) else compared_text(each.figure, each.half_width, is_change=True)
    return {
        "what": each.what,
        "code": each.code,
        "place": both(place_name(plan, each)),
        "figure": both(compared_name(each.figure)),
        "name": each.figure,
        "a": compared_text(each.figure, each.a),
        "b": compared_text(each.figure, each.b),
        "change": compared_text(each.figure, each.difference, is_change=True),
        "half_width": half.lstrip("+"),
        "difference": finite(each.difference),
        "half_width_95": finite(each.half_width),
        "clear": each.is_clear,
        "runs": each.runs,
        "differing": each.differing,
        "telling": both(telling_text(each)),
    }


# Between two plans


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanLine:
    """What differs in one row of a sheet: ``verb`` is add, remove, change or order; ``fields`` name, old, new."""

    verb: str
    sheet: str
    key: str
    fields: tuple[tuple[dict[str, str], Any, Any], ...] = ()
    names: tuple[str, ...] = ()  # of the fields, as the plan has them

    @property
    def said_fields(self) -> list[tuple[dict[str, str], Cell, Cell]]:
        """The same with values as the reader's language has them."""
        return [
            (heading, Cell(self.sheet, name, old), Cell(self.sheet, name, new))
            for name, (heading, old, new) in zip(self.names, self.fields, strict=True)
        ]


def plan_lines(a: Plan, b: Plan) -> list[PlanLine]:
    """What makes plan B of plan A, sheet by sheet."""
    found = []
    for sheet, rows in a.sheets():
        others = getattr(b, sheet)
        if rows != others:
            for line in lines_between(sheet, _bodies(sheet, rows), _bodies(sheet, others)):
                fields = tuple(
                    (_heading(sheet, name), old, new) for name, (old, new) in line.body.get("fields", {}).items()
                )
                verb = line.verb.rpartition(".")[2]
                found.append(
                    PlanLine(
                        verb=verb,
                        sheet=sheet_of(line.subject_kind),
                        key=line.subject_key,
                        fields=fields,
                        names=tuple(line.body.get("fields", {})),
                    )
                )
    return found


def _bodies(sheet: str, rows: tuple[Any, ...]) -> Rows:
    return {key_of(row.code): body_of(sheet, row) for row in rows}


def _heading(sheet: str, field: str) -> dict[str, str]:
    column = columns_of(SHEETS[sheet])[field]
    return {"en": column.heading_en, "zh": column.heading_zh}
