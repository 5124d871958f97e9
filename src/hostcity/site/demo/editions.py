"""Editions of the demonstration, with the examples' plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import transaction
from django_scopes import scope

from hostcity.core.editions.services import open_edition
from hostcity.core.models import Bureau, Edition, Organization, Person, PlanRow
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.search.services import rebuild
from hostcity.plan import Plan
from hostcity.plan.books import READINESS, read_joined
from hostcity.plan.scenarios import read_scenario
from hostcity.rehearsal.models import KeptScenario, Rehearsal
from hostcity.rehearsal.scenarios.services import keep_file
from hostcity.rehearsal.services import start_rehearsal
from hostcity.site.demo.preparing import bring_past, laid_ahead, make_bureaus, without_preparation
from hostcity.site.workbooks import example_folder, example_scenarios, example_workbook

DAYS_BEFORE = 101  # the countdown says 100 on the demonstration's first day


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """An example as an edition."""

    code: str
    expo: tuple[str, str, str]
    names: tuple[str, str]
    city: tuple[str, str]
    opens_on: date | None  # None: always ahead
    days: int
    plan: str = ""  # the example; "" = that of its code
    really_opened_on: date | None = None


EXAMPLES = (
    Example(
        code="ciie2019",
        expo=("ciie", "China International Import Expo", "中国国际进口博览会"),
        names=("2nd China International Import Expo", "第二届中国国际进口博览会"),
        city=("Shanghai", "上海"),
        opens_on=date(2019, 11, 5),
        days=6,
    ),
    Example(  # the same expo as if it lay ahead: where a demonstration prepares one
        code="ciie2019-copy",
        plan="ciie2019",
        expo=("ciie", "China International Import Expo", "中国国际进口博览会"),
        names=("2nd China International Import Expo (rehearsal copy)", "第二届中国国际进口博览会（推演副本）"),
        city=("Shanghai", "上海"),
        opens_on=None,
        really_opened_on=date(2019, 11, 5),
        days=6,
    ),
    Example(
        code="tiny",
        expo=("tiny", "A small fair", "小型展会"),
        names=("A small fair", "小型展会"),
        city=("Shanghai", "上海"),
        opens_on=None,
        days=1,
    ),
)
BUREAUS = (
    ("venue", "Venue bureau", "场馆保障专班"),
    ("security", "Security bureau", "安全保卫专班"),
    ("traffic", "Traffic bureau", "交通保障专班"),
    ("volunteers", "Volunteers bureau", "志愿者专班"),
    ("guests", "Guests bureau", "嘉宾接待专班"),
    ("press", "Press bureau", "新闻宣传专班"),
    ("services", "Services bureau", "城市服务专班"),
)


def make_editions() -> list[Edition]:
    """The editions; those that are there stay as they are."""
    return [_edition(example) for example in EXAMPLES]


@transaction.atomic
def _edition(example: Example) -> Edition:
    found = Edition.objects.filter(code=example.code).first()
    if found:
        return found
    opens_on = example.opens_on or Edition().today() + timedelta(days=DAYS_BEFORE)
    expo, expo_en, expo_zh = example.expo
    edition = open_edition(
        expo=expo, expo_name_en=expo_en, expo_name_zh=expo_zh, code=example.code, by=None,
        name_en=example.names[0], name_zh=example.names[1], city_en=example.city[0], city_zh=example.city[1],
        opens_on=opens_on, closes_on=opens_on + timedelta(days=example.days - 1), is_demo=True,
        really_opened_on=example.really_opened_on,
    )  # fmt: skip
    with scope(edition=edition):
        Bureau.objects.bulk_create(Bureau(edition=edition, code=c, name_en=en, name_zh=zh) for c, en, zh in BUREAUS)
        Organization.objects.create(edition=edition, code="acme", name_en="Acme Machines", name_zh="顶点机械")
    if example.opens_on is None:
        make_bureaus(edition, _read(example.plan or example.code))
    return edition


def fill_plans(editions: list[Edition], by: Person) -> None:
    """The examples' plans, in editions that have none yet; of those that lie ahead also their preparation, and how far it is."""
    for example, edition in zip(EXAMPLES, editions, strict=True):
        with scope(edition=edition):
            if not PlanRow.objects.exists():
                rebuild(edition)  # what there is but the plan, which is told as it comes
                plan = _read(example.plan or example.code)
                is_over = example.opens_on is not None
                replace_plan(
                    edition=edition,
                    plan=without_preparation(plan) if is_over else laid_ahead(plan, edition.opens_on),
                    by=by,
                )
            if example.opens_on is None:
                bring_past(edition, by)


@lru_cache(maxsize=2)  # two editions are of one example
def _read(name: str) -> Plan:
    return read_joined(example_workbook(name), READINESS, folder=example_folder(name)).plan


def keep_scenarios(editions: list[Edition], by: Person) -> None:
    """The examples' scenarios, in editions that never had any."""
    for example, edition in zip(EXAMPLES, editions, strict=True):
        with scope(edition=edition):
            if not KeptScenario.objects.exists():
                for path in example_scenarios(example.plan or example.code):
                    keep_file(edition=edition, scenario=read_scenario(path), data=path.read_bytes(), by=by)


def rehearse_what_lies_ahead(editions: list[Edition], by: Person) -> None:
    """A first rehearsal, so that the first screen is not empty; the small fair's first, which plays in a second."""
    for example, edition in reversed(list(zip(EXAMPLES, editions, strict=True))):
        with scope(edition=edition):
            if example.opens_on is None and not Rehearsal.objects.exists():
                start_rehearsal(edition=edition, by=by, title="Demo")
