"""What was done, with whatever was done in one go as one line: an import of a workbook is one thing to tell, not 400."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from hostcity.core.ledger_queries import Told, names_of, told
from hostcity.core.models import Act, Edition, Person
from hostcity.core.plan_rows.changes import ADD, IMPORT, KIND


@dataclass(frozen=True, kw_only=True, slots=True)
class Summed:
    """One line, or several of one moment by one person; ``path`` leads to the object, or to the lines."""

    at: datetime
    by: Any
    words: Any
    path: str


def summed_since(edition: Edition, at: datetime, limit: int, *, reader: Person | None = None) -> list[Summed]:
    """What was done at or after a time, latest first; at most ``limit`` lines, in three queries, four or five.

    Lines written together carry the same time, and their numbers follow one another.
    """
    with scope(edition=edition):
        moments = Act.objects.filter(edition=edition, at__gte=at).values("at", "by_code")
        found = moments.annotate(
            count=Count("number"), first=Min("number"), last=Max("number"), least=Min("verb"), most=Max("verb"),
            one_kind=Min("subject_kind"), other_kind=Max("subject_kind"),
        ).order_by("-last")[: 2 * limit]  # fmt: skip
        groups = list(found)
        alone = list(Act.objects.filter(number__in=[each["first"] for each in groups if each["count"] == 1]))
    lines = {each.number: each for each in told(edition, alone, reader=reader)}
    imports = {act.number: (act.body["first"], act.body["last"]) for act in alone if act.verb == IMPORT}
    within = set(imports.values())  # their own line tells of these
    groups = [each for each in groups if (each["first"], each["last"]) not in within]
    names = names_of({each["by_code"] for each in groups if each["count"] > 1})
    return list(_lines(edition, groups, lines, imports, names))[:limit]


def _lines(
    edition: Edition,
    groups: list[dict[str, Any]],
    lines: Mapping[int, Told],
    imports: Mapping[int, tuple[int, int]],
    names: Mapping[str, str],
) -> Iterator[Summed]:
    of_import = {number: lines_path(edition, *within) for number, within in imports.items()}
    for each in groups:
        if each["count"] == 1:
            line = lines[each["first"]]
            yield Summed(at=line.at, by=line.by, words=line.words, path=of_import.get(line.number, line.path))
        else:
            by = names.get(each["by_code"], each["by_code"]) or _("the site")
            yield Summed(
                at=each["at"], by=by, words=_words_of(each), path=lines_path(edition, each["first"], each["last"])
            )


def lines_path(edition: Edition, first: int, last: int) -> str:
    """The ledger's page with these lines only."""
    return f"{reverse('ledger', kwargs={'edition': edition.code})}?first={first}&last={last}"


def _words_of(group: Mapping[str, Any]) -> str:
    count = group["count"]
    if group["least"] == group["most"] == ADD:
        said = ngettext("brought {count} row into the plan", "brought {count} rows into the plan", count)
    elif group["one_kind"].startswith(KIND) and group["other_kind"].startswith(KIND):
        said = ngettext("changed {count} row of the plan", "changed {count} rows of the plan in one go", count)
    else:
        said = ngettext("{count} change", "{count} changes in one go", count)
    return said.format(count=number_format(count, force_grouping=True))
