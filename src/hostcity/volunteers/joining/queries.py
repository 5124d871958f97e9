"""Look-ups of joining: what is open, who applied, who may be there twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, Value, When
from django_scopes import scope

from hostcity.core.models import Act, Edition
from hostcity.volunteers.joining.keys import hash_of_code
from hostcity.volunteers.joining.steps import RENEW, SUBJECT
from hostcity.volunteers.models import Application, Opening, State, Training
from hostcity.volunteers.models.applications import ApplicationQuerySet

ORDER = ("created_at",)


def opening_of(edition: Edition) -> Opening | None:
    """The call for volunteers, with its text; None = there has been none. One query."""
    with scope(edition=edition):
        found: Opening | None = Opening.objects.select_related("consent").filter(edition=edition).first()
        return found


def is_called(edition: Edition) -> bool:
    """Whether the edition's public pages lead to sign-up: while it is open, and until its last day is over. One query."""
    with scope(edition=edition):
        return bool(Opening.objects.filter(edition=edition, is_open=True, closes_on__gte=edition.today()).exists())


def application_by_code(edition: Edition, code: str) -> Application | None:
    """The application that an applicant's code is of; one query."""
    return application_by_digest(edition, hash_of_code(code))


def application_by_digest(edition: Edition, digest: str) -> Application | None:
    """Likewise by what is kept of the code."""
    if not digest:
        return None
    found: Application | None = with_parts(edition).filter(secret_sha256=digest).first()
    return found


def with_parts(edition: Edition) -> ApplicationQuerySet:
    """Applications with what is shown of each; no query for a row of them."""
    rows: ApplicationQuerySet = Application.objects.filter(edition=edition).select_related(
        "person", "training", "consent"
    )
    return rows


def applications_of(
    edition: Edition, *, state: str = "", campus: str = "", training: str = "", text: str = "", twins: bool = False
) -> ApplicationQuerySet:
    """Those that are asked for, each with ``has_twin``; one query."""
    rows = with_twins(edition, with_parts(edition))
    if state:
        rows = rows.filter(state=state)
    if campus:
        rows = rows.filter(campus=campus)
    if training:
        rows = rows.filter(training__code=training)
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(code__iexact=word) | Q(name__icontains=word) | Q(university__icontains=word) | Q(person__name__icontains=word)
            | Q(person__code__iexact=word)
        )  # fmt: skip
    return rows.filter(has_twin=True) if twins else rows


def with_twins(edition: Edition, rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """Each with whether another one has the same phone, or the same name and campus; refused and withdrawn ones do not count.

    Keys that are there twice are looked up once, not for every row.
    """
    counted = Application.objects.filter(edition=edition).exclude(state__in=(State.REFUSED, State.WITHDRAWN))
    twice = Q(pk__in=[])
    for name in ("phone_key", "name_key"):
        groups = counted.exclude(**{name: ""}).order_by().values(name).annotate(many=Count("pk")).filter(many__gt=1)
        twice |= Q(**{f"{name}__in": groups.values(name)})
    is_twin = twice & ~Q(state__in=(State.REFUSED, State.WITHDRAWN))
    annotated: ApplicationQuerySet = rows.annotate(
        has_twin=Case(When(is_twin, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    return annotated


def twins_of(application: Application) -> list[Application]:
    """Other applications that may be of the same person, refused and withdrawn ones too; one query."""
    wanted = Q(pk__in=[])
    if application.phone_key:
        wanted |= Q(phone_key=application.phone_key)
    if application.name_key:
        wanted |= Q(name_key=application.name_key)
    rows = Application.objects.filter(wanted, edition=application.edition_id).exclude(pk=application.pk)
    return list(rows.select_related("person").order_by("created_at", "pk")[:20])


def counts_by_state(edition: Edition) -> dict[State, int]:
    """How many applications are in each state, withdrawn ones too; one query."""
    rows: Mapping[str, int] = dict(
        Application.objects.filter(edition=edition).order_by().values_list("state").annotate(Count("id"))
    )
    return {state: rows.get(state, 0) for state in State}


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A training, and how many of its places are taken."""

    training: Training
    taken: int

    @property
    def left(self) -> int:
        """Places left; never below 0."""
        return max(self.training.capacity - self.taken, 0)


def trainings_of(edition: Edition) -> list[TrainingLine]:
    """Trainings by time; one query."""
    booked = Count("applications", filter=Q(applications__state__in=(State.TRAINING, State.ACCREDITED)))
    rows = Training.objects.filter(edition=edition).annotate(taken=booked).order_by("starts_at", "pk")
    return [TrainingLine(each, each.taken) for each in rows]


def application_in(edition: Edition, code: str) -> Application | None:
    """The application with this code; one query."""
    found: Application | None = with_parts(edition).filter(code=code).first()
    return found


def applications_by_codes(edition: Edition, codes: Sequence[str]) -> list[Application]:
    """Those with these codes that are there, in that order; one query for 400."""
    found: dict[str, Application] = {}
    for first in range(0, len(codes), 400):
        found |= {each.code: each for each in with_parts(edition).filter(code__in=codes[first : first + 400])}
    return [found[code] for code in codes if code in found]


def last_verb(application: Application) -> str:
    """The verb of the last act on an application, besides codes that were made anew; one query."""
    acts = Act.objects.of(SUBJECT, application.code).exclude(verb=RENEW).order_by("-number")
    return str(acts.values_list("verb", flat=True).first() or "")
