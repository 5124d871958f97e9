"""The rows of the volunteers, by subject."""

from hostcity.volunteers.models.attendance import Attendance, How
from hostcity.volunteers.models.rosters import FIELDS, SHEET, Pin, Shift, ShiftQuerySet
from hostcity.volunteers.models.swaps import PENDING, Offer, OfferState, SwapRule

__all__ = [
    "FIELDS",
    "PENDING",
    "SHEET",
    "Attendance",
    "How",
    "Offer",
    "OfferState",
    "Pin",
    "Shift",
    "ShiftQuerySet",
    "SwapRule",
]
