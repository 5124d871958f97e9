"""The job: a drawing is read and compared with the plan. Only within the worker, whose memory is limited."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from django.utils.translation import gettext_noop

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.jobs.errors import of_problem
from hostcity.core.models import Edition
from hostcity.core.plan_rows.bodies import body_of, row_from_body
from hostcity.core.plan_rows.queries import last_number, plan_of
from hostcity.core.results import keep_blob, read_blob
from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.check import new_problems
from hostcity.plan.picture import Shape
from hostcity.plan.problems import Listing
from hostcity.plan.redrawn import Change, changes_between, marked_shapes
from hostcity.venue.drawings.svg import picture_of

ARCHIVE, DXF = ".zip", ".dxf"
MOST_LISTED = 500  # changes and problems that an answer lists; all are counted


def run(arguments: dict[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Read the file: its layers where nobody has said yet what they are, else what it would make of the plan.

    Raises ``PlanError`` when the file cannot be read at all.
    """
    at_work.progress(0.1, gettext_noop("Reading the drawing"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("drawing" + suffix_of(arguments["name"]))
        path.write_bytes(read_blob(arguments["sha256"]))
        try:
            if path.suffix == ARCHIVE:
                return of_archive(path, at_work)
            return of_dxf(path, arguments, at_work)
        except PlanError as error:
            raise PlanError(error.problems, arguments["name"]) from None


def suffix_of(name: str) -> str:
    """How the name of a file ends, in small letters."""
    return PurePath(name).suffix.lower()


def of_archive(path: Path, at_work: AtWork) -> dict[str, Any]:
    """What an IMDF archive would make of the plan: its drawing takes the place of the plan's."""
    from hostcity.plan.imdf import DRAWN, examine, put_into

    examined = examine(path)
    at_work.progress(0.5, gettext_noop("Comparing with the plan"))
    now = plan_of(at_work.edition)
    if examined.drawing is None:
        sheet = examined.sheet()
        shapes = {level: [("", each) for each in sheet.shapes if each.level == level] for level in sheet.levels}
        return proof_answer(
            at_work.edition, now, None, DRAWN, (), examined.problems, examined.notes, shapes, sheet.levels
        )
    would_be = put_into(now, examined.drawing)
    refusals = list(Listing(new_problems(now, would_be)))
    changes = changes_between(now, would_be, DRAWN)
    levels = {level.code: level.code for level in would_be.levels}
    shapes = {level: list(marked_shapes(now, would_be, changes, level)) for level in levels}
    return proof_answer(at_work.edition, now, would_be, DRAWN, changes, refusals, examined.notes, shapes, levels)


def of_dxf(path: Path, arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """The layers of a DXF drawing; with a map of them what it would make of the plan."""
    from hostcity.plan.dxf import layer_map_of, layers_of, map_problems, proof_of, read_contents
    from hostcity.plan.dxf.proof import SHEETS

    contents = read_contents(path)
    contents.name = arguments["name"]
    if not arguments["map"]:
        layers = [
            {
                "name": each.name, "outlines": each.closed, "lines": each.open, "texts": each.texts, "others": each.others,
                "samples": list(each.samples), "is_hidden": each.is_hidden, "guess": each.guess,
            } for each in layers_of(contents)
        ]  # fmt: skip
        return {"step": "layers", "unit": contents.unit, "layers": layers, "total": 0}
    at_work.progress(0.5, gettext_noop("Comparing with the plan"))
    now = plan_of(at_work.edition)
    layer_map = layer_map_of(arguments["map"])
    if problems := list(map_problems(layer_map, now)):
        raise PlanError(problems)
    proof = proof_of(contents, layer_map, now)
    marked = marked_shapes(now, proof.would_be, proof.changes, proof.level)
    shapes = {proof.level: [*marked, *(("", each) for each in proof.refused)]}
    names = {proof.level: proof.level}
    answer = proof_answer(
        at_work.edition, now, proof.plan, SHEETS, proof.changes, proof.refusals, proof.doubts, shapes, names
    )
    more = {
        "unit": proof.unit,
        "same": proof.same,
        "joined": proof.joined,
        "slivers": proof.slivers,
        "found": dict(proof.found),
    }
    return answer | more


def proof_answer(
    edition: Edition, now: Plan, would_be: Plan | None, sheets: Sequence[str], changes: Sequence[Change],
    refusals: Sequence[Problem], doubts: Sequence[Problem], shapes: Mapping[str, list[tuple[str, Shape]]],
    levels: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """A proof as data, of a drawing or of a network. Its pictures are kept as bytes, and so are the rows, when it can be approved."""
    counts: dict[str, Counter[str]] = {}
    for each in changes:
        counts.setdefault(each.sheet, Counter())[each.verb] += 1
    problems = [*(_told(each, True) for each in refusals), *(_told(each, False) for each in doubts)]
    marked = {each["level"] for each in problems} | {
        shape.level for of in shapes.values() for _at, shape in of if shape.mark
    }
    shown = [level for level in levels if level in marked] or list(levels)
    pictures = {level: picture_of(shapes[level]) for level in shown}
    answer = {
        "step": "proof", "number": last_number(edition), "sheets": list(sheets), "counts": counts, "total": len(changes),
        "changes": [
            {"sheet": each.sheet, "code": each.code, "verb": each.verb, "moved_m": each.moved_m} for each in changes[:MOST_LISTED]
        ],
        "refused": len(refusals), "doubts": len(doubts), "problems": problems[:MOST_LISTED],
        "levels": [[level, levels[level]] for level in shown], "picture": _kept(pictures),
        "was_sha256": now.sha256_of(sheets),
    }  # fmt: skip
    if would_be is None or refusals:
        return answer
    rows = {sheet: [body_of(sheet, row) for row in getattr(would_be, sheet)] for sheet in sheets}
    return answer | {"rows": _kept(rows), "now_sha256": would_be.sha256_of(sheets)}


def kept_rows(sha256: str) -> dict[str, tuple[Any, ...]]:
    """The rows of a proof, by sheet."""
    return {sheet: tuple(row_from_body(sheet, body) for body in rows) for sheet, rows in kept(sha256).items()}


def kept(sha256: str) -> Any:
    """What `_kept` kept."""
    return json.loads(gzip.decompress(read_blob(sha256)))


def _kept(body: Any) -> str:
    return str(keep_blob(gzip.compress(json.dumps(body, ensure_ascii=False).encode(), mtime=0)).sha256)


def _told(problem: Problem, is_refusal: bool) -> dict[str, Any]:
    """A problem with its place in the drawing and in the file."""
    more = {"layer": problem.layer, "feature": problem.feature, "file": problem.file, "level": problem.level}
    return of_problem(problem) | more | {"at": problem.at, "is_refusal": is_refusal}
