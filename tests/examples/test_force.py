"""The demonstration's force: what is reported of it is in it, and its workbook is what its sources make."""

import pytest
from examples.ciie2019.force import HERE, build_force

from hostcity.engines.rosters.from_plan import roster_problem
from hostcity.plan import read_plan
from hostcity.plan.force_book import FORCE_SHEETS, read_with_force


@pytest.fixture(scope="module")
def book():
    return read_with_force(HERE)


def test_what_is_reported_is_in_it(book):
    plan = book.plan
    students = {team.code for team in plan.teams if team.campus != "city"}
    assert (len(plan.volunteers), sum(person.team in students for person in plan.volunteers)) == (5_881, 5_554)
    assert len({campus.university for campus in plan.campuses} - {""}) == 38
    assert len({skill.language for skill in plan.skills} - {""}) == 20
    assert len(plan.certificates) == 250
    assert len({post.post_class for post in plan.posts if not post.is_standby}) == 9
    assert {post.station for post in plan.posts} >= {
        "W-security",
        "W2-security",
        "N-security",
        "E-security",
        "S-security",
    }


def test_its_roster_problem_is_whole_and_warns_by_row(book):
    force = roster_problem(book.plan, book.row_of)
    assert force.problem.shape == (5_881, 6, 4, 325)
    assert {each.code for each in force.warnings} <= {
        "mix_lines.skill.nobody", "certificates.expires.during", "volunteers.not_bands.nowhere", "volunteers.not_days.nowhere",
    }  # fmt: skip
    assert all(each.row > 2 for each in force.warnings)


@pytest.mark.slow
def test_the_workbook_is_made_by_its_sources(book):
    made = build_force(read_plan(HERE))
    assert all(getattr(made, sheet) == getattr(book.plan, sheet) for sheet in FORCE_SHEETS)
