"""Who may do what: one matrix, which gives both the check of an act and the filter of a list.

An action is ``noun.verb``. For each role the matrix says how far the action reaches: every object of the edition,
those of the person's bureau, or the person's own. What is not in the matrix is denied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
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
#: Roles of crowds, which see nothing that is not theirs: a coordinator lets them in.
CROWD = (Role.VOLUNTEER, Role.VISITOR)

#: action -> role -> reach. Filled by `declare`: core's own below, a capability's in its policy.py.
MATRIX: dict[str, dict[Role, Reach]] = {}
#: action -> what it is, for people who read the matrix.
MEANINGS: dict[str, Any] = {}


def declare(action: str, reach: Mapping[Role, Reach], meaning: Any = "") -> str:
    """Put an action into the matrix; the administrator of an edition may do everything that somebody may."""
    if action in MATRIX:
        raise ValueError(f"action {action} is declared twice")
    MATRIX[action] = {**reach, Role.ADMINISTRATOR: Reach.EDITION}
    MEANINGS[action] = meaning
    return action


def all_of(*roles: Role) -> dict[Role, Reach]:
    """These roles, each with every object of the edition."""
    return dict.fromkeys(roles, Reach.EDITION)


SEE_EDITION = declare("edition.see", all_of(*EVERYBODY), _("see that the edition exists, and its first screen"))
CHANGE_EDITION = declare("edition.change", {}, _("change the edition's names, dates and publication"))
SEE_ROLES = declare("role.see", all_of(*STAFF), _("see this table of roles"))
SEE_PEOPLE = declare(
    "people.see",
    {**all_of(Role.DRILL_DIRECTOR, Role.DUTY_OFFICER, Role.COORDINATOR), Role.BUREAU_OWNER: Reach.BUREAU},
    _("see the list of people and their roles"),
)
SEE_CONTACTS = declare(
    "people.contact",
    {**dict.fromkeys(EVERYBODY, Reach.OWN), Role.DUTY_OFFICER: Reach.EDITION, Role.BUREAU_OWNER: Reach.BUREAU},
    _("see phone numbers and mail addresses"),
)
OWN_DETAILS = declare(
    "account.own", dict.fromkeys(EVERYBODY, Reach.OWN), _("change one's own name, mail, phone and language")
)
SEE_VOLUNTEER_CONTACTS = declare(
    "people.contact_volunteers",
    all_of(Role.COORDINATOR, Role.DUTY_OFFICER),
    _("see phone numbers and mail addresses of volunteers"),
)
ADD_VOLUNTEERS = declare("people.add_volunteers", all_of(Role.COORDINATOR), _("add and import volunteers"))
CHANGE_PEOPLE = declare("people.change", {}, _("add and change people, give and take roles, erase personal data"))
MAKE_CODES = declare(
    "people.make_codes",
    all_of(Role.COORDINATOR),
    _("make one-time codes for signing in; coordinators for volunteers and visitors only"),
)
CHANGE_BUREAUS = declare("bureau.change", {}, _("add and change bureaus and organizations"))
SEE_BUREAUS = declare("bureau.see", all_of(*STAFF), _("see bureaus and organizations"))
SEE_PLAN = declare("plan.see", all_of(*STAFF), _("see the plan"))
CHANGE_PLAN = declare("plan.change", all_of(Role.PLANNER, Role.DRILL_DIRECTOR), _("change the plan"))
IMPORT_PLAN = declare("plan.import", all_of(Role.PLANNER, Role.DRILL_DIRECTOR), _("import a workbook into the plan"))
SEE_WALL = declare("wall.see", all_of(*STAFF), _("see the wall of the command center"))
CHANGE_SCREENS = declare("wall.screens", {}, _("hang screens that show the wall, and take them down"))
SEE_BRIEF = declare("brief.see", all_of(*STAFF), _("print the daily brief"))
SEE_LEDGER = declare("ledger.see", all_of(*STAFF), _("see who did what and when"))
CHECK_LEDGER = declare("ledger.check", {}, _("check and download the ledger"))
SEE_JOBS = declare("job.see", all_of(*STAFF), _("see jobs and their progress"))
CANCEL_JOBS = declare(
    "job.cancel",
    {Role.DRILL_DIRECTOR: Reach.EDITION, **dict.fromkeys((Role.PLANNER, Role.COORDINATOR), Reach.OWN)},
    _("cancel a job"),
)
SEE_FILES = declare("file.see", all_of(*STAFF), _("see and download files"))
ADD_FILES = declare("file.add", all_of(*STAFF), _("upload files"))
REMOVE_FILES = declare("file.remove", dict.fromkeys(STAFF, Reach.OWN), _("remove files"))
SEE_SEARCH = declare("search.see", all_of(*EVERYBODY), _("search; only what one may see is found"))
SEE_NOTICES = declare("notice.see", dict.fromkeys(EVERYBODY, Reach.OWN), _("see notices"))
SEE_CALENDAR = declare("calendar.see", all_of(*EVERYBODY), _("see the calendar"))
CHANGE_WEBHOOKS = declare("webhook.change", {}, _("set up gateways (WeCom, SMS) that are told of acts"))
OWN_TOKENS = declare("token.own", dict.fromkeys(STAFF, Reach.OWN), _("make keys for programs that act in one's name"))


def roles_of(person: Any, edition: Edition) -> frozenset[Role]:
    """The roles of a person in an edition; one query per person for all editions, then remembered on the person."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    held = _all_assignments(person)
    known: tuple[Any, dict[int, frozenset[Role]]] = person.__dict__.get("_roles", (None, {}))
    if known[0] is not held:  # a menu asks dozens of times
        known = person.__dict__["_roles"] = (held, {})
    if edition.pk not in known[1]:
        known[1][edition.pk] = frozenset(Role(each.role) for each in held if each.edition_id == edition.pk)
    return known[1][edition.pk]


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
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    if person.token is not None and not person.token.reaches(action, edition):
        return frozenset()  # a program's key may do less than its person, never more
    if person.is_superuser:
        return frozenset({Reach.EDITION})
    return frozenset(row[role] for role in roles_of(person, edition) if role in row)


def may(person: Any, action: str, edition: Edition, obj: Any = None) -> bool:
    """Whether a person may do it: to this object, or (without one) to any object at all."""
    return _may(reach_of(person, action, edition), person, edition, obj)


def checker(person: Any, action: str, edition: Edition) -> Callable[[Any], bool]:
    """`may` for each of many objects; how far the action reaches is looked up once."""
    reach = reach_of(person, action, edition)
    return lambda obj: _may(reach, person, edition, obj)


def _may(reach: frozenset[Reach], person: Any, edition: Edition, obj: Any) -> bool:
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
