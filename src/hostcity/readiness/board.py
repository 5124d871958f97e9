"""The board: tasks by what was told of them. Made without templates, where each of thousands of cards would cost ten times as much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from hostcity.core.models import Edition
from hostcity.readiness.models import TaskState
from hostcity.readiness.queries import harm
from hostcity.readiness.standing import TaskNow
from hostcity.readiness.words import COLORS, named

#: Columns from left to right.
STAGES: Mapping[str, Any] = {
    "waiting": pgettext_lazy("column of tasks", "Not begun"),
    "going": pgettext_lazy("column of tasks", "Under way"),
    "trouble": pgettext_lazy("column of tasks", "In trouble"),
    "finished": pgettext_lazy("column of tasks", "Finished, to be accepted"),
    "done": pgettext_lazy("column of tasks", "Done"),
}


def stage_of(each: TaskNow) -> str:
    """The column of a task: what was told of it last, whatever its color."""
    told = each.told
    if not told.is_open:
        return "done"
    if told.finished_on:
        return "finished"
    if told.has_trouble:
        return "trouble"
    return "going" if told.started_on else "waiting"


def versions_of(edition: Edition) -> dict[str, int]:
    """Which version of each task is looked at, by key; one query."""
    return dict(TaskState.objects.filter(edition=edition).values_list("task", "version"))


def columns_of(
    tasks: Iterable[TaskNow], versions: Mapping[str, int], departments: Mapping[str, str]
) -> list[tuple[str, Any, int, SafeString]]:
    """Each column with its name, how many cards it has, and these, the worst first."""
    by_stage: defaultdict[str, list[TaskNow]] = defaultdict(list)
    for each in sorted(tasks, key=harm):
        by_stage[stage_of(each)].append(each)
    colors = {color: escape(str(name)) for color, name in COLORS.items()}
    return [
        (
            stage,
            name,
            len(by_stage[stage]),
            _joined(card(each, versions, departments, colors) for each in by_stage[stage]),
        )
        for stage, name in STAGES.items()
    ]


def card(
    each: TaskNow, versions: Mapping[str, int], departments: Mapping[str, str], colors: Mapping[str, str] | None = None
) -> SafeString:
    """A task on the board: its name leads to its page, beside it the color in words, the department, the day on which it ends."""
    task, color = each.task, each.status.color.value
    key = escape(each.key)
    end = each.now and each.now.end
    word = colors[color] if colors else escape(str(COLORS[color]))
    return mark_safe(  # noqa: S308 -- every text in it is escaped
        f'<li data-k="{key}" data-v="{versions.get(each.key, 0)}"><a href="../tasks/{escape(quote(each.key))}/">{escape(named(task))}</a>'
        f'<small><b class="is-{color}">{word}</b> {escape(departments.get(task.department, task.department))}'
        f"{f' {end:%m-%d}' if end and each.told.is_open else ''}</small></li>"
    )


def _joined(cards: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(cards))  # noqa: S308 -- escaped where they are made
