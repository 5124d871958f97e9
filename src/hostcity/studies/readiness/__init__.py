"""The preparation of an expo: its tasks as a network, with dates, the critical path, and whether the network is sound."""

from hostcity.studies.readiness.baseline import Compared, Moved, compare_dates, freeze
from hostcity.studies.readiness.blocking import Held, held_by, waiting_counts
from hostcity.studies.readiness.clock import Days, days_of
from hostcity.studies.readiness.health import Finding, Health, check_health
from hostcity.studies.readiness.network import Network, network_of
from hostcity.studies.readiness.path import Dated, DatedPath, date_network, date_tasks
from hostcity.studies.readiness.progress import Progress, standing
from hostcity.studies.readiness.status import (
    Chance,
    Color,
    Reason,
    Status,
    Watermelon,
    judge,
    watermelon,
    without_dates,
)
from hostcity.studies.readiness.telling import Told, progress_of

__all__ = [
    "Chance",
    "Color",
    "Compared",
    "Dated",
    "DatedPath",
    "Days",
    "Finding",
    "Health",
    "Held",
    "Moved",
    "Network",
    "Progress",
    "Reason",
    "Status",
    "Told",
    "Watermelon",
    "check_health",
    "compare_dates",
    "date_network",
    "date_tasks",
    "days_of",
    "freeze",
    "held_by",
    "judge",
    "network_of",
    "progress_of",
    "standing",
    "waiting_counts",
    "watermelon",
    "without_dates",
]
