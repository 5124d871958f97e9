"""Several people at the same moment: one change holds, one end has an effect, and nobody is told of a locked database."""

import threading

import pytest
from django.db import connections
from django_scopes import scope

from hostcity.core.errors import Stale
from hostcity.core.jobs.worker import run_now
from hostcity.core.ledger import hash_of
from hostcity.core.models import Act, Result, Snapshot
from hostcity.rehearsal.models import Finding, Rehearsal
from hostcity.rehearsal.services import add_finding, change_finding, end_rehearsal, start_rehearsal
from tests.rehearsal.conftest import planned

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


@pytest.fixture
def edition(transactional_db):
    """Each test has its own, for they commit."""
    made = planned()
    with scope(edition=made):
        yield made


def at_once(edition, act):
    """What each of several threads got, or what it raised."""
    got, start = [None] * PEOPLE, threading.Barrier(PEOPLE)

    def run(number):
        try:
            with scope(edition=edition):
                start.wait()
                got[number] = act(number)
        except Exception as error:
            got[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(PEOPLE)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return got


def test_of_those_who_change_the_same_version_one_succeeds(edition, director):
    rehearsal = start_rehearsal(edition=edition, by=director)
    finding = add_finding(rehearsal=rehearsal, by=director, title="Queue")

    def change(number):
        return change_finding(finding=finding, changes={"figure": f"{number} min"}, version=1, by=director)

    got = at_once(edition, change)
    assert sorted(type(each).__name__ for each in got) == ["Finding"] + ["Stale"] * (PEOPLE - 1)
    stored = Finding.objects.get()
    assert stored.version == 2
    assert all((each.version, each.diff[0][1]) == (2, stored.figure) for each in got if isinstance(each, Stale))
    assert Act.objects.filter(verb="finding.change").count() == 1


def test_rehearsals_started_at_once_share_one_snapshot_and_have_a_line_each(edition, director):
    got = at_once(edition, lambda number: start_rehearsal(edition=edition, by=director, seed=number))
    assert [type(each) for each in got] == [Rehearsal] * PEOPLE
    assert sorted(each.number for each in got) == list(range(1, PEOPLE + 1))
    assert Snapshot.objects.count() == 1
    acts = list(Act.objects.order_by("number"))
    assert [act.number for act in acts] == list(range(1, len(acts) + 1))
    assert all(hash_of(act) == act.sha256 for act in acts)
    assert sum(act.verb == "rehearsal.start" for act in acts) == PEOPLE


def test_a_rehearsal_that_ends_several_times_has_one_result(edition, director):
    rehearsal = start_rehearsal(edition=edition, by=director)
    run_now(rehearsal.job)
    rehearsal.refresh_from_db()
    again = start_rehearsal(edition=edition, by=director)
    answer = {
        "verdict": rehearsal.verdict, "peak_p99_s": rehearsal.peak_p99_s, "told": rehearsal.told, "summary": {},
        "engine_version": "1", "results_sha256": rehearsal.result.results_sha256, "blobs": rehearsal.result.blobs,
        "kept_runs": None,
    }  # fmt: skip
    got = at_once(edition, lambda _: end_rehearsal(rehearsal=again, answer=answer).result_id)
    assert len(set(got)) == 1
    assert Result.objects.count() == 2
    assert Act.objects.filter(verb="rehearsal.end", subject_key=again.key).count() == 1
