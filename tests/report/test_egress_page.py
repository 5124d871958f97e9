"""The plan cards of exits."""

import json

import pytest

from hostcity.engines.egress import Limits, check_egress
from hostcity.report.egress_page import card_of, egress_data, egress_page, write_egress
from tests.engines.egress.test_check import SOUTH, room
from tests.engines.network.drawings import stand
from tests.fairs import small_fair


@pytest.fixture(scope="module")
def plan():
    return room(SOUTH, stands=(stand("s", "A", -1, 9, 21, 11),)).replace(edition=small_fair().edition)


@pytest.fixture(scope="module")
def found(plan):
    return check_egress(plan, "A", Limits(distance_m=10.0))


def test_figures_are_those_of_the_check(found):
    (area,) = egress_data([found])["areas"]
    assert (area["area"], area["load_persons"], area["clear_m"], area["needed_m"]) == ("A", 300, 2.0, 3.0)
    assert area["farthest_m"] is None  # half of the room has no way out
    assert area["exits"][0]["opening"] == "south"
    json.dumps(egress_data([found]), allow_nan=False)


def test_a_card_shows_each_band_of_distance_and_each_exit(plan, found):
    card = card_of(plan, found)
    assert card.box == (32.0, 32.0)
    assert card.exits == ("M15 26L17 26",)
    assert [(each.number, each.x, each.y) for each in card.labels] == [(1, 16.0, 26.0)]
    assert all(card.bands)
    assert card.outline == "M6 26L26 26L26 6L6 6z"


def test_the_page_says_in_both_languages_what_is_missing(plan, found):
    page = egress_page(plan, [found])
    assert "without a way" in page
    assert "无路可达" in page
    assert "&lt;" not in page.split("<main", 1)[1].split("<script", 1)[0]
    assert page.count('class="egress-card is-few"') == 1


def test_page_and_figures_are_written_together(plan, found, tmp_path):
    page = write_egress(plan, [found], tmp_path / "cards")
    assert sorted(each.name for each in page.parent.iterdir()) == ["egress.json", "index.html"]
    assert json.loads((page.parent / "egress.json").read_text("utf-8")) == egress_data([found])
