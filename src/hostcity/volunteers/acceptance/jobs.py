"""What the worker does at a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hostcity.core.jobs.at_work import AtWork
from hostcity.volunteers.acceptance.services import promote_reserves


def look(arguments: Mapping[str, Any], _at_work: AtWork) -> dict[str, Any]:
    """Nothing is worked out beforehand: answers count until the act itself."""
    return dict(arguments)


def promoted(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Promote, in the transaction that ends the job."""
    act = promote_reserves(edition=at_work.edition, deadline=answer["deadline"])
    path = f"/e/{at_work.edition.code}/volunteers/answers/"
    return {**answer, "number": act.number if act else None, "path": path}
