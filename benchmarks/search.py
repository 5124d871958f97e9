"""Search in 100,000 documents: how long questions of every kind take, up to words that all documents have."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.rows import Bar, Detail, Measured

DOCUMENTS = 100_000
REPEATS = 30
BAR_MS = 50.0
PLACES = ["北", "东", "南", "西", "中", "一号", "二号", "三号", "四号", "五号", "六号", "七号", "八号"]
THINGS = ["馆", "门", "厅", "道", "站", "台", "区", "岗", "牌", "库"]
DOINGS = [
    "应急预案",
    "安检通道",
    "志愿者岗位",
    "引导标识",
    "电梯检修",
    "车辆调度",
    "新闻发布",
    "贵宾接待",
    "展位搭建",
    "食品安全",
    "环境整治",
    "消防演练",
]
ENGLISH = [
    "emergency plan",
    "security lane",
    "volunteer post",
    "guide sign",
    "lift repair",
    "vehicle dispatch",
    "press release",
    "guest reception",
    "stand building",
    "food safety",
    "environment round",
    "fire drill",
]
#: question -> what it is. Every document has 展会 and expo in its words, and a twelfth of them each doing.
QUESTIONS = {
    "展会": "in all documents (2 characters)",
    "expo": "in all documents (word)",
    "ex": "begin of a word that all have",
    "会": "1 character that all have",
    "应急": "2 characters, 1 of 12",
    "应急预案": "4 characters, 1 of 12",
    "八号馆应急": "5 characters, rare",
    "yingji": "pinyin",
    "yj": "initials",
    "zhan": "begin of pinyin",
    "security": "word, 1 of 12",
    "sec la": "begins of two words",
    "T-00077-3": "code",
    "expo T-00077": "common word and begin of a code",
    "展会 expo 会": "three words that all have",
    "没有这个": "nothing",
    "expo zzzz": "common word, and nothing",
    "应急 xiaofang": "two frequent, never together",
}


def documents(count: int) -> Iterator[Any]:
    """Documents of tasks, posts and stands as a large fair has them."""
    from hostcity.core.registries import Document

    for number in range(count):
        place = PLACES[number % len(PLACES)] + THINGS[number // 13 % len(THINGS)]
        doing = number // 7 % len(DOINGS)
        code = f"T-{number // 10:05d}-{number % 10}"
        yield Document(
            kind="plan",
            key=f"tasks/{code}",
            action="plan.see",
            title_en=f"{ENGLISH[doing]} {number}",
            title_zh=f"{place}{DOINGS[doing]}",
            path=f"/e/fair/plan/tasks/{code}/",
            words=f"expo {code} 第二届展会{THINGS[number % 10]} batch {number % 500}",
        )


def measure(count: int = DOCUMENTS) -> Measured:
    """Fill the database and ask every question."""
    from django.db import connection

    from hostcity.core.search.queries import find

    edition, person, fill_s = _fill(count)
    lines, worst = [], 0.0
    for question, means in QUESTIONS.items():
        taken = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            found = find(edition, person, question)
            taken.append((time.perf_counter() - start) * 1000)
        p95 = statistics.quantiles(taken, n=20)[-1]
        worst = max(worst, p95)
        shown = f"{len(found.hits)}{'+' if found.has_more else ''}"
        lines.append((question, means, f"{statistics.median(taken):.1f}", f"{p95:.1f}", shown))
    name = connection.vendor
    bar = Bar(f"search in {count:,} documents, p95 of the worst question, {name}", f"≤ {BAR_MS:.0f} ms",
              f"{worst:.0f} ms", worst <= BAR_MS)  # fmt: skip
    heading = ("question", "what it is", "ms, median", "p95", "found")
    note = f"Time that passes, not processor time. Documents were kept in {fill_s:.0f} s."
    return Measured((bar,), (Detail(f"Search, {name}", heading, tuple(lines), note),))


def _fill(count: int) -> Any:
    from django.db import connection
    from tests import people

    from hostcity.core.models.people import Role
    from hostcity.core.search.services import index

    edition = people.edition()
    person = people.person(Role.PLANNER, edition)
    start = time.perf_counter()
    batch: list[Any] = []
    for each in documents(count):
        batch.append(each)
        if len(batch) == 5000:
            index(edition, batch)
            batch.clear()
    index(edition, batch)
    fill_s = time.perf_counter() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE core_searchdoc")
    return edition, person, fill_s
