"""A plan with its dates moved."""

from hostcity.plan import problems_of
from hostcity.plan.books import READINESS
from hostcity.plan.dates import moved
from tests.plan.preparations import prepared


def test_all_dates_move_and_nothing_else():
    plan = prepared()
    later = moved(plan, 365, READINESS.own)
    assert (later.preparation[0].first_day, later.preparation[0].opens) == ("2027-04-20", "2027-05-20")
    assert [each.need_by for each in later.tasks] == ["", "2027-05-16", "2027-05-19"]
    assert (later.calendar_days[0].first, later.calendar_days[1].last) == ("2027-05-01", "")
    assert later.task_links == plan.task_links
    assert moved(later, -365, READINESS.own) == plan
    assert problems_of(later) == ()
