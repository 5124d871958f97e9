"""Acts on tasks: reporting, showing evidence, accepting."""

from hostcity.readiness.services.bringing import Brought, bring_progress
from hostcity.readiness.services.deciding import accept_task, refuse_task, undo_decision
from hostcity.readiness.services.reporting import report_task
from hostcity.readiness.services.showing import submit_evidence, withdraw_evidence

__all__ = [
    "Brought",
    "accept_task",
    "bring_progress",
    "refuse_task",
    "report_task",
    "submit_evidence",
    "undo_decision",
    "withdraw_evidence",
]
