"""Signs are planned and audited by the worker; what was found is shown, compared, and taken into the plan as one act."""

import json

import pytest
from django.urls import reverse
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Several
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job, Result
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.core.results import take_snapshot
from hostcity.plan.rows import Face, FaceLine
from hostcity.venue.signs.planned import planned_of
from hostcity.venue.signs.services import move_faces
from hostcity.venue.signs.services.auditing import AUDIT_JOB, audit_signs
from hostcity.venue.signs.services.planning import KIND, MOST_KEPT, PLAN_JOB, plan_signs, take_over
from tests import people
from tests.fairs import small_fair
from tests.venue.signs.plans import keep, planned

API = "/api/v1/editions/fair/venue"


@pytest.fixture
def fair(edition, planner):
    """A fair that can be played, with a face that points where no way is, and one that is damaged."""
    plan = small_fair()
    node = next(each for each in plan.nodes if each.area == "plaza")
    of = {"area": "plaza", "x_m": node.x_m, "y_m": node.y_m, "bearing_deg": 0}
    faces = (
        Face(code="E1", state="installed", **of),
        Face(code="E2", state="installed", fault="damaged", **of),
        Face(code="IDEA", **of),
    )
    lines = tuple(
        FaceLine(code=f"{each.code}-1", face=each.code, name_en="Hall 1", name_zh="1 号馆", arrow="up", area="H1")
        for each in faces
    )
    replace_plan(edition=edition, plan=plan.replace(faces=faces, face_lines=lines), by=planner)
    return edition


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def at(name, *arguments):
    return reverse(name, args=["fair", *arguments])


def kept(edition, *faces, **more):
    with scope(edition=edition):
        return keep(edition, take_snapshot(edition=edition, by=None), faces, **more)


def codes(edition):
    return [each.code for each in plan_of(edition).faces]


def test_from_the_form_to_the_plan_and_back(fair, planner, browser):
    assert "No signs have been planned yet." in browser.get(at("signs-plans")).content.decode()
    sent = browser.post(at("signs-plan-start"), {"faces": "2", "names": "2", "bound_s": "0", "recovers": "yes"})
    assert sent["Location"] == at("signs-plans")
    job = Job.objects.get(kind=PLAN_JOB)
    assert plan_signs(edition=fair, by=planner, faces=2, names=2, bound_s=0) == job  # it waits already
    run_now(job)
    with scope(edition=fair):
        result = Result.objects.get(kind=KIND)
    found = planned_of(result)
    assert found["bound"]["value"] <= found["found"]["value"] <= found["unsigned"]
    assert found["astray"][0]["unsigned_h"] >= found["astray"][0]["found_h"] >= 0
    assert set(result.blobs) == {"signs.json", "signs.xlsx", "signs.pdf"}
    page = browser.get(at("signs-plan", result.pk))
    assert [name for name, *_ in page.context["beside"]][-2:] == ["this plan", "no plan does better than"]
    assert browser.get(at("signs-plan-file", result.pk, "signs.pdf")).content.startswith(b"%PDF")
    assert browser.get(at("signs-plan-file", result.pk, "expo.xlsx")).status_code == 404
    new = [each["code"] for each in found["faces"] if each["is_new"]]
    browser.post(at("signs-plan-take", result.pk))
    assert codes(fair) == ["E1", "E2", *new]
    assert take_over(edition=fair, result=result, by=planner) == []
    assert "The plan holds these faces." in browser.get(at("signs-plan", result.pk)).content.decode()
    with scope(edition=fair):
        act = Act.objects.filter(verb="plan.import").order_by("-number").first()
    undo_act(edition=fair, act=act, by=planner)
    assert codes(fair) == ["E1", "E2", "IDEA"]
    assert browser.get(f"{API}/sign-plans/{result.pk}").json()["found"]["faces"] == found["faces"]


def test_an_audit_is_told_drawn_and_known_to_be_old(fair, planner, browser):
    assert browser.get(f"{API}/sign-audit").status_code == 404
    browser.post(at("signs-audit-start"))
    job = Job.objects.get(kind=AUDIT_JOB)
    assert audit_signs(edition=fair, by=planner) == job
    run_now(job)
    page = browser.get(at("signs-audit"))
    faults = [(each.code, path) for each, path, _level in page.context["rows"] if each.code == "faces.fault.open"]
    assert faults == [("faces.fault.open", at("sign", "E2"))]
    assert "it guides nobody" in page.content.decode()
    only = browser.get(at("signs-audit") + "?kind=faces.fault.open")
    assert only.context["count"] == 1
    picture = browser.get(at("signs-audit-level", only.context["level"]) + "?kind=faces.fault.open").content.decode()
    assert f'id="mark-{only.context["page"].rows[0].number}"' in picture
    assert browser.get(f"{API}/sign-audit").json()["is_stale"] is False
    move_faces(edition=fair, keys=["IDEA"], to="approved", by=planner)
    assert browser.get(f"{API}/sign-audit").json()["is_stale"] is False  # how far a face is changes nothing
    change_row(edition=fair, sheet="faces", key="E1", changes={"letter_mm": 90}, version=1, by=planner)
    assert browser.get(f"{API}/sign-audit").json()["is_stale"] is True
    assert "Faces or the drawing have been changed since." in browser.get(at("signs-audit")).content.decode()


def test_what_has_changed_since_is_not_taken_over(fair, planner, browser):
    result = kept(fair, planned("N1", "plaza", "n", "H1"))
    move_faces(edition=fair, keys=["IDEA"], to="approved", by=planner)
    sent = browser.post(at("signs-plan-take", result.pk))
    assert (sent.status_code, "Have signs planned again" in sent.content.decode()) == (422, True)
    assert codes(fair) == ["E1", "E2", "IDEA"]


def test_how_far_a_face_is_keeps_a_plan_from_nothing(fair, planner):
    result = kept(fair, planned("N1", "plaza", "n", "H1"))
    move_faces(edition=fair, keys=["E1"], to="made", reason="It fell down.", by=planner)
    assert next(each.state for each in plan_of(fair).faces if each.code == "E1") == "made"
    take_over(edition=fair, result=result, by=planner)
    assert codes(fair) == ["E1", "E2", "N1"]


def test_a_plan_afresh_takes_everything_else_out(fair, planner):
    take_over(edition=fair, result=kept(fair, planned("N1", "plaza", "n", "H1"), afresh=True), by=planner)
    assert (codes(fair), [each.code for each in plan_of(fair).face_lines]) == (["N1"], ["N1-1"])


def test_two_plans_beside_each_other(fair, browser):
    a = kept(
        fair, planned("N1", "plaza", "n1", "H1"), planned("N2", "plaza", "n2", "H1"), planned("N3", "plaza", "n3", "H1")
    )
    b = kept(
        fair,
        planned("M1", "plaza", "n1", "H1"),
        planned("M2", "plaza", "n2", "H1", "H2"),
        planned("M4", "plaza", "n4", "H1"),
    )
    page = browser.get(at("signs-compare") + f"?a={a.pk}&b={b.pk}").context
    said = {name: [each["code"] for each in page[name]] for name in ("gone", "new")}
    assert said == {"gone": ["N3"], "new": ["M4"]}
    assert ([(one["code"], two["code"]) for one, two in page["other"]], page["same"]) == ([("N2", "M2")], 1)
    picture = browser.get(at("signs-compare-level", page["level"]) + f"?a={a.pk}&b={b.pk}").content.decode()
    assert [mark for mark in ("a-N3", "b-M4", "b-M2", "b-M1") if f'id="mark-{mark}"' in picture] == [
        "a-N3",
        "b-M4",
        "b-M2",
    ]
    assert browser.get(at("signs-compare")).context["a"] == a
    assert browser.get(at("signs-compare") + "?a=99&b=1").status_code == 404


@pytest.mark.parametrize("plans", [1, 3])
def test_the_list_of_plans_takes_few_queries(fair, browser, plans, django_assert_max_num_queries):
    for number in range(plans):
        kept(fair, planned(f"N{number}", "plaza", "n", "H1"))
    browser.get(at("signs-plans"))
    with django_assert_max_num_queries(14):
        page = browser.get(at("signs-plans"))
    assert len(page.context["kept"]) == plans


def test_results_of_long_ago_are_let_go(fair):
    for number in range(MOST_KEPT + 2):
        last = kept(fair, planned(f"N{number}", "plaza", "n", "H1"))
    with scope(edition=fair):
        rows = list(Result.objects.filter(kind=KIND).order_by("-id"))
    assert (len(rows), rows[0]) == (MOST_KEPT, last)
    assert kept(fair, planned(f"N{MOST_KEPT + 1}", "plaza", "n", "H1")) == last


def test_what_cannot_be_planned_is_refused_all_at_once(fair, drawn, planner, browser):
    with pytest.raises(Several) as told:
        plan_signs(edition=drawn, by=planner, faces=0, names=99)
    assert [each.code for each in told.value.refusals] == ["signs.faces", "signs.names"]
    wrong = browser.post(at("signs-plan-start"), {"faces": "0", "recovers": "yes"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["faces"])
    body = json.dumps({"faces": 5001})
    assert browser.post(f"{API}/sign-plans", body, content_type="application/json").status_code == 422
    day = Result(edition=fair, kind="day", blobs={})
    with pytest.raises(Refused) as refused:
        plan_signs(edition=fair, by=planner, day=day)
    assert refused.value.code == "signs.day"
    with pytest.raises(NotAllowed):
        plan_signs(edition=fair, by=people.person(Role.PRESS_OFFICER, fair))
