"""The rows of the volunteers, by subject."""

from hostcity.volunteers.models.applications import Application, Consent, Opening, State, Training
from hostcity.volunteers.models.attendance import Attendance, How
from hostcity.volunteers.models.rosters import FIELDS, SHEET, Pin, Shift, ShiftQuerySet
from hostcity.volunteers.models.swaps import PENDING, Offer, OfferState, SwapRule

__all__ = [
    "FIELDS",
    "PENDING",
    "SHEET",
    "Application",
    "Attendance",
    "Consent",
    "How",
    "Offer",
    "OfferState",
    "Opening",
    "Pin",
    "Shift",
    "ShiftQuerySet",
    "State",
    "SwapRule",
    "Training",
]
