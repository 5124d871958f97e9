"""The proof of a drawing: what would become of the plan's rows, what is doubtful, and why it cannot be done.

A proof changes nothing. Who has looked at it approves it by its hash, which holds as long as file, map and plan are the
same.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostcity.plan.check import drawing as drawn
from hostcity.plan.check import rows as single
from hostcity.plan.dxf.contents import Contents, read_contents
from hostcity.plan.dxf.file import MOST_BYTES
from hostcity.plan.dxf.found import Found
from hostcity.plan.dxf.mapping import THE_MAP, LayerMap, map_problems
from hostcity.plan.dxf.rows import rows_of
from hostcity.plan.dxf.shapes import shapes_of
from hostcity.plan.dxf.told import told
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.redrawn import Change, changes_between
from hostcity.plan.same_shape import middle_of, moved_by
from hostcity.plan.sentences import Sentence

SHEETS = ("areas", "stands", "openings", "connectors", "amenities")
PLACES = ("connectors", "amenities")
MANY = 5  # rows that are moved by the same step, from which on the origin is doubted
MOST = 0.8  # of all that are known


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What a drawing would make of a plan."""

    name: str  # of the file
    file_sha256: str
    map_sha256: str
    plan_sha256: str
    level: str
    unit: str
    found: tuple[tuple[str, int], ...]  # sheet, rows
    same: int  # rows that stay as they are
    joined: int
    slivers: int
    changes: tuple[Change, ...]
    doubts: tuple[Problem, ...]
    refusals: tuple[Problem, ...]
    was: Plan
    would_be: Plan  # also where it cannot be, for pictures

    @property
    def plan(self) -> Plan | None:
        """The plan with the drawing in it; None when it is refused."""
        return None if self.refusals else self.would_be

    @property
    def sha256(self) -> str:
        """By which it is approved: the same file, map and plan give the same."""
        said = [self.file_sha256, self.map_sha256, self.plan_sha256, self.would_be.sha256]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def prove(path: Path, layer_map: LayerMap, plan: Plan, most_bytes: int = MOST_BYTES) -> Proof:
    """The proof of a file. Raises PlanError when the file cannot be read, or the map does not fit the plan."""
    if problems := list(map_problems(layer_map, plan)):
        raise PlanError(problems, THE_MAP)
    return proof_of(read_contents(path, most_bytes), layer_map, plan)


def proof_of(contents: Contents, layer_map: LayerMap, plan: Plan) -> Proof:
    """The proof of a drawing that has been read."""
    shapes = shapes_of(contents, layer_map)
    found = rows_of(shapes, layer_map, plan)
    would_be = _merged(found, layer_map, plan)
    changes = changes_between(plan, would_be, SHEETS)
    doubts = [*found.doubts, *_kept_areas(found, layer_map, plan), *_moved_all(found, layer_map, plan)]
    refusals, more = _checked(plan, would_be, found, layer_map.level)
    listed = Listing([*doubts, *more])
    return Proof(
        name=contents.name, file_sha256=contents.sha256, map_sha256=layer_map.sha256, plan_sha256=plan.sha256,
        level=layer_map.level, unit=shapes.unit,
        found=tuple((sheet, len(getattr(found, sheet))) for sheet in SHEETS),
        same=sum(len(getattr(found, sheet)) for sheet in SHEETS) - sum(each.verb != "gone" for each in changes),
        joined=found.joined, slivers=shapes.slivers, changes=tuple(changes),
        doubts=tuple(_on_level(listed, layer_map.level)),
        refusals=tuple(_on_level(Listing([*found.refusals, *refusals]), layer_map.level)),
        was=plan, would_be=would_be,
    )  # fmt: skip


def approve(proof: Proof, sha256: str) -> Plan:
    """The plan with the drawing in it, for who has looked at the proof of this hash.

    Raises PlanError when the proof is refused, or file, map or plan have changed since it was looked at.
    """
    if proof.refusals:
        raise PlanError(proof.refusals, proof.name, proof.would_be)
    if len(sha256) < 8 or not proof.sha256.startswith(sha256):
        what = Sentence(
            "the proof is {now} now, not {asked}: file, map or plan have changed since.",
            now=proof.sha256[:12],
            asked=sha256[:12] or '""',
        )
        mend = Sentence("Look at the new proof: {command}.", command="hostcity dxf proof")
        raise PlanError([Problem(code="dxf.proof.changed", what=what, mend=mend)], proof.name)
    return proof.would_be


def _on_level(problems: Iterable[Problem], level: str) -> Iterator[Problem]:
    """Problems with the level on which they are shown: there is only one."""
    return (each if each.level else dataclasses.replace(each, level=level) for each in problems)


def _merged(found: Found, layer_map: LayerMap, plan: Plan) -> Plan:
    """The plan with the drawing in it: rows in their places, those that are gone left out, new ones behind."""
    sheets: dict[str, tuple[Any, ...]] = {}
    for sheet in SHEETS:
        rows: dict[str, Any] = dict(getattr(found, sheet))
        kept = [
            rows.pop(row.code, row) for row in getattr(plan, sheet)
            if row.code in rows or not _is_gone(sheet, row, found, layer_map)
        ]  # fmt: skip
        sheets[sheet] = (*kept, *rows.values())
    return plan.replace(**sheets)


def _is_gone(sheet: str, row: Any, found: Found, layer_map: LayerMap) -> bool:
    """Whether the drawing should have a row and does not: of a kind that it draws, in an area that it draws in."""
    areas = (row.start, row.end) if sheet == "connectors" else (row.area,) if sheet != "areas" else ()
    if found.scope.isdisjoint(areas):
        return False
    kind = ("exit" if row.is_exit else "opening") if sheet == "openings" else row.kind
    return layer_map.is_drawn(kind)


def _kept_areas(found: Found, layer_map: LayerMap, plan: Plan) -> Iterator[Problem]:
    """Areas of the level that the drawing of areas does not have: they are never taken away, for much else names them."""
    if not found.areas:
        return
    kinds = set(layer_map.layers.values())
    for area in plan.areas:
        is_drawn = area.level == layer_map.level and area.outline and area.kind in kinds
        if is_drawn and area.code not in found.areas:
            what = Sentence("{code} is in the plan, and not in the drawing: it stays.", code=area.code)
            mend = Sentence("Remove it by hand, if it is not there any more.")
            yield told("dxf.area.gone", what, mend, at=area.outline[0])


def _moved_all(found: Found, layer_map: LayerMap, plan: Plan) -> Iterator[Problem]:
    """A doubt about the origin, when most rows that the plan has are off by the same step."""
    known = {each.code: each.outline for each in plan.stands if each.outline}
    steps = [moved_by(known[code], row.outline)[0] for code, row in found.stands.items() if code in known]
    moved = [step for step in steps if max(abs(step[0]), abs(step[1])) > 0.05]
    if len(moved) < MANY or len(moved) < MOST * len(steps):
        return
    east, north = (sorted(step[axis] for step in moved)[len(moved) // 2] for axis in (0, 1))
    alike = sum(abs(step[0] - east) <= 0.05 and abs(step[1] - north) <= 0.05 for step in moved)
    if alike < MOST * len(steps):
        return
    what = Sentence(
        "{count:,} of {all:,} that the plan has are moved by the same {east} m east and {north} m north.",
        count=alike, all=len(steps), east=f"{east:.2f}", north=f"{north:.2f}",
    )  # fmt: skip
    setting = f"move_m = [{layer_map.move_m[0] - east:.2f}, {layer_map.move_m[1] - north:.2f}]"
    mend = Sentence("If that is the drawing's origin and no removal, say so in the map: {setting}.", setting=setting)
    first = next(iter(found.stands.values()))
    yield told("dxf.moved.all", what, mend, at=middle_of(first.outline))


def _checked(was: Plan, would_be: Plan, found: Found, level: str) -> tuple[list[Problem], list[Problem]]:
    """Problems that the plan has with the drawing and did not have before: of what is drawn, and of what is around it."""
    areas = {area.code for plan in (was, would_be) for area in plan.areas if area.level == level}
    before = {_known_by(each) for each in _problems(_part(was, areas))}
    part = _part(would_be, areas)
    refusals: list[Problem] = []
    doubts: list[Problem] = []
    for problem in _problems(part):
        if _known_by(problem) in before:
            continue
        row = getattr(part, problem.sheet)[problem.row - 1] if problem.row else None
        layer, handle = found.sources.get((problem.sheet, row.code), ("", "")) if row is not None else ("", "")
        located = dataclasses.replace(problem, layer=layer, feature=handle, row=0 if layer else problem.row)
        # Of places, those of the plan may come to stand wrong by what is drawn around them: that is looked at.
        (doubts if problem.sheet in PLACES and not layer else refusals).append(located)
    return refusals, doubts


def _known_by(problem: Problem) -> tuple[str, str]:
    return problem.code, str(problem.what)


def _part(plan: Plan, areas: set[str]) -> Plan:
    """What is drawn in some areas."""
    return plan.replace(
        areas=tuple(each for each in plan.areas if each.code in areas),
        stands=tuple(each for each in plan.stands if each.area in areas),
        openings=tuple(
            dataclasses.replace(each, other=each.other if each.other in areas else "")
            for each in plan.openings if each.area in areas
        ),
        amenities=tuple(each for each in plan.amenities if each.area in areas),
        connectors=tuple(each for each in plan.connectors if areas & {each.start, each.end}),
    )  # fmt: skip


def _problems(plan: Plan) -> Iterator[Problem]:
    for check in (
        single.codes_of_rows,
        drawn.outlines,
        drawn.stands,
        drawn.openings,
        drawn.connectors,
        drawn.amenities,
    ):
        yield from (each for each in check(plan, lambda _sheet, index: index + 1) if each.sheet in SHEETS)
    yield from (each for each in single.single_rows(plan, lambda _sheet, index: index + 1) if each.sheet in SHEETS[1:])
