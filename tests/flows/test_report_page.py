"""The report in a browser: what a reader does with it."""

import dataclasses
import itertools
import time
from pathlib import Path

import numpy as np
import pytest

from hostcity.report import write_report
from hostcity.report.series import entries_per_step, gate_wait_percentiles, left_per_step
from tests.rehearsals import EVENTS, eventful_rehearsal, invalid_rehearsal, many_rehearsal, small_rehearsal

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def canvas_of(page):
    return page.evaluate("document.querySelector('.stage canvas').toDataURL()")


def axe_violations(page):
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")[
        "violations"
    ]
    return [(each["id"], [node["html"][:150] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize(
    ("locale", "theme"),
    [
        ("en-US", "light"),
        ("zh-CN", "dark"),
        pytest.param("en-US", "dark", marks=pytest.mark.slow),
        pytest.param("zh-CN", "light", marks=pytest.mark.slow),
    ],
)
def test_no_barrier_that_axe_knows(open_report, locale, theme):
    page = open_report(locale=locale, color_scheme=theme)
    for summary in page.locator(".chart-table summary").all()[:2]:
        summary.click()
    assert axe_violations(page) == []


def test_no_barrier_on_a_phone_and_in_an_invalid_report(open_report, tmp_path):
    page = open_report(write_report(invalid_rehearsal(), tmp_path / "report"), viewport={"width": 360, "height": 740})
    assert page.locator(".invalid").is_visible()
    assert "INVALID RUN" in page.locator(".invalid").inner_text()
    assert axe_violations(page) == []


@pytest.mark.parametrize(("locale", "theme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_many_days_on_a_phone(open_report, tmp_path, locale, theme):
    page = open_report(
        write_report(many_rehearsal(), tmp_path / "report"), locale=locale, color_scheme=theme,
        viewport={"width": 360, "height": 740},
    )  # fmt: skip
    for summary in page.locator("#many .chart-table summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert axe_violations(page) == []


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_narrow_phone_scrolls_only_downward(open_report, locale):
    page = open_report(locale=locale, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("document.body.scrollWidth") <= 360


def test_it_starts_in_the_language_of_the_browser_and_remembers_the_choice(open_report):
    page = open_report(locale="zh-CN")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator("#play-title").inner_text() == "回放"
    page.get_by_role("button", name="English").click()
    assert page.locator("#play-title").inner_text() == "Replay"
    assert page.locator(".play").inner_text() == "Play"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#play-title").inner_text() == "Replay"
    page.get_by_role("button", name="简体中文").click()
    assert "推演" in page.title()
    assert page.locator(".play").inner_text() == "播放"
    assert page.locator(".chart-title").first.inner_text().startswith("每五分钟")
    english = page.evaluate("[...document.querySelectorAll('.en')].filter((each) => each.offsetParent).length")
    assert english == 0


def test_the_theme_can_be_chosen_and_is_remembered(open_report):
    page = open_report(color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    before = canvas_of(page)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    assert canvas_of(page) != before
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_role("button", name="Auto").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_it_plays_and_pauses(open_report):
    page = open_report()
    slider = page.locator("#replay-slider")
    slider.fill(str(8.75 * 3600))
    page.locator("#replay-speed").select_option("20")
    pictures = {canvas_of(page)}
    page.locator(".play").press("Enter")
    assert page.locator(".play").inner_text() == "Pause"
    deadline = time.monotonic() + 15
    while float(slider.input_value()) < 9.5 * 3600 and time.monotonic() < deadline:
        page.wait_for_timeout(100)
        pictures.add(canvas_of(page))
    assert float(slider.input_value()) >= 9.5 * 3600
    page.locator(".play").click()
    assert page.locator(".play").inner_text() == "Play"
    stopped = slider.input_value()
    assert len(pictures) > 1
    page.wait_for_timeout(300)
    assert slider.input_value() == stopped


def test_less_motion_means_still_pictures(open_report):
    page = open_report(reduced_motion="reduce")
    page.locator("#replay-slider").focus()
    page.keyboard.press("Home")
    page.evaluate(
        """() => {
            window.moves = 0;
            new MutationObserver(() => window.moves++)
              .observe(document.querySelector('.replay-time'), {childList: true, characterData: true, subtree: true});
        }"""
    )
    page.locator("#replay-speed").select_option("20")
    page.locator(".play").click()
    page.wait_for_timeout(2600)
    assert 1 <= page.evaluate("window.moves") <= 4


def test_the_slider_moves_by_keyboard_a_minute_at_a_time(open_report):
    page = open_report()
    page.locator("#replay-slider").focus()
    page.keyboard.press("Home")
    assert page.locator(".replay-time").inner_text() == "07:00"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.locator(".replay-time").inner_text() == "07:03"
    assert page.locator("#replay-slider").get_attribute("aria-valuetext") == "07:03"
    page.keyboard.press("End")
    assert page.locator(".replay-time").inner_text() == "20:00"


def test_levels_show_their_own_areas(open_report):
    page = open_report()
    names = "[...document.querySelectorAll('.plan-names tspan:first-child')].map((each) => each.textContent).join(' ')"
    assert "Hall 1" in page.evaluate(names)
    page.locator("[data-level='1']").press("Enter")
    assert page.locator("[data-level='1']").get_attribute("aria-pressed") == "true"
    assert "Hall 2" in page.evaluate(names)
    assert "Hall 1" not in page.evaluate(names)


def test_what_has_a_name_is_not_called_by_its_code(open_report):
    """On a phone the metro station is too small for its name in one line."""
    page = open_report(viewport={"width": 360, "height": 740})
    labels = page.evaluate(
        "[...document.querySelectorAll('.plan-name')].map((each) => [...each.children].slice(0, 2)"
        ".map((line) => line.textContent).filter(Boolean).join(' '))"
    )
    assert "Metro station" in labels
    assert not {"gate", "metro", "plaza", "H1"} & set(labels)


def test_a_place_is_chosen_from_the_list_and_read_at_its_minute(open_report):
    page = open_report()
    page.locator("#replay-place").select_option(label="Hall 2")
    assert page.locator("[data-level='1']").get_attribute("aria-pressed") == "true"
    page.locator("#replay-slider").fill(str(11 * 3600))
    area = page.locator(".readout-place")
    assert area.locator("h3").inner_text() == "Hall 2"
    day = small_rehearsal().day
    persons = int(day.area_persons[day.area_codes.index("H2"), (11 - 7) * 60])
    assert persons > 0
    assert f"Persons\n{persons}" in area.inner_text()
    page.locator("#replay-place").select_option(label="Security, West (W-security)")
    assert page.locator("[data-level='0']").get_attribute("aria-pressed") == "true"
    assert "Lanes open\n3" in area.inner_text()


def test_a_place_is_chosen_on_the_plan(open_report):
    page = open_report()
    page.locator(".stage").scroll_into_view_if_needed()
    box = page.locator(".stage").bounding_box()
    left, top, width, height = (float(each) for each in page.locator(".plan-areas").get_attribute("viewBox").split())
    scale = min(box["width"] / width, box["height"] / height)

    def name_at(x_m, y_m):
        x = box["x"] + (box["width"] - width * scale) / 2 + (x_m - left) * scale
        y = box["y"] + (box["height"] - height * scale) / 2 + (-y_m - top) * scale
        page.mouse.click(x, y)
        return page.locator(".readout-place h3").inner_text()

    assert name_at(60, 20) == "Security, West (W-security)"
    assert name_at(120, 20) == "Level walkway plaza"
    assert name_at(200, 50) == "Hall 1"
    assert name_at(0, -60) == "No place chosen"


def test_a_venue_without_outlines_is_drawn_by_its_floors(open_report, tmp_path):
    rehearsal = small_rehearsal()
    areas = tuple(dataclasses.replace(row, outline=(), name_en="", name_zh="") for row in rehearsal.plan.areas)
    rehearsal = dataclasses.replace(rehearsal, plan=rehearsal.plan.replace(areas=areas))
    page = open_report(write_report(rehearsal, tmp_path / "report"))
    floors = [row for row in rehearsal.plan.nodes if row.level == "0" and row.floor_m2]
    assert page.locator(".plan-areas circle").count() == len(floors)
    assert page.locator(".plan-areas polygon").count() == 0


def test_the_plan_zooms_and_moves_by_keyboard(open_report):
    page = open_report()
    view = "document.querySelector('.plan-areas').getAttribute('viewBox')"
    whole = page.evaluate(view)
    page.locator(".stage").focus()
    page.keyboard.press("+")
    zoomed = page.evaluate(view)
    assert float(zoomed.split()[2]) < float(whole.split()[2])
    page.keyboard.press("ArrowRight")
    assert float(page.evaluate(view).split()[0]) > float(zoomed.split()[0])
    page.keyboard.press("0")
    assert page.evaluate(view) == whole


def test_inputs_are_filtered_by_words_and_marks(open_report):
    page = open_report()
    rows = page.locator("#inputs-table tbody tr")
    all_rows = rows.count()
    page.locator("#inputs-text").fill("links width")
    shown = [row for row in rows.all() if row.is_visible()]
    assert len(shown) == 1
    assert "links.*.width_m" in shown[0].inner_text()
    assert page.locator(".filter output").inner_text() == f"1 of {all_rows} rows"
    page.locator("input[value='assumed']").uncheck()
    assert page.locator(".filter output").inner_text() == f"0 of {all_rows} rows"


def test_every_chart_has_its_table(open_report):
    page = open_report()
    charts = page.locator("figure.chart")
    assert charts.count() == 4 + 1 + 2
    for chart in charts.all():
        chart.locator("summary").click()
        assert chart.locator("table caption").inner_text()
        assert chart.locator("tbody tr").count() > 5
        times = chart.locator("tbody th").all_inner_texts()
        minutes = [60 * int(each[:2]) + int(each[3:]) for each in times]
        assert {after - before for before, after in itertools.pairwise(minutes)} == {5}
        assert chart.locator("svg[role=img]").get_attribute("aria-label")


def test_the_tables_of_charts_hold_the_peaks(open_report):
    page = open_report()
    day = small_rehearsal().day

    def column(title, at):
        chart = page.locator("figure.chart", has=page.locator(".chart-title", has_text=title))
        chart.locator("summary").click()
        chart.locator("tbody td").first.wait_for()
        cells = chart.locator(f"tbody td:nth-of-type({at})").all_inner_texts()
        return [float(each) for each in cells if each != "–"], chart.locator("caption").inner_text()

    hall, caption = column("Hall 1: most", 1)
    assert max(hall) == day.area_persons[day.area_codes.index("H1")].max()
    assert "each row: the most at the end of any of its 5 minutes" in caption
    gate, caption = column("Gate West", 1)
    worst_s = np.nanmax(gate_wait_percentiles(small_rehearsal().plan, day)[0, 2])
    assert abs(max(gate) - worst_s / 60) < 0.06
    assert "each row" not in caption
    home, _ = column("Arrivals, entries and departures", 3)
    assert max(home) == left_per_step(day, np.ones(day.visitor_end.size, bool)).max()


def test_the_readout_counts_all_of_the_same_minute(open_report):
    page = open_report()
    rehearsal = small_rehearsal()
    at_s = 9 * 3600 + 3 * 60
    page.locator("#replay-slider").fill(str(at_s))
    minute = int((at_s - rehearsal.day.clock_start_s) // 60)
    entries = int(entries_per_step(rehearsal.plan, rehearsal.day, 60.0)[: minute + 1].sum())
    assert entries > entries_per_step(rehearsal.plan, rehearsal.day)[: minute // 5].sum()
    assert f"Entries so far\n{entries}\n" in page.locator(".readout-whole").inner_text()


def test_events_are_marked_on_slider_and_charts(open_report, tmp_path):
    page = open_report(write_report(eventful_rehearsal(), tmp_path / "report"))
    assert page.locator("#events-table tbody tr").count() == len(EVENTS)
    assert page.locator(".profile .event").count() == len(EVENTS)
    texts = page.locator("figure.chart:has(.event)").first.locator(".event title").all_text_contents()
    assert "12:00–13:00 Hall 1: evacuated: people leave, and nobody enters while it lasts" in texts
    # The charts end half an hour after the last one left: what begins later has no place there.
    assert len(texts) == len(EVENTS) - 1
    assert axe_violations(page) == []


def test_the_whole_plan_is_printed_and_the_zoom_returns(open_report):
    page = open_report()
    view = "document.querySelector('.plan-areas').getAttribute('viewBox')"
    whole = page.evaluate(view)
    page.locator(".stage").focus()
    for key in ("+", "+", "ArrowRight"):
        page.keyboard.press(key)
    zoomed = page.evaluate(view)
    # After the page's own listeners, so that it sees what is printed.
    page.evaluate(f"window.printed = []; addEventListener('beforeprint', () => printed.push({view}))")
    page.pdf()
    assert page.evaluate("printed") == [whole]
    assert page.evaluate(view) == zoomed != whole
    page.emulate_media(media="print")
    assert page.locator(".zoom").is_hidden()


def test_every_control_is_reached_by_tab_and_shows_focus(open_report):
    page = open_report()
    page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                    const it = document.activeElement, style = getComputedStyle(it);
                    return [it.id || it.className || it.textContent, style.outlineStyle, parseFloat(style.outlineWidth)];
                }"""
            )
        )
    names = [name for name, *_ in reached]
    for control in ("skip", "stage", "play", "replay-slider", "replay-speed", "replay-place"):
        assert control in names, control
    assert [each for each in reached if each[1] == "none" or each[2] < 2] == []


def test_it_reads_without_scripts(browser, report):
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(report.as_uri())
    assert "99 of 100 visitors" in page.locator(".verdict-sentence").inner_text()
    assert page.locator(".verdict-sentence .zh").is_hidden()
    assert page.locator("#worst-gates tbody tr").count() == 1
    context.close()
