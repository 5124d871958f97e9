"""Enqueueing and cancelling, and a job run in this process."""

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs import errors, leases
from hostcity.core.jobs.services import cancel_job, enqueue
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job
from hostcity.core.models.jobs import JobState
from hostcity.core.models.people import Role
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(edition, director):
    return enqueue("test.add", arguments={"a": 2, "b": 3}, edition=edition, by=director)


def verbs(edition):
    with scope(edition=edition):
        return list(Act.objects.order_by("number").values_list("verb", flat=True))


def test_a_job_is_done_with_its_effect(job, edition):
    done = run_now(job)
    assert (done.state, done.progress, done.attempts, done.error) == (JobState.DONE, 1.0, 1, None)
    assert (done.answer["sum"], done.answer["written"]) == (5, True)
    assert done.peak_mib > 10
    assert verbs(edition) == ["test.add"]


def test_an_unknown_kind_is_refused(edition, director):
    with pytest.raises(KeyError):
        enqueue("test.none", arguments={}, edition=edition, by=director)


def test_the_same_work_is_enqueued_once_while_it_is_open(edition, director):
    ask = {"arguments": {"a": 1, "b": 1}, "edition": edition, "by": director}
    first = enqueue("test.add", **ask, dedupe_key="k")
    assert enqueue("test.add", **ask, dedupe_key="k") == first
    assert enqueue("test.add", **ask) != enqueue("test.add", **ask)
    run_now(first)
    assert enqueue("test.add", **ask, dedupe_key="k") != first


@pytest.mark.parametrize("kind", ["test.refuse", "test.refuse-late"])
def test_a_refusal_is_the_answer_and_leaves_nothing(kind, edition, director):
    failed = run_now(enqueue(kind, arguments={"a": 1, "b": 1}, edition=edition, by=director))
    assert failed.state == JobState.FAILED
    assert failed.error["code"] in ("test.no", "test.late")
    assert failed.answer is None
    assert verbs(edition) == []


def test_problems_of_a_plan_are_the_answer(edition, director):
    failed = run_now(enqueue("test.problems", arguments={}, edition=edition, by=director))
    (problem,) = failed.error["problems"]
    assert (problem["sheet"], problem["row"], problem["column"], problem["code"]) == (
        "Gates",
        7,
        "lanes",
        "gates.lanes",
    )
    assert failed.error["what"] == "1 problem in the plan."
    assert errors.for_reader(failed.error)["problems"][0]["what"] == "exists already."


@pytest.mark.parametrize("kind", ["test.crash", "test.break-late"])
def test_what_breaks_is_tried_again_and_fails_at_last(kind, edition, director):
    job = enqueue(kind, arguments={"a": 1, "b": 1}, edition=edition, by=director)
    for attempt in range(1, job.most_attempts + 1):
        with pytest.raises(ZeroDivisionError):
            run_now(job)
        job.refresh_from_db()
        assert job.attempts == attempt
        assert job.state == (JobState.QUEUED if attempt < job.most_attempts else JobState.FAILED)
    assert job.error["code"] == "job.crashed"
    assert "secret" not in str(job.error)
    assert verbs(edition) == []


def test_errors_are_told_in_the_language_of_the_reader():
    from django.utils import translation

    told = errors.too_much_memory(512)
    assert errors.for_reader(told)["what"] == "The work needed more than 512 MiB of memory and was stopped."
    with translation.override("zh-hans"):
        assert errors.for_reader(told)["what"] == "这项任务占用内存超过 512 MiB，已被停止。"


# Cancelling


def test_a_waiting_job_is_cancelled_at_once(job, edition, director):
    cancelled = cancel_job(job=job, by=director)
    assert cancelled.state == JobState.CANCELLED
    assert cancelled.ended_at
    assert leases.claim("w", ["test.add"]) is None
    assert verbs(edition) == ["job.cancel"]


def test_a_running_job_is_asked_to_end_and_has_no_effect(job, edition, director):
    leases.claim("w", ["test.add"])
    assert cancel_job(job=job, by=director).state == JobState.RUNNING
    cancel_job(job=job, by=director)
    job = Job.objects.get()
    assert not leases.finish(leases.lease_of(job), {}, peak_mib=1, effects=lambda: pytest.fail("an effect"))
    assert leases.cancel(leases.lease_of(job))
    assert verbs(edition) == ["job.cancel"]


def test_an_ended_job_cannot_be_cancelled(job, director):
    run_now(job)
    with pytest.raises(Refused, match=r"job\.ended"):
        cancel_job(job=job, by=director)


def test_who_may_cancel(job, edition):
    owner = people.person(Role.PLANNER, edition)
    own = enqueue("test.add", arguments={"a": 1, "b": 1}, edition=edition, by=owner)
    assert cancel_job(job=own, by=owner).state == JobState.CANCELLED
    for stranger in (
        owner,
        people.person(Role.VOLUNTEER, edition),
        people.person(Role.ADMINISTRATOR, people.edition("b")),
    ):
        with pytest.raises(NotAllowed):
            cancel_job(job=job, by=stranger)


# Leases


def test_who_lost_the_lease_changes_nothing(job, edition):
    old = leases.lease_of(leases.claim("w1", ["test.add"]))
    leases.take_back(Job.objects.get().leased_until + leases.LEASE)
    new = leases.lease_of(leases.claim("w2", ["test.add"], Job.objects.get().run_after))
    assert not leases.renew(old)
    assert not leases.tell(old, share=0.5, stage="")
    assert not leases.finish(old, {}, peak_mib=1, effects=lambda: pytest.fail("an effect"))
    assert not leases.fail(old, {})
    assert not leases.try_again(old, {})
    assert not leases.give_back(old)
    assert leases.finish(new, {}, peak_mib=1, effects=lambda: {"by": "w2"})
    assert Job.objects.get().answer == {"by": "w2"}


def test_a_lease_that_runs_out_is_taken_back(job):
    running = leases.claim("w", ["test.add"])
    assert leases.take_back(running.leased_until) == 0
    late = running.leased_until + leases.LEASE
    assert leases.take_back(late) == 1
    Job.objects.update(most_attempts=1, state=JobState.RUNNING, leased_until=running.leased_until)
    assert leases.take_back(late) == 1
    job.refresh_from_db()
    assert (job.state, job.error["code"]) == (JobState.FAILED, "job.lost")


def test_a_job_given_back_has_not_been_tried(job):
    assert leases.give_back(leases.lease_of(leases.claim("w", ["test.add"])))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.leased_by) == (JobState.QUEUED, 0, "")


def test_kinds_that_a_worker_does_not_know_are_left(job):
    assert leases.claim("w", ["test.crash"]) is None
