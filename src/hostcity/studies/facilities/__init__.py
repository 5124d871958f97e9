"""Where a visitor would walk or queue too long for seats, toilets, water, food or help."""

from hostcity.studies.facilities.lacks import QUEUE, WALK, Lack, Lacks, Served, lacks_of
from hostcity.studies.facilities.mending import NextPlace, next_place
from hostcity.studies.facilities.near import Distances, distances_of
from hostcity.studies.facilities.wants import SELDOM, USUAL, Want, wants_with

__all__ = [
    "QUEUE", "SELDOM", "USUAL", "WALK", "Distances", "Lack", "Lacks", "NextPlace", "Served", "Want", "distances_of", "lacks_of",
    "next_place", "wants_with",
]  # fmt: skip
