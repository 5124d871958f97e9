"""Drawings of venues by size, where there is none yet: four leaves around a plaza, or a comb along a spine."""

from hostcity.plan.venues.comb import comb
from hostcity.plan.venues.drawing import Drawing
from hostcity.plan.venues.four_leaf import four_leaf
from hostcity.plan.venues.sizes import HallSize

__all__ = ["Drawing", "HallSize", "comb", "four_leaf"]
