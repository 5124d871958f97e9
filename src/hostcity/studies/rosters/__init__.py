"""What a roster does to the day: rosters tried beside each other, and drills in which volunteers play visitors."""

from hostcity.studies.rosters.drill import Drill, drill_day
from hostcity.studies.rosters.trying import (
    EVERYBODY,
    FIGURES,
    RosterTrial,
    ShiftCost,
    Variant,
    try_rosters,
    with_no_shows,
)

__all__ = [
    "EVERYBODY",
    "FIGURES",
    "Drill",
    "RosterTrial",
    "ShiftCost",
    "Variant",
    "drill_day",
    "try_rosters",
    "with_no_shows",
]
