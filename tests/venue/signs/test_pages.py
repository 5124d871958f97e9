"""Pages of faces, as a browser without scripts sees them."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.venue.signs.face_svg import size_mm
from hostcity.venue.signs.queries import signs_of
from tests import people
from tests.paper import pages_of
from tests.venue import halls
from tests.venue.signs.conftest import FACES, LINES, png, state_of


def at(name, *arguments):
    return reverse(name, args=["fair", *arguments])


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.mark.parametrize("faces", [1, 3])
def test_the_list_takes_few_queries_however_many_there_are(
    edition, planner, browser, faces, django_assert_max_num_queries
):
    replace_plan(edition=edition, plan=halls.plan(faces=FACES[:faces], face_lines=LINES[:faces]), by=planner)
    browser.get(at("signs"))
    with django_assert_max_num_queries(8):
        page = browser.get(at("signs"))
    assert [each.code for each in page.context["rows"]] == [each.code for each in FACES[:faces]]
    with django_assert_max_num_queries(9):
        browser.get(at("signs-field"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=installed", ["F4", "F6"]), ("fault=any", ["F6"]), ("fault=unlit", []), ("level=1", ["F5"]), ("q=b of f3", ["F3"]),
        ("q=B 号馆&state=made", ["F3"]), ("state=lost&level=9", ["F1", "F2", "F3", "F4", "F5", "F6"]), ("after=F4", ["F5", "F6"]),
    ],
)  # fmt: skip
def test_filters_and_search(signed, browser, query, found):
    assert [each.code for each in browser.get(f"{at('signs')}?{query}").context["rows"]] == found


def test_faces_are_arrows_on_the_map_by_state_and_lead_to_their_pages(signed, browser):
    picture = text_of(browser.get(at("signs-level", "0")))
    assert [key for key in ("F1", "F4", "F5") if f'id="mark-{key}" data-path="{at("sign", key)}"' in picture] == [
        "F1",
        "F4",
    ]
    assert "F6 · installed · damaged" in picture
    assert 'id="mark-F1"' not in text_of(browser.get(at("signs-level", "0") + "?state=made"))
    assert browser.get(at("signs-level", "9")).status_code == 404


def test_many_faces_are_set_at_once_or_none(signed, browser):
    sent = browser.post(at("signs-move"), {"key": ["F3", "F2"], "to": "installed"})
    assert (sent.status_code, "F2 is approved only. Next it becomes: made." in text_of(sent)) == (422, True)
    assert state_of(signed, "F3") == ("made", "none")
    sent = browser.post(at("signs-move"), {"key": ["F3"], "to": "installed", "back": at("signs-field")}, follow=True)
    assert "1 face is installed now." in text_of(sent)
    assert sent.request["PATH_INFO"] == at("signs-field")
    away = browser.post(at("signs-move"), {"key": ["F1"], "to": "approved", "back": "https://example.org/"})
    assert away["Location"] == at("signs")


def test_the_page_of_a_face(signed, browser):
    page = text_of(browser.get(at("sign", "F4")))
    assert 'name="check-photo" accept="image/jpeg,image/png,image/webp" capture="environment"' in page
    assert "Its letters are read from 45 m at most, at ease from 30 m." in page
    assert "bottom of the drawing (180°)" in page
    assert browser.get(at("sign", "F9")).status_code == 404
    refused = browser.post(at("sign-check", "F4"), {"check-version": 1})
    assert refused.status_code == 422
    photo = SimpleUploadedFile("a.png", png(), "image/png")
    sent = browser.post(at("sign-check", "F4"), {"check-version": 1, "check-photo": photo}, follow=True)
    assert [state for state, _name in sent.context["states"]][4] == sent.context["face"].state == "checked"
    assert "F4 at" in text_of(sent)
    back = browser.post(at("sign-back", "F4"), {"back-version": 2, "back-to": "made"})
    assert (back.status_code, back.context["back"].errors.as_data().keys()) == (422, {"reason"})
    browser.post(at("sign-back", "F4"), {"back-version": 2, "back-to": "made", "back-reason": "bent"})
    assert "<q" in browser.get(at("sign", "F4")).content.decode()
    assert (
        browser.post(at("sign-back", "F4"), {"back-version": 2, "back-to": "approved", "back-reason": "x"}).status_code
        == 409
    )


def test_a_fault_is_reported_and_mended_by_forms(signed, browser):
    browser.post(at("sign-fault", "F5"), {"fault-version": 1, "fault-fault": "turned", "fault-note": "wind"})
    assert state_of(signed, "F5") == ("checked", "turned")
    assert "It guides nobody until it is mended." in text_of(browser.get(at("sign", "F5")))
    browser.post(at("sign-mend", "F5"), {"mend-version": 2})
    assert state_of(signed, "F5") == ("installed", "none")
    early = browser.post(at("sign-fault", "F1"), {"fault-version": 1, "fault-fault": "turned"})
    assert (early.status_code, "F1 is proposed only." in text_of(early)) == (422, True)
    none = browser.post(at("sign-mend", "F5"), {"mend-version": 3})
    assert (none.status_code, "F5 has no fault." in text_of(none)) == (422, True)
    assert browser.post(at("sign-mend", "F9"), {"mend-version": 3}).status_code == 404


def test_a_face_is_drawn_in_millimeters_and_as_it_looks_from_far(signed, browser):
    text = text_of(browser.get(at("sign-picture", "F1")))
    wide, _tall = size_mm(signs_of(signed).by_key["F1"])
    assert f'width="{wide:.2f}mm"' in text
    assert "B 号馆" in text
    assert "Hall B of F1" in text
    far = text_of(browser.get(at("sign-picture", "F1") + "?at=30"))
    assert f'width="{wide * 0.6 / 30:.2f}mm"' in far
    assert browser.get(at("sign-picture", "F9")).status_code == 404


def test_the_list_for_a_phone_and_on_paper(signed, browser):
    page = browser.get(at("signs-field"))
    assert [each.code for each, _version in page.context["rows"]] == ["F2", "F3", "F4", "F6"]
    assert [each.code for each, _version in browser.get(at("signs-field") + "?area=B").context["rows"]] == []
    (sheet,) = pages_of(browser.get(at("signs-field-paper")).content)
    assert [code for code in ("F1", "F2", "F3", "F4", "F5", "F6") if f"{code} " in sheet] == ["F2", "F3", "F4", "F6"]
    assert "Ground · Hall A" in sheet
    chinese = pages_of(browser.get(at("signs-field-paper") + "?all", HTTP_ACCEPT_LANGUAGE="zh-hans").content)
    assert (len(chinese), "向左" in chinese[0] or "左" in chinese[0], "上层" in chinese[1]) == (2, True, True)


def test_who_may_not_change_faces_sees_them(signed):
    page = text_of(people.signed_in(people.person(Role.PRESS_OFFICER, signed)).get(at("sign", "F4")))
    assert ("check-photo" in page, "fault-fault" in page) == (False, True)


def test_a_plan_without_faces_says_what_to_do(drawn, browser):
    assert "The plan has no sign faces yet." in text_of(browser.get(at("signs")))
    assert "The plan has no sign faces yet." in text_of(browser.get(at("signs-audit")))
    assert "Nothing is to be done here." in text_of(browser.get(at("signs-field")))
    (sheet,) = pages_of(browser.get(at("signs-field-paper")).content)
    assert "Nothing is to be done." in sheet


def test_chinese(signed, browser):
    browser.cookies["hostcity_language"] = "zh-hans"
    page = text_of(browser.get(at("signs")))
    assert "朝图纸下方" in page
    assert "已安装" in page
    assert "下方" in text_of(browser.get(at("sign", "F4")))
