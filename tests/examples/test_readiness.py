"""The preparations of the examples: what is reported of the large one is in it, and both workbooks are what their sources make."""

import pytest
from examples.ciie2019 import readiness as large
from examples.tiny import readiness as tiny

from hostcity.plan.books import READINESS, read_joined
from hostcity.plan.working_days import as_date


@pytest.fixture(scope="module")
def plan():
    return read_joined(large.HERE, READINESS).plan


def test_what_is_reported_is_in_it(plan):
    milestones = [task for task in plan.tasks if task.kind == "milestone" and task.code != "ready"]
    early = [task for task in milestones if as_date(task.need_by) <= large.MID_OCTOBER]
    assert (len(milestones), len(early)) == (369, 212)
    last = {task.code.rpartition("-m")[0]: task for task in milestones}  # of each item; milestones ascend
    assert (len(last), sum(task in early for task in last.values())) == (181, 72)
    assert sum(task.workstream == "transport" for task in last.values()) == 29
    drills = [task.code.split("-")[0] for task in plan.tasks if task.kind == "drill"]
    assert (drills.count("drill"), drills.count("comprehensive")) == (240, 3)
    assert (len(plan.departments), len(plan.workstreams), len(plan.crews), len(plan.risk_drivers)) == (30, 16, 130, 34)
    assert len(plan.tasks) == 2_067


def test_every_sheet_says_how_well_it_is_known(plan):
    known = {row.figure.split(".")[0] for row in plan.provenance}
    assert set(READINESS.own) <= known


@pytest.mark.parametrize("example", [large, tiny])
def test_the_workbook_is_made_by_its_sources(example):
    made, read = example.build_preparation(), read_joined(example.HERE, READINESS).plan
    assert all(getattr(made, sheet) == getattr(read, sheet) for sheet in READINESS.own)
    assert set(made.provenance) <= set(read.provenance)
