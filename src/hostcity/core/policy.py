"""Who may do what: one matrix, which gives both the check of an act and the filter of a list.

An action is ``noun.verb``. For each role the matrix says how far the action reaches: every object of the edition,
those of the person's bureau, or the person's own. What is not in the matrix is denied.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django_scopes import scopes_disabled

from hostcity.core.errors import NotAllowed
from hostcity.core.models import Assignment, Edition, Person
from hostcity.core.models.people import Role

M = TypeVar("M", bound=Model)


class Reach(StrEnum):
    """How far an action reaches."""

    EDITION = "edition"
    BUREAU = "bureau"
    OWN = "own"


#: Roles of those who prepare and run the expo, as against those who come to it.
STAFF = (
    Role.ADMINISTRATOR,
    Role.DRILL_DIRECTOR,
    Role.DUTY_OFFICER,
    Role.BUREAU_OWNER,
    Role.PLANNER,
    Role.COORDINATOR,
    Role.GUEST_OFFICER,
    Role.PRESS_OFFICER,
)
EVERYBODY = tuple(Role)

#: action -> role -> reach. Filled by `declare`: core's own below, a capability's in its policy.py.
MATRIX: dict[str, dict[Role, Reach]] = {}


def declare(action: str, reach: Mapping[Role, Reach]) -> str:
    """Put an action into the matrix; the administrator of an edition may do everything that somebody may."""
    if action in MATRIX:
        raise ValueError(f"action {action} is declared twice")
    MATRIX[action] = {**reach, Role.ADMINISTRATOR: Reach.EDITION}
    return action


def all_of(*roles: Role) -> dict[Role, Reach]:
    """These roles, each with every object of the edition."""
    return dict.fromkeys(roles, Reach.EDITION)


SEE_EDITION = declare("edition.see", all_of(*EVERYBODY))
CHANGE_EDITION = declare("edition.change", {})
SEE_PEOPLE = declare("people.see", all_of(Role.COORDINATOR, Role.DUTY_OFFICER))
CHANGE_PEOPLE = declare("people.change", {})
SEE_PLAN = declare("plan.see", all_of(*STAFF))
CHANGE_PLAN = declare("plan.change", all_of(Role.PLANNER, Role.DRILL_DIRECTOR))
IMPORT_PLAN = declare("plan.import", all_of(Role.PLANNER, Role.DRILL_DIRECTOR))
SEE_WALL = declare("wall.see", all_of(*STAFF))
SEE_BRIEF = declare("brief.see", all_of(*STAFF))
SEE_LEDGER = declare("ledger.see", all_of(*STAFF))
CHECK_LEDGER = declare("ledger.check", {})
SEE_JOBS = declare("job.see", all_of(*STAFF))
CANCEL_JOBS = declare("job.cancel", {Role.DRILL_DIRECTOR: Reach.EDITION, Role.PLANNER: Reach.OWN})
SEE_FILES = declare("file.see", all_of(*STAFF))
ADD_FILES = declare("file.add", all_of(*STAFF))
REMOVE_FILES = declare("file.remove", dict.fromkeys(STAFF, Reach.OWN))
SEE_SEARCH = declare("search.see", all_of(*EVERYBODY))
SEE_NOTICES = declare("notice.see", dict.fromkeys(EVERYBODY, Reach.OWN))
SEE_CALENDAR = declare("calendar.see", all_of(*EVERYBODY))
CHANGE_WEBHOOKS = declare("webhook.change", {})
OWN_TOKENS = declare("token.own", dict.fromkeys(STAFF, Reach.OWN))


def roles_of(person: Any, edition: Edition) -> frozenset[Role]:
    """The roles of a person in an edition; one query per person for all editions, then remembered on the person."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    return frozenset(Role(each.role) for each in assignments_of(person, edition))


def assignments_of(person: Person, edition: Edition) -> tuple[Assignment, ...]:
    """The person's assignments in an edition."""
    return tuple(each for each in _all_assignments(person) if each.edition_id == edition.pk)


def editions_of(person: Any) -> list[Edition]:
    """The editions in which a person has a role, those that open last first; no query beyond that of their roles."""
    if not isinstance(person, Person) or not person.is_active:
        return []
    found = {each.edition_id: each.edition for each in _all_assignments(person)}
    return sorted(found.values(), key=lambda each: (each.opens_on, each.code), reverse=True)


def _all_assignments(person: Person) -> tuple[Assignment, ...]:
    known: tuple[Assignment, ...] | None = person.__dict__.get("_assignments")
    if known is None:
        with scopes_disabled():  # a person's own roles, whatever the edition
            known = tuple(Assignment.objects.filter(person=person).select_related("edition"))
        person.__dict__["_assignments"] = known
    return known


def reach_of(person: Any, action: str, edition: Edition) -> frozenset[Reach]:
    """How far an action reaches for a person; empty = not at all."""
    row = MATRIX[action]
    if isinstance(person, Person) and person.token is not None and not person.token.reaches(action, edition):
        return frozenset()  # a program's key may do less than its person, never more
    if isinstance(person, Person) and person.is_active and person.is_superuser:
        return frozenset({Reach.EDITION})
    return frozenset(row[role] for role in roles_of(person, edition) if role in row)


def may(person: Any, action: str, edition: Edition, obj: Any = None) -> bool:
    """Whether a person may do it: to this object, or (without one) to any object at all."""
    reach = reach_of(person, action, edition)
    if obj is None or Reach.EDITION in reach:
        return bool(reach) and (obj is None or getattr(obj, "edition_id", edition.pk) == edition.pk)
    if not reach or getattr(obj, "edition_id", edition.pk) != edition.pk:
        return False
    return any(_is_reached(each, person, edition, obj) for each in reach)


def require(person: Any, action: str, edition: Edition, obj: Any = None) -> None:
    """Raise `NotAllowed` unless a person may do it."""
    if not may(person, action, edition, obj):
        raise NotAllowed(action)


def allowed(person: Any, action: str, edition: Edition, rows: QuerySet[M]) -> QuerySet[M]:
    """Those of ``rows`` to which a person may do it. The model names its fields in ``reached_by``."""
    reach = reach_of(person, action, edition)
    if Reach.EDITION in reach:
        return rows
    if not reach:
        return rows.none()
    wanted = Q(pk__in=[])
    fields: Mapping[str, str] = getattr(rows.model, "reached_by", {})
    if Reach.OWN in reach and "own" in fields:
        wanted |= Q(**{fields["own"]: person})
    if Reach.BUREAU in reach and "bureau" in fields:
        wanted |= Q(**{f"{fields['bureau']}__in": _bureaus_of(person, edition)})
    return rows.filter(wanted)


def _bureaus_of(person: Person, edition: Edition) -> list[int]:
    return [each.bureau_id for each in assignments_of(person, edition) if each.bureau_id]


def _is_reached(reach: Reach, person: Person, edition: Edition, obj: Any) -> bool:
    field: str | None = getattr(type(obj), "reached_by", {}).get(reach.value)
    if field is None:
        return False
    value = getattr(obj, f"{field}_id")
    return value == person.pk if reach == Reach.OWN else value in _bureaus_of(person, edition)
