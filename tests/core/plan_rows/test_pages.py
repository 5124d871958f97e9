"""Pages of the plan, as a browser without scripts sees them."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.forms import RowForm
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.plan import plan_from_json
from hostcity.plan.rows import Area, Gate, Level
from tests import people
from tests.core.plan_rows.sheets import keys, last_act, only, row

MOST_QUERIES = 9


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


@pytest.fixture
def at(edition):
    return lambda name, *more: reverse(name, args=[edition.code, *more])


def text_of(answer):
    return unescape(answer.content.decode())


def form_of(answer):
    """What the row's form holds, as a browser would send it back."""
    return answer.context["form"], {
        "version": str(answer.context["version"]),
        "was": answer.context["was"],
        **{f"row-{name}": answer.context["form"].initial[name] for name in answer.context["form"].fields},
    }


def test_a_sheet_takes_as_many_queries_for_one_row_as_for_three(
    browser, at, edition, planner, django_assert_max_num_queries
):
    for count in (1, 3):
        replace_plan(edition=edition, plan=only(gates=tuple(Gate(code=f"g{n}") for n in range(count))), by=planner)
        for name, *more in (
            ("plan",),
            ("plan-sheet", "gates"),
            ("plan-check",),
            ("plan-changes",),
            ("plan-row", "gates", "g0"),
        ):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert browser.get(at(name, *more)).status_code == 200


def test_a_long_sheet_is_paged_and_filtered(browser, at, edition, planner):
    gates = tuple(Gate(code=f"g{n}", name_zh="北入口" if n == 70 else "") for n in range(120))
    replace_plan(edition=edition, plan=only(gates=gates), by=planner)
    seen, address = [], at("plan-sheet", "gates")
    while address:
        answer = browser.get(address)
        seen += [each.key for each in answer.context["page"].rows]
        after = answer.context["page"].next
        address = f"{at('plan-sheet', 'gates')}?after={after}" if after else ""
    assert seen == [gate.code for gate in gates]
    assert [each.key for each in browser.get(at("plan-sheet", "gates"), {"q": "入口"}).context["page"].rows] == ["g70"]


def test_a_code_of_any_characters_leads_to_its_row_and_is_no_markup(browser, at, edition, planner):
    codes = ["a/b", "r0>r1", "<b>x</b>", "100 %", "a?b#c", "展厅", "it's", "x" * 60]
    replace_plan(edition=edition, plan=only(gates=tuple(Gate(code=code) for code in codes)), by=planner)
    page = browser.get(at("plan-sheet", "gates")).content.decode()
    assert "<b>x</b>" not in page
    paths = [unescape(path) for path in re.findall(r'<th scope="row"><a href="([^"]*)"', page)]
    assert paths == [at("plan-row", "gates", key) for key in keys(edition, "gates")]
    assert [browser.get(path).context["row"].body["code"] for path in paths] == codes


@pytest.mark.parametrize(
    ("sheet", "field", "label"),
    [("stations", "lanes", "lanes"), ("stations", "lanes_most", "most lanes"), ("streams", "persons", "persons"),
     ("links", "width_m", "width [m]")],
)  # fmt: skip
def test_a_unit_that_the_heading_says_is_not_repeated(sheet, field, label):
    assert RowForm(sheet, options={}, codes="", is_new=True).fields[field].label == label


def test_a_form_says_how_long_a_text_may_be():
    fields = RowForm("levels", options={}, codes="", is_new=True).fields
    assert "At most 60 characters." in fields["code"].help_text
    assert "At most 200 characters." in fields["name_zh"].help_text


def test_a_row_is_added_through_its_form(browser, at, edition, tiny):
    sent = {"row-code": "B1", "row-name_en": "Basement", "row-elevation_m": "-4.5"}
    answer = browser.post(at("plan-row-add", "levels"), sent)
    assert answer["Location"] == at("plan-row", "levels", "B1")
    assert plan_of(edition).levels[-1] == Level(code="B1", name_en="Basement", elevation_m=-4.5)


def test_everything_wrong_is_told_beside_its_cell(browser, at, edition, tiny):
    sent = {"row-code": "x", "row-station": "", "row-starts_at": "early", "row-ends_at": "10:00", "row-lanes": "900"}
    for language, said in (("en", "is empty."), ("zh-hans", "为空。")):
        answer = browser.post(at("plan-row-add", "lanes"), sent, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"station", "starts_at", "lanes"}
        assert said in text_of(answer)
        assert 'value="early"' in text_of(answer)  # what was typed stands there still


def test_a_code_that_is_taken_is_told_beside_it(browser, at, tiny):
    answer = browser.post(at("plan-row-add", "gates"), {"row-code": tiny.gates[0].code})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"code"}


def test_of_two_people_the_second_sees_both_and_chooses_field_by_field(browser, at, edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="g", name_en="Gate"),)), by=planner)
    _form, mine = form_of(browser.get(at("plan-row", "gates", "g")))
    theirs = {"name_en": "North", "name_zh": "北"}
    change_row(edition=edition, sheet="gates", key="g", changes=theirs, version=1, by=planner)
    answer = browser.post(at("plan-row", "gates", "g"), mine | {"row-name_en": "Nord", "row-name_zh": "诺"})
    assert answer.status_code == 409
    assert [(name, stored, given) for name, _label, stored, given in answer.context["diff"]] == [
        ("name_en", "North", "Nord"),
        ("name_zh", "北", "诺"),
    ]
    form, again = form_of(answer)
    assert (form.initial["name_en"], form.initial["name_zh"]) == ("Nord", "诺")
    answer = browser.post(at("plan-row", "gates", "g"), again | {"hold-name_en": "given", "hold-name_zh": "stored"})
    assert answer.status_code == 302
    assert plan_of(edition).gates == (Gate(code="g", name_en="Nord", name_zh="北"),)


def test_what_another_changed_is_not_taken_back_by_a_form_that_did_not_touch_it(browser, at, edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="g"),)), by=planner)
    _form, mine = form_of(browser.get(at("plan-row", "gates", "g")))
    change_row(edition=edition, sheet="gates", key="g", changes={"name_en": "North"}, version=1, by=planner)
    answer = browser.post(at("plan-row", "gates", "g"), mine | {"row-name_zh": "北"})
    _form, again = form_of(answer)
    assert browser.post(at("plan-row", "gates", "g"), again).status_code == 302
    assert plan_of(edition).gates == (Gate(code="g", name_en="North", name_zh="北"),)


def test_who_may_only_look_reads_the_row(at, edition, tiny):
    officer = people.signed_in(people.person(Role.DUTY_OFFICER, edition))
    answer = officer.get(at("plan-row", "gates", tiny.gates[0].code))
    assert answer.context["form"] is None
    assert tiny.gates[0].code in text_of(answer)
    assert officer.post(at("plan-row", "gates", tiny.gates[0].code), {"version": "1"}).status_code == 403


def test_a_row_is_removed_after_a_question_and_comes_back(browser, at, edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="a/b"), Gate(code="c"))), by=planner)
    asked = browser.get(at("plan-row-remove", "gates", "a/b"))
    assert row(edition, "gates", "a/b").version == asked.context["row"].version == 1
    answer = browser.post(at("plan-row-remove", "gates", "a/b"), {"version": "1"}, follow=True)
    assert keys(edition, "gates") == ["c"]
    undo = re.search(r'formaction="([^"]*/undo/\d+/)"', text_of(answer))[1]
    browser.post(undo)
    assert keys(edition, "gates") == ["a/b", "c"]


def test_a_row_that_others_name_shows_them_and_no_button(browser, at, edition, tiny):
    answer = browser.get(at("plan-row-remove", "levels", tiny.levels[0].code))
    assert answer.context["named_by"]
    assert "btn-danger" not in text_of(answer)
    assert browser.post(at("plan-row-remove", "levels", tiny.levels[0].code), {"version": "1"}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "order"),
    [({"step": "up"}, "bacd"), ({"step": "down"}, "acbd"), ({"after": "d"}, "acdb"), ({"after": ""}, "bacd")],
)
def test_a_row_is_moved(browser, at, edition, planner, sent, order):
    replace_plan(edition=edition, plan=only(gates=tuple(Gate(code=code) for code in "abcd")), by=planner)
    browser.post(at("plan-row-move", "gates", "b"), sent)
    assert "".join(keys(edition, "gates")) == order


def test_history_says_who_and_what(browser, at, edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="g"),)), by=planner)
    change_row(edition=edition, sheet="gates", key="g", changes={"name_en": "North"}, version=1, by=planner)
    answer = browser.get(at("plan-row-history", "gates", "g"))
    assert [each.act.verb for each in answer.context["acts"]] == ["plan.change", "plan.add"]
    assert "North" in text_of(answer)
    assert planner.name in text_of(answer)


def test_what_cannot_be_undone_says_why(browser, at, edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="g"),)), by=planner)
    change_row(edition=edition, sheet="gates", key="g", changes={"name_en": "North"}, version=1, by=planner)
    first = last_act(edition).number
    change_row(edition=edition, sheet="gates", key="g", changes={"name_en": "South"}, version=2, by=planner)
    answer = browser.post(at("plan-undo", first), {"back": at("plan-row-history", "gates", "g")}, follow=True)
    assert answer.redirect_chain == [(at("plan-row-history", "gates", "g"), 302)]  # one stays where one was
    assert "Row g has been changed since" in text_of(answer)
    assert f'<a class="alert-link" href="{at("plan-row", "gates", "g")}">gates g</a>' in answer.content.decode()


def test_changes_are_shown_since_a_number(browser, at, edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="g"), Gate(code="h"))), by=planner)
    answer = browser.get(at("plan-changes"), {"since": last_act(edition).number - 1})
    assert [each.act.subject_key for each in answer.context["acts"]] == ["h"]
    assert browser.get(at("plan-changes"), {"since": "never"}).status_code == 200


def test_problems_lead_to_their_rows(browser, at, edition, planner):
    hall = Area(code="1", kind="hall", level="nowhere", gross_m2=10.0)
    replace_plan(edition=edition, plan=only(areas=(hall,)), by=planner)
    answer = browser.get(at("plan-check"))
    assert {"areas.level.unknown", "levels.rows"} <= {each["found"].problem.code for each in answer.context["problems"]}
    assert at("plan-row", "areas", "1") in text_of(answer)
    assert "nowhere" in text_of(answer)


def test_an_empty_plan_can_be_begun_once(browser, at, edition):
    assert browser.post(at("plan-begin")).status_code == 302
    assert len(plan_of(edition).link_kinds) == 6
    assert browser.post(at("plan-begin")).status_code == 422


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_an_export_is_the_plan(browser, at, edition, tiny, tmp_path, form):
    from hostcity.plan import read_plan

    answer = browser.get(at("plan-export", form))
    path = tmp_path / f"plan.{form}"
    path.write_bytes(answer.content)
    assert read_plan(path) == tiny
    assert read_plan(path).sha256 == tiny.sha256
    if form == "json":
        assert plan_from_json(answer.content.decode()) == tiny
        assert json.loads(answer.content)["edition"][0]["code"] == tiny.day.code


@pytest.mark.parametrize(
    "page",
    [
        ("plan-sheet", "rooms"),
        ("plan-row", "gates", "none"),
        ("plan-row-history", "gates", "none"),
        ("plan-row-add", "rooms"),
    ],
)
def test_what_is_not_there_is_not_found(browser, at, tiny, page):
    name, *more = page
    assert browser.get(at(name, *more)).status_code == 404


def test_figures_stand_one_below_the_other(browser, at, edition, planner):
    hall = Area(code="1", kind="hall", level="nowhere", gross_m2=10.0)
    replace_plan(edition=edition, plan=only(areas=(hall,)), by=planner)
    page = browser.get(at("plan-sheet", "areas")).content.decode()
    assert re.search(r'<td class="number">10(\.0)?</td>', page)
    assert re.search(r'<th scope="col" class="number">', page)
    assert "<td>hall</td>" in page or "<td>Hall</td>" in page


def test_a_range_is_told_with_all_its_digits(browser, at, tiny):
    assert "0 to 5,000,000." in browser.get(at("plan-row-add", "streams")).content.decode()
