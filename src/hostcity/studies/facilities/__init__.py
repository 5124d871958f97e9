"""Where a visitor would walk or queue too long for seats, toilets, water, food or help."""

from hostcity.plan.wants import SELDOM, USUAL, Want, wants_with
from hostcity.studies.facilities.lacks import QUEUE, WALK, Lack, Lacks, PlayedDay, Served, lacks_of
from hostcity.studies.facilities.mending import NextPlace, next_place, next_places
from hostcity.studies.facilities.near import Distances, distances_of

__all__ = [
    "QUEUE", "SELDOM", "USUAL", "WALK", "Distances", "Lack", "Lacks", "NextPlace", "PlayedDay", "Served", "Want",
    "distances_of", "lacks_of", "next_place", "next_places", "wants_with",
]  # fmt: skip
