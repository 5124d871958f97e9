"""What a roster does to the day: rosters tried beside each other, and drills in which volunteers play visitors."""

from hostcity.studies.manning.costing import ShiftCost, shift_costs
from hostcity.studies.manning.drill import Drill, drill_day
from hostcity.studies.manning.trying import EVERYBODY, FIGURES, RosterTrial, Variant, try_rosters, with_no_shows

__all__ = [
    "EVERYBODY",
    "FIGURES",
    "Drill",
    "RosterTrial",
    "ShiftCost",
    "Variant",
    "drill_day",
    "shift_costs",
    "try_rosters",
    "with_no_shows",
]
