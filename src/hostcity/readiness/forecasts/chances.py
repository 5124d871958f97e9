"""How likely single tasks end in time, of the last forecast, as far as it still speaks of what is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hostcity.core.models import Edition
from hostcity.readiness.forecasts.kept import last_forecast, said_of

if TYPE_CHECKING:
    from hostcity.studies.readiness import Chance, Progress

MOST_OLD = datetime.timedelta(days=3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chances:
    """Those of a forecast."""

    pk: int  # of the forecast
    on: datetime.date
    of: Mapping[str, tuple[float, float]]  # by code: least and most; of those that are hardly ever late there is none

    def chance(self, code: str, told: Progress) -> Chance | None:
        """How likely an open task ends in time; None where something was told of it on that day or since."""
        from hostcity.studies.readiness import Chance

        if told.reported_on and told.reported_on >= self.on:
            return None
        return Chance(*self.of.get(code, (1.0, 1.0)), self.on)


def chances_of(edition: Edition, number: int, today: datetime.date) -> Chances | None:
    """Those of the last forecast, if it was made after the last act on the plan, the one of a number, and is not older than three days.

    One query, and one for each forecast in each process.
    """
    found = last_forecast(edition)
    if found is None or found.inputs["number"] < number:
        return None
    on = datetime.date.fromisoformat(found.inputs["today"])
    if today - on > MOST_OLD:
        return None
    with_people = {each["code"]: each["chance"][1:] for each in said_of(found)["tasks"]}  # by order, by dispatch
    return Chances(pk=found.pk, on=on, of={code: (min(both), max(both)) for code, both in with_people.items()})
