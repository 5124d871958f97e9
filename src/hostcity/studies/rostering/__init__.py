"""Rosters of a plan's force: made, judged beside those that people make, repaired, played with who comes by chance."""

from hostcity.studies.rostering.judging import Judged, Role, judge, roles_of, standing_roster
from hostcity.studies.rostering.lists import BusNeed, buses_of, uniforms_of
from hostcity.studies.rostering.making import BESIDE, RosterStudy, force_of, plan_roster

__all__ = [
    "BESIDE", "BusNeed", "Judged", "Role", "RosterStudy", "buses_of", "force_of", "judge", "plan_roster", "roles_of", "standing_roster",
    "uniforms_of",
]  # fmt: skip
