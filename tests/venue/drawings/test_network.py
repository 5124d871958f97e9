"""The walkable network is derived from the plan's drawing, proved, approved or sent back."""

from dataclasses import replace

import pytest
from django.urls import reverse

from hostcity.core.errors import Refused
from hostcity.core.ledger_queries import history_of
from hostcity.core.models import Job
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.plan.picture import Shape
from hostcity.plan.rows import Connector, Event, Level, Link, Node
from hostcity.venue.drawings import services
from hostcity.venue.drawings.links import listed
from hostcity.venue.drawings.svg import picture_of
from tests.engines.network.drawings import area, rooms
from tests.venue.drawings.conftest import run

API = "/api/v1/editions/fair/venue"
#: Typed between the rooms' middles: too long, too wide; and one to nowhere that the drawing has.
TYPED = (
    Link(code="hand", start="a", end="b", length_m=50, width_m=9),
    Link(code="loop", start="a", end="c", length_m=5, width_m=2),
)


@pytest.fixture
def walked(edition, planner):
    """Two rooms with a door between them, and a typed network; the third node lies in the first room."""
    nodes = (*rooms().nodes, Node(code="c", level="0", area="A", x_m=5, y_m=5))
    replace_plan(edition=edition, plan=rooms(nodes=nodes, links=TYPED), by=planner)
    return edition


@pytest.fixture
def proved(walked, planner):
    return run(services.derive_network(edition=walked, by=planner))


def approve(edition, job, by, **given):
    return services.approve(edition=edition, job=job, by=by, **{"proof": job.answer["now_sha256"], **given})


def test_a_proof_has_the_measures_of_every_link_and_changes_nothing(walked, proved):
    before = plan_of(walked)
    lines = {each["code"]: each for each in proved.answer["links"]}
    assert {code: each["verb"] for code, each in lines.items()} == {"hand": "changed", "loop": "changed"}
    assert lines["hand"]["measures"][0] == [50, 20.0]  # from middle to middle, through the door
    (was, width), (none, narrowest) = lines["hand"]["measures"][1:]
    assert (was, none) == (9, None)
    assert narrowest <= 3.25 < width  # on squares of 0.25 m
    assert proved.answer["refused"] == 0
    assert plan_of(walked) == before


def test_an_approved_network_is_in_the_plan_and_can_be_undone(walked, proved, planner):
    before = plan_of(walked)
    acts = approve(walked, proved, planner)
    after = plan_of(walked)
    assert {link.code: link.length_m for link in after.links} == {"hand": 20.0, "loop": round(50**0.5, 1)}
    assert {row.figure: row.mark for row in after.provenance}["links.*.length_m"] == "derived"
    assert "Walkable network imported" in str(history_of(walked, "plan.import", str(proved.public_id))[0].words)
    assert approve(walked, proved, planner) == []
    undo_act(edition=walked, act=acts[-1], by=planner)
    assert plan_of(walked) == before


def test_a_proof_holds_as_long_as_drawing_and_network_are_the_same(walked, proved, planner):
    change_row(
        edition=walked, sheet="openings", key="door", changes={"line": [[20, 8], [20, 12]]}, version=1, by=planner
    )
    with pytest.raises(services.Outdated):
        approve(walked, proved, planner)
    again = run(services.try_again(edition=walked, job=proved, by=planner))
    assert again.pk != proved.pk
    change_row(edition=walked, sheet="links", key="loop", changes={"width_m": 3}, version=1, by=planner)
    with pytest.raises(services.Outdated):
        approve(walked, again, planner)
    change_row(edition=walked, sheet="levels", key="0", changes={"name_en": "Ground"}, version=1, by=planner)
    last = run(services.try_again(edition=walked, job=again, by=planner))
    approve(walked, last, planner)


def test_what_the_plan_would_have_wrong_is_a_refusal(walked, planner):
    across = Link(code="across", start="b", end="c", length_m=30, width_m=2)  # the ground of a lies between these nodes
    shut = Event(code="shut", action="close", target="across", starts_at=36000.0)
    replace_plan(edition=walked, plan=plan_of(walked).replace(links=(*TYPED, across), timeline=(shut,)), by=planner)
    job = run(services.derive_network(edition=walked, by=planner))
    assert {each["code"]: each["verb"] for each in job.answer["links"]}["across"] == "gone"
    assert [each["sheet"] for each in job.answer["problems"] if each["is_refusal"]] == ["timeline"]
    with pytest.raises(Refused) as refused:
        services.approve(edition=walked, job=job, proof="", by=planner)
    assert refused.value.code == "drawing.refused"


def test_a_proof_says_which_closures_a_rehearsal_plays_from_then_on(walked, planner, browser):
    shut = tuple(Event(code=each, action="shut", target=each, starts_at=36000.0) for each in ("door", "up"))
    upper = {"levels": (Level(code="1", elevation_m=6.0),), "areas": (area("C", 0, 0, 20, 20, level="1"),)}
    up = Connector(
        code="up", kind="stairs", width_m=2, start="A", start_x_m=15, start_y_m=15, end="C", end_x_m=15, end_y_m=15
    )
    plan = plan_of(walked)
    more = {sheet: (*getattr(plan, sheet), *rows) for sheet, rows in upper.items()}
    replace_plan(edition=walked, plan=plan.replace(connectors=(up,), timeline=shut, **more), by=planner)
    job = run(services.derive_network(edition=walked, by=planner))
    assert job.answer["now_played"] == ["up"]
    (doubt,) = job.answer["problems"]  # the typed link "hand" leads through the door
    assert (doubt["code"], doubt["at"], doubt["is_refusal"]) == ("timeline.target.unplayed", [20, 10], False)
    page = browser.get(reverse("drawing", args=["fair", job.public_id])).content.decode()
    assert "with this network a rehearsal plays it: up" in page
    assert "shuts door, but no link has this code: a rehearsal does not play it." in page


def test_the_pages_and_the_api(walked, planner, browser):
    sent = browser.post(reverse("network-derive", args=["fair"]))
    job = Job.objects.get(kind=services.NETWORK)
    assert sent["Location"] == reverse("drawing", args=["fair", job.public_id])
    assert browser.post(f"{API}/network", "{}", content_type="application/json").json()["id"] == str(
        job.public_id
    )  # it waits already
    assert browser.get(sent["Location"]).status_code == 200
    job = run(job)
    page = browser.get(sent["Location"])
    content = page.content.decode()
    assert "<h1>Walkable network</h1>" in content.replace(' class="h2"', "")
    assert "<del>50</del> <ins>20</ins>" in content
    picture = browser.get(reverse("drawing-picture", args=["fair", job.public_id, "0"])).content.decode()
    assert all(f'id="{place}"' in picture for place in ("links.hand", "nodes.c", "areas.A"))
    assert browser.get(f"{API}/drawings/{job.public_id}").json()["answer"]["kept"] == 0
    assert browser.get(reverse("drawing-layers", args=["fair", job.public_id])).status_code == 404
    with pytest.raises(Refused):
        services.map_layers(edition=walked, job=job, layer_map={}, by=planner)
    browser.post(reverse("drawing-return", args=["fair", job.public_id]), {"note": "Walls first."})
    told = browser.get(sent["Location"]).content.decode()
    assert "sent the walkable network back: Walls first." in told
    chinese = browser.get(sent["Location"], HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "有变动的通道" in chinese
    browser.post(reverse("drawing-approve", args=["fair", job.public_id]), {"proof": job.answer["now_sha256"]})
    assert "The plan's network is like this one." in browser.get(sent["Location"]).content.decode()
    assert "Walkable network" in browser.get(reverse("drawings", args=["fair"])).content.decode()


def test_links_are_listed_by_how_much_they_differ_and_by_what_becomes_of_them(walked, proved, browser):
    lines = [
        {"code": code, "verb": verb, "start": "a", "end": "b", "measures": [[was, now], [4.0, 4.0], [None, 2.0]]}
        for code, verb, was, now in (
            ("b", "changed", 10.0, 12.0), ("a", "changed", 10.0, 2.0), ("c", "added", None, 5.0), ("d", "gone", 5.0, None),
        )
    ]  # fmt: skip
    found = listed(lines, "", "", is_all=False)
    assert [(each["code"], each["difference"] and each["difference"][1]) for each in found.lines] == [
        ("d", None), ("a", -80), ("b", 20), ("c", None),
    ]  # fmt: skip
    assert [(verb, count) for verb, _word, count in found.counts] == [("added", 1), ("changed", 2), ("gone", 1)]
    assert [each["code"] for each in listed(lines, "changed", "code", is_all=False).lines] == ["a", "b"]
    many = listed(lines * 50, "changed", "", is_all=False)
    assert (len(many.lines), many.total, len(listed(lines * 51, "changed", "", is_all=True).lines)) == (100, 100, 102)
    page = browser.get(reverse("drawing", args=["fair", proved.public_id]), {"change": "changed", "order": "code"})
    assert page.context["links"].shown == "changed"
    assert {each["verb"] for each in page.context["links"].lines} == {"changed"}


def test_links_are_as_wide_on_the_screen_whatever_becomes_of_them():
    line = ((0.0, 0.0), (500.0, 0.0))
    drawn = [picture_of([("", Shape("link", "0", line, "", mark))])["drawn"] for mark in ("", "new", "changed", "gone")]
    assert all('vector-effect="non-scaling-stroke"' in each for each in drawn)
    assert len(set(drawn)) == 4


def test_a_plan_without_a_drawing_has_no_network_to_derive(walked, planner, browser):
    areas = tuple(replace(each, outline=()) for each in plan_of(walked).areas)
    replace_plan(edition=walked, plan=plan_of(walked).replace(areas=areas), by=planner)
    with pytest.raises(Refused) as refused:
        services.derive_network(edition=walked, by=planner)
    assert refused.value.code == "network.drawing"
    told = browser.post(reverse("network-derive", args=["fair"]), follow=True).content.decode()
    assert "This plan has no drawing yet." in told


def test_nodes_in_a_wall_are_told(walked, planner, browser):
    change_row(edition=walked, sheet="nodes", key="c", changes={"x_m": -9}, version=1, by=planner)
    job = run(services.derive_network(edition=walked, by=planner))
    assert (job.state, job.error["problems"][0]["code"]) == ("failed", "nodes.x_m.floor")
    told = browser.get(reverse("drawing", args=["fair", job.public_id])).content.decode()
    assert "derive its network again" in told
