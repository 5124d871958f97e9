"""Who may see tasks, report on them, show evidence and accept them."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.models.people import Role
from hostcity.core.policy import all_of, declare

SEE_TASKS = declare(
    "task.see",
    all_of(Role.DRILL_DIRECTOR, Role.PLANNER, Role.BUREAU_OWNER),
    _("see the tasks of the preparation, their status and evidence"),
)
