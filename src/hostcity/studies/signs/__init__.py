"""Wayfinding signs of a plan: which faces to hang, with a bound, and what is wrong with those that hang."""

from hostcity.studies.signs.audit import audit_faces
from hostcity.studies.signs.demand import Demand, WalkedDay, demand_of
from hostcity.studies.signs.hanging import with_faces
from hostcity.studies.signs.planning import PlannedFace, SignStudy, plan_faces

__all__ = [
    "Demand", "PlannedFace", "SignStudy", "WalkedDay", "audit_faces", "demand_of", "plan_faces", "with_faces",
]  # fmt: skip
