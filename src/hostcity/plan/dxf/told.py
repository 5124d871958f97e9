"""What is said of a drawing: doubts, which a person may approve, and refusals, which nobody can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

#: Codes of what a person looks at before approving. Each has an example in the tests that fails.
DOUBTS: tuple[str, ...] = (
    "dxf.file.repaired",  # its structure had to be mended
    "dxf.layer.unmapped",  # something is drawn on a layer that the map does not name
    "dxf.layer.missing",  # the map names a layer that the file does not have
    "dxf.left.foreign",  # objects of another program, which cannot be read
    "dxf.left.xref",  # another drawing is referred to
    "dxf.left.deep",  # blocks within blocks without end
    "dxf.left.block",  # a block that the file does not have
    "dxf.left.broken",  # an object that cannot be read
    "dxf.unit.guessed",
    "dxf.unit.unusual",
    "dxf.outline.open",
    "dxf.outline.sliver",
    "dxf.outline.corners",
    "dxf.outline.twice",
    "dxf.outline.joined",
    "dxf.number.none",
    "dxf.number.by_place",
    "dxf.number.several",
    "dxf.number.twice",
    "dxf.number.outside",
    "dxf.number.form",
    "dxf.number.elsewhere",
    "dxf.area.none",
    "dxf.area.unnamed",
    "dxf.area.gone",
    "dxf.opening.shape",
    "dxf.opening.wall",
    "dxf.connector.other",  # a connector of which nobody knows where it leads
    "dxf.place.value",
    "dxf.moved.all",
)
#: Codes of what makes a drawing one that cannot be approved; those of files and maps are raised before there is a proof.
REFUSALS: tuple[str, ...] = (
    "dxf.file.not_found",
    "dxf.file.size",
    "dxf.file.dwg",
    "dxf.file.not_dxf",
    "dxf.file.broken",
    "dxf.file.entities",
    "dxf.map.file",
    "dxf.map.key",
    "dxf.map.value",
    "dxf.map.layers",
    "dxf.map.kind",
    "dxf.map.level",
    "dxf.map.area",
    "dxf.map.nothing",
    "dxf.unit.impossible",
    "dxf.unit.unknown",
    "dxf.empty",
    "dxf.far",
    "dxf.stand.nowhere",
    "dxf.number.double",
)


def told(code: str, what: Sentence, mend: Sentence, codes: Sequence[str] = DOUBTS, **where: Any) -> Problem:
    """A doubt or a refusal; its code is one of those listed. ``where``: layer, feature (handle), level, at. [m]"""
    assert code in codes, code  # noqa: S101 -- a code that is not listed has no example and no page
    return Problem(code=code, what=what, mend=mend, **where)


def said(place: tuple[float, float]) -> str:
    """A place as it is told. [m]"""
    return f"({place[0]:.2f}, {place[1]:.2f})"
