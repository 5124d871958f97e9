"""The shared language: one expo day as frozen dataclasses, with its workbook, JSON, checks and overrides."""

from hostcity.plan.check import problems_of
from hostcity.plan.files import read_plan, read_plan_in_work
from hostcity.plan.json_form import plan_from_json, plan_to_json
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.workbook import read_workbook, write_workbook

__all__ = [
    "SHEETS",
    "Plan",
    "PlanError",
    "Problem",
    "apply_overrides",
    "plan_from_json",
    "plan_to_json",
    "problems_of",
    "read_plan",
    "read_plan_in_work",
    "read_workbook",
    "write_workbook",
]
