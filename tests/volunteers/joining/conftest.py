"""A call for volunteers at the small force, with campuses and languages, and a training."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django_scopes import scope

from hostcity.core import public_pages
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan.rows import Campus, Skill, Zone
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.asking import Given
from hostcity.volunteers.joining.views import public
from tests import people
from tests.volunteers import force

PHONE = "+8613812345678"
LEADER = Skill(code="leader", kind="leader", name_en="Leader", name_zh="组长")
SKILLS = (
    LEADER,
    *(Skill(code=f"en-{level}", kind="language", language="en", level=level) for level in ("B1", "B2", "C1")),
    Skill(code="fr-A2", kind="language", language="fr", level="A2"),
)
SHEETS = {
    "skills": SKILLS,
    "campuses": (
        Campus(code="C1", name_en="Songjiang", name_zh="松江校区"),
        Campus(code="C2", name_en="Minhang", name_zh="闵行校区"),
    ),
    "zones": (
        Zone(code="Z1", name_en="North", name_zh="北区"),
        Zone(code="Z2", name_en="Press", name_zh="新闻中心", is_restricted=True),
    ),
}
SEATS = (("D1", "early"), ("D1", "late"), ("D2", "early"), ("D2", "late"))


def given(**more) -> Given:
    """What somebody says who can serve at any time."""
    usual = {
        "name": "林晓", "phone": PHONE, "campus": "C1", "languages": {"en": "C1"}, "seats": SEATS, "uniform": "M", "consent": 1,
    }  # fmt: skip
    return Given(**usual | more)


def called(edition, coordinator, **more):
    """The edition calls for volunteers."""
    usual = {
        "is_open": True, "closes_on": date(2027, 10, 1), "consent_en": "We call you.", "consent_zh": "我们会给您打电话。", "version": 0,
    }  # fmt: skip
    return services.change_opening(edition=edition, by=coordinator, **usual | more)


def training(edition, coordinator, code="T1", **more):
    """A training with places."""
    usual = {
        "name_en": "Guides", "name_zh": "引导培训", "post_classes": ["guide"], "starts_at": datetime(2027, 10, 5, 1, tzinfo=UTC), "place": "Hall 1",
        "capacity": 2,
    }  # fmt: skip
    return services.add_training(edition=edition, by=coordinator, code=code, **usual | more)


def made(db=None, code="fair"):
    """The edition with its plan."""
    edition = people.edition(code)
    replace_plan(edition=edition, plan=force.plan(**SHEETS), by=None)
    return edition


def fresh_limits():
    """Nobody has asked for anything yet."""
    cache.clear()
    for rate in (public_pages.VISITORS, public.APPLYING, public.OF_A_PHONE):
        rate.forget()


@pytest.fixture(autouse=True)
def _limits(db):
    fresh_limits()


@pytest.fixture
def edition(db):
    return made()


@pytest.fixture
def coordinator(edition):
    return people.person(Role.COORDINATOR, edition)


@pytest.fixture
def opening(edition, coordinator):
    return called(edition, coordinator)


@pytest.fixture
def applied(edition, opening):
    """An application, and the code of it."""
    return services.apply(edition=edition, given=given())


@pytest.fixture
def scoped(edition):
    with scope(edition=edition):
        yield edition
