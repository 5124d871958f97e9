"""Each check of a network of tasks finds its fault, and only that."""

import dataclasses

import pytest

from hostcity.plan import problems_of
from hostcity.plan.rows import Directive, TaskLink
from hostcity.studies.readiness import check_health, date_tasks
from tests.plan.preparations import FIRST, GOOD, LAST, READY, TEST, WIRE, prepared

#: A sound one: every task accepted, with evidence, a range and a crew.
SOUND_TEST = dataclasses.replace(
    TEST, optimistic_d=1, pessimistic_d=3, crew="riggers", accepted_by="build", evidence="drill_result"
)
SOUND = {
    "tasks": (WIRE, SOUND_TEST, dataclasses.replace(READY, accepted_by="police", evidence="signature")),
    "task_links": (dataclasses.replace(FIRST, lag_d=0), LAST),
}


def other(at, **fields):
    return {
        "tasks": tuple(
            dataclasses.replace(task, **fields) if n == at else task for n, task in enumerate(SOUND["tasks"])
        )
    }


def failing(**sheets):
    plan = prepared(**{**SOUND, **sheets})
    assert problems_of(plan) == ()
    return {each.check: each.codes for each in check_health(date_tasks(plan)).findings if each.codes}


def test_a_sound_network_has_one_beginning_and_is_good():
    assert failing() == {"no_before": ("wire",)}
    health = check_health(date_tasks(prepared(**SOUND)))
    assert health.is_good
    assert health.path_index == pytest.approx(20 / 14)  # 14 working days long, 20 until the evening before the opening


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"task_links": (SOUND["task_links"][0],)}, {"no_before": ("wire", "ready"), "no_after": ("test",)}),
        ({"task_links": (dataclasses.replace(FIRST, lag_d=-1), LAST)}, {"lead": ("l1",)}),
        ({"task_links": (FIRST, LAST)}, {"lag": ("l1",)}),
        ({"task_links": (*SOUND["task_links"], TaskLink(code="s", before="wire", after="test", kind="SS"))}, {"not_fs": ("s",)}),
        (other(0, earliest_start="2026-04-21"), {"date": ("wire",), "no_before": ()}),
        (other(0, likely_d=11, pessimistic_d=12), {"long": ("wire",)}),
        (other(1, need_by="2026-05-11", likely_d=3), {"late": ("test",)}),
        (other(0, optimistic_d=None, pessimistic_d=None), {"no_spread": ("wire",)}),
        (other(0, crew=""), {"no_crew": ("wire",)}),
        (other(0, accepted_by=""), {"no_acceptance": ("wire",)}),
        (other(0, evidence="none"), {"no_evidence": ("wire",)}),
        ({"directives": (*GOOD["directives"], Directive(code="d2"))}, {"not_carried_out": ("d2",)}),
    ],
)  # fmt: skip
def test_a_fault_is_found(sheets, found):
    assert failing(**sheets) == {check: codes for check, codes in ({"no_before": ("wire",)} | found).items() if codes}


def test_what_may_wait_long_is_loose():
    later = {"preparation": (dataclasses.replace(GOOD["preparation"][0], opens="2026-08-20"),)}
    tasks = (dataclasses.replace(WIRE, need_by=""), dataclasses.replace(SOUND["tasks"][2], need_by=""))
    found = failing(**later, tasks=tasks, task_links=(TaskLink(code="l", before="wire", after="ready"),))
    assert found["loose"] == ("wire", "ready")
