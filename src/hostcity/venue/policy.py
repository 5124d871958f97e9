"""Who may see the place."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.models.people import Role
from hostcity.core.policy import STAFF, all_of, declare

SEE_MAP = declare("venue.see", all_of(*STAFF), _("see the map of the venue, and search it"))
MAKE_WAYS = declare(
    "ways.make", all_of(Role.PLANNER, Role.DRILL_DIRECTOR, Role.DUTY_OFFICER), _("have route books made for the venue")
)
CHECK_EXITS = declare(
    "exits.check", all_of(Role.PLANNER, Role.DRILL_DIRECTOR, Role.DUTY_OFFICER), _("have the exits of halls checked")
)
MEASURE_FACILITIES = declare(
    "facilities.measure",
    all_of(Role.PLANNER, Role.DRILL_DIRECTOR, Role.DUTY_OFFICER),
    _("have it measured where visitors walk or queue too long"),
)
APPROVE_SIGNS = declare(
    "signs.approve", all_of(Role.PLANNER, Role.DRILL_DIRECTOR), _("approve sign faces, and take that back")
)
HANG_SIGNS = declare(
    "signs.hang",
    all_of(Role.PLANNER, Role.DRILL_DIRECTOR, Role.DUTY_OFFICER, Role.BUREAU_OWNER),
    _("say that sign faces are made, installed, checked or mended"),
)
REPORT_SIGNS = declare("signs.report", all_of(*STAFF), _("report what is wrong with a sign face"))
PLAN_SIGNS = declare(
    "signs.plan",
    all_of(Role.PLANNER, Role.DRILL_DIRECTOR, Role.DUTY_OFFICER),
    _("have sign faces planned and audited"),
)
