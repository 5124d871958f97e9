"""The whole site over a full edition, in a process of its own: what browsers in tests talk to.

`python -m tests.flows.full_site FOLDER` makes a database in FOLDER, fills it, writes FOLDER/site.json (address, sessions,
pages) and serves until it is ended. `… FOLDER fill` ends when it is filled: FOLDER and copies of it are served as they are,
for to fill takes ten times as long as to begin.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from zoneinfo import ZoneInfo

TINY = Path(__file__).parents[2] / "examples" / "tiny"
EDITION = "fair"


def main(folder: Path, fill: Callable[[], dict[str, Any]] | None = None, *, serves: bool = True) -> None:
    """Fill, if that was not done before, and serve; ``fill`` returns what is told of the site."""
    os.environ |= {
        "HOSTCITY_HOME": str(folder),
        "HOSTCITY_DURABLE": "0",
        "DJANGO_SETTINGS_MODULE": "hostcity.site.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    filled = folder / "filled.json"
    if not filled.exists():
        told = _filled(fill or full)
        filled.write_text(json.dumps(told), "utf-8")
    if not serves:
        return
    told = json.loads(filled.read_text("utf-8"))
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet) as server:
        told["address"] = f"http://127.0.0.1:{server.server_port}"
        part = folder / "site.json.part"
        part.write_text(json.dumps(told), "utf-8")
        part.rename(folder / "site.json")
        server.serve_forever()


def _filled(fill: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is told of a new database, which nobody has open any more."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    try:
        return fill()
    finally:
        connections.close_all()


class Server(ThreadingMixIn, WSGIServer):
    """Answers a browser's requests side by side."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Prints nothing about requests."""

    def log_message(self, *arguments: Any) -> None:
        """Nothing."""


def full() -> dict[str, Any]:
    """An edition with a plan, people of every role, a rehearsal with findings, and a second edition."""
    from django_scopes import scope

    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Bureau
    from hostcity.core.models.people import Role
    from hostcity.core.plan_rows.services import replace_plan
    from hostcity.plan import read_plan
    from hostcity.venue.ways.services import ensure_books
    from tests import people
    from tests.readiness.tasks import with_tasks
    from tests.venue import halls

    opens = datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=101)  # days are counted where the expo is
    fair = people.edition(
        EDITION, name_en="2nd China International Import Expo", name_zh="第二届中国国际进口博览会", city_en="Shanghai",
        city_zh="上海", opens_on=opens, closes_on=opens + timedelta(days=5), is_public=True, is_map_public=True, is_demo=True,
    )  # fmt: skip
    people.edition("other")
    drawn = people.edition("drawn", name_en="A drawn fair", name_zh="有图纸的展会", is_map_public=True)
    with scope(edition=fair):
        Bureau.objects.create(edition=fair, code="venue", name_en="Venue bureau", name_zh="场馆专班")
    who = {role.value: people.person(role, fair, name=name) for role, name in zip(Role, NAMES, strict=True)}
    replace_plan(
        edition=fair, plan=with_tasks(_with_force(_with_signs(read_plan(TINY))), opens, fair="venue"), by=who["planner"]
    )
    _draw(drawn, who["planner"])
    walked = people.edition("walked", name_en="A walked fair", name_zh="有路线的展会", is_map_public=True)
    _draw(walked, who["planner"], connectors=(*halls.CONNECTORS, halls.LIFT), nodes=(), links=())
    run_now(ensure_books(walked))
    with scope(edition=fair):
        made = _rehearsed(fair, who) | {
            "drawing": _proved(fair, who["planner"]),
            "sign_plan": _signs(fair, who["planner"]),
            "roster": _roster(fair, who["planner"]),
            "mended": _mended_day(fair, who["planner"]),
            "application": _applications(fair, who["coordinator"]),
            "offer": _offers(fair, who),
            "correction": _hours(fair),
            "certificates": _certificates(fair, who),
            "feedback": _feedback(fair, who),
        }
        _tasks(fair, who)
        made["forecast"] = _forecasts(fair, who["planner"])
    proved = _proved(drawn, who["planner"])
    _exits_checked(drawn, who["planner"])
    _facilities_measured(drawn, who["planner"])
    who |= {"runs-the-site": people.person(is_superuser=True), "guarded": _guarded(fair)}
    sessions = {role: people.signed_in(each).cookies["session"].value for role, each in who.items()}
    return {"sessions": sessions, "pages": list(pages(made)), "drawing": f"/e/drawn/venue/drawings/{proved.public_id}/"}


def _draw(edition: Any, planner: Any, **more: Any) -> None:
    """A venue of two levels, and somebody who may see it."""
    from django_scopes import scope

    from hostcity.core.models import Assignment, Person
    from hostcity.core.models.people import Role
    from hostcity.core.plan_rows.services import replace_plan
    from tests.venue import halls

    with scope(edition=edition):
        Assignment.objects.create(edition=edition, person=planner, role=Role.PLANNER)
    replace_plan(edition=edition, plan=halls.plan(**more), by=Person.objects.get(pk=planner.pk))


def _with_force(plan: Any) -> Any:
    """With a small force, and who of it serves."""
    from hostcity.plan.force_book import FORCE_SHEETS
    from tests.volunteers import force

    # Before the fair opens, so that shifts can still be traded.
    days = zip(force.plan().service_days, ("2027-11-05", "2027-11-06"), strict=True)
    served = force.plan(service_days=tuple(replace(day, date=date) for day, date in days))
    node = next(each.code for each in plan.nodes if each.area == "plaza")
    posts = tuple(each if each.is_standby else replace(each, node=node) for each in served.posts)
    served = served.replace(posts=posts)
    return plan.replace(**{sheet: getattr(served, sheet) for sheet in FORCE_SHEETS})


def _with_signs(plan: Any) -> Any:
    """With faces of which one points where no way is, and one is damaged."""
    from hostcity.plan.rows import Face, FaceLine

    node = next(each for each in plan.nodes if each.area == "plaza")
    of = {"area": "plaza", "x_m": node.x_m, "y_m": node.y_m}
    faces = (
        Face(code="F1", bearing_deg=0, state="installed", **of),
        Face(code="F2", bearing_deg=180, state="checked", fault="damaged", **of),
        Face(code="F3", bearing_deg=90, **of),
    )
    lines = tuple(
        FaceLine(code=f"{face.code}-1", face=face.code, name_en="Hall 1", name_zh="1 号馆", arrow="up", area="H1")
        for face in faces
    )
    return plan.replace(faces=faces, face_lines=lines)


def _signs(fair: Any, planner: Any) -> Any:
    """An audit, two plans of signs, a photo of a face."""
    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Job
    from hostcity.core.models.jobs import JobState
    from hostcity.core.results import take_snapshot
    from hostcity.venue.signs.services import report_fault
    from hostcity.venue.signs.services.auditing import audit_signs
    from tests.venue.signs import plans
    from tests.venue.signs.conftest import png

    report_fault(edition=fair, key="F2", fault="unlit", note="灯箱不亮", photo=("photo.png", png()), by=planner)
    audit = audit_signs(edition=fair, by=planner)
    run_now(audit)
    assert Job.objects.get(pk=audit.pk).state == JobState.DONE
    snapshot = take_snapshot(edition=fair, by=planner)
    faces = [plans.planned("F8", "H1", "n1", "H1", "H2"), plans.planned("F9", "plaza", "n2", "H1", is_new=False)]
    plans.keep(fair, snapshot, [plans.planned("F7", "H2", "n3", "H2"), plans.planned("F8", "H1", "n1", "H1")])
    return plans.keep(fair, snapshot, faces)


def _roster(fair: Any, planner: Any) -> Any:
    """A draft of the roster of a small force."""
    from hostcity.core.plan_rows.queries import plan_of
    from hostcity.core.results import take_snapshot
    from tests.volunteers import drafts

    return drafts.keep(fair, take_snapshot(edition=fair, by=planner), plan_of(fair))


def _offers(fair: Any, who: dict[str, Any]) -> Any:
    """One shift that is offered, one that waits for the coordinator, a volunteer who has a shift, one who could take one; all are asked."""
    from hostcity.core.models import Person
    from hostcity.core.models.people import Role
    from hostcity.volunteers.acceptance.services import answer_shift, ask_answers
    from hostcity.volunteers.swaps.services import offer_shift, take_offer
    from tests import people

    names = {"v1": "林小满", "v2": "Max Weber", "v3": "陈一诺", "v6": "Zoe Park"}
    of = {code: people.person(Role.VOLUNTEER, fair, username=code, name=name) for code, name in names.items()}
    who |= {"rostered": of["v3"], "free": of["v6"]}
    waits = offer_shift(edition=fair, day="D1", band="early", by=of["v1"])
    offer_shift(edition=fair, day="D1", band="early", by=of["v2"])
    due_at = datetime(2027, 11, 4, 12, tzinfo=fair.zone)
    ask_answers(edition=fair, due_at=due_at, version=0, by=Person.objects.get(pk=who["coordinator"].pk))
    answer_shift(edition=fair, day="D1", band="early", accepts=False, by=of["v2"])
    return take_offer(edition=fair, offer=waits, by=of["v6"])


def _tasks(fair: Any, who: dict[str, Any]) -> None:
    """A task that was refused once and waits again, with a photo; one that is done, one in trouble; who accepts."""
    from hostcity.core.models import Bureau, Person
    from hostcity.core.models.people import Role
    from hostcity.readiness.services import accept_task, refuse_task, report_task
    from hostcity.readiness.services.showing import Shown
    from tests import people
    from tests.venue.signs.conftest import png

    city = Bureau.objects.create(edition=fair, code="city", name_en="City", name_zh="市政府")
    who["accepting"] = people.person(Role.BUREAU_OWNER, fair, bureau=city, name="程思远")
    of = {"edition": fair, "by": Person.objects.get(pk=who["bureau-owner"].pk)}
    photo = Shown(kind="photo", file=("stand.png", png()), place="Hall 1, stand 12")
    paper = Shown(kind="document", file=("plan.txt", b"Halls"))
    report_task(task="plan", word="finished", shown=paper, **of)
    accept_task(edition=fair, task="plan", by=who["accepting"], version=1)
    report_task(task="gates", word="trouble", note="供应商延误两周。\nThe supplier is two weeks late.", **of)
    report_task(task="stands", word="finished", shown=photo, **of)
    refuse_task(edition=fair, task="stands", by=who["accepting"], version=1, reason="Stand 12 has no power yet.")
    report_task(task="stands", word="going", remaining_d=1.5, **of)
    report_task(task="stands", word="finished", shown=photo, **of)


def _hours(fair: Any) -> Any:
    """Three who came, one of whom has not left, and whose hours were corrected."""
    from hostcity.volunteers.models import Attendance, Correction

    came = datetime(2027, 11, 5, 7, 40, tzinfo=fair.zone)
    seat = {"edition": fair, "day": "D1", "band": "early"}
    for at, code in enumerate(("V1", "V2", "V3")):
        Attendance.objects.create(
            volunteer=code, post="P2" if code == "V3" else "P1", how="code", checked_in_at=came + timedelta(minutes=9 * at),
            checked_out_at=None if code == "V2" else came + timedelta(hours=5), by_code="A", is_corrected=code == "V3", **seat,
        )  # fmt: skip
    of = {"to_in": came, "to_out": came + timedelta(hours=5), "by_code": "A", "second_code": "B"}
    return Correction.objects.create(volunteer="V3", reason="手机没电，组长在场。", **seat, **of)


def _forecasts(fair: Any, planner: Any) -> Any:
    """A forecast of those tasks a week ago, and one of today."""
    from hostcity.core.results import take_snapshot
    from tests.readiness import forecasts

    snapshot = take_snapshot(edition=fair, by=planner)
    forecasts.keep(fair, snapshot, days_ago=8, seed=2)
    return forecasts.keep(fair, snapshot, of_now=True)


def _certificates(fair: Any, who: dict[str, Any]) -> Any:
    """One that holds; one that holds no more, and another in its place."""
    from hostcity.core.models import Person
    from hostcity.volunteers.certificates.services import issue_certificates, reissue_certificate

    by = Person.objects.get(pk=who["coordinator"].pk)
    made = issue_certificates(edition=fair, by=by)
    again = reissue_certificate(edition=fair, certificate=made[0], reason="姓名有误", by=by)
    return again, made[1]


def _feedback(fair: Any, who: dict[str, Any]) -> Any:
    """What three say of a shift, one of whom is answered."""
    from hostcity.core.models import Person
    from hostcity.volunteers.feedback.services import answer_feedback, say_feedback

    by = {name: Person.objects.get(username=name) for name in ("v1", "v2", "v3")}
    said = {"v1": (2, "门口太冷，没有水。"), "v2": (5, ""), "v3": (4, "More maps, please.")}
    made = {
        name: say_feedback(edition=fair, day="D1", band="early", rating=rating, text=text, by=by[name])
        for name, (rating, text) in said.items()
    }
    coordinator = Person.objects.get(pk=who["coordinator"].pk)
    answer_feedback(edition=fair, feedback=made["v3"], answer="They are at the desk now.", version=1, by=coordinator)
    return made["v1"]


def _mended_day(fair: Any, planner: Any) -> Any:
    """A day of that force mended."""
    from hostcity.core.results import take_snapshot
    from tests.volunteers import drafts

    return drafts.keep_mended_day(fair, take_snapshot(edition=fair, by=planner))


def _applications(fair: Any, coordinator: Any) -> Any:
    """People who would like to serve, two of them perhaps one; one is booked for a training."""
    from hostcity.volunteers.joining import services
    from hostcity.volunteers.joining.asking import Given, choices_of
    from hostcity.volunteers.joining.services.stepping import Details

    of, now = {"edition": fair, "by": coordinator}, datetime.now(ZoneInfo("Asia/Shanghai"))
    consent = {
        "consent_en": "We use what you tell us to choose volunteers of this expo.", "consent_zh": "您填写的信息仅用于选拔本届展会的志愿者。",
    }  # fmt: skip
    services.change_opening(is_open=True, closes_on=now.date() + timedelta(days=60), version=0, **consent, **of)
    planned = {"name_en": "Guides", "name_zh": "引导培训", "post_classes": ["guide"], "place": "Hall 1", "capacity": 40}
    services.add_training(code="T1", starts_at=now + timedelta(days=30), **planned, **of)
    seats = choices_of(fair).seats[:3]
    rows = [
        services.apply(
            edition=fair,
            given=Given(name=name, phone=phone, university="复旦大学", seats=seats, languages={"en": "B2"}, consent=1),
        )[0]
        for name, phone in (("林晓", "13800000001"), ("Vera Lind", "13800000002"), ("Vera Lind", "13800000003"))
    ]
    interview = Details(at=now + timedelta(days=20), place="Room 5")
    services.step_applications(chosen=[(each.code, 1) for each in rows[:2]], step="interview", details=interview, **of)
    services.step_applications(chosen=[(rows[1].code, 2)], step="train", details=Details(training="T1"), **of)
    return rows[1]


def _exits_checked(edition: Any, planner: Any) -> None:
    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Person
    from hostcity.venue.exits.services import check_exits

    run_now(check_exits(edition=edition, by=Person.objects.get(pk=planner.pk)))


def _facilities_measured(edition: Any, planner: Any) -> None:
    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Person
    from hostcity.venue.facilities.services import measure_facilities
    from tests.venue.days import keep_day

    by = Person.objects.get(pk=planner.pk)
    of = {"walks": {"toilets": 20.0}, "waits": {}, "is_step_free": False}
    run_now(measure_facilities(edition=edition, day=keep_day(edition, by), by=by, **of))


def _proved(edition: Any, planner: Any) -> Any:
    """A drawing of the ground level with its proof, of which not everything is sure."""
    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Job, Person
    from hostcity.venue.drawings import services
    from tests.venue.drawings.conftest import MAP, dxf

    of = {"edition": edition, "by": Person.objects.get(pk=planner.pk)}
    job = services.start_reading(name="hall.dxf", data=dxf(), **of)
    run_now(job)
    job = services.map_layers(job=Job.objects.get(pk=job.pk), layer_map=MAP, **of)
    run_now(job)
    return Job.objects.get(pk=job.pk)


NAMES = (
    "Gu Anran",
    "顾明远",
    "Lin Yue",
    "沈知行",
    "Ada Chen",
    "周小北",
    "He Miao",
    "Marta Rossi",
    "John Okafor",
    "陆文君",
    "Xu Fei",
    "王一心",
)


def _rehearsed(fair: Any, who: dict[str, Any]) -> dict[str, Any]:
    """Two rehearsals, their comparison, findings and remarks; a webhook."""
    from hostcity.core.deliveries.services import add_webhook, send_test
    from hostcity.core.files.services import add_file
    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Bureau, Organization
    from hostcity.core.people.imports import start_import as start_people_import
    from hostcity.core.plan_rows.imports import start_import
    from hostcity.core.walls.services import add_screen
    from hostcity.plan import plan_to_json
    from hostcity.rehearsal.advice.services import start_advice
    from hostcity.rehearsal.calibrations.services import start_calibration
    from hostcity.rehearsal.looks.services import is_there, start_look
    from hostcity.rehearsal.models import Look
    from hostcity.rehearsal.services import add_finding, add_remark, compare_rehearsals, start_rehearsal
    from tests.rehearsal.scenario_files import ONE_LANE, kept, tried
    from tests.rehearsal.test_calibration import GIVEN

    director = who["drill-director"]
    played = []
    for title, overrides in (("As planned", ()), ("One lane less", ("stations.*-security.lanes=1",))):
        rehearsal = start_rehearsal(edition=fair, by=director, title=title, overrides=overrides, runs=2)
        run_now(rehearsal.job)
        rehearsal.refresh_from_db()
        played.append(rehearsal)
    scenario = kept(fair, director)
    trial = tried(fair, director, ONE_LANE, "one-lane.toml")
    drill = start_rehearsal(edition=fair, by=director, title="Slow checks", scenarios=["slow"])
    run_now(drill.job)
    advice = start_advice(
        edition=fair, by=director, goal="promise.peak_p99_s", budget="lanes=2, staff=3", runs=3,
        overrides=["stations.W-badge.lanes=1"],
    )  # fmt: skip
    run_now(advice.job)
    calibration = start_calibration(edition=fair, by=director, **GIVEN)
    run_now(calibration.job)
    if is_there():
        look = start_look(rehearsal=played[0], by=director, at="security", starts="09:30", minutes=1, trials=1)
        run_now(look.job)
    else:  # a page without a result
        look = Look.objects.create(edition=fair, rehearsal=played[0], at="security", starts="09:30", by=director)
    bureau = Bureau.objects.get(code="venue")
    findings = [
        add_finding(rehearsal=played[1], by=director, title=title, severity=severity, bureau=bureau)
        for title, severity in (
            ("Security at the west gate too slow from 9:00", 3),
            ("东馆餐饮排队过长", 2),
            ("Signs", 1),
        )
    ]
    add_remark(rehearsal=played[1], by=director, text="Two more lanes would do.\n西门增加两条通道即可。")
    comparison = compare_rehearsals(a=played[0], b=played[1], by=director, runs=2)
    run_now(comparison.job)
    webhook = add_webhook(
        edition=fair, name="Duty group", url="https://93.184.216.34/hook", form="json", verbs=["finding.add"],
        by=who["administrator"],
    )  # fmt: skip
    send_test(webhook=webhook, by=who["administrator"])
    screen, wall = add_screen(edition=fair, name="Left of the door", language="zh-hans", by=who["administrator"])
    organization = Organization.objects.create(edition=fair, code="acme", name_en="Acme", name_zh="艾可美")
    file = add_file(edition=fair, name="notes.txt", data=b"Notes\n", by=director)
    imported = start_import(edition=fair, name="expo.json", data=plan_to_json(_changed_plan()).encode(), by=director)
    run_now(imported)
    listed = b"username,name,role\nlin,\xe6\x9e\x97\xe6\x99\x93,volunteer\nvera,Vera,volunteer\n"
    people_imported = start_people_import(edition=fair, name="people.csv", data=listed, by=who["administrator"])
    run_now(people_imported)
    return {
        "file": file, "import": imported, "people_import": people_imported, "screen": screen, "wall": wall,
        "person": who["volunteer"], "bureau": bureau, "organization": organization, "rehearsal": played[1], "comparison": comparison, "finding": findings[0], "job": played[1].job,
        "webhook": webhook, "advice": advice, "calibration": calibration, "look": look, "scenario": scenario, "scenario_trial": trial,
    }  # fmt: skip


def _changed_plan() -> Any:
    """The plan with one lane more at its first station."""
    from hostcity.plan import read_plan

    plan = read_plan(TINY)
    first, *others = plan.stations
    return replace(plan, stations=(replace(first, lanes=first.lanes + 1), *others))


def _guarded(fair: Any) -> Any:
    """Somebody with a second factor."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from hostcity.core.models.people import Role
    from tests import people

    guarded = people.person(Role.BUYER, fair, name="Ida")
    TOTP.activate(guarded, generate_totp_secret())
    RecoveryCodes.activate(guarded)
    return guarded


CELL = "?post=P1&day=D1&band=early"
#: What an address is asked with, where it shows nothing without.
QUERIES = {
    "duty-post": CELL,
    "duty-code": CELL,
    "swap-offer": "?day=D1&band=early",
    "feedback-say": "?day=D1&band=early",
    "hours-person": "?volunteer=V3",
    "hours-correct": "?volunteer=V2&day=D1&band=early",
}


def pages(made: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Name and sample address of everything in the URLconf; None where nobody has given an example of its arguments."""
    from django.urls import get_resolver, reverse

    given = samples(made)
    for route, name in _routes(get_resolver()):
        if route.startswith("api/v1/") or "(?P" in route:
            continue  # for programs; and addresses out of mails, which are made when mails are
        wanted = {"edition": EDITION} if "<slug:edition>" in route else {}
        if route.count("<") > len(wanted):
            if name not in given:
                yield name, None
                continue
            wanted |= given[name]
        yield name, reverse(name, kwargs=wanted) + QUERIES.get(name, "")


def _routes(resolver: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from _routes(each, route)
        else:
            yield route, each.name


def samples(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Arguments of addresses that have some, by name."""
    of = {name: {"key": getattr(row, "public_id", "")} for name, row in made.items()}
    person = {"person": made["person"].code}
    job, webhook = {"public_id": made["job"].public_id}, {"public_id": made["webhook"].public_id}
    return {
        **dict.fromkeys(("job", "job-cancel"), job),
        **dict.fromkeys(("webhook", "webhook-switch", "webhook-renew", "webhook-test"), webhook),
        **{f"comparison{end}": of["comparison"] for end in ("", "-live", "-cancel")},
        **{
            f"rehearsal{end}": of["rehearsal"]
            for end in ("", "-live", "-state", "-cancel", "-repeat", "-report", "-remark")
        },
        **{f"finding{end}": of["finding"] for end in ("", "-change", "-undo")},
        **{f"person{end}": person for end in ("", "-change", "-give-role", "-deactivate", "-reactivate", "-erase")},
        "person-take-role": {**person, "assignment": 1},
        "people-undo": {"number": 1},
        "notice": {"key": 1},
        "map-level": {"level": "0"},
        **{
            f"drawing{end}": {"public_id": made["drawing"].public_id}
            for end in ("", "-layers", "-approve", "-return", "-again")
        },
        "drawing-picture": {"public_id": made["drawing"].public_id, "level": "0"},
        "drawing-level": {"level": "0"},
        "facilities-level": {"measure": 1, "level": "0"},
        "map-day": {"result": made["rehearsal"].result_id},
        **{name: {"level": "0"} for name in ("signs-level", "signs-audit-level", "signs-compare-level")},
        **{f"signs-plan{end}": {"result": made["sign_plan"].pk} for end in ("", "-take")},
        "signs-plan-level": {"result": made["sign_plan"].pk, "level": "0"},
        "signs-plan-file": {"result": made["sign_plan"].pk, "name": "signs.json"},
        **{f"sign{end}": {"key": "F2"} for end in ("", "-picture", "-check", "-fault", "-mend", "-back")},
        **{
            f"roster{end}": {"result": made["roster"].pk}
            for end in (
                "",
                "-cell",
                "-map",
                "-conflicts",
                "-publish",
                "-publish-now",
                "-people",
                "-what-if",
                "-what-if-keep",
            )
        },
        "roster-person": {"result": made["roster"].pk, "code": "V1"},
        "roster-undo": {"number": 1},
        **{f"application{end}": {"code": made["application"].code} for end in ("", "-code")},
        "volunteer-list": {"name": "people.csv"},
        **{f"training{end}": {"code": "T1"} for end in ("", "-remove")},
        "answers-undo": {"deadline": 1},
        **{
            f"certificate{end}": {"certificate": made["certificates"][1].pk}
            for end in ("", "-revoke", "-again", "-print")
        },
        "certificate-verified": {"code": made["certificates"][0].code},
        "feedback-answer": {"feedback": made["feedback"].pk},
        "hours-undo": {"correction": made["correction"].pk},
        "hours-file": {"name": "people.csv"},
        **{f"swap-{end}": {"offer": made["offer"].pk} for end in ("approve", "decline", "undo", "take", "withdraw")},
        **{f"roster-mended{end}": {"result": made["mended"].pk} for end in ("", "-now")},
        **{f"task{end}": {"key": "stands"} for end in ("", "-report", "-accept", "-refuse")},
        "evidence-withdraw": {"evidence": 1},
        "decision-undo": {"decision": 1},
        "forecast": {"result": made["forecast"].pk},
        "plan-undo": {"number": 1},
        "plan-sheet": {"sheet": "gates"},
        "plan-row-add": {"sheet": "gates"},
        **{f"plan-row{end}": {"sheet": "gates", "key": "W"} for end in ("", "-history", "-remove", "-move")},
        **{f"plan-import-{end}": {"public_id": made["import"].public_id} for end in ("job", "apply", "again")},
        **{f"people-import-{end}": {"public_id": made["people_import"].public_id} for end in ("job", "apply", "again")},
        **{f"file{end}": {"public_id": made["file"].public_id} for end in ("", "-remove")},
        "bureau": {"code": made["bureau"].code},
        "organization": {"code": made["organization"].code},
        **dict.fromkeys(("finding-mark", "rehearsal-places"), of["rehearsal"]),
        "advice": of["advice"],
        **{f"calibration{end}": of["calibration"] for end in ("", "-files", "-take")},
        **{f"look{end}": of["look"] for end in ("", "-page", "-files")},
        "look-start": of["rehearsal"],
        **{f"scenario{end}": of["scenario"] for end in ("", "-file", "-remove")},
        **{f"scenario-{end}": {"public_id": made["scenario_trial"].public_id} for end in ("trial", "keep")},
        "rehearsal-file": {**of["rehearsal"], "name": "summary.json"},
        "wall-screen": {"secret": made["wall"]},
        "wall-screen-revoke": {"screen": made["screen"].public_id},
        "calendar-feed": {"secret": "x" * 32},
        "poll": {"key": "x" * 32},
        "revoke-token": {"token": made["job"].public_id},
        "delivery-replay": job,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), serves="fill" not in sys.argv[2:])
