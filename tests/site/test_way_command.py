"""The command that finds a way, as its user starts it: in the small fair, of which one hall is drawn and all else typed."""

import dataclasses
import json

import pytest

from hostcity.plan import plan_to_json
from hostcity.plan.rows import Amenity, Event, Stand
from tests.fairs import small_fair
from tests.site.commands import data, done, hostcity, refused


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    """Books are kept in a folder of the test's own; compiled code stays where it is."""
    from hostcity.engines.cache import cache_folder

    monkeypatch.setenv("NUMBA_CACHE_DIR", str(cache_folder().parent))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def fair(tmp_path):
    plan = small_fair()
    areas = tuple(each if each.code == "H1" else dataclasses.replace(each, outline=()) for each in plan.areas)
    ring = ((160.0, 70.0), (166.0, 70.0), (166.0, 76.0), (160.0, 76.0))
    drawn = plan.replace(
        areas=areas, stands=(Stand(code="H1-01", area="H1", outline=ring, exhibitor_en="Acme", exhibitor_zh="艾克米"),),
        amenities=(Amenity(code="wc", name_en="Toilets", name_zh="卫生间", kind="toilets", area="H1", x_m=210, y_m=94),),
        timeline=(*plan.timeline, Event(code="shut", action="close", target="aisle1", starts_at=36_000.0, ends_at=39_600.0)),
    )  # fmt: skip
    path = tmp_path / "plan.json"
    path.write_text(plan_to_json(drawn), "utf-8")
    return str(path)


def test_a_way_in_steps_and_in_both_languages(fair, tmp_path):
    told = done("way", fair, "H1-01", "wc")
    assert told.splitlines()[0] == "From stand H1-01 (Acme) to Toilets, On foot"
    assert "about 1 min when empty" in told
    assert told.splitlines()[-1].strip() == "2. You are at Toilets."
    assert "空场时约 1 分钟" in done("way", fair, "H1-01", "wc", "--lang", "zh")
    assert len(list((tmp_path / "cache").rglob("*.npz"))) == 1


def test_a_way_for_programs_and_as_a_picture(fair, tmp_path):
    picture = tmp_path / "way.svg"
    found = data("way", fair, "stands.H1-01", "amenities.wc", "--profile", "step-free", "--picture", str(picture))
    assert (found["is_found"], found["profile"], found["to"]["name_zh"]) == (True, "step-free", "卫生间")
    assert [each["kind"] for each in found["parts"]] == ["walk"]
    assert 'class="way"' in picture.read_text("utf-8")
    assert "[file.exists]" in refused("way", fair, "H1-01", "wc", "--picture", str(picture))
    assert "[" in refused("way", fair, "H1-01", "wc", "--picture", str(tmp_path / "way.png"))


def test_the_timeline_closes_at_its_time_and_codes_at_any(fair):
    """The one link into the hall's midst is closed by a barrier from wall to wall."""
    open_m = data("way", fair, "H1-a", "H1-b")["length_m"]
    shut = hostcity("way", fair, "H1-a", "H1-b", "--at", "10:30", "--json")
    assert json.loads(shut.stdout)["is_found"] is False
    assert data("way", fair, "H1-a", "H1-b", "--at", "11:00")["length_m"] == open_m
    assert hostcity("way", fair, "H1-a", "H1-b", "--closed", "aisle1").returncode == shut.returncode == 3


def test_no_way_has_an_exit_code_of_its_own(fair):
    for more in ((), ("--json",)):
        ran = hostcity("way", fair, "east", "H1-01", "--closed", "door1", *more)
        assert ran.returncode == 3
        assert "door1" in ran.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("H1-02", "wc"), "way.place.unknown"),
        (("H1-01", "wc", "--closed", "aisle9"), "way.closed"),
        (("H1-01", "wc", "--at", "noon"), "way.at"),
        (("H1-01", "wc", "--profile", "flying"), "command.choice"),
    ],
)
def test_wrong_words_are_told(fair, words, code):
    assert f"[{code}]" in refused("way", fair, *words)


def test_a_folder_without_results_is_told(fair, tmp_path):
    assert "results.npz" in refused("way", fair, "H1-01", "wc", "--at", "10:30", "--results", str(tmp_path))


def test_the_crowd_of_the_hour_comes_from_a_rehearsal(fair, tmp_path):
    done("rehearse", fair, "--out", str(tmp_path / "played"), "--no-swings")
    asked = ("way", fair, "H1-01", "wc", "--at", "12:30", "--results", str(tmp_path / "played"))
    found = data(*asked)
    assert found["hour"] == 12
    assert found["crowded_s"] >= found["free_s"]
    assert "measured in a rehearsal" in done(*asked)
