"""Pages of drawings, as a browser without scripts sees them, and the API beside them."""

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hostcity.core.models import Job
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row
from hostcity.plan.imdf import archive_of
from hostcity.venue.drawings import services
from tests.plan.dxf.drawings import stand
from tests.venue import halls
from tests.venue.drawings.conftest import LAYERS, dxf, run
from tests.venue.drawings.test_services import GROUNDS

API = "/api/v1/editions/fair/venue/drawings"


def address(edition, name="drawing", *more):
    return reverse(name, args=[edition.code, *more])


def upload(data=None, name="hall.dxf"):
    return SimpleUploadedFile(name, data or dxf())


def latest():
    return Job.objects.filter(kind=services.JOB).latest("id")


def test_the_whole_way_through_the_pages(browser, drawn):
    answer = browser.post(address(drawn, "drawings"), {"file": upload()})
    assert answer["Location"] == address(drawn, "drawing", latest().public_id)
    assert browser.get(answer["Location"]).status_code == 200
    run(latest())
    page = browser.get(answer["Location"])
    form = page.context["form"]
    assert [(layer["name"], field.value()) for layer, field in form.layer_rows()] == [
        (layer["name"], LAYERS[layer["name"]]) for layer in latest().answer["layers"]
    ]
    said = {f"layer-{index}": LAYERS[layer["name"]] for index, layer in enumerate(form.layers)} | {"level": "0"}
    wrong = browser.post(address(drawn, "drawing-layers", latest().public_id), said | {"layer-0": "castle"})
    assert wrong.status_code == 422
    answer = browser.post(address(drawn, "drawing-layers", latest().public_id), said)
    run(latest())
    page = browser.get(answer["Location"])
    content = page.content.decode()
    assert "Approve 2 changes" in content
    assert "1 doubt" in content
    picture = re.search(r'<img src="([^"]+)"', content)[1]
    svg = ET.fromstring(browser.get(picture).content)  # noqa: S314 -- our own
    assert [each.get("id") for each in svg.iter() if (each.get("id") or "").startswith("mark-")] == ["mark-1"]
    near = browser.get(answer["Location"] + "?mark=1").content.decode()
    assert "picture.svg" not in near
    close = ET.fromstring(browser.get(re.search(r'<img src="([^"]+)"', near)[1]).content)  # noqa: S314 -- our own
    assert close.get("viewBox") == "-7.5 -38.5 75 50"
    told = browser.post(
        address(drawn, "drawing-approve", latest().public_id),
        {"proof": page.context["answer"]["now_sha256"]},
        follow=True,
    )
    assert "The plan has been changed in 2 places." in told.content.decode()
    assert "The plan is like this drawing." in told.content.decode()
    assert {each.code for each in plan_of(drawn).stands} >= {"A-03"}
    assert address(drawn, "plan-undo", 0).rstrip("0/") in told.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_state_of_a_drawing_in_both_languages(bring, browser, drawn, planner, language):
    jobs = [
        services.start_reading(edition=drawn, name="waiting.dxf", data=dxf(), by=planner),
        bring(layers=None),
        bring(),
        bring(dxf(*stand("A-01", 36, 5, 42, 8))),
        bring(b"AC1032", "broken.dxf"),
        bring(archive_of(halls.plan(grounds=(GROUNDS,))), "venue.zip"),
    ]
    for job in jobs:
        page = browser.get(address(drawn, "drawing", job.public_id), HTTP_ACCEPT_LANGUAGE=language)
        assert page.status_code == 200
    listed = browser.get(address(drawn, "drawings"), HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert listed.count("waiting.dxf") == 1
    refused = browser.get(address(drawn, "drawing", jobs[3].public_id), HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert ("超出" if language == "zh-hans" else "reaches out of") in refused
    assert "/approve/" not in refused


def test_an_archive_says_which_of_its_files_is_wrong(bring, browser, drawn):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../manifest.json", "{}")
    job = bring(data.getvalue(), "venue.zip")
    page = browser.get(address(drawn, "drawing", job.public_id)).content.decode()
    assert "<strong>../manifest.json</strong>" in page
    assert "imdf.archive.path" in page
    shown = browser.get(f"{API}/{job.public_id}").json()
    assert (shown["error"]["problems"][0]["file"], shown["state"]) == ("../manifest.json", "failed")


def test_an_outdated_proof_is_offered_anew(bring, browser, drawn, planner):
    job = bring()
    change_row(edition=drawn, sheet="stands", key="B-01", changes={"height_m": 4}, version=1, by=planner)
    page = browser.get(address(drawn, "drawing", job.public_id)).content.decode()
    assert address(drawn, "drawing-again", job.public_id) in page
    assert address(drawn, "drawing-approve", job.public_id) not in page
    answer = browser.post(address(drawn, "drawing-again", job.public_id))
    assert (
        answer["Location"] == address(drawn, "drawing", latest().public_id) != address(drawn, "drawing", job.public_id)
    )


def test_layers_can_be_said_otherwise(bring, browser, drawn):
    job = bring()
    page = browser.get(address(drawn, "drawing-layers", job.public_id))
    assert page.status_code == 200
    assert [str(field.value()) for _layer, field in page.context["form"].layer_rows()][:1] == ["stand"]
    archive = bring(archive_of(halls.plan(grounds=(GROUNDS,))), "venue.zip")
    assert browser.get(address(drawn, "drawing-layers", archive.public_id)).status_code == 404


def test_a_note_sends_it_back(bring, browser, drawn):
    job = bring()
    told = browser.post(address(drawn, "drawing-return", job.public_id), {"note": "no numbers"}, follow=True)
    assert "sent the drawing hall.dxf back: no numbers" in told.content.decode()
    assert (
        "The note is missing"
        in browser.post(address(drawn, "drawing-return", job.public_id), follow=True).content.decode()
    )


def test_files_of_other_kinds_are_told(browser, drawn):
    page = browser.post(address(drawn, "drawings"), {"file": upload(b"AC1032", "hall.dwg")})
    assert page.status_code == 422
    assert "Save a DWG drawing as DXF first." in page.content.decode()
    large = browser.post(address(drawn, "drawings"), {"file": upload(b"0" * (services.MOST_BYTES + 1))})
    assert (large.status_code, "larger than 10 MiB" in large.content.decode()) == (422, True)


def test_pictures_that_are_not(bring, browser, drawn):
    layers, proof = bring(layers=None), bring()
    assert browser.get(address(drawn, "drawing-picture", layers.public_id, "0")).status_code == 404
    assert browser.get(address(drawn, "drawing-picture", proof.public_id, "9")).status_code == 404


def test_one_fixed_number_of_queries(bring, browser, drawn, django_assert_max_num_queries):
    bring()
    with django_assert_max_num_queries(40) as one:
        browser.get(address(drawn, "drawings"))
    bring()
    bring()
    with django_assert_max_num_queries(len(one)):
        browser.get(address(drawn, "drawings"))


def test_the_plan_goes_out_as_drawings(browser, drawn, planner):
    level = browser.get(address(drawn, "drawing-level", "0"))
    assert level.content.startswith(b"  0\nSECTION")
    assert 'filename="fair-0.dxf"' in level["Content-Disposition"]
    assert browser.get(address(drawn, "drawing-level", "9")).status_code == 404
    assert browser.get(address(drawn, "drawing-archive")).status_code == 422  # it is not tied to the earth
    services_plan = halls.plan(grounds=(GROUNDS,))
    from hostcity.core.plan_rows.services import replace_plan

    replace_plan(edition=drawn, plan=services_plan, by=planner)
    assert browser.get(address(drawn, "drawing-archive")).content == archive_of(services_plan)
    assert browser.get("/api/v1/editions/fair/venue/imdf").content == archive_of(services_plan)
    assert browser.get("/api/v1/editions/fair/venue/levels/0/dxf").content == level.content
    assert browser.get("/api/v1/editions/fair/venue/levels/9/dxf").status_code == 404


def test_the_same_by_the_api(browser, drawn, planner):
    def post(path, body):
        return browser.post(path, json.dumps(body), content_type="application/json")

    made = browser.post(API, {"file": upload()})
    assert made.status_code == 202
    run(latest())
    shown = browser.get(f"{API}/{made.json()['id']}").json()
    assert shown["answer"]["step"] == "layers"
    wrong = post(f"{API}/{shown['id']}/layers", {"level": "0", "layers": {"展位": "castle"}})
    assert wrong.status_code == 422
    proved = post(f"{API}/{shown['id']}/layers", {"level": "0", "layers": LAYERS}).json()
    run(latest())
    answer = browser.get(f"{API}/{proved['id']}").json()["answer"]
    assert answer["counts"] == {"stands": {"moved": 1, "added": 1}}
    assert post(f"{API}/{proved['id']}/return", {"note": "no number"}).json()["number"] > 0
    assert post(f"{API}/{proved['id']}/approve", {"proof": "0"}).status_code == 409
    assert post(f"{API}/{proved['id']}/approve", {"proof": answer["now_sha256"]}).json()["acts"] == 3
    assert post(f"{API}/{proved['id']}/retry", {}).status_code == 202
