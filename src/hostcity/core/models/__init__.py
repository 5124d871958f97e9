"""The rows of core, by subject. Other applications use core's queries and services; they may point foreign keys here."""

from hostcity.core.models.blobs import Blob, StoredFile
from hostcity.core.models.deliveries import Delivery, Webhook
from hostcity.core.models.editions import Edition, Expo
from hostcity.core.models.jobs import Job
from hostcity.core.models.ledger import Act, LedgerHead
from hostcity.core.models.notices import CalendarAddress, Notice
from hostcity.core.models.people import Assignment, Bureau, Organization, Person, SignInCode
from hostcity.core.models.plan_rows import PlanRow
from hostcity.core.models.results import Result, Snapshot
from hostcity.core.models.search import SearchDoc
from hostcity.core.models.tokens import IdempotentAnswer, Token
from hostcity.core.models.walls import WallScreen

__all__ = [
    "Act",
    "Assignment",
    "Blob",
    "Bureau",
    "CalendarAddress",
    "Delivery",
    "Edition",
    "Expo",
    "IdempotentAnswer",
    "Job",
    "LedgerHead",
    "Notice",
    "Organization",
    "Person",
    "PlanRow",
    "Result",
    "SearchDoc",
    "SignInCode",
    "Snapshot",
    "StoredFile",
    "Token",
    "WallScreen",
    "Webhook",
]
