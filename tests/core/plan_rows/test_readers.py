"""Tasks of other programs come into the plan of an edition by their codes: projects and sheets, tried first, nothing else touched."""

import dataclasses
from datetime import date

import pytest
from django.urls import reverse

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.plan_rows import imports
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan.books import READINESS
from hostcity.plan.csv_form import write_csv
from hostcity.plan.mspdi import write_project
from hostcity.plan.workbook import write_workbook
from tests import people
from tests.plan.preparations import READY, TEST, WIRE, prepared

PLAN = prepared()
LONGER = PLAN.replace(tasks=(dataclasses.replace(WIRE, likely_d=5.0), TEST, READY))


@pytest.fixture
def filled(edition, planner):
    replace_plan(edition=edition, plan=PLAN, by=planner)
    return edition


def tried(edition, planner, name, data):
    job = imports.start_import(edition=edition, name=name, data=data, by=planner)
    run_now(job)
    return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize("name", ["theirs.xml", "June tasks.csv"])
def test_a_file_of_tasks_changes_what_it_says(filled, planner, name):
    text = write_project(LONGER).xml if name.endswith(".xml") else write_csv(LONGER, "tasks")
    job = tried(filled, planner, name, text.encode())
    assert (job.answer["counts"], job.answer["total"]) == ({"tasks": {"plan.change": 1}}, 1)
    imports.apply_import(edition=filled, job=job, by=planner)
    assert plan_of(filled) == LONGER
    assert tried(filled, planner, name, text.encode()).answer["total"] == 0


def test_a_workbook_beside_the_days_replaces_its_own_sheets(filled, planner, tmp_path):
    path = tmp_path / "readiness.xlsx"
    fewer = LONGER.replace(task_links=LONGER.task_links[1:])
    write_workbook(fewer, path, READINESS.sheets)
    job = tried(filled, planner, path.name, path.read_bytes())
    assert job.answer["counts"] == {"tasks": {"plan.change": 1}, "task_links": {"plan.remove": 1}}
    imports.apply_import(edition=filled, job=job, by=planner)
    assert plan_of(filled) == fewer
    assert tried(filled, planner, path.name, path.read_bytes()).answer["total"] == 0


def test_a_workbook_beside_the_days_is_refused_by_its_rows(filled, planner, tmp_path):
    path = tmp_path / "readiness.xlsx"
    write_workbook(PLAN.replace(tasks=(dataclasses.replace(WIRE, crew="nobody"), TEST, READY)), path, READINESS.sheets)
    error = tried(filled, planner, path.name, path.read_bytes()).error
    assert [(each["sheet"], each["row"], each["code"]) for each in error["problems"]] == [
        ("tasks", 3, "tasks.crew.unknown")
    ]
    assert plan_of(filled) == PLAN


def test_problems_are_told_by_the_rows_of_the_file_and_nothing_is_imported(filled, planner):
    job = tried(filled, planner, "tasks.csv", b"code,likely_d,crew\nwire,-1,riggers\ntest,2,nobody\n")
    assert [(each["row"], each["code"]) for each in job.error["problems"]] == [
        (2, "tasks.likely_d.range"),
        (3, "tasks.crew.unknown"),
    ]
    job = tried(filled, planner, "task_links.csv", b"code,before,after\nx,ready,wire\n")
    assert [(each["row"], each["code"]) for each in job.error["problems"]] == [(0, "task_links.after.circle")]
    assert plan_of(filled) == PLAN


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xml", b'<!DOCTYPE Project [<!ENTITY a "b">]><Project/>', "mspdi.entities"),
        ("a.xml", b"PK\x03\x04", "mspdi.kind"),
        ("tasks.csv", "代码\n".encode("gbk"), "csv.encoding"),
        ("a.csv", b"code\n", "csv.sheet"),
    ],
)
def test_what_is_no_such_file_is_told_so(filled, planner, name, data, code):
    error = tried(filled, planner, name, data).error
    assert [each["code"] for each in error["problems"]] == [code]


def test_pages_show_what_is_not_in_the_plan_and_give_the_tasks_as_a_project(filled, planner):
    browser = people.signed_in(planner)
    dates = {"ready": (date(2026, 5, 11), date(2026, 5, 11))}
    xml = write_project(PLAN, baselines={"june": dates}).xml.replace(
        "<Summary>0</Summary>", "<Summary>0</Summary><PercentComplete>20</PercentComplete>"
    )
    job = tried(filled, planner, "theirs.xml", xml.encode())
    shown = browser.get(reverse("plan-import-job", args=[filled.code, job.public_id])).content.decode()
    assert "What of the file is not in the plan" in shown
    assert "3 tasks have progress" in shown
    assert "1 baselines are not taken." in shown
    address = reverse("plan-export", args=[filled.code, "xml"])
    assert address in browser.get(reverse("plan", args=[filled.code])).content.decode()
    answer = browser.get(address)
    assert answer.content.decode() == write_project(PLAN).xml
    replace_plan(edition=filled, plan=PLAN.replace(crews=()), by=planner)
    assert browser.get(address)["Location"] == reverse("plan-check", args=[filled.code])
    replace_plan(edition=filled, plan=PLAN.replace(preparation=()), by=planner)
    assert browser.get(address).status_code == 404
