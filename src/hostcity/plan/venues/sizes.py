"""How large a hall is and how its stands lie, with what cannot be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NoReturn

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence

MARGIN_M = 6.0  # along the walls, kept free
END_MARGIN_M = 8.0  # at the doors and opposite
LEAST_AISLE_M = 3.0
LEAST_HALL_M, MOST_HALL_M = 40.0, 500.0
STANDS_IN_LINE = 5


def refuse(code: str, what: Sentence, mend: Sentence) -> NoReturn:
    """Raise ``PlanError`` for a venue that cannot be drawn."""
    raise PlanError([Problem(code=code, what=what, mend=mend)], Sentence("the venue"))


@dataclass(frozen=True, kw_only=True)
class HallSize:
    """A hall, as wide as its wall with the doors to the inside, and its stands in blocks of two rows, back to back."""

    width_m: float = 108.0
    depth_m: float = 270.0
    stands: int = 480
    stand_width_m: float = 4.0
    stand_depth_m: float = 6.0
    height_m: float = 4.0

    def __post_init__(self) -> None:
        if not all(LEAST_HALL_M <= each <= MOST_HALL_M for each in (self.width_m, self.depth_m)):
            what = Sentence("halls are {size} m.", size=self._said)
            mend = Sentence("Make them {low} to {high} m wide and deep.", low=LEAST_HALL_M, high=MOST_HALL_M)
            refuse("venue.hall.size", what, mend)
        if not 0 <= self.stands <= self.most_stands:
            what = Sentence(
                "{count} stands of {stand} m do not fit into a hall of {size} m.",
                count=self.stands, stand=f"{self.stand_width_m:g} x {self.stand_depth_m:g}", size=self._said,
            )  # fmt: skip
            mend = Sentence(
                "Give at most {most}, or larger halls: aisles have {aisle} m.",
                most=self.most_stands,
                aisle=LEAST_AISLE_M,
            )
            refuse("venue.hall.stands", what, mend)

    @property
    def _said(self) -> str:
        return f"{self.width_m:g} x {self.depth_m:g}"

    @property
    def block_width_m(self) -> float:
        """Of a block, along the width of the hall."""
        return STANDS_IN_LINE * self.stand_width_m

    @property
    def block_depth_m(self) -> float:
        """Of a block: two stands back to back."""
        return 2 * self.stand_depth_m

    @property
    def blocks(self) -> int:
        """Blocks side by side."""
        return max(0, math.floor((self.width_m - 2 * MARGIN_M + LEAST_AISLE_M) / (self.block_width_m + LEAST_AISLE_M)))

    @property
    def most_lines(self) -> int:
        """Blocks one behind the other, at most."""
        room_m = self.depth_m - 2 * END_MARGIN_M + LEAST_AISLE_M
        return max(0, math.floor(room_m / (self.block_depth_m + LEAST_AISLE_M)))

    @property
    def most_stands(self) -> int:
        """As many fit."""
        return self.blocks * self.most_lines * 2 * STANDS_IN_LINE

    @property
    def lines(self) -> int:
        """Blocks one behind the other: as few as hold the stands, so that aisles are wide."""
        return math.ceil(self.stands / max(1, self.blocks * 2 * STANDS_IN_LINE))
