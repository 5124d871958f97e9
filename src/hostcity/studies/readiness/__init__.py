"""The preparation of an expo: its tasks as a network, with dates, the critical path, and whether the network is sound."""

from hostcity.studies.readiness.clock import Days, days_of
from hostcity.studies.readiness.health import Finding, Health, check_health
from hostcity.studies.readiness.network import Network, network_of
from hostcity.studies.readiness.path import Dated, DatedPath, date_tasks

__all__ = [
    "Dated",
    "DatedPath",
    "Days",
    "Finding",
    "Health",
    "Network",
    "check_health",
    "date_tasks",
    "days_of",
    "network_of",
]
