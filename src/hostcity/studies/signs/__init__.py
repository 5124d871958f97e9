"""Wayfinding signs of a plan: which faces to hang, with a bound, what they spare on the day, what is wrong with those that hang."""

from hostcity.studies.signs.astray import Astray
from hostcity.studies.signs.audit import audit_faces
from hostcity.studies.signs.demand import Demand, WalkedDay, demand_of
from hostcity.studies.signs.hanging import with_faces
from hostcity.studies.signs.planning import PlannedFace, SignStudy, plan_faces, plan_with_signs
from hostcity.studies.signs.reading import shown_by_faces

__all__ = [
    "Astray", "Demand", "PlannedFace", "SignStudy", "WalkedDay", "audit_faces", "demand_of", "plan_faces", "plan_with_signs",
    "shown_by_faces", "with_faces",
]  # fmt: skip
