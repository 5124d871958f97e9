"""The ledger, files, webhooks and the reference by the API."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from hostcity.core.models import Delivery, Webhook
from hostcity.core.models.people import Role
from tests import people
from tests.site.api.programs import program
from tests.site.api.test_door import told

HERE = "/editions/fair"


def test_whoever_remembers_the_last_number_misses_nothing(edition, planners, administrators):
    levels = f"{HERE}/plan/sheets/levels/rows"
    for code in ("L1", "L2", "L3"):
        planners.post(levels, {"cells": {"code": code, "name_en": code, "elevation_m": 0}})
    seen, since = [], 0
    while True:
        said = planners.get(f"{HERE}/ledger?since={since}&size=2").json()
        if not said["rows"]:
            break
        seen += [each["number"] for each in said["rows"]]
        since = seen[-1]
    assert seen == list(range(1, said["number"] + 1))
    (line,) = planners.get(f"{HERE}/ledger/history?kind=plan.levels&key=L2").json()["rows"]
    full = planners.get(f"{HERE}/ledger/{line['number']}").json()
    assert full["body"]["row"]["code"] == "L2"
    before = planners.get(f"{HERE}/ledger/{line['number'] - 1}").json()
    assert full["previous_sha256"] == before["sha256"]
    chain = administrators.get(f"{HERE}/ledger/chain").json()
    assert (chain["is_whole"], chain["verified"], chain["broken"]) == (True, said["number"], None)
    told(planners.get(f"{HERE}/ledger/999"), 404, "request.not-found")


def test_polling(edition, planners, administrators):
    said = planners.get(f"{HERE}/ledger/poll").json()
    asked = Client().get(f"{said['path']}?since={said['number']}")
    assert asked.status_code == 204
    told(planners.post(f"{HERE}/ledger/poll/renew"), 403, "policy.denied")
    renewed = administrators.post(f"{HERE}/ledger/poll/renew").json()
    assert Client().get(said["path"]).status_code == 404
    assert Client().get(renewed["path"]).status_code in (200, 204)


def test_files(edition, planners):
    file = SimpleUploadedFile("note.txt", "一 note".encode())
    sent = {"file": file, "subject_kind": "finding", "subject_key": "x"}
    made = planners.client.post(f"/api/v1{HERE}/files", sent, headers=planners.headers)
    assert made.status_code == 201, made.content
    said = made.json()
    assert said["sha256"] == hashlib.sha256("一 note".encode()).hexdigest()
    assert planners.get(f"{HERE}/files?subject_kind=finding&subject_key=x").json()["rows"] == [said]
    assert planners.get(f"{HERE}/files?subject_kind=finding&subject_key=y").json()["rows"] == []
    assert planners.get(f"{HERE}/files/{said['id']}").json() == said
    content = planners.get(f"{HERE}/files/{said['id']}/content")
    assert content.content == "一 note".encode()
    assert "attachment" in content["Content-Disposition"]
    other = program(people.person(Role.PLANNER, edition), edition)
    told(other("DELETE", f"{HERE}/files/{said['id']}"), 403, "policy.denied")
    assert planners("DELETE", f"{HERE}/files/{said['id']}").status_code == 204
    told(planners.get(f"{HERE}/files/{said['id']}"), 404, "request.not-found")


def test_webhooks(edition, planners, administrators):
    told(planners.get(f"{HERE}/webhooks"), 403, "policy.denied")
    for inside in ("https://127.0.0.1/x", "https://169.254.169.254/", "file:///etc/passwd"):
        answer = administrators.post(f"{HERE}/webhooks", {"name": "w", "url": inside})
        assert answer.status_code == 422
        assert answer.json()["code"].startswith("webhook.")
    with scope(edition=edition):
        hook = Webhook.objects.create(edition=edition, name="w", url="https://gw.example/secret-key", number=0)
    path = f"{HERE}/webhooks/{hook.public_id}"
    assert "secret-key" not in administrators.get(path).content.decode()
    assert administrators("PUT", f"{path}/active", {"is_active": False}).json()["is_active"] is False
    first = administrators.post(f"{path}/secret").json()["secret"]
    assert administrators.post(f"{path}/secret").json()["secret"] != first
    assert administrators.post(f"{path}/test").status_code == 202
    (row,) = administrators.get(f"{HERE}/deliveries?state=waiting").json()["rows"]
    told(administrators.post(f"{HERE}/deliveries/{row['id']}/replay"), 422, "delivery.state")
    assert Delivery.objects.count() == 1


def test_the_reference_for_people(db):
    page = Client().get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode().replace("<wbr>", "")
    for each in ("/api/v1/editions/{edition}/plan/sheets/{sheet}/rows", "Bearer", 'id="status-409"'):
        assert each in text
    assert "://" not in text.replace("http://testserver", "").replace("https://… of the gateway", "")
    chinese = Client().get("/api/v1/docs", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "接口文档" in chinese


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_whatever_their_length(edition, administrators, count, django_assert_max_num_queries):
    for number in range(count):
        sent = {"file": SimpleUploadedFile("note.txt", b"x%d" % number)}
        administrators.client.post(f"/api/v1{HERE}/files", sent, headers=administrators.headers)
        with scope(edition=edition):
            Webhook.objects.create(edition=edition, name=f"w{number}", url="https://gw.example/", number=0)
    for path in ("files", "webhooks", "deliveries", "ledger", "jobs", "snapshots", "notices"):
        with django_assert_max_num_queries(8):
            assert administrators.get(f"{HERE}/{path}").status_code == 200, path


def test_search_finds_what_one_may_see(edition, planner, planners):
    levels = f"{HERE}/plan/sheets/levels/rows"
    planners.post(levels, {"cells": {"code": "L1", "name_en": "Ground", "name_zh": "地面层", "elevation_m": 0}})
    for asked in ("Ground", "%E5%9C%B0%E9%9D%A2", "dimian"):
        assert [each["key"] for each in planners.get(f"{HERE}/search?q={asked}").json()["rows"]] == ["levels/L1"]
    without = program(planner, edition, ["search.see"])
    assert without.get(f"{HERE}/search?q=Ground").json()["rows"] == []
    told(planners.get(f"{HERE}/search?q="), 422, "request.invalid")


def test_mail_is_chosen_signed_in(edition, planner, planners):
    told(planners("PUT", "/me/mail", {"wants_mail": True}), 403, "auth.site")
    browser = people.signed_in(planner)
    answer = browser.put("/api/v1/me/mail", {"wants_mail": True}, content_type="application/json")
    assert answer.json() == {"wants_mail": True}
    planner.refresh_from_db()
    assert planner.wants_mail
