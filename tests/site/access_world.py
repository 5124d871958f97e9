"""Two editions with one of everything, for the sweep over every address: the person's own, another's, another edition's."""

from __future__ import annotations

import copy
import gzip
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from hostcity.core.calendar.services import renew_address
from hostcity.core.deliveries.services import add_webhook
from hostcity.core.files.services import add_file
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Assignment, Bureau, Delivery, Edition, Job, Notice, Organization, Person
from hostcity.core.models.people import Role
from hostcity.core.people.imports import start_import as start_people_import
from hostcity.core.people.services import give_role, take_role
from hostcity.core.plan_rows.imports import start_import
from hostcity.core.plan_rows.queries import last_number, plan_of
from hostcity.core.plan_rows.services import add_row, replace_plan
from hostcity.core.results import keep_blob
from hostcity.core.tokens.services import make_token
from hostcity.core.walls.services import add_screen
from hostcity.plan import Plan, read_plan
from hostcity.plan.dxf import dxf_of, own_map
from hostcity.rehearsal.calibrations.services import FILES
from hostcity.rehearsal.looks.services import FILES as LOOK_FILES
from hostcity.rehearsal.looks.services import PAGE as LOOK_PAGE
from hostcity.rehearsal.models import Advice, Calibration, Comparison, Finding, Look, Rehearsal
from hostcity.rehearsal.services import change_finding, start_rehearsal
from hostcity.venue.drawings import services as drawings
from hostcity.venue.facilities.services import keep_measure
from hostcity.volunteers.joining import services as joining
from hostcity.volunteers.joining.asking import Given
from hostcity.volunteers.models import Correction, Deadline, Feedback, Offer, ServiceCertificate
from tests import people
from tests.people import signed_in
from tests.readiness import forecasts
from tests.rehearsal import scenario_files
from tests.venue.signs import plans as sign_plans
from tests.volunteers import drafts as rosters

CSRF = "a" * 32
WHOSE = ("own", "others", "elsewhere")
#: Made anew after every act of their edition: they tell of the plan as it is at that moment. They are the superuser's.
FRESH = ("import", "drawing", "people_import", "scenario_trial")
#: Beside the twelve roles.
MORE = ("superuser", "outsider", "nobody", "anonymous")
ACTORS = (*Role, *MORE)


@dataclass
class World:
    """Everything that the sweep asks for."""

    fair: Edition
    other: Edition
    people: dict[str, Person | None] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    victim: Person | None = None  # a volunteer whose data nobody needs but those of the matrix
    colleague: Person | None = None  # whose everything is that is another's
    feed: str = ""
    wall: str = ""
    made: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    fresh: dict[tuple[str, int], tuple[int, Any]] = field(default_factory=dict)

    def get(self, kind: str, whose: str, actor: str) -> Any:
        """The object of a kind; made when it is first asked for."""
        edition = self.other if whose == "elsewhere" else self.fair
        if kind in FRESH:
            return self._fresh(kind, edition)
        key = (kind, whose, actor if whose == "own" else "")
        if key not in self.made:
            owner = self.owner(whose, actor)
            with scope(edition=edition):
                self.made[key] = MAKERS[kind](self, edition, owner, whose)
        return self.made[key]

    def _fresh(self, kind: str, edition: Edition) -> Any:
        number, made = self.fresh.get((kind, edition.pk), (0, None))
        if number != last_number(edition):
            with scope(edition=edition):
                made = MAKERS[kind](self, edition, self.people["superuser"], "")
            self.fresh[kind, edition.pk] = last_number(edition), made
        return made

    def owner(self, whose: str, actor: str) -> Person:
        """Whose an object is to be."""
        if whose == "own":
            return self.people[actor] or self.colleague
        return self.people["outsider"] if whose == "elsewhere" else self.colleague


def make_world(plan: Plan) -> World:
    """Both editions with their people; objects are made when they are asked for."""
    world = World(people.edition("fair", is_public=True, is_map_public=True), people.edition("other"))
    for edition in (world.fair, world.other):
        replace_plan(edition=edition, plan=plan, by=None)
    for number, role in enumerate(Role):
        world.people[role] = _person(number, role, world.fair)
    world.people["superuser"] = _person(20, None, None, is_superuser=True)
    world.people["outsider"] = _person(21, Role.ADMINISTRATOR, world.other)
    world.people["nobody"] = _person(22, None, None)
    world.people["anonymous"] = None
    world.victim = people.person(
        Role.VOLUNTEER, world.fair, username="victim", phone="+8619900000099", email="canary-victim@example.org"
    )
    world.colleague = people.person(Role.ADMINISTRATOR, world.fair, username="colleague")
    for name, person in world.people.items():
        world.clients[name] = with_csrf(
            signed_in(person, enforce_csrf_checks=True) if person else Client(enforce_csrf_checks=True)
        )
    for edition in (world.fair, world.other):
        said = {
            "is_open": True,
            "closes_on": edition.closes_on,
            "consent_en": "We call you.",
            "consent_zh": "我们会联系您。",
        }
        joining.change_opening(edition=edition, version=0, by=world.people["superuser"], **said)
    with scope(edition=world.fair):
        world.feed = renew_address(edition=world.fair, by=world.people[Role.ADMINISTRATOR])
        _screen, world.wall = add_screen(
            edition=world.fair, name="right", language="en", by=world.people[Role.ADMINISTRATOR]
        )
    return world


def _person(number: int, role: Role | None, of: Edition | None, **more: Any) -> Person:
    contact = {"phone": f"+86199000000{number:02}", "email": f"canary-{number:02}@example.org"}
    return people.person(role, of, username=f"actor-{number:02}", name=f"Actor {number:02}", **contact, **more)


def with_csrf(client: Client) -> Client:
    """A browser that has the cookie which forms agree with."""
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
    return client


def _on_person(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    return {"own": owner, "others": world.victim, "elsewhere": owner}[whose]


def _on_inactive(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """Somebody else who was deactivated; nobody is so and still signed in."""
    return people.person(Role.PLANNER, edition, username=f"gone-{whose}-{owner.pk}", is_active=False)


def _assignment(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    person = _on_person(world, edition, owner, whose)
    return Assignment.objects.filter(person=person).first()


def _taken(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """The number of an act that took a role away."""
    root = world.people["superuser"]
    person = people.person(Role.BUYER, edition, username=f"was-{whose}-{owner.pk}")
    given = give_role(edition=edition, person=person, role=Role.VISITOR, by=root)
    return take_role(edition=edition, assignment=given, by=root)


def _party(kind: Any) -> Callable[..., Any]:
    def make(world: World, edition: Edition, owner: Person, whose: str) -> Any:
        return kind.objects.create(edition=edition, code=f"{whose}-{owner.pk}", name_en=f"{kind.__name__} {whose}")

    return make


def _job(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    return Job.objects.create(edition=edition, kind="rehearsal.play", by=owner, run_after=timezone.now())


def _webhook(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    by = world.people["superuser"]
    return add_webhook(
        edition=edition, name=f"{whose}-{owner.pk}", url="https://1.1.1.1/hook", form="json", verbs=[], by=by
    )


def _delivery(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    webhook = world.get("webhook", "elsewhere" if whose == "elsewhere" else "others", "")
    return Delivery.objects.create(
        edition=edition, channel="webhook", webhook=webhook, address=webhook.url, body={"n": 1},
        dedupe_key=str(uuid.uuid4()), failed_at=timezone.now(),
    )  # fmt: skip


def _screen(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    by = world.people["outsider" if whose == "elsewhere" else Role.ADMINISTRATOR]
    screen, _secret = add_screen(edition=edition, name=whose, language="en", by=by)
    return screen


def _token(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    # by the superuser's right, for people who may make none themselves: whose it is decides, and nothing else
    token, _secret = make_token(
        edition=edition, name="t", actions=["edition.see"], days=1, by=world.people["superuser"]
    )
    token.person = owner
    token.save()
    return token


def _played(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One day is played for all of them; the others are copies under their own names."""
    key = ("first", edition.code, "")
    if key not in world.made:
        rehearsal = start_rehearsal(edition=edition, by=world.people["superuser"])
        run_now(rehearsal.job)
        rehearsal.refresh_from_db()
        assert rehearsal.is_played
        world.made[key] = rehearsal
    return _copied(world.made[key], by=owner)


def _changed_rehearsal(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One with a change, so that there is something to compare."""
    return _copied(_played(world, edition, owner, whose), overrides=["stations.food.lanes=3"])


def _copied(row: Any, **fields: Any) -> Any:
    made = copy.copy(row)
    made.pk, made._state = None, copy.copy(row._state)
    if hasattr(row, "public_id"):
        made.public_id = uuid.uuid4()
    if hasattr(row, "number"):
        made.number = None  # the next one of its edition
    made._state.adding = True
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def _open_rehearsal(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    played = world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", "")
    job = _job(world, edition, owner, whose)
    return Rehearsal.objects.create(
        edition=edition, snapshot=played.snapshot, plan_number=played.plan_number, by=owner, job=job
    )


def _comparison(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    played = world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", "")
    return Comparison.objects.create(
        edition=edition, a=played, b=played, by=owner, job=_job(world, edition, owner, whose)
    )


def _finding(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """Somebody's own is one that was given to them, and to their bureau."""
    played = world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", "")
    bureau = Bureau.objects.filter(assignments__person=owner).first() if whose == "own" else None
    made = Finding.objects.create(
        edition=edition, rehearsal=played, title=f"Queue of {whose}", by=world.people["superuser"],
        owner=owner if whose == "own" else None, bureau=bureau,
    )  # fmt: skip
    return change_finding(finding=made, changes={"state": "mended"}, version=made.version, by=world.people["superuser"])


def _advice(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    played = world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", "")
    return Advice.objects.create(
        edition=edition, snapshot=played.snapshot, plan_number=played.plan_number, goal="promise.peak_p99_s",
        budget="lanes=1", by=owner, job=_job(world, edition, owner, whose),
    )  # fmt: skip


def _calibration(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    played = world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", "")
    return Calibration.objects.create(
        edition=edition, snapshot=played.snapshot, plan_number=played.plan_number, counts=keep_blob(b"time\n"),
        counts_name="counts.csv", by=owner, job=_job(world, edition, owner, whose),
    )  # fmt: skip


def _fitted(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One with a result, which nobody computed."""
    made = _calibration(world, edition, owner, whose)
    result = _copied(world.get("result", "elsewhere" if whose == "elsewhere" else "others", ""))
    result.kind, result.blobs = "calibration", {FILES: made.counts_id}
    result.summary = {"said": {}, "counts": {"used": 1, "gaps": 0}, "played": 6, "changes": []}
    result.save()
    made.result = result
    made.save()
    return made


def _look(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    played = world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", "")
    return Look.objects.create(
        edition=edition, rehearsal=played, at="security", starts="09:30", by=owner,
        job=_job(world, edition, owner, whose),
    )  # fmt: skip


def _looked(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One with a result, which nobody computed."""
    made = _look(world, edition, owner, whose)
    result = _copied(world.get("result", "elsewhere" if whose == "elsewhere" else "others", ""))
    kept = keep_blob(gzip.compress(b"<!doctype html>", mtime=0)).sha256
    result.kind, result.blobs = "look", {LOOK_FILES: kept, LOOK_PAGE: kept}
    result.summary |= {"said": {"policy": "default-src 'none'"}}
    result.save()
    made.result = result
    made.save()
    return made


def _scenario_trial(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A file that was tried."""
    return scenario_files.tried(edition, world.people["superuser"])


def _scenario(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One of a name of its own."""
    name = f"{whose}-{owner.pk}.toml"
    return scenario_files.kept(edition, world.people["superuser"], name=name)


def _plan_row(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A row of its own, which nothing else names."""
    cells = {"code": f"deck-{whose}-{owner.pk}", "elevation_m": "5"}
    return add_row(edition=edition, sheet="levels", cells=cells, by=world.people["superuser"])


def _opening(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A door of its own."""
    cells = {"code": f"door-{whose}-{owner.pk}", "area": "H1", "line": "150,46; 152,46"}
    return add_row(edition=edition, sheet="openings", cells=cells, by=world.people["superuser"])


def _plan_act(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """The act that added a row."""
    made = _plan_row(world, edition, world.people["superuser"], f"act-{whose}-{owner.pk}")
    return Act.objects.filter(subject_key=made.key).order_by("-number").first()


def _import(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A file that was tried."""
    book = Path("examples/tiny/expo.xlsx")
    job = start_import(edition=edition, name=book.name, data=book.read_bytes(), by=world.people["superuser"])
    return run_now(job) or Job.objects.get(pk=job.pk)


def _drawing(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A drawing that was proved: the plan's own."""
    of, by = {"edition": edition, "by": world.people["superuser"]}, own_map(plan_of(edition), "0").body()
    job = drawings.start_reading(name="level.dxf", data=dxf_of(plan_of(edition), "0"), **of)
    run_now(job)
    made = drawings.map_layers(job=Job.objects.get(pk=job.pk), layer_map=by, **of)
    return run_now(made) or Job.objects.get(pk=made.pk)


def _measure(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """Facilities that lack nothing."""
    result = world.get("result", "elsewhere" if whose == "elsewhere" else "others", "")
    found = {"persons_h": 0.0} | {name: [] for name in ("often", "seldom", "served", "next", "left_out", "unreached")}
    inputs = {"result": result.pk, "walks": {}, "waits": {}, "step_free": False, "drawing": ""}
    return keep_measure(edition=edition, snapshot=result.snapshot, inputs=inputs, found=found)


def _face(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A sign face of its own, proposed."""
    cells = {"code": f"face-{whose}-{owner.pk}", "area": "H1", "x_m": 150, "y_m": 46, "bearing_deg": 0}
    return add_row(edition=edition, sheet="faces", cells=cells, by=world.people["superuser"])


def _sign_plan(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A plan of signs that was made of another plan than this one."""
    result = world.get("result", "elsewhere" if whose == "elsewhere" else "others", "")
    return sign_plans.keep(edition, result.snapshot, [sign_plans.planned("F9", "H1", "n", "H1")], is_of_now=False)


def _roster(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A draft of the roster of another plan than this one."""
    result = world.get("result", "elsewhere" if whose == "elsewhere" else "others", "")
    return rosters.keep(edition, result.snapshot)


def _mended(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A mended day of another roster than this one."""
    result = world.get("result", "elsewhere" if whose == "elsewhere" else "others", "")
    return rosters.keep_mended_day(edition, result.snapshot)


def _forecast(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A forecast of another preparation than this one."""
    result = world.get("result", "elsewhere" if whose == "elsewhere" else "others", "")
    return forecasts.keep(edition, result.snapshot)


def _application(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """Somebody who applied: of the edition, whoever asks."""
    return joining.apply(edition=edition, given=Given(name=whose, phone="+8619900000077", university="U", consent=1))[0]


def _training(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A training of its own."""
    of = {
        "name_en": whose,
        "name_zh": "",
        "post_classes": [],
        "starts_at": timezone.now(),
        "place": "Hall 1",
        "capacity": 9,
    }
    return joining.add_training(edition=edition, code=f"T-{whose}-{owner.pk}", by=world.people["superuser"], **of)


def _offer(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A shift that nobody has, offered and withdrawn: whoever may act on offers is refused."""
    return Offer.objects.create(edition=edition, giver="V1", day="D1", band="early", post="P1", state="withdrawn")


def _deadline(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One at which nobody was promoted."""
    return Deadline.objects.create(edition=edition, due_at=timezone.now(), state="done")


def _correction(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """One of hours which nobody has any more."""
    now = timezone.now()
    return Correction.objects.create(
        edition=edition,
        volunteer="none",
        day="none",
        band="none",
        to_in=now,
        reason="Why",
        by_code="A",
        second_code="B",
    )


def _certificate(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A revoked one."""
    day = date(2027, 11, 5)
    return ServiceCertificate.objects.create(
        edition=edition, code=token_hex(6).upper(), volunteer="none", person=owner, minutes=60, shifts=1, first_date=day, last_date=day,
        state="revoked", revoked_at=timezone.now(), reason="Why", by_code="A",
    )  # fmt: skip


def _feedback(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """Of a shift which the plan has no more."""
    seat = {"volunteer": token_hex(4), "day": "none", "band": "none", "post": "none"}
    return Feedback.objects.create(edition=edition, rating=3, text="Cold", **seat)


def _people_import(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    """A list that was tried."""
    data = b"username,role\nnew-one,volunteer\n"
    return run_now(start_people_import(edition=edition, name="l.csv", data=data, by=world.people["superuser"]))


def _file(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    made = add_file(
        edition=edition, name="note.txt", data=b"text", by=world.people["superuser"], subject=("edition", edition.code)
    )
    made.by = owner
    made.save()
    return made


def _of_rehearsal(name: str) -> Callable[..., Any]:
    def make(world: World, edition: Edition, owner: Person, whose: str) -> Any:
        return getattr(world.get("rehearsal", "elsewhere" if whose == "elsewhere" else "others", ""), name)

    return make


def _act(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    return Act.objects.order_by("number").first()


def _notice(world: World, edition: Edition, owner: Person, whose: str) -> Any:
    return Notice.objects.create(edition=edition, person=owner, kind="finding.given", number=1, path="/")


#: kind -> makes one.
MAKERS: dict[str, Callable[..., Any]] = {
    "roster": _roster,
    "mended": _mended,
    "forecast": _forecast,
    "application": _application,
    "training": _training,
    "offer": _offer,
    "deadline": _deadline,
    "correction": _correction,
    "certificate": _certificate,
    "feedback": _feedback,
    "person": _on_person,
    "inactive": _on_inactive,
    "assignment": _assignment,
    "taken": _taken,
    "bureau": _party(Bureau),
    "organization": _party(Organization),
    "job": _job,
    "drawing": _drawing,
    "webhook": _webhook,
    "delivery": _delivery,
    "token": _token,
    "screen": _screen,
    "rehearsal": _played,
    "changed_rehearsal": _changed_rehearsal,
    "open_rehearsal": _open_rehearsal,
    "comparison": _comparison,
    "finding": _finding,
    "advice": _advice,
    "calibration": _calibration,
    "fitted": _fitted,
    "look": _look,
    "looked": _looked,
    "scenario": _scenario,
    "scenario_trial": _scenario_trial,
    "plan_row": _plan_row,
    "opening": _opening,
    "plan_act": _plan_act,
    "import": _import,
    "people_import": _people_import,
    "file": _file,
    "snapshot": _of_rehearsal("snapshot"),
    "measure": _measure,
    "face": _face,
    "sign_plan": _sign_plan,
    "result": _of_rehearsal("result"),
    "act": _act,
    "notice": _notice,
}


def world_with_plan(path: Any) -> World:
    """The world of the plan in a folder."""
    return make_world(read_plan(path))
