"""The rows of the volunteers, by subject."""

from hostcity.volunteers.models.applications import Application, Consent, Opening, State, Training
from hostcity.volunteers.models.attendance import Attendance, How
from hostcity.volunteers.models.rosters import FIELDS, SHEET, Pin, Shift, ShiftQuerySet

__all__ = [
    "FIELDS",
    "SHEET",
    "Application",
    "Attendance",
    "Consent",
    "How",
    "Opening",
    "Pin",
    "Shift",
    "ShiftQuerySet",
    "State",
    "Training",
]
