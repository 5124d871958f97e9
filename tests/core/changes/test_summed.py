"""What is told in one line: what was written in one go."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from hostcity.core.changes.summed import summed_since
from hostcity.core.ledger import Line, record, record_lines
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.imports import import_plan
from hostcity.core.plan_rows.undo import undo_act
from tests import people
from tests.fairs import small_fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    return people.edition()


def told(fair, limit=8):
    return [(str(each.by), str(each.words)) for each in summed_since(fair, timezone.now() - timedelta(hours=1), limit)]


def test_an_import_and_its_undoing_are_one_line_each_that_lead_to_all_lines(fair, django_assert_num_queries):
    planner = people.person(Role.PLANNER, fair, name="Ada")
    *rows, whole = import_plan(edition=fair, plan=small_fair(), name="expo.xlsx", by=planner)
    assert len(rows) > 20
    assert told(fair) == [("Ada", f"expo.xlsx imported: {len(rows)} changes")]
    (line,) = summed_since(fair, timezone.now() - timedelta(hours=1), 8)
    assert line.path == f"/e/fair/changes/?first={rows[0].number}&last={rows[-1].number}"
    client = people.signed_in(planner)
    page = client.get(line.path).content.decode()
    assert f'id="n{rows[-1].number}"' in page
    assert f'id="n{whole.number}"' not in page
    undo_act(edition=fair, act=whole, by=planner)
    assert told(fair)[0] == ("Ada", f"import no. {whole.number} undone: {len(rows)} changes")
    assert len(told(fair)) == 2
    with django_assert_num_queries(3):
        told(fair)


def test_lines_without_an_import_are_summed_up_by_their_moment(fair):
    ada = people.person(Role.PLANNER, fair, name="Ada")
    for by, kinds in ((ada, ("walls", "plan.gates")), (None, ("plan.gates", "plan.halls"))):
        with transaction.atomic():
            lines = [Line(verb="test.paint", subject_kind=kind, subject_key="a") for kind in kinds]
            record_lines(lines, edition=fair, by=by)
    with transaction.atomic():
        record("test.paint", edition=fair, by=ada, subject=("walls", "b"))
    assert told(fair) == [
        ("Ada", "test.paint: walls b"),
        ("the site", "changed 2 rows of the plan in one go"),
        ("Ada", "2 changes in one go"),
    ]
    assert len(told(fair, limit=2)) == 2


@pytest.mark.parametrize("asked", ["first=1", "first=a&last=2", "first=-1&last=2", f"first=1&last={'9' * 30}"])
def test_a_range_that_is_none_filters_nothing(fair, asked):
    with transaction.atomic():
        record("test.paint", edition=fair, by=None, subject=("walls", "b"))
    page = people.signed_in(people.person(Role.PLANNER, fair)).get(f"/e/fair/changes/?{asked}")
    assert page.status_code == 200
    assert "test.paint" in page.content.decode()
