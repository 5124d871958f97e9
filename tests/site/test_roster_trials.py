"""Days that a roster keeps open, from the command line."""

import pytest

from hostcity.plan import write_workbook
from tests.manned import FULL, manned
from tests.site.commands import data, refused


@pytest.fixture(scope="module")
def fair(tmp_path_factory):
    path = tmp_path_factory.mktemp("manned") / "expo.xlsx"
    write_workbook(manned(*FULL[1:], persons=600), path)
    return str(path)


def test_rosters_are_tried_beside_what_people_make(fair):
    found = data("roster", "try", fair, "--runs", "1", "--no-shows", "10", "--by-people", "--processes", "1", "--json")
    assert [(each["roster"], each["no_shows"]) for each in found["variants"]] == [
        ("everybody", None), ("roster", 0.1), ("sign-up", 0.1), ("coordinator", 0.1),
    ]  # fmt: skip
    assert found["variants"][0]["lacking"] == 0
    assert found["costs"][0]["station"] == "W-badge"


def test_a_day_with_its_roster_names_the_dearest_shift(fair):
    found = data("rehearse", fair, "--roster", "--no-swings", "--json")
    assert [(each["post"], each["band"], each["lacking"]) for each in found["shifts"]] == [("badge-1", "A", 4.0)]
    assert data("rehearse", fair, "--set", "posts.*.heads_per_lane=0.1", "--no-swings", "--json")["shifts"] == []


def test_a_drill_has_volunteers_for_visitors(fair):
    found = data("roster", "drill", fair, "--json")
    assert (found["serve"], found["visit"]) == (3, 3)
    assert sum(each["entries"] for each in found["day"]["gates"]) <= 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--no-shows", "5,many"), "roster.no_shows"),
        (("--no-shows", "100"), "roster.no_shows"),
        (("--beside", "hand"), "roster.beside"),
        (("--beside", "roster=x.xlsx"), "roster.beside"),
    ],
)
def test_what_cannot_be_tried_is_refused(fair, words, code):
    assert f"[{code}]" in refused("roster", "try", fair, *words)
