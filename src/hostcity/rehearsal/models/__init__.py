"""Rows of rehearsals: what was played, what people say of it, what it found, and what it was played with."""

from hostcity.rehearsal.models.advice import Advice
from hostcity.rehearsal.models.calibrations import Calibration
from hostcity.rehearsal.models.findings import Finding, FindingState, Severity
from hostcity.rehearsal.models.looks import Look
from hostcity.rehearsal.models.rehearsals import Comparison, Rehearsal, Remark, Verdict
from hostcity.rehearsal.models.scenarios import KeptScenario
from hostcity.rehearsal.models.work import OfPlan, Work

__all__ = [
    "Advice",
    "Calibration",
    "Comparison",
    "Finding",
    "FindingState",
    "KeptScenario",
    "Look",
    "OfPlan",
    "Rehearsal",
    "Remark",
    "Severity",
    "Verdict",
    "Work",
]
