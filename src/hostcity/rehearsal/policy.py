"""Who may rehearse, and who may do what with findings."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.models.people import Role
from hostcity.core.policy import STAFF, Reach, all_of, declare

DIRECTORS = (Role.DRILL_DIRECTOR, Role.PLANNER)

SEE_REHEARSALS = declare("rehearsal.see", all_of(*STAFF), _("see rehearsals and compare them"))
START_REHEARSAL = declare("rehearsal.start", all_of(*DIRECTORS), _("start a rehearsal"))
CANCEL_REHEARSAL = declare(
    "rehearsal.cancel", {Role.DRILL_DIRECTOR: Reach.EDITION, Role.PLANNER: Reach.OWN}, _("cancel a rehearsal")
)
KEEP_SCENARIO = declare("scenario.keep", all_of(*DIRECTORS), _("keep scenarios, and remove them"))
REMARK = declare("rehearsal.remark", all_of(*STAFF), _("say something about a rehearsal"))

SEE_FINDINGS = declare("finding.see", all_of(*STAFF), _("see findings"))
ADD_FINDING = declare("finding.add", all_of(*DIRECTORS, Role.DUTY_OFFICER), _("mark a finding"))
#: State and note: its bureau's owner, and any of the staff whom it was given to.
CHANGE_FINDING = declare(
    "finding.change",
    dict.fromkeys(STAFF, Reach.OWN) | {Role.BUREAU_OWNER: Reach.BUREAU} | all_of(*DIRECTORS),
    _("say how far a finding is"),
)
#: What it is, how bad, and whose: not for its owner, who could make it small.
ASSIGN_FINDING = declare("finding.assign", all_of(*DIRECTORS), _("change a finding and give it to somebody"))
