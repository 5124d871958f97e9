"""Editions, people, roles, bureaus, organizations and one-time codes by the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Edition, Job, Person
from hostcity.core.models.people import Role
from tests import people
from tests.site.api.programs import program
from tests.site.api.test_door import told

HERE = "/editions/fair"
WANTED = {"username": "li.na", "name": "李娜", "role": "planner", "email": "li@example.org"}


def test_who_one_is(edition, planner, planners):
    said = planners.get("/me").json()
    assert (said["code"], said["username"]) == (planner.code, planner.username)
    assert "plan.see" in said["actions"]
    browser = people.signed_in(planner)
    assert browser.get("/api/v1/me").json() | {"actions": 0, "token": 0} == said | {"actions": 0, "token": 0}
    assert browser.get("/api/v1/me").json()["actions"] is None


def test_editions_of_a_person_and_of_a_token(edition, planner, planners):
    other = people.edition("other")
    people.edition("third")
    from django_scopes import scope

    from hostcity.core.models import Assignment

    with scope(edition=other):
        Assignment.objects.create(edition=other, person=planner, role=Role.VISITOR)
    browser = people.signed_in(planner)
    assert {each["code"] for each in browser.get("/api/v1/editions").json()["rows"]} == {"fair", "other"}
    (row,) = planners.get("/editions").json()["rows"]
    assert (row["code"], row["roles"]) == ("fair", ["planner"])
    assert planners.get(HERE).json() == row


def test_an_edition_is_changed(edition, planners, administrators):
    told(planners("PATCH", HERE, {"name_en": "x", "version": 1}), 403, "policy.denied")
    changed = administrators("PATCH", HERE, {"name_zh": "新名"}, If_Match='"v1"')
    assert (changed.json()["name_zh"], changed["ETag"]) == ("新名", '"v2"')
    told(administrators("PATCH", HERE, {"name_zh": "旧名", "version": 1}), 409, "edition.stale")
    told(administrators("PATCH", HERE, {"closes_on": "2020-01-01", "version": 2}), 422, "edition.closes_on")
    told(administrators("PATCH", HERE, {"is_demo": True, "version": 2}), 422, "request.invalid")


def test_an_edition_is_opened_by_who_runs_the_site_signed_in(edition, administrators):
    wanted = {
        "expo": "expo", "code": "new-one", "name_en": "N", "opens_on": "2028-01-01", "closes_on": "2028-01-02",
    }  # fmt: skip
    root = people.person(is_superuser=True)
    told(administrators.post("/editions", wanted), 403, "auth.site")
    told(program(root, edition).post("/editions", wanted), 403, "auth.site")
    browser = people.signed_in(root)
    answer = browser.post("/api/v1/editions", wanted, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert Edition.objects.filter(code="new-one").exists()
    told(browser.post("/api/v1/editions", wanted, content_type="application/json"), 422, "edition.twice")
    nobody = people.signed_in(people.person(Role.ADMINISTRATOR, edition))
    told(nobody.post("/api/v1/editions", wanted, content_type="application/json"), 403, "policy.denied")


def test_a_person_is_added_changed_and_gets_a_role(edition, administrators):
    added = administrators.post(f"{HERE}/people", WANTED)
    assert added.status_code == 201, added.content
    path = f"{HERE}/people/{added.json()['code']}"
    assert administrators.get(path).json() == added.json()
    changed = administrators("PATCH", path, {"phone": "+86 21 1234567"}, If_Match=added["ETag"])
    assert (changed.json()["phone"], changed.json()["version"]) == ("+86211234567", 2)
    told(administrators("PATCH", path, {"name": "x", "version": 1}), 409, "person.stale")
    told(administrators("PATCH", path, {"is_superuser": True, "version": 2}), 422, "request.invalid")
    told(administrators.post(f"{path}/roles", {"role": "bureau-owner"}), 422, "role.bureau")
    administrators.post(f"{HERE}/bureaus", {"code": "venue", "name_en": "Venue"})
    given = administrators.post(f"{path}/roles", {"role": "bureau-owner", "bureau": "venue"})
    assert given.status_code == 201, given.content
    assert administrators("DELETE", f"{path}/roles/{given.json()['id']}").status_code == 204
    (act,) = administrators.get(f"{HERE}/ledger?size=200").json()["rows"][-1:]
    assert act["verb"] == "role.take"
    undone = administrators.post(f"{HERE}/people/acts/{act['number']}/undo")
    assert undone.json()["bureau"] == "venue"
    assert {each["role"] for each in administrators.get(path).json()["roles"]} == {"planner", "bureau-owner"}


def test_people_are_found(edition, administrators):
    administrators.post(f"{HERE}/people", WANTED)
    for asked in ("text=li", "text=lina", "text=李", "role=planner"):
        found = administrators.get(f"{HERE}/people?{asked}").json()["rows"]
        assert "li.na" in {each["username"] for each in found}
    assert administrators.get(f"{HERE}/people?role=visitor").json()["rows"] == []


def test_mail_and_phone_are_for_those_who_may_see_them(edition, administrators):
    administrators.post(f"{HERE}/people", WANTED)
    director = program(people.person(Role.DRILL_DIRECTOR, edition), edition)
    rows = {each["username"]: each for each in director.get(f"{HERE}/people").json()["rows"]}
    assert rows["li.na"]["email"] is None
    rows = {each["username"]: each for each in administrators.get(f"{HERE}/people").json()["rows"]}
    assert rows["li.na"]["email"] == "li@example.org"


def test_an_account_is_shut_opened_and_erased(edition, administrators):
    code = administrators.post(f"{HERE}/people", WANTED).json()["code"]
    path = f"{HERE}/people/{code}"
    assert administrators.post(f"{path}/deactivate").json()["is_active"] is False
    assert administrators.post(f"{path}/reactivate").json()["is_active"] is True
    assert administrators.post(f"{path}/erase").json() == {"code": code}
    assert Person.objects.get(code=code).name == ""


def test_codes_are_made_and_shown_once(edition, administrators, planner):
    made = administrators.post(f"{HERE}/people/codes", {"people": [planner.code], "hours": 2})
    assert made.status_code == 201, made.content
    (row,) = made.json()["rows"]
    assert row["person"] == planner.code
    assert len(row["code"]) >= 12
    told(administrators.post(f"{HERE}/people/codes", {"people": ["P-NOBODY"]}), 422, "code.people")


def test_people_are_imported(edition, administrators):
    def tried(text):
        file = SimpleUploadedFile("people.csv", text.encode())
        path = f"/api/v1{HERE}/people/imports"
        sent = administrators.client.post(path, {"file": file}, headers=administrators.headers)
        assert sent.status_code == 202, sent.content
        run_now(Job.objects.get(public_id=sent.json()["id"]))
        return administrators.get(f"{HERE}/jobs/{sent.json()['id']}").json()

    text = "username,name,email,phone,language,role,bureau,organization\nwang,王,,,zh-hans,planner,,\n"
    job = tried(text)
    assert (job["state"], job["answer"]["added"]) == ("done", 1)
    assert not Person.objects.filter(username="wang").exists()
    path = f"{HERE}/people/imports/{job['id']}"
    applying = administrators.post(f"{path}/apply", {})
    assert applying.status_code == 202
    run_now(Job.objects.get(public_id=applying.json()["id"]))
    assert administrators.get(f"{HERE}/jobs/{applying.json()['id']}").json()["answer"]["added"] == 1
    told(administrators.post(f"{path}/apply", {}), 422, "people.applied")
    assert Person.objects.get(username="wang").name == "王"
    told(administrators.post(f"{path}/retry", {}), 422, "people.file-gone")
    wrong = tried(text.replace("planner", "king"))
    (problem,) = wrong["error"]["problems"]
    assert (problem["code"], problem["row"], problem["column"]) == ("people.role", 2, "role")
    told(administrators.post(f"{HERE}/people/imports/{wrong['id']}/apply", {}), 422, "people.no-trial")


@pytest.mark.parametrize("kind", ["bureaus", "organizations"])
def test_parties(edition, administrators, planners, kind):
    made = administrators.post(f"{HERE}/{kind}", {"code": "venue", "name_en": "Venue"})
    assert made.status_code == 201, made.content
    told(administrators.post(f"{HERE}/{kind}", {"code": "venue", "name_en": "Venue"}), 422, "party.twice")
    changed = administrators("PATCH", f"{HERE}/{kind}/venue", {"name_zh": "场馆"}, If_Match=made["ETag"])
    assert changed.json() == {"code": "venue", "name_en": "Venue", "name_zh": "场馆", "version": 2}
    told(administrators("PATCH", f"{HERE}/{kind}/venue", {"name_zh": "x", "version": 1}), 409, "party.stale")
    told(administrators("PATCH", f"{HERE}/{kind}/none", {"name_zh": "x", "version": 1}), 404, "request.not-found")
    told(planners.post(f"{HERE}/{kind}", {"code": "x1", "name_en": "X"}), 403, "policy.denied")
    assert [each["code"] for each in planners.get(f"{HERE}/{kind}").json()["rows"]] == ["venue"]


def test_the_matrix(edition, planners):
    rows = {each["action"]: each for each in planners.get(f"{HERE}/roles").json()["rows"]}
    assert rows["plan.change"]["reach"]["planner"] == "edition"
    assert "visitor" not in rows["plan.change"]["reach"]


@pytest.mark.parametrize("count", [1, 50])
def test_lists_cost_the_same_whatever_their_length(edition, administrators, count, django_assert_max_num_queries):
    for _each in range(count):
        people.person(Role.PLANNER, edition)
    administrators.get(f"{HERE}/people")
    with django_assert_max_num_queries(8):
        assert len(administrators.get(f"{HERE}/people").json()["rows"]) >= min(count, 50)
