"""Whether faces of signs hang in their areas, and lines lead to one place each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hostcity.plan.check.drawing import not_in, rings_of
from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

MOST_LINES = 40  # of a face


def faces(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Faces outside of their areas, and faces that say too much."""
    rings, count = rings_of(plan), Counter(line.face for line in plan.face_lines)
    level_of = {area.code: area.level for area in plan.areas}
    for index, face in enumerate(plan.faces):
        row, at = row_of("faces", index), (face.x_m, face.y_m)
        yield from not_in(plan, rings, "faces", index, row, face.area, "x_m", at)
        level = level_of.get(face.area, "")
        if count[face.code] > MOST_LINES:
            what = Sentence("{code} has {count} lines.", code=face.code, count=count[face.code])
            mend = Sentence("Give at most {most:,}.", most=MOST_LINES)
            yield problem_at("faces", row, "code", "exceeded", what, mend, level=level, at=at)


def lines(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Lines that lead to no place or to several, and lines without a name."""
    for index, line in enumerate(plan.face_lines):
        row = row_of("face_lines", index)
        if not line.destination:
            is_none = not line.area and not line.node and line.amenity == "none"
            what = Sentence("leads nowhere.") if is_none else Sentence("leads to more than one place.")
            mend = Sentence("Give an area, an amenity or a node: exactly one of them.")
            yield problem_at("face_lines", row, "area", "one_place", what, mend)
        if not line.name_en and not line.name_zh:
            what, mend = Sentence("{code} has no name.", code=line.code), Sentence("Write what stands on the face.")
            yield problem_at("face_lines", row, "name_zh", "none", what, mend)
