"""Pages of jobs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hostcity.core.jobs import leases
from hostcity.core.jobs.services import cancel_job, enqueue
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.models.jobs import JobState
from hostcity.core.models.people import Role
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(director):
    return people.signed_in(director)


@pytest.fixture
def job(edition, director):
    return enqueue("test.add", arguments={"a": 1, "b": 2}, edition=edition, by=director)


def path_of(job):
    return f"/e/{job.edition.code}/jobs/{job.public_id}/"


def test_the_list_needs_the_same_queries_for_any_number(edition, browser):
    asked = {}
    for count in (1, 3):
        while Job.objects.count() < count:
            enqueue("test.add", arguments={"a": 1, "b": 1}, edition=edition, by=people.person())
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/e/fair/jobs/").content.decode()
        assert [path_of(job) in page for job in Job.objects.all()] == [True] * count
        asked[count] = len(queries)
    assert asked[1] == asked[3] <= 8


def test_jobs_of_another_edition_are_not_there(job, director):
    other = people.edition("other")
    stranger = people.signed_in(people.person(Role.ADMINISTRATOR, other))
    assert str(job.public_id) not in stranger.get("/e/other/jobs/").content.decode()
    assert stranger.get(f"/e/other/jobs/{job.public_id}/").status_code == 404
    assert stranger.post(f"/e/other/jobs/{job.public_id}/cancel/").status_code == 404
    assert stranger.get(path_of(job)).status_code == 404
    assert Job.objects.get().state == JobState.QUEUED


def test_the_list_can_be_narrowed(edition, director, browser):
    failed = run_now(enqueue("test.refuse", arguments={}, edition=edition, by=director))
    waiting = enqueue("test.add", arguments={"a": 1, "b": 1}, edition=edition, by=director)
    for state, seen in (("open", [False, True]), ("failed", [True, False]), ("", [True, True])):
        page = browser.get(f"/e/fair/jobs/?state={state}").content.decode()
        assert [path_of(each) in page for each in (failed, waiting)] == seen


def test_a_running_job_is_polled_and_tells_how_far_it_is(job, browser):
    lease = leases.lease_of(leases.claim("w", ["test.add"]))
    leases.tell(lease, share=0.42, stage="Jobs")
    page = browser.get(path_of(job)).content.decode()
    assert 'value="42"' in page
    assert f'hx-get="{path_of(job)}?fragment=1&amp;reload=1"' in page
    part = browser.get(path_of(job) + "?fragment=1&seen=waiting")
    assert 'hx-trigger="every 1s"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part
    with translation.override("zh-hans"):
        assert Job.objects.get().said == "后台任务"


def test_a_screen_reader_hears_what_is_new_only(job, browser):
    assert "hx-swap-oob" in browser.get(path_of(job) + "?fragment=1&seen=").content.decode()
    assert "hx-swap-oob" not in browser.get(path_of(job) + "?fragment=1&seen=waiting").content.decode()


def test_an_ended_job_is_not_polled_any_more(job, browser):
    run_now(job)
    part = browser.get(path_of(job) + "?fragment=1")
    assert "hx-trigger" not in part.content.decode()
    assert "HX-Refresh" not in part
    assert browser.get(path_of(job) + "?fragment=1&reload=1")["HX-Refresh"] == "true"


def test_a_failed_job_says_why_and_keeps_its_secrets(edition, director, browser):
    problems = run_now(enqueue("test.problems", arguments={}, edition=edition, by=director))
    page = browser.get(path_of(problems)).content.decode()
    assert "<td>Gates</td><td>7</td><td>lanes</td>" in page
    crash = enqueue("test.crash", arguments={}, edition=edition, by=director)
    Job.objects.filter(pk=crash.pk).update(most_attempts=1)
    with pytest.raises(ZeroDivisionError):
        run_now(crash)
    page = browser.get(path_of(crash)).content.decode()
    assert "job.crashed" in page
    assert "Traceback" not in page
    assert "secret of the program" not in page


def test_cancelling_needs_no_script(job, browser):
    page = browser.get(path_of(job)).content.decode()
    (action,) = re.findall(r'action="([^"]*/cancel/)"', page)
    told = browser.post(action, follow=True).content.decode()
    assert "The work is being cancelled." in told
    assert Job.objects.get().state == JobState.CANCELLED
    assert "/cancel/" not in told
    assert "has ended already" in browser.post(action, follow=True).content.decode()


@pytest.mark.parametrize(
    ("back", "to"), [("/e/fair/", "/e/fair/"), ("https://evil.example/", None), ("//evil.example", None)]
)
def test_cancelling_leads_back_within_the_site_only(back, to, job, browser):
    answer = browser.post(path_of(job) + "cancel/", {"back": back})
    assert answer["Location"] == (to or path_of(job))


def test_who_may_cancel_sees_the_button(job, edition, director):
    assert "/cancel/" in people.signed_in(director).get(path_of(job)).content.decode()
    planner = people.signed_in(people.person(Role.PLANNER, edition))
    assert "/cancel/" not in planner.get(path_of(job)).content.decode()
    assert planner.post(path_of(job) + "cancel/").status_code == 403
    visitor = people.signed_in(people.person(Role.VISITOR, edition))
    assert visitor.get(path_of(job)).status_code == 403
    leases.claim("w", ["test.add"])
    cancel_job(job=job, by=director)
    page = people.signed_in(director).get(path_of(job)).content.decode()
    assert "being cancelled" in page
    assert "/cancel/" not in page


@pytest.mark.parametrize(
    ("path", "is_shown"), [("/e/fair/rehearsals/", True), ("//evil.example", False), ("https://evil.example", False)]
)
def test_an_answer_leads_to_its_page_within_the_site_only(path, is_shown, job, browser):
    Job.objects.update(state=JobState.DONE, answer={"path": path})
    assert (f'href="{path}"' in browser.get(path_of(job)).content.decode()) == is_shown
