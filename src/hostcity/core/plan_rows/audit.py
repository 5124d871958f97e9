"""Whether the stored rows are those that the ledger tells: the plan played again from its first line."""

from __future__ import annotations

from django_scopes import scope

from hostcity.core.models import Act, Edition, PlanRow
from hostcity.core.plan_rows.bodies import Body
from hostcity.core.plan_rows.changes import ADD, CHANGE, KIND, REMOVE, sheet_of
from hostcity.core.plan_rows.queries import own_sheets

Place = tuple[str, str]


def rows_not_in_ledger(edition: Edition) -> list[Place]:
    """Sheet and key of each row that is there, missing or different without a line that says so. Reads everything."""
    with scope(edition=edition):
        rows = PlanRow.objects.filter(sheet__in=own_sheets()).values_list("sheet", "key", "body")
        found: dict[Place, Body] = {(sheet, key): body for sheet, key, body in rows}
        told = _told(edition)
    return sorted(place for place in told.keys() | found.keys() if told.get(place) != found.get(place))


def _told(edition: Edition) -> dict[Place, Body]:
    rows: dict[Place, Body] = {}
    acts = Act.objects.filter(edition=edition, subject_kind__startswith=KIND).order_by("number")
    own = own_sheets()
    for act in acts.iterator(chunk_size=2000):
        if sheet_of(act.subject_kind) not in own:
            continue
        place = (sheet_of(act.subject_kind), act.subject_key)
        if act.verb == ADD:
            rows[place] = act.body["row"]
        elif act.verb == CHANGE:
            rows[place] = rows.get(place, {}) | {name: new for name, (_old, new) in act.body["fields"].items()}
        elif act.verb == REMOVE:
            rows.pop(place, None)
    return rows
