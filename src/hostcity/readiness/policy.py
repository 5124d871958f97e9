"""Who may see tasks, report on them, show evidence and accept them."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.models.people import Role
from hostcity.core.policy import Reach, all_of, declare

SEE_TASKS = declare(
    "task.see",
    all_of(Role.DRILL_DIRECTOR, Role.PLANNER, Role.BUREAU_OWNER),
    _("see the tasks of the preparation, their status and evidence"),
)
REPORT_TASKS = declare(
    "task.report",
    {Role.BUREAU_OWNER: Reach.BUREAU, Role.PLANNER: Reach.EDITION},
    _("report on tasks of one's own department and show evidence; planners on all"),
)
ACCEPT_TASKS = declare(
    "task.accept",
    {Role.BUREAU_OWNER: Reach.BUREAU, Role.DRILL_DIRECTOR: Reach.EDITION},
    _("accept tasks of other departments where one's own is named, and undo it; drill directors where any is"),
)
BRING_PROGRESS = declare("task.bring", {}, _("bring in what was told of tasks elsewhere, before the site was used"))
MAKE_FORECAST = declare(
    "task.forecast",
    all_of(Role.DRILL_DIRECTOR, Role.PLANNER),
    _("have the preparation forecast"),
)
LEAD = declare(
    "task.lead",
    all_of(Role.DRILL_DIRECTOR, Role.PLANNER),
    _("see the leader's screen, with telephone numbers of those who answer for tasks"),
)
