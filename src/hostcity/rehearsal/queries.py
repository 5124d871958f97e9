"""Looking up rehearsals, comparisons and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from hostcity.core import policy as matrix
from hostcity.core.models import Act, Assignment, Bureau, Edition, Person, PlanRow
from hostcity.core.plan_rows.changes import IMPORT
from hostcity.core.plan_rows.queries import plan_acts
from hostcity.core.registries import ResultName
from hostcity.core.results import plan_of_snapshot
from hostcity.core.sayings import is_chinese
from hostcity.plan import SHEETS
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Comparison, Finding, FindingState, Rehearsal, Remark

#: Sheets whose rows are places at which something can be found.
PLACES = ("gates", "areas", "links", "stations", "streams", "appointments")


def rehearsals(edition: Edition, person: Person) -> QuerySet[Rehearsal]:
    """Rehearsals that a person may see, latest first, with job, snapshot and who started them; without their words."""
    rows = Rehearsal.objects.filter(edition=edition).select_related("job", "snapshot", "by").defer("told")
    return matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows).order_by("-id")


def played(edition: Edition, person: Person) -> QuerySet[Rehearsal]:
    """Those that have a result."""
    return rehearsals(edition, person).filter(result__isnull=False)


def rehearsal_in_full(edition: Edition, person: Person, public_id: Any) -> Rehearsal:
    """One rehearsal with all that its page shows; one query. Raises ``Rehearsal.DoesNotExist``."""
    rows = Rehearsal.objects.filter(edition=edition).select_related(
        "job", "snapshot", "by", "result", "repeats__result"
    )
    rehearsal = matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows).get(public_id=public_id)
    rehearsal.edition = edition
    return rehearsal


def last_rehearsal(edition: Edition) -> Rehearsal | None:
    """The one that speaks for the plan, with its words; one query.

    That is the last one of the newest plan, played as the plan stands: one with changes of its own says what would be,
    and comes only where there is no other. Repeating the rehearsal of an older plan makes it no newer.
    """
    rows = Rehearsal.objects.filter(edition=edition, result__isnull=False).annotate(
        is_of_plan=Q(overrides=[], scenarios=[])
    )
    return rows.select_related("snapshot", "by", "result").order_by("-is_of_plan", "-plan_number", "-id").first()


def changes_since(edition: Edition, numbers: Iterable[int]) -> dict[int, int]:
    """How many changes the plan has had since each number of the ledger; one query for all."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    acts = plan_acts(edition).since(wanted[0]).exclude(verb=IMPORT)
    counts = {f"since_{number}": Count("pk", filter=Q(number__gt=number)) for number in wanted}
    found = acts.aggregate(**counts)
    return {number: found[f"since_{number}"] for number in wanted}


def is_same(rehearsal: Rehearsal) -> bool | None:
    """Whether a repeated rehearsal gave the very same results; None while either is not known."""
    first = rehearsal.repeats
    if first is None or not rehearsal.result or not first.result:
        return None
    return rehearsal.result.results_sha256 == first.result.results_sha256


def remarks_on(rehearsal: Rehearsal) -> QuerySet[Remark]:
    """What was said of it, oldest first, with who said it; one query."""
    return Remark.objects.filter(rehearsal=rehearsal).select_related("by").order_by("id")


def comparison_in_full(edition: Edition, person: Person, public_id: Any) -> Comparison:
    """One comparison with both rehearsals; one query. Raises ``Comparison.DoesNotExist``."""
    rows = Comparison.objects.filter(edition=edition).select_related(
        "a__snapshot", "b__snapshot", "job", "result", "by"
    )
    comparison = matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows).get(public_id=public_id)
    comparison.edition = edition
    return comparison


def comparisons(edition: Edition) -> QuerySet[Comparison]:
    """Comparisons of an edition, latest first."""
    return Comparison.objects.filter(edition=edition).select_related("a", "b", "job", "by").order_by("-id")


# Findings


def findings(edition: Edition, person: Person) -> QuerySet[Finding]:
    """Findings that a person may see, with rehearsal, owner and bureau."""
    rows = (
        Finding.objects.filter(edition=edition).select_related("rehearsal", "owner", "bureau").defer("rehearsal__told")
    )
    return matrix.allowed(person, policy.SEE_FINDINGS, edition, rows)


def filtered(
    rows: QuerySet[Finding], *, person: Person, state: str = "", severity: str = "", mine: bool = False
) -> QuerySet[Finding]:
    """Those of a state ("" = all), of a severity, and of the person: theirs, or their bureau's."""
    if state in FindingState.values:
        rows = rows.filter(state=state)
    if severity.isdecimal():
        rows = rows.filter(severity=int(severity))
    if mine:
        bureaus = Assignment.objects.filter(person=person, bureau__isnull=False).values("bureau")
        rows = rows.filter(Q(owner=person) | Q(bureau__in=bureaus))
    return rows


def findings_of_rehearsal(rehearsal: Rehearsal) -> QuerySet[Finding]:
    """What was found in it, worst first; one query."""
    rows = Finding.objects.filter(rehearsal=rehearsal).select_related("owner", "bureau")
    return rows.order_by("-severity", "id")


def finding_in_full(edition: Edition, person: Person, public_id: Any) -> Finding:
    """One finding; one query. Raises ``Finding.DoesNotExist``."""
    rows = findings(edition, person).select_related("rehearsal__snapshot", "owner", "bureau", "by")
    finding = rows.get(public_id=public_id)
    finding.edition = edition
    return finding


def names_of_results(edition: Edition, person: Person, results: Sequence[int]) -> dict[int, ResultName]:
    """Titles and pages of the rehearsals that gave these results; one query."""
    rows = played(edition, person).filter(result__in=results)
    return {
        row.result_id: ResultName(
            title=row.name_and_number,
            path=reverse("rehearsal", kwargs={"edition": edition.code, "key": row.public_id}),
        )
        for row in rows
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenFindings:
    """Open findings by severity, and the worst of them."""

    count: int
    critical: int
    major: int
    worst: Sequence[Finding]


def open_findings(edition: Edition, most: int = 5) -> OpenFindings:
    """How many are open, and the worst; two queries."""
    rows = Finding.objects.filter(edition=edition, state=FindingState.OPEN)
    counts = rows.aggregate(
        all=Count("pk"), critical=Count("pk", filter=Q(severity=3)), major=Count("pk", filter=Q(severity=2))
    )
    worst = rows.select_related("owner", "bureau").order_by("-severity", "-id")[:most]
    return OpenFindings(count=counts["all"], critical=counts["critical"], major=counts["major"], worst=list(worst))


def history_of(edition: Edition, kind: str, key: str) -> QuerySet[Act]:
    """The acts on an object, latest first."""
    return Act.objects.filter(edition=edition).of(kind, key).order_by("-number")


def possible_owners(edition: Edition) -> QuerySet[Person]:
    """The staff of an edition, by name."""
    staff = Assignment.objects.filter(edition=edition, role__in=matrix.STAFF).values("person")
    return Person.objects.filter(pk__in=staff, is_active=True).order_by("name", "username")


def bureaus(edition: Edition) -> QuerySet[Bureau]:
    """The bureaus of an edition."""
    return Bureau.objects.filter(edition=edition).order_by("code")


def place_name_of(finding: Finding) -> str:
    """What the plan as it stands calls a finding's place, in the reader's language; nothing where it names none.

    One query.
    """
    sheet, _, key = finding.place.partition(".")
    body = PlanRow.objects.filter(edition=finding.edition, sheet=sheet, key=key).values_list("body", flat=True).first()
    names = [(body or {}).get(f"name_{language}", "") for language in ("zh", "en")]
    return next(filter(None, names if is_chinese() else reversed(names)), "")


def places_of(rehearsal: Rehearsal) -> list[tuple[str, str]]:
    """SHEET.KEY and name of every place of the rehearsed plan."""
    plan = plan_of_snapshot(rehearsal.snapshot)
    return [
        (f"{sheet}.{row.code}", getattr(row, "name_en", "") or getattr(row, "name_zh", ""))
        for sheet in PLACES
        if sheet in SHEETS
        for row in getattr(plan, sheet)
    ]
