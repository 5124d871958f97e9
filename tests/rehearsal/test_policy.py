"""Who may rehearse, remark, mark, settle and assign; and that no page needs the engine."""

import subprocess
import sys

import pytest

from hostcity.core import policy as matrix
from hostcity.core.errors import NotAllowed
from hostcity.core.models import LedgerHead
from hostcity.core.models.people import Role
from hostcity.rehearsal import policy
from hostcity.rehearsal.services import (
    add_finding,
    cancel_rehearsal,
    compare_rehearsals,
    repeat_rehearsal,
    start_rehearsal,
)
from tests import people

STAFF = set(matrix.STAFF)
DIRECTORS = {Role.ADMINISTRATOR, Role.DRILL_DIRECTOR, Role.PLANNER}


@pytest.mark.parametrize("role", Role)
def test_the_matrix(edition, role):
    person = people.person(role, edition)
    actions = {each for each in vars(policy).values() if isinstance(each, str) and each in matrix.MATRIX}
    may = {action for action in actions if matrix.may(person, action, edition)}
    expected = set()
    if role in STAFF:
        expected |= {"rehearsal.see", "rehearsal.remark", "finding.see", "finding.change"}
    if role in DIRECTORS:
        expected |= {"rehearsal.start", "rehearsal.cancel", "scenario.keep", "finding.add", "finding.assign"}
    if role is Role.DUTY_OFFICER:
        expected |= {"finding.add"}
    assert may == expected


def test_a_planner_cancels_their_own_only(edition, director):
    planner = people.person(Role.PLANNER, edition)
    of_director, own = (start_rehearsal(edition=edition, by=who) for who in (director, planner))
    with pytest.raises(NotAllowed):
        cancel_rehearsal(rehearsal=of_director, by=planner)
    cancel_rehearsal(rehearsal=own, by=planner)
    own.refresh_from_db()
    assert own.state == "cancelled"


def test_who_may_not_leaves_no_trace(edition, play):
    first, second = play(), play(overrides=["stations.*-security.lanes=1"])
    number = LedgerHead.objects.get(edition=edition).number
    for role in (Role.BUREAU_OWNER, Role.VISITOR, Role.COORDINATOR):
        person = people.person(role, edition)
        for act in (
            lambda person=person: start_rehearsal(edition=edition, by=person),
            lambda person=person: repeat_rehearsal(rehearsal=first, by=person),
            lambda person=person: compare_rehearsals(a=first, b=second, by=person),
            lambda person=person: add_finding(rehearsal=first, by=person, title="x"),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert LedgerHead.objects.get(edition=edition).number == number


def test_a_director_of_another_edition_may_nothing_here(edition, play):
    outsider = people.person(Role.DRILL_DIRECTOR, people.edition("other"))
    with pytest.raises(NotAllowed):
        start_rehearsal(edition=edition, by=outsider)
    with pytest.raises(NotAllowed):
        repeat_rehearsal(rehearsal=play(), by=outsider)


def test_no_page_imports_the_engine():
    program = (
        "import django, sys; django.setup(); import hostcity.site.urls, hostcity.rehearsal.services, hostcity.rehearsal.compared;"
        "print(*(name for name in sys.modules if name.partition('.')[0] in ('numba', 'numpy', 'ortools')"
        " or name.startswith(('hostcity.engines', 'hostcity.studies'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
