"""Who may see, make and publish rosters."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.models.people import Role
from hostcity.core.policy import STAFF, Reach, all_of, declare

SEE_ROSTER = declare("roster.see", all_of(*STAFF), _("see the roster of volunteers and its drafts"))
MAKE_ROSTER = declare(
    "roster.make",
    all_of(Role.COORDINATOR, Role.PLANNER, Role.DRILL_DIRECTOR),
    _("have drafts of the roster made and judged"),
)
CHANGE_ROSTER = declare("roster.change", all_of(Role.COORDINATOR), _("lock seats of the roster for the next draft"))
PUBLISH_ROSTER = declare(
    "roster.publish", all_of(Role.COORDINATOR), _("publish a draft as the roster, and take that back")
)
MEND_ROSTER = declare(
    "roster.mend", all_of(Role.COORDINATOR), _("have a day of the roster mended, and see how: who is told what")
)
OWN_SWAPS = declare(
    "swap.own",
    {Role.VOLUNTEER: Reach.OWN},
    _("give a shift of one's own away or trade it, and take one that is offered"),
)
APPROVE_SWAPS = declare(
    "swap.approve",
    all_of(Role.COORDINATOR),
    _("see shifts that volunteers trade, approve, decline and undo it, and set the rule by which it holds"),
)
ASK_ANSWERS = declare(
    "acceptance.ask",
    all_of(Role.COORDINATOR),
    _(
        "ask volunteers by when they accept their shifts, see who has not, answer for them, take the promotion of reserves back"
    ),
)
OWN_ANSWERS = declare("acceptance.own", {Role.VOLUNTEER: Reach.OWN}, _("accept and decline one's own shifts"))
OWN_SHIFTS = declare("roster.own", {Role.VOLUNTEER: Reach.OWN}, _("see one's own shifts"))
SEE_DUTY = declare("duty.see", all_of(*STAFF), _("see who has come to which shift"))
CHECK_DUTY = declare(
    "duty.check",
    {Role.COORDINATOR: Reach.EDITION, Role.VOLUNTEER: Reach.OWN},
    _("show the code of a post, check volunteers in and out by hand; leaders at the post where they serve"),
)
OWN_DUTY = declare("duty.own", {Role.VOLUNTEER: Reach.OWN}, _("check in to one's own shifts, and out"))
SEE_APPLICATIONS = declare(
    "join.see", all_of(Role.COORDINATOR), _("see who would like to serve, trainings and lists of volunteers")
)
OPEN_JOINING = declare("join.open", all_of(Role.COORDINATOR), _("call for volunteers: open and close sign-up"))
STEP_APPLICATION = declare(
    "join.step", all_of(Role.COORDINATOR), _("invite applicants, book trainings, refuse, and take that back")
)
ACCREDIT = declare(
    "join.accredit", all_of(Role.COORDINATOR), _("accredit applicants: open their accounts, take that back")
)
SEE_HOURS = declare("hours.see", all_of(Role.COORDINATOR), _("see hours served, by person, shift, campus and team"))
CORRECT_HOURS = declare(
    "hours.correct",
    all_of(Role.COORDINATOR),
    _("correct when somebody came and left, with a reason and a second person, and take that back"),
)
OWN_HOURS = declare("hours.own", {Role.VOLUNTEER: Reach.OWN}, _("see the hours that one has served"))
ISSUE_CERTIFICATES = declare(
    "certificate.issue",
    all_of(Role.COORDINATOR),
    _("see certificates of service, issue, print and revoke them"),
)
ANSWER_FEEDBACK = declare(
    "feedback.answer", all_of(Role.COORDINATOR), _("see what volunteers say of their shifts, and answer")
)
OWN_FEEDBACK = declare(
    "feedback.own", {Role.VOLUNTEER: Reach.OWN}, _("say how one's own shifts were, and see the answers")
)
