"""An IMDF archive as a drawing: all of it, or every reason why not."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostcity.plan.check import drawing as drawn
from hostcity.plan.check import rows as single
from hostcity.plan.imdf.archive import open_archive
from hostcity.plan.imdf.drawing import DRAWN, Drawing
from hostcity.plan.imdf.features import KEPT, Feature, Features
from hostcity.plan.imdf.rules import checked
from hostcity.plan.imdf.said import RawRow, Said, said_by
from hostcity.plan.picture import Shape, Sheet, sheet_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import rows_of

#: Columns that IMDF says by a feature's geometry.
_BY_GEOMETRY = {"outline", "line", "x_m", "y_m", "start_x_m", "start_y_m", "end_x_m", "end_y_m"}
#: Files whose features become the rows of a sheet.
_FILES = {
    "grounds": "venue.geojson", "levels": "level.geojson", "areas": "unit.geojson", "stands": "kiosk.geojson",
    "openings": "opening.geojson", "connectors": "unit.geojson", "amenities": "amenity.geojson",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """What is found in an archive that could be opened.

    ``problems`` are reasons not to read it; without any there is a drawing. ``notes`` are what was left out or assumed.
    ``plan`` and ``features`` are what could be read, for pictures.
    """

    problems: tuple[Problem, ...]
    features: Features
    drawing: Drawing | None = None
    notes: tuple[Problem, ...] = ()
    plan: Plan | None = None

    def sheet(self) -> Sheet:
        """What pictures are made of: the rows, or the features themselves where no rows could be made of them."""
        return sheet_of(self.plan) if self.plan else _sheet_of(self.features)


def _sheet_of(features: Features) -> Sheet:
    levels = sorted(features.of("level"), key=lambda level: str(level.properties.get("ordinal")), reverse=True)
    shapes = [
        *(
            Shape("area" if each.type == "unit" else "stand", each.level_id, ring)
            for each in features.of("unit", "fixture", "kiosk") for polygon in each.polygons for ring in polygon
        ),
        *(Shape("opening", each.level_id, each.points) for each in features.of("opening") if each.points),
    ]  # fmt: skip
    named = {level.id: _name_of(level) for level in levels}
    return Sheet({**named, **{each.level: each.level for each in shapes if each.level not in named}}, tuple(shapes))


def _name_of(level: Feature) -> str:
    names = level.properties.get("short_name")
    return next((str(name) for name in names.values()), level.id) if isinstance(names, dict) else level.id


def examine(path: Path) -> Examined:
    """Look an archive through. Raises PlanError when it cannot be opened at all."""
    archive = open_archive(path)
    features, problems = checked(archive)
    if problems:
        return Examined(problems=problems, features=features)
    said = said_by(features)
    if archive.left_out:
        what = Sentence("left out: files that IMDF does not know: {files}.", files=", ".join(archive.left_out[:8]))
        said.note("files", what, Sentence("Nothing to do."))
    found = Listing(said.problems)
    plan, features_of = _plan_of(said, found)
    if not found:
        found.add(*(_of_feature(each, features_of) for each in _problems_of(plan)))
    notes = (*said.notes, *said.left_out())
    created = str(features.manifest["created"])[:10]
    drawing = None if found else Drawing(**{name: getattr(plan, name) for name in DRAWN}, date=created)
    return Examined(problems=tuple(found), features=features, drawing=drawing, notes=notes, plan=plan)


def read_archive(path: Path) -> Drawing:
    """The drawing that an archive holds. Raises PlanError with every problem; nothing is read by halves."""
    examined = examine(path)
    if examined.drawing is None:
        raise PlanError(examined.problems, path.name, examined.plan)
    return examined.drawing


def _plan_of(said: Said, problems: Listing) -> tuple[Plan, dict[tuple[str, int], Feature | None]]:
    """The rows as a plan, and the feature of each by sheet and number."""
    features_of: dict[tuple[str, int], Feature | None] = {}
    sheets: dict[str, Any] = {}
    for sheet in DRAWN:
        raw = sorted(said.rows[sheet], key=_in_order)
        features_of |= {(sheet, number): each.feature for number, each in enumerate(raw, 1)}
        wrong = Listing()
        read = rows_of(sheet, SHEETS[sheet], [(number, each.cells) for number, each in enumerate(raw, 1)], wrong)
        sheets[sheet] = read.rows
        problems.add(*(_of_feature(each, features_of) for each in wrong))
    return Plan(edition=(), **sheets), features_of


def _in_order(row: RawRow) -> tuple[bool, int]:
    """Rows of the plan that was written in their order; what another program added after them."""
    return row.row is None, row.row or 0


def _problems_of(plan: Plan) -> Listing:
    """What is wrong between the rows of a drawing, without the day around it."""
    found = Listing()
    for check in (
        single.single_rows, single.fields, single.codes_of_rows, single.references, drawn.outlines, drawn.stands,
        drawn.openings, drawn.connectors, drawn.amenities,
    ):  # fmt: skip
        found.add(*(each for each in check(plan, lambda _sheet, index: index + 1) if _is_of_a_drawing(each)))
    return found


def _is_of_a_drawing(problem: Problem) -> bool:
    """Whether a problem is of what an archive holds: the station that an amenity names is not."""
    return problem.sheet in DRAWN and problem.column != "station"


def _of_feature(problem: Problem, features_of: dict[tuple[str, int], Feature | None]) -> Problem:
    """A problem of a row, told in the terms of the archive, which has no sheets: by the feature that the row is of, or the file."""
    feature = features_of.get((problem.sheet, problem.row))
    if feature is None:
        return dataclasses.replace(problem, file=_FILES[problem.sheet]) if problem.sheet in _FILES else problem
    if problem.code.endswith(".unknown") and "value" in problem.what.values:
        what = Sentence("names {value}, which is not in the archive.", value=problem.what.values["value"])
        problem = dataclasses.replace(problem, what=what, mend=Sentence("Name a feature of the archive, or add it."))
    column = "geometry" if problem.column in _BY_GEOMETRY else f"{KEPT}.{problem.column}" if problem.column else ""
    return dataclasses.replace(problem, file=feature.file, feature=feature.id, row=0, column=column)
