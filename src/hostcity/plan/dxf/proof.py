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

from hostcity.plan.check import new_problems
from hostcity.plan.dxf.contents import Contents, read_contents
from hostcity.plan.dxf.file import MOST_BYTES
from hostcity.plan.dxf.found import Found
from hostcity.plan.dxf.mapping import THE_MAP, LayerMap, map_problems
from hostcity.plan.dxf.merging import SHEETS, first_way, kept_rows, merged
from hostcity.plan.dxf.rows import rows_of
from hostcity.plan.dxf.shapes import shapes_of
from hostcity.plan.dxf.told import told
from hostcity.plan.picture import Shape
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.redrawn import Change, changes_between
from hostcity.plan.same_shape import middle_of, moved_by
from hostcity.plan.sentences import Sentence

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
    refused: tuple[Shape, ...] = ()  # what is drawn and can be no row of it

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
    would_be = merged(found, layer_map, plan)
    changes = changes_between(plan, would_be, SHEETS)
    doubts = Listing([*kept_rows(found, layer_map, plan), *found.doubts, *_moved_all(found, layer_map, plan)])
    refusals = Listing(_refusals(plan, would_be, found, doubts, layer_map.level))
    if refusals:
        doubts = Listing(each for each in doubts if not _is_cause(each))
    return Proof(
        name=contents.name, file_sha256=contents.sha256, map_sha256=layer_map.sha256, plan_sha256=plan.sha256,
        level=layer_map.level, unit=shapes.unit,
        found=tuple((sheet, len(getattr(found, sheet))) for sheet in SHEETS),
        same=sum(len(getattr(found, sheet)) for sheet in SHEETS) - sum(each.verb != "gone" for each in changes),
        joined=found.joined, slivers=shapes.slivers, changes=tuple(changes),
        doubts=tuple(_on_level(doubts, layer_map.level)), refusals=tuple(_on_level(refusals, layer_map.level)),
        was=plan, would_be=would_be, refused=tuple(found.refused),
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


def _refusals(was: Plan, would_be: Plan, found: Found, doubts: Listing, level: str) -> Iterator[Problem]:
    """What is wrong with the drawing, and what the plan would have wrong with it that it had not before.

    A doubtful unit comes first: most of what follows is wrong because of it.
    """
    refusals = [*found.refusals, *(_located(each, was, would_be, found, level) for each in new_problems(was, would_be))]
    if refusals:
        yield from (each for each in doubts if _is_cause(each))
    yield from refusals


def _is_cause(doubt: Problem) -> bool:
    """Whether another unit would be more usual, so that all that is wrong may be wrong because of it."""
    return doubt.code.startswith("dxf.unit.") and "setting" in doubt.mend.values


def _located(problem: Problem, was: Plan, would_be: Plan, found: Found, level: str) -> Problem:
    """A problem of a row at its place in the drawing; of a level without a way to others, where the plan had one."""
    if problem.sheet in SHEETS and problem.row:
        row = getattr(would_be, problem.sheet)[problem.row - 1]
        layer, handle = found.sources.get((problem.sheet, row.code), ("", ""))
        return dataclasses.replace(problem, layer=layer, feature=handle, row=0 if layer else problem.row)
    if problem.code == "levels.code.connector" and problem.level == level:
        return dataclasses.replace(problem, at=first_way(was, would_be, level))
    return problem
