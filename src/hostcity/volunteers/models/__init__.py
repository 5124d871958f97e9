"""The rows of the volunteers, by subject."""

from hostcity.volunteers.models.acceptance import Answer, Deadline, DeadlineState
from hostcity.volunteers.models.applications import Application, Consent, Opening, State, Training
from hostcity.volunteers.models.attendance import Attendance, How
from hostcity.volunteers.models.certificates import CertificateState, ServiceCertificate
from hostcity.volunteers.models.feedback import Feedback
from hostcity.volunteers.models.hours import Correction
from hostcity.volunteers.models.rosters import FIELDS, SHEET, Pin, Shift, ShiftQuerySet
from hostcity.volunteers.models.swaps import PENDING, Offer, OfferState, SwapRule

__all__ = [
    "FIELDS",
    "PENDING",
    "SHEET",
    "Answer",
    "Application",
    "Attendance",
    "CertificateState",
    "Consent",
    "Correction",
    "Deadline",
    "DeadlineState",
    "Feedback",
    "How",
    "Offer",
    "OfferState",
    "Opening",
    "Pin",
    "ServiceCertificate",
    "Shift",
    "ShiftQuerySet",
    "State",
    "SwapRule",
    "Training",
]
