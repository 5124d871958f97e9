"""What the lines of access_table.py are made of: their kinds, what is sent, and where services know more than the matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models.people import Role
from hostcity.volunteers.models import ServiceCertificate
from tests.rehearsal.scenario_files import SLOW
from tests.rehearsal.test_calibration import COUNTS

Body = Any  # a mapping, or a function that makes one


@dataclass(frozen=True, kw_only=True)
class Row:
    """A page of an edition."""

    name: str
    action: str
    kind: str = ""
    put: Callable[[Any], dict[str, Any]] = lambda _made: {}
    get: int | None = 200
    post: int | None = None
    body: Body = field(default_factory=dict)
    query: str = ""
    unreached: int = 403
    but: Callable[[str, str, str], int | None] = lambda _role, _whose, _method: None
    has_elsewhere: bool = True


@dataclass(frozen=True, kw_only=True)
class Outside:
    """A page of no edition. Statuses are (nobody, somebody, superuser)."""

    name: str
    put: Callable[[Any], dict[str, Any]] = lambda _world: {}
    get: tuple[int, int, int] = (302, 200, 200)
    post: tuple[int, int, int] | None = None
    body: Body = field(default_factory=dict)
    may_write: bool = False  # a GET of it does


@dataclass(frozen=True, kw_only=True)
class Operation:
    """An operation of the API."""

    key: str
    action: str | None
    kind: str = ""
    put: Callable[[Any], dict[str, Any]] = lambda _made: {}
    status: int = 200
    body: Body = None
    query: str = ""
    unreached: int = 404
    but: Callable[[str, str, str], int | None] = lambda _role, _whose, _method: None
    has_elsewhere: bool = True


def row(name: str, action: str, kind: str = "", **more: Any) -> Row:
    """A line with its object in the address where that is the usual one."""
    return Row(name=name, action=action, kind=kind, **{"put": USUAL.get(kind, lambda _made: {})} | more)


def _by(name: str, attribute: str) -> Callable[[Any], dict[str, Any]]:
    return lambda made: {name: getattr(made, attribute)}


#: kind -> how it stands in addresses.
USUAL = {
    "drawing": _by("public_id", "public_id"),
    "person": _by("person", "code"),
    "inactive": _by("person", "code"),
    "assignment": lambda made: {"person": made.person.code, "assignment": made.pk},
    "taken": _by("number", "number"),
    "bureau": _by("code", "code"),
    "organization": _by("code", "code"),
    "job": _by("public_id", "public_id"),
    "webhook": _by("public_id", "public_id"),
    "delivery": _by("public_id", "public_id"),
    "token": _by("token", "public_id"),
    "screen": _by("screen", "public_id"),
    "rehearsal": _by("key", "public_id"),
    "open_rehearsal": _by("key", "public_id"),
    "comparison": _by("key", "public_id"),
    "finding": _by("key", "public_id"),
    "advice": _by("key", "public_id"),
    "calibration": _by("key", "public_id"),
    "fitted": _by("key", "public_id"),
    "look": _by("key", "public_id"),
    "looked": _by("key", "public_id"),
    "scenario": _by("key", "public_id"),
    "scenario_trial": _by("public_id", "public_id"),
    "plan_row": lambda made: {"sheet": made.sheet, "key": made.key},
    "plan_act": _by("number", "number"),
    "import": _by("public_id", "public_id"),
    "people_import": _by("public_id", "public_id"),
    "file": _by("public_id", "public_id"),
    "notice": _by("key", "pk"),
    "application": _by("code", "code"),
    "training": _by("code", "code"),
}
#: The same in the API.
IN_API = {
    "application": _by("code", "code"),
    "training": _by("code", "code"),
    "assignment": lambda made: {"person": made.person.code, "role": made.pk},
    "job": _by("job", "public_id"),
    "import": _by("job", "public_id"),
    "drawing": _by("job", "public_id"),
    "people_import": _by("job", "public_id"),
    "webhook": _by("webhook", "public_id"),
    "delivery": _by("delivery", "public_id"),
    "rehearsal": _by("rehearsal", "public_id"),
    "open_rehearsal": _by("rehearsal", "public_id"),
    "comparison": _by("comparison", "public_id"),
    "finding": _by("finding", "public_id"),
    "advice": _by("advice", "public_id"),
    "calibration": _by("calibration", "public_id"),
    "fitted": _by("calibration", "public_id"),
    "look": _by("look", "public_id"),
    "looked": _by("look", "public_id"),
    "scenario": _by("scenario", "public_id"),
    "scenario_trial": _by("job", "public_id"),
    "file": _by("file", "public_id"),
    "snapshot": _by("plan_sha256", "plan_sha256"),
    "result": _by("result", "pk"),
    "opening": _by("key", "key"),
    "face": _by("key", "key"),
    "act": _by("number", "number"),
}


def list_of_people(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("people.csv", b"username,role\nnew-one,volunteer\n")}


def shown_evidence(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"kind": "document", "file": SimpleUploadedFile("list.txt", b"text")}


def own_details(world: Any, actor: str) -> dict[str, Any]:
    """One's own account with another name."""
    person = world.people[actor]
    kept = {name: getattr(person, name) for name in ("email", "phone", "version")} if person else {}
    return {"name": "New", "language": "en", **kept}


def settings(world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    names = ("name_en", "time_zone", "version")
    return {name: getattr(world.fair, name) for name in names} | {"opens_on": "2027-11-05", "closes_on": "2027-11-10"}


def state_of_finding(_world: Any, _actor: str, made: Any) -> dict[str, Any]:
    return {"title": made.title, "severity": made.severity, "state": "accepted", "version": made.version}


def undo_of_finding(world: Any, _actor: str, made: Any) -> dict[str, Any]:
    from hostcity.rehearsal.queries import history_of

    return {"number": history_of(made.edition, "finding", made.key).first().number, "version": made.version}


def two_rehearsals(world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    kinds = {"a": "rehearsal", "b": "changed_rehearsal"}
    return {name: world.get(kind, "others", "").public_id for name, kind in kinds.items()} | {"runs": 1}


def workbook(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("expo.xlsx", Path("examples/tiny/expo.xlsx").read_bytes())}


def drawing(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("level.dxf", b"  0\nSECTION\n")}


def photo(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("photo.png", b"not looked at")}


def approval(_world: Any, _actor: str, made: Any) -> dict[str, Any]:
    return {"proof": made.answer["now_sha256"]}


def counts(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("counts.csv", COUNTS), "runs": 6, "seed": 1}


def scenario_file(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("slow.toml", SLOW)}


def row_of_plan(_world: Any, _actor: str, made: Any) -> dict[str, Any]:
    return {"version": made.version, "was": "{}", "row-elevation_m": "6"}


def plan_row_posted(role: str, whose: str, method: str) -> int | None:
    """The page of a row is for those who see the plan; its form for those who change it."""
    if (
        method == "GET"
        or role == "superuser"
        or whose == "elsewhere"
        or Role(role) in policy.MATRIX[policy.CHANGE_PLAN]
    ):
        return None
    return 403


def text(_world: Any, _actor: str, _made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("note.txt", b"text")}


def state_for_api(_world: Any, _actor: str, made: Any) -> dict[str, Any]:
    return {"state": "accepted", "version": made.version}


# People are reached by their assignments; their accounts are changed by who may change them in every edition of theirs.

MANAGERS = (Role.ADMINISTRATOR, "superuser")


def person_seen(role: str, whose: str, _method: str) -> int | None:
    """A bureau's owner sees the people of the bureau; somebody without a role here is on no list."""
    if whose == "elsewhere":
        return None
    if whose == "own" and role == "superuser":
        return 404
    return 404 if role == Role.BUREAU_OWNER and whose == "others" else None


def person_changed(role: str, whose: str, method: str) -> int | None:
    """The coordinator's are the volunteers."""
    if whose == "elsewhere":
        return None
    if role == Role.COORDINATOR and whose == "own":
        return 403
    return person_seen(role, whose, method)


def shut(role: str, whose: str, method: str) -> int | None:
    """Nobody shuts the own account, and gives up the last administrator's role."""
    if role == Role.ADMINISTRATOR and whose == "own" and method == "POST":
        return 422
    return person_changed(role, whose, method)


def reactivated(role: str, whose: str, method: str) -> int | None:
    return 403 if role == Role.COORDINATOR and whose != "elsewhere" and method == "POST" else None


def role_given(role: str, whose: str, method: str) -> int | None:
    """The coordinator has one role to give, and volunteers have it."""
    if method == "POST" and role == Role.COORDINATOR and whose != "elsewhere":
        return 422
    return person_seen(role, whose, method)


def role_given_by_api(role: str, whose: str, method: str) -> int | None:
    """No form keeps a coordinator from asking for a role that is not theirs to give."""
    return 403 if role == Role.COORDINATOR and whose != "elsewhere" else person_seen(role, whose, method)


def certified(world: Any) -> dict[str, Any]:
    """The edition, which has issued a certificate of service."""
    day, of = date(2027, 11, 5), {"edition": world.fair, "person": world.people["superuser"]}
    fields = {
        "code": "REVOKED",
        "minutes": 60,
        "shifts": 1,
        "first_date": day,
        "last_date": day,
        "state": "revoked",
        "reason": "Why",
        "by_code": "A",
    }
    with scope(edition=world.fair):
        ServiceCertificate.objects.get_or_create(
            volunteer="none-at-all", **of, defaults=fields | {"revoked_at": timezone.now()}
        )
    return {"edition": world.fair.code}
