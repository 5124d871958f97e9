"""Employees over weeks: contracts with hours, runs of days and weekends, covered by column generation with a proven bound."""

from hostcity.engines.rosters.staff.problem import Contract, StaffProblem
from hostcity.engines.rosters.staff.solve import StaffRoster, harm_of, solve_staff

__all__ = ["Contract", "StaffProblem", "StaffRoster", "harm_of", "solve_staff"]
