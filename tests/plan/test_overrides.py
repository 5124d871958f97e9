"""Overrides: the one way to say "the same plan, but"."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostcity.plan import Plan, PlanError, apply_overrides, problems_of
from hostcity.plan.cells import clock_text, write_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.lanes import lanes_at
from hostcity.plan.overrides import WINDOWED, parse_override
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import SHEETS
from hostcity.plan.rows import Gate, LaneTime, Station
from tests.fairs import small_fair
from tests.plan.rows_by_chance import codes, values


def changed(*texts: str) -> Plan:
    return apply_overrides(small_fair(), texts)


def refused(*texts: str) -> list[str]:
    with pytest.raises(PlanError) as error:
        changed(*texts)
    assert all(each.what and each.mend for each in error.value.problems)
    return [each.code.removeprefix("override.") for each in error.value.problems]


def row(plan: Plan, sheet: str, code: str):
    return next(each for each in getattr(plan, sheet) if each.code == code)


@given(st.data())
def test_every_field_of_every_sheet_can_be_set(data):
    plan = small_fair()
    sheet = data.draw(st.sampled_from([name for name in SHEETS if getattr(plan, name)]))
    columns = columns_of(SHEETS[sheet])
    field = data.draw(st.sampled_from([name for name in columns if name != "code"]))
    value = data.draw(values(columns[field]))
    code = getattr(plan, sheet)[0].code
    after = apply_overrides(plan, [f"{sheet}.{code}.{field}={write_cell(columns[field], value)}"])
    assert getattr(getattr(after, sheet)[0], field) == value
    assert after == plan.replace(
        **{sheet: (dataclasses.replace(getattr(plan, sheet)[0], **{field: value}), *getattr(plan, sheet)[1:])}
    )


@given(codes())
def test_every_code_can_be_named(code):
    plan = small_fair().replace(gates=(Gate(code=code),))
    assert apply_overrides(plan, [f"gates.{code}.name_en=North = up, a.b=c"]).gates[0].name_en == "North = up, a.b=c"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("areas.H1.name_en=Hall one, the large", "Hall one, the large"), ("areas.H1.name_en=a.b=c", "a.b=c"),
        ("areas.H1.name_en=", ""), ("areas.H1.name_en=  spaces around  ", "spaces around"),
        ("  areas.H1.name_en=outside too  ", "outside too"), ("areas.H1.name_en=a@09:00-10:00=b", "a@09:00-10:00=b"),
        ("areas.H1.name_en=两 行", "两 行"), ("areas.H1.name_en=https://x.y/?a.b=c&d*=e", "https://x.y/?a.b=c&d*=e"),
    ],
)  # fmt: skip
def test_texts_are_taken_as_they_are(text, value):
    assert row(changed(text), "areas", "H1").name_en == value


def test_an_empty_value_brings_the_default_back():
    plan = changed("areas.H2.capacity_persons=", "model.day.step_s=5", "model.day.step_s=", "areas.H1.outline=")
    assert row(plan, "areas", "H2").capacity_persons is None
    assert plan.rules.step_s == 2.0
    assert row(plan, "areas", "H1").outline == ()
    assert refused("stations.food.lanes=", "stations.food.lanes@09:00-10:00=") == ["empty", "empty"]


@pytest.mark.parametrize("text", ["09:30", "09:30:15", "09:30:15.25", "25:30", "9:30"])
def test_clocks_are_set_as_in_the_workbook(text):
    hours, minutes, *seconds = text.split(":")
    expected = int(hours) * 3600 + int(minutes) * 60 + float(seconds[0] if seconds else 0)
    assert changed(f"groups.buyers.leaves_at={text}").groups[0].leaves_at == expected


def test_scales():
    assert row(changed("stations.food.lanes*=1.5"), "stations", "food").lanes == 6
    assert row(changed("stations.food.lanes*=0.6"), "stations", "food").lanes == 2
    assert row(changed("links.walk.length_m*=0.5"), "links", "walk").length_m == 30.0
    assert changed("groups.buyers.leaves_at*=0.5").groups[0].leaves_at == 8.5 * 3600
    assert changed("streams.*.persons*=2").streams[0].persons == 2 * small_fair().streams[0].persons
    assert refused("areas.H1.name_en*=2", "areas.H1.capacity_persons*=2", "areas.H1.inside*=2") == ["scale"] * 3


@pytest.mark.parametrize("factor", ["nan", "inf", "-inf", "1e999", "two", "", "1,5", "1e308"])
def test_factors_that_are_none(factor):
    assert refused(f"stations.food.lanes*={factor}")[0] in {"number", "range"}


def test_a_factor_that_leaves_the_range():
    assert refused("stations.food.lanes*=1000", "stations.food.lanes*=-1") == ["range", "range"]
    # Clocks are looked at with the whole plan, because they must be in order.
    assert "groups.leaves_at.range" in {each.code for each in problems_of(changed("groups.*.leaves_at*=9"))}


def test_patterns():
    plan = changed("stations.W-*.lanes=7", "stations.?ood.lanes=9")
    assert [each.lanes for each in plan.stations] == [7, 7, 9, 24, 1]
    assert {each.lanes for each in changed("stations.*.lanes=2").stations} == {2}
    assert refused("stations.E-*.lanes=1", "stations.[fW]*.lanes=1") == ["key", "key"]


def test_an_exact_code_comes_before_a_pattern():
    plan = small_fair()
    plan = plan.replace(gates=(*plan.gates, Gate(code="*"), Gate(code="E")))
    named = apply_overrides(plan, ["gates.*.name_en=star"])
    assert [each.name_en for each in named.gates] == ["West", "star", ""]


@given(codes(), codes())
def test_a_key_without_star_names_itself_only(key, code):
    if not set(key) & set("*?"):
        assert matcher(key)(code) == (key == code)
        assert matcher(key)(key)
    assert matcher("*")(code)
    assert matcher(f"{code}*")(code + "x")


@pytest.mark.parametrize(
    "text", ["", "lanes", "stations.food=3", "stations.food.lanes", "=3", "stations..=3", "stations.food.lanes@09:00=3",
             "Stations.food.lanes=3", "stations.food.lanes@-10:00=3", "stations.food.lanes@9-10=3", "stations.food.lanes@a-b=3"],
)  # fmt: skip
def test_what_is_no_override(text):
    assert refused(text)[0] in {"form", "sheet", "key", "clock"}


@pytest.mark.parametrize(
    "window", ["09:75-10:00", "09:00-49:00", "9:0-10:00", "09:00-10", "::-10:00", "09:00:60-10:00"]
)
def test_windows_that_are_no_times(window):
    assert refused(f"stations.food.lanes@{window}=3")[0] in {"clock", "range"}


def test_windows_turned_round_or_where_nothing_can_change():
    assert refused(
        "stations.food.lanes@10:00-09:00=3", "stations.food.lanes@10:00-10:00=3", "groups.buyers.leaves_at@09:00-10:00=3"
    ) == ["window"] * 3  # fmt: skip


@pytest.mark.parametrize(
    ("text", "target", "action", "value"),
    [
        ("stations.food.lanes@09:00-25:30=3", "food", "lanes", 3.0), ("stations.food.lanes@09:00-25:30*=0.5", "food", "lanes", 2.0),
        ("stations.food.service_mean_s@09:00-25:30=45", "food", "service", 1.5),
        ("stations.food.service_mean_s@09:00-25:30*=2", "food", "service", 2.0),
        ("links.walk.width_m@09:00-25:30=5", "walk", "width", 0.5), ("links.walk.width_m@09:00-25:30=10", "walk", "width", 1.0),
    ],
)  # fmt: skip
def test_windows_become_events(text, target, action, value):
    plan = changed(text)
    event = plan.timeline[-1]
    assert (event.target, event.action, event.value) == (target, action, value)
    assert (event.starts_at, event.ends_at) == (9 * 3600.0, 25.5 * 3600)
    assert plan.stations == small_fair().stations
    assert problems_of(plan) == ()


def test_a_link_is_not_widened_for_a_time():
    assert refused("links.walk.width_m@09:00-10:00=20", "links.walk.width_m@09:00-10:00*=2") == ["range", "range"]


def test_a_value_in_a_window_stands_whatever_else_is_changed():
    window, day = "links.walk.width_m@09:00-10:00=2", "links.walk.width_m=20"
    for texts in ((window, day), (day, window)):
        assert changed(*texts).timeline[-1].value == 2 / 20


def test_every_windowed_field_has_an_action():
    for sheet, field in WINDOWED:
        assert field in columns_of(SHEETS[sheet])


@given(st.floats(0, 71_000), st.floats(26_000, 90_000))  # some of it while the clock runs, 07:00 to 20:00
def test_windows_take_any_clock(start, length):
    end = start + length
    event = changed(f"stations.food.lanes@{clock_text(start)}-{clock_text(end)}=3").timeline[-1]
    assert (event.starts_at, event.ends_at) == (start, end)


@pytest.mark.parametrize("window", ["02:00-03:00", "06:00-07:00", "20:00-21:00", "22:00-23:00"])
def test_windows_in_which_nothing_would_happen(window):
    assert refused(f"stations.food.lanes@{window}=3", f"links.walk.width_m@{window}*=0.5") == ["clock", "clock"]


def test_a_window_is_of_the_clock_that_is_set_beside_it():
    plan = changed("stations.food.lanes@20:00-21:00=3", "edition.tiny.clock_ends_at=21:00")
    assert plan.timeline[-1].starts_at == 20 * 3600


def test_windows_twice_keep_codes_of_their_own():
    plan = changed(*["links.walk.width_m@09:00-10:00*=0.5"] * 3, "stations.W-*.lanes@09:00-10:00=3")
    assert len({each.code for each in plan.timeline}) == len(plan.timeline) == 6
    assert problems_of(plan) == ()


def test_all_problems_at_once_and_in_order():
    assert refused("x", "rooms.a.b=1", "stations.fod.lanes=1", "stations.food.lane=1", "stations.food.lanes=-1",
                   "stations.food.code=a", "stations.food.service=sauna") == [
        "form", "sheet", "key", "field", "range", "field", "choice"]  # fmt: skip


def test_later_overrides_see_earlier_ones():
    assert row(changed("stations.food.lanes=10", "stations.food.lanes*=2"), "stations", "food").lanes == 20


def test_an_override_keeps_its_text():
    override = parse_override(" stations.W-security.lanes@09:00-11:00*=1.5 ")
    assert override.text == "stations.W-security.lanes@09:00-11:00*=1.5"
    assert (override.sheet, override.key, override.field, override.value) == ("stations", "W-security", "lanes", "1.5")
    assert (override.how, override.window) == ("*", ("09:00", "11:00"))


def test_half_of_a_character_in_a_value():
    """What a command line hands on for bytes that are no UTF-8."""
    assert refused("areas.H1.name_en=a\udcff") == ["character"]


def test_codes_with_dots_are_named_whole():
    station = Station(code="W.1.a", node="east", service="catering", lanes=1, service_mean_s=1.0)
    plan = small_fair().replace(stations=(*small_fair().stations, station))
    assert row(apply_overrides(plan, ["stations.W.1.a.lanes=5"]), "stations", "W.1.a").lanes == 5


def test_a_number_is_added_to():
    plan = small_fair()
    lanes = {row.code: row.lanes for row in plan.stations}
    more = apply_overrides(plan, ["stations.W-*.lanes+=2", "links.ramp.width_m+=-0.5"])
    assert {row.code: row.lanes for row in more.stations} == {
        code: each + 2 * code.startswith("W-") for code, each in lanes.items()
    }
    width = {row.code: row.width_m for row in plan.links}["ramp"]
    assert {row.code: row.width_m for row in more.links}["ramp"] == width - 0.5


def test_lanes_are_added_to_those_that_are_open_then():
    hour = 3600.0
    scheduled = LaneTime(code="h", station="W-security", starts_at=9 * hour, ends_at=10 * hour, lanes=7)
    plan = small_fair().replace(lanes=(scheduled,))
    whole = next(row.lanes for row in plan.stations if row.code == "W-security")
    more = apply_overrides(
        plan, ["stations.W-security.lanes@08:30-10:30+=2", "stations.W-security.lanes@10:00-11:00+=1"]
    )
    station = next(row for row in more.stations if row.code == "W-security")
    assert problems_of(more) == ()
    assert [lanes_at(more, station, at * hour) for at in (8.4, 8.5, 9.0, 9.9, 10.0, 10.4, 10.5, 10.9, 11.0)] == [
        whole, whole + 2, 9, 9, whole + 3, whole + 3, whole + 1, whole + 1, whole,
    ]  # fmt: skip
