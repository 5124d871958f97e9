"""The page: one file that asks nobody, and says what the day says."""

import re

import pytest

from hostcity.report.page import page_of
from tests.rehearsals import endless_rehearsal, invalid_rehearsal, small_rehearsal
from tests.report.test_packed import unpack

#: Whatever makes a browser fetch something.
FETCHES = re.compile(
    r"""(?:\b(?:src|href|action|poster|data|srcset)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?)([^"'\s>)]+)"""
)


def without_data(page):
    return re.sub(
        r'(<script type="application/octet-stream;base64" id="day">).*?(</script>)', r"\1\2", page, flags=re.S
    )


def unpack_page(page):
    return unpack(re.search(r'id="day">([^<]+)</script>', page)[1])


@pytest.fixture(scope="module")
def page():
    return page_of(small_rehearsal())


def test_it_fetches_nothing(page):
    markup = re.sub(r"<script>.*?</script>", "", without_data(page), flags=re.S)
    targets = set(FETCHES.findall(markup))
    assert targets
    assert {each for each in targets if not each.startswith("#")} == set()
    assert re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|import\(|sendBeacon", page) is None


def test_its_policy_lets_in_its_own_script_and_style_only(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.search(r"\sstyle=", without_data(page)) is None
    assert re.search(r"\son\w+=", re.sub(r"<script>.*?</script>", "", without_data(page), flags=re.S)) is None


def test_it_carries_the_arrays_of_the_player(page):
    day = small_rehearsal().day
    head, arrays = unpack_page(page)
    assert [each["code"] for each in head["venue"]["areas"]] == list(day.area_codes)
    assert arrays["area_persons"].reshape(day.area_persons.shape).tolist() == day.area_persons.tolist()
    assert arrays["queue"].reshape(day.station_queue.shape).tolist() == day.station_queue.tolist()
    density = arrays["density"].reshape(day.link_density_per_m2.shape) * head["density_step_per_m2"]
    assert abs(density - day.link_density_per_m2).max() <= head["density_step_per_m2"] / 2 + 1e-6
    assert arrays["move_count"].sum() == day.replay_person.size


def test_the_same_day_gives_the_same_page(page):
    assert page_of(small_rehearsal()) == page


def test_an_invalid_day_says_so_first():
    page = page_of(invalid_rehearsal())
    assert page.index("INVALID RUN") < page.index('id="verdict-title"')
    assert "door1 at 09:30: walkway fuller than its cap (4.25 persons/m²)" in page
    assert "12 persons changed places" in page
    assert "Security held people for 10 minutes" in page
    assert "INVALID RUN" not in page_of(small_rehearsal())


def test_an_invalid_day_gets_no_verdict():
    page = page_of(invalid_rehearsal())
    card = page[page.index('<section id="verdict"') : page.index('<section id="play"')]
    assert "No verdict: the run is invalid" in card
    assert re.search(r"\bkept\b|sign-kept|is-kept|is-broken|sign-broken|已兑现|>兑现<", card) is None
    assert card.count("is-void") == 2
    valid = page_of(small_rehearsal())
    assert "No verdict" not in valid
    assert "is-void" not in without_data(valid).split("<body>")[1].split("<script")[0]


def test_an_endless_wait_is_said_and_missing_swings_too():
    page = page_of(endless_rehearsal())
    assert "more than 1 in 100 visitors never got in" in page
    assert "nobody came at any other time" in page
    assert "The swings were not asked for in this run." in page


def test_texts_of_a_plan_cannot_break_out_of_the_page():
    import dataclasses

    rehearsal = small_rehearsal()
    evil = "</script><script>alert(1)</script>"
    edition = dataclasses.replace(rehearsal.plan.day, name_en=evil)
    areas = tuple(dataclasses.replace(row, name_en=evil) for row in rehearsal.plan.areas)
    page = page_of(dataclasses.replace(rehearsal, plan=rehearsal.plan.replace(edition=(edition,), areas=areas)))
    assert "<script>alert" not in page
