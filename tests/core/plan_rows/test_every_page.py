"""Every sheet and every row of the tiny example, as a browser without scripts sees them."""

import pytest

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import SHEETS, read_plan
from tests import people
from tests.core.plan_rows.sheets import last_act
from tests.core.plan_rows.test_pages import at, browser, form_of
from tests.shared_rows import undone

__all__ = ["at", "browser"]


@pytest.fixture(scope="module")
def tiny():
    return read_plan("examples/tiny")


@pytest.fixture(scope="module")
def edition(module_db, tiny):
    """Made once; what a test does to it is undone."""
    made = people.edition()
    replace_plan(edition=made, plan=tiny, by=None)
    return made


@pytest.fixture(scope="module")
def planner(edition):
    return people.person(Role.PLANNER, edition)


@pytest.fixture(autouse=True)
def _undone(edition):
    with undone():
        yield


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "page", ["plan", "plan-check", "plan-changes", "plan-import", *(f"plan-sheet {sheet}" for sheet in SHEETS)]
)
def test_every_page_is_there_in_both_languages(browser, at, page, language):
    name, *more = page.split()
    answer = browser.get(at(name, *more), HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet != "shifts"])  # which volunteers keep
def test_every_row_has_a_form_and_can_be_sent_back_unchanged(browser, at, sheet, language, tiny, edition):
    if not getattr(tiny, sheet):
        answer = browser.get(at("plan-row-add", sheet), HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200
        return
    before, sha256 = last_act(edition).number, plan_of(edition).sha256
    code = getattr(tiny, sheet)[0].code
    answer = browser.get(at("plan-row", sheet, code), HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    _form, sent = form_of(answer)
    assert browser.post(at("plan-row", sheet, code), sent).status_code == 302
    # Every cell is written by its form as it is read: even if all had been typed again, nothing would change.
    assert browser.post(at("plan-row", sheet, code), sent | {"was": "{}"}).status_code == 302
    assert (last_act(edition).number, plan_of(edition).sha256) == (before, sha256)
