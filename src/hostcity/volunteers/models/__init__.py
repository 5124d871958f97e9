"""The rows of the volunteers, by subject."""

from hostcity.volunteers.models.attendance import Attendance, How
from hostcity.volunteers.models.rosters import FIELDS, SHEET, Pin, Shift, ShiftQuerySet

__all__ = ["FIELDS", "SHEET", "Attendance", "How", "Pin", "Shift", "ShiftQuerySet"]
