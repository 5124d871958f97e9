"""Who may check others in: coordinators everywhere, leaders at the post where they serve."""

from __future__ import annotations

from hostcity.core import policy as matrix
from hostcity.core.models import Edition, Person, PlanRow
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.core.policy import Reach
from hostcity.volunteers import policy
from hostcity.volunteers.duty.cells import Cell
from hostcity.volunteers.own import rows_of

LEADER = "leader"  # kind of a skill


def may_check(edition: Edition, person: Person, cell: Cell) -> bool:
    """Whether somebody may show the code of a cell and check people in there. No query for coordinators, else three."""
    reach = matrix.reach_of(person, policy.CHECK_DUTY, edition)
    return Reach.EDITION in reach or (bool(reach) and cell in led_cells(edition, person))


def require_may_check(edition: Edition, person: Person, cell: Cell) -> None:
    """Raise ``NotAllowed`` unless they may."""
    if not may_check(edition, person, cell):
        raise matrix.NotAllowed(policy.CHECK_DUTY)


def led_cells(edition: Edition, person: Person) -> set[Cell]:
    """Where a person serves with a leader's skill. At most three queries."""
    rows = list(rows_of(edition, person))
    leaders = leading_codes(edition, {each.volunteer for each in rows})
    return {Cell(each.post, each.day, each.band) for each in rows if each.volunteer in leaders}


def leading_codes(edition: Edition, volunteers: set[str]) -> set[str]:
    """Those of some volunteers who have a leader's skill. Two queries."""
    if not volunteers:
        return set()
    skills = {each.code for each in rows_of_sheets(edition, ("skills",))["skills"] if each.kind == LEADER}
    rows = PlanRow.objects.filter(edition=edition, sheet="volunteers", key__in=volunteers)
    return {key for key, held in rows.values_list("key", "body__skills") if skills & set(held or ())}
