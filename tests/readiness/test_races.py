"""Many at once on one task: one of them closes it, and nothing is told of it afterwards that is not counted."""

import datetime
from collections import Counter

import pytest
from django_scopes import scope

from hostcity.core.errors import Refused, Stale
from hostcity.core.models import Act
from hostcity.core.plan_rows.services import replace_plan
from hostcity.readiness import services
from hostcity.readiness.models import Decision, Report, TaskState
from hostcity.readiness.telling import progress_now
from tests import people
from tests.fairs import small_fair
from tests.readiness import tasks
from tests.readiness.conftest import owner_of
from tests.site.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def test_of_many_who_accept_and_report_at_once_the_order_is_one():
    opens = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=30)
    edition = people.edition(opens_on=opens, closes_on=opens)
    replace_plan(edition=edition, plan=tasks.with_tasks(small_fair(), opens), by=None)
    owner, *others = [
        owner_of(edition, "fair", "Fay"),
        *(owner_of(edition, "city", f"Cy {at}") for at in range(MANY // 2)),
    ]
    services.report_task(edition=edition, task="train", word="finished", by=owner)
    services.submit_evidence(edition=edition, task="train", kind="document", file=("a.txt", b"a"), by=owner)

    def act(number):
        if number % 2:
            return services.report_task(edition=edition, task="train", word="going", by=owner)
        return services.accept_task(edition=edition, task="train", by=others[number // 2], version=2)

    answers = at_once(act, MANY)
    kinds = Counter(type(each) for each in answers)
    assert set(kinds) <= {Decision, Report, Stale, Refused}, answers
    with scope(edition=edition):
        assert Decision.objects.count() == kinds[Decision] <= 1
        state = TaskState.objects.get()
        assert (state.version, state.accepted_on is not None) == (
            2 + kinds[Report] + kinds[Decision],
            bool(kinds[Decision]),
        )
        assert progress_now(edition, "train").accepted_on == state.accepted_on
        assert (
            Act.objects.filter(verb__in=["task.report", "task.accept"]).count() == 1 + kinds[Report] + kinds[Decision]
        )
        if kinds[Decision]:
            assert kinds[Report] == 0, "the first to come was the acceptance, or it would have been overtaken"
