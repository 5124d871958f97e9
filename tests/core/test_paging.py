"""Pages by place in the order: nothing lost, nothing twice, nothing forged."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostcity.core.errors import Refused
from hostcity.core.models import Bureau, Edition, Organization, Person, PlanRow
from hostcity.core.paging import MOST, keyset_page
from tests import people

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 1, tzinfo=UTC)
ORDERS = [
    ("sheet", "-position"),
    ("-sheet", "position", "-version"),
    ("-changed_at", "sheet"),
    ("pk",),
    ("-changed_at", "-pk"),
    ("position", "-key"),
]
rows_of_a_plan = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.integers(0, 2)), max_size=14)


def add(edition: Edition, bodies, prefix="k") -> list[PlanRow]:
    return [
        PlanRow.objects.create(
            edition=edition, sheet=sheet, key=f"{prefix}{number}", position=position, body={},
            changed_at=START + timedelta(microseconds=moment),
        )
        for number, (sheet, position, moment) in enumerate(bodies)
    ]  # fmt: skip


def turned(rows, order, size, between=lambda page: None):
    """Every page's rows, one after the other."""
    found, after = [], ""
    for page_number in range(50):
        page = keyset_page(rows, order=order, after=after, size=size)
        assert len(page.rows) <= size
        found += page.rows
        after = page.next
        between(page_number)
        if not after:
            return found
    raise AssertionError("the pages never end")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=rows_of_a_plan, order=st.sampled_from(ORDERS), size=st.integers(1, 5))
def test_pages_make_up_the_list(bodies, order, size):
    edition = Edition.objects.filter(code="fair").first() or people.edition()
    with scope(edition=edition):
        PlanRow.objects.all().delete()
        made = add(edition, bodies)
        found = turned(PlanRow.objects.all(), order, size)
        tie = () if "pk" in order else (("-pk",) if order[-1].startswith("-") else ("pk",))
        whole = list(PlanRow.objects.order_by(*order, *tie))
    assert found == whole
    assert len(found) == len(made)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=rows_of_a_plan, later=rows_of_a_plan, order=st.sampled_from(ORDERS), size=st.integers(1, 4))
def test_rows_that_come_or_go_between_pages_harm_no_other(bodies, later, order, size):
    """What was there all the time is told exactly once."""
    edition = Edition.objects.filter(code="fair").first() or people.edition()
    with scope(edition=edition):
        PlanRow.objects.all().delete()
        made = add(edition, bodies)
        gone = made[::3]

        def between(page_number):
            add(edition, later[page_number : page_number + 1], prefix=f"later{page_number}-")
            PlanRow.objects.filter(pk__in=[each.pk for each in gone[page_number : page_number + 1]]).delete()

        told = [each.key for each in turned(PlanRow.objects.all(), order, size, between)]
    assert len(told) == len(set(told))
    assert {each.key for each in made} - {each.key for each in gone} <= set(told)


def test_a_page_is_one_query(django_assert_num_queries):
    edition = people.edition()
    with scope(edition=edition):
        add(edition, [("a", 1, 1), ("a", 2, 2)])
        with django_assert_num_queries(1):
            page = keyset_page(PlanRow.objects.all(), order=("position",), size=1)
        with django_assert_num_queries(1):
            assert keyset_page(PlanRow.objects.all(), order=("position",), after=page.next).next == ""


def test_order_through_a_relation_and_of_values():
    for code in "abc":
        people.edition(code * 2)
    by_expo = ("expo__code", "-code")
    assert [each.code for each in turned(Edition.objects.select_related("expo"), by_expo, 1)] == ["cc", "bb", "aa"]
    assert [each["code"] for each in turned(Edition.objects.values("code"), ("code",), 2)] == ["aa", "bb", "cc"]


def a_cursor(edition, order=("position",)):
    with scope(edition=edition):
        add(edition, [("a", 1, 1), ("a", 2, 2)])
        return keyset_page(PlanRow.objects.all(), order=order, size=1).next


@pytest.mark.parametrize(
    "harm",
    [
        lambda cursor: cursor[:-1] + ("A" if cursor[-1] != "A" else "B"),
        lambda cursor: "A" + cursor[1:],
        lambda cursor: cursor.partition(":")[0],
        lambda cursor: "nonsense",
        lambda cursor: ":" * 40,
        lambda cursor: "\x00",
        lambda cursor: signing.Signer(salt="hostcity.page").sign_object([9, 9]),
    ],
)
def test_a_cursor_that_no_page_gave_is_refused(harm):
    edition = people.edition()
    cursor = a_cursor(edition)
    with scope(edition=edition), pytest.raises(Refused) as caught:
        keyset_page(PlanRow.objects.all(), order=("position",), after=harm(cursor))
    assert caught.value.code == "page.cursor"


def test_a_cursor_is_good_for_its_own_order_and_list_only():
    edition = people.edition()
    cursor = a_cursor(edition)
    with scope(edition=edition):
        for rows, order in ((PlanRow.objects.all(), ("-position",)), (Bureau.objects.all(), ("code",))):
            with pytest.raises(Refused, match=r"page\.cursor"):
                keyset_page(rows, order=order, after=cursor)


@pytest.mark.parametrize("order", [("used_at",), ("bureau__code",), ("nothing",), ("username__x",), ("assignments",)])
def test_an_order_with_nulls_or_without_a_column_is_a_mistake(order):
    from hostcity.core.models import Assignment, SignInCode

    model = {"used_at": SignInCode, "bureau__code": Assignment}.get(order[0], Person)
    with scope(edition=people.edition()), pytest.raises(ValueError, match=order[0].split("__")[0]):
        keyset_page(model.objects.all(), order=order)


@pytest.mark.parametrize("size", [0, -1, MOST + 1])
def test_sizes(size):
    with scope(edition=people.edition()), pytest.raises(Refused, match=r"page\.size"):
        keyset_page(Organization.objects.all(), order=("code",), size=size)
