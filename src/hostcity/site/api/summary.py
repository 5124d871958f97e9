"""The first screen by the API: countdown, last verdict and its age, open findings."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer
from hostcity.core.home.brief import brief_of
from hostcity.core.home.cards import cards_of
from hostcity.core.ledger_queries import number_of
from hostcity.rehearsal import policy as of_rehearsals
from hostcity.rehearsal import queries

operations = Operations("summary")


class LastVerdict(Answer):
    """What the last rehearsal of the newest plan said, and how old that is."""

    rehearsal: UUID
    verdict: Literal["kept", "broken", "invalid", "none"]
    title: str = Field(description="Of the rehearsal, or its number.")
    plan_number: int = Field(description="Of the ledger, when the plan was taken.")
    scenarios: list[str] = Field(
        description="Names of what goes wrong. Not empty: the plan itself has not been rehearsed yet."
    )
    overrides: list[str] = Field(
        description="Changes for this rehearsal only. Not empty: the plan itself has not been rehearsed yet."
    )
    changes_since: int = Field(description="How often the plan has been changed since.")


class FindingsCounted(Answer):
    """Open findings."""

    count: int
    critical: int
    major: int


class Summary(Answer):
    """The first screen."""

    today: date = Field(description="At the expo.")
    days_left: int = Field(description="Of the countdown, which counts neither today nor the opening.")
    number: int = Field(description="Of the last act in the ledger.")
    last: LastVerdict | None = Field(description="null = none played, or you may not see it.")
    findings: FindingsCounted | None = Field(description="null = you may not see them.")


@operations.get("/summary", policy.SEE_EDITION, Summary)
def show_summary(request: Any) -> Any:
    """Give the first screen.

    Countdown, the last rehearsal's verdict and its age in changes, and open findings, as far as you may see them.
    """
    edition, person = request.edition, request.person
    sees = {
        action: policy.may(person, action, edition)
        for action in (of_rehearsals.SEE_REHEARSALS, of_rehearsals.SEE_FINDINGS)
    }
    last = queries.last_rehearsal(edition) if sees[of_rehearsals.SEE_REHEARSALS] else None
    return {
        "today": edition.today(),
        "days_left": edition.days_left(),
        "number": number_of(edition),
        "last": last and _last(last),
        "findings": queries.open_findings(edition) if sees[of_rehearsals.SEE_FINDINGS] else None,
    }


def _last(row: Any) -> dict[str, Any]:
    changes = queries.changes_since(row.edition, [row.plan_number])[row.plan_number]
    return {
        "rehearsal": row.public_id, "verdict": row.verdict, "title": row.name, "plan_number": row.plan_number,
        "scenarios": [each["name"] for each in row.scenarios], "overrides": row.overrides, "changes_since": changes,
    }  # fmt: skip


@operations.get("/brief", policy.SEE_BRIEF, None, gives="application/pdf")
def print_brief(request: Any) -> HttpResponse:
    """Give the daily brief as PDF.

    One page of A4 in the language of the reader, with what you may see.
    """
    file = brief_of(request.edition, cards_of(request), at=timezone.now())
    return HttpResponse(file, content_type="application/pdf")
