"""Pages of a task and of one's own tasks, and the same by the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.readiness import services
from hostcity.readiness.models import Decision, Evidence, Report, TaskState
from tests import people
from tests.readiness.test_acts import report, show, version
from tests.venue.signs.conftest import png

pytestmark = pytest.mark.django_db
AT = "/e/fair/readiness/"
API = "/api/v1/editions/fair/readiness/"


def page(who, path, status=200, **more):
    answer = people.signed_in(who).get(AT + path, **more)
    assert answer.status_code == status, path
    return answer.content.decode()


def post(who, path, given=None, status=200):
    answer = people.signed_in(who).post(AT + path, given or {}, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def photo():
    return SimpleUploadedFile("stand.png", png(), "image/png")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("My tasks", "Done means", "Whom it holds up")), ("zh-hans", ("我的任务", "完成标准", "影响哪些任务"))],
)
def test_pages_are_there_in_both_languages(edition, fair_owner, city_owner, language, words):
    show(edition, fair_owner)
    report(edition, fair_owner, word="trouble", note="Late.")
    services.refuse_task(edition=edition, task="train", by=city_owner, version=2, reason="Too few.")
    assert words[0] in page(fair_owner, "mine/", HTTP_ACCEPT_LANGUAGE=language)
    seen = page(city_owner, "tasks/train/", HTTP_ACCEPT_LANGUAGE=language)
    assert [word in seen for word in (*words[1:], "Too few.", "Late.", "list.txt")] == [True] * 5
    page(city_owner, "tasks/none/", status=404)


def test_an_owner_reports_in_three_steps_with_a_photo(edition, fair_owner):
    """My tasks, the task, the button under the photo."""
    mine = page(fair_owner, "mine/")
    assert f"{AT}tasks/stands/#report" in mine
    assert "tasks/permit/" not in mine, "of another department"
    form = page(fair_owner, "tasks/stands/")
    assert 'capture="environment"' in form
    given = {"version": "0", "word": "finished", "file": photo(), "place": "Hall 1", "remaining_d": "", "note": ""}
    seen = post(fair_owner, "tasks/stands/report/", given)
    assert "Reported. The department that accepts it is told." in seen
    with scope(edition=edition):
        made = Evidence.objects.get()
        assert (made.place, made.kind, Report.objects.get().word) == ("Hall 1", "photo", "finished")
    assert made.sha256[:12] in seen
    assert 'value="Hall 1"' in seen, "most often the same place again"


def test_what_lacks_is_said_beside_its_field(fair_owner):
    given = {"version": "0", "word": "finished", "file": photo(), "place": ""}
    assert "It does not say where." in post(fair_owner, "tasks/stands/report/", given, status=422)
    assert "Nothing was handed in." in post(
        fair_owner, "tasks/stands/report/", {"version": "0", "word": "show"}, status=422
    )
    assert "It does not say what the trouble is." in post(
        fair_owner, "tasks/stands/report/", {"version": "0", "word": "trouble"}, status=422
    )


def test_evidence_alone_is_handed_in(edition, fair_owner):
    given = {"version": "0", "word": "show", "file": SimpleUploadedFile("list.txt", b"Names\n")}
    assert "Handed in." in post(fair_owner, "tasks/train/report/", given)
    with scope(edition=edition):
        assert (Report.objects.count(), Evidence.objects.count()) == (0, 1)


def test_another_department_accepts_and_undoes(edition, fair_owner, city_owner, director):
    report(edition, fair_owner)
    show(edition, fair_owner)
    assert "1 task of others waits for you" in page(city_owner, "mine/")
    assert "Is it done?" not in page(fair_owner, "tasks/train/")
    seen = page(city_owner, "tasks/train/")
    assert "Is it done?" in seen
    assert post(city_owner, "tasks/train/refuse/", {"refuse-version": "2", "refuse-reason": ""}, status=422)
    assert "Accepted: the task is done." in post(city_owner, "tasks/train/accept/", {"version": "2"})
    assert "How is it?" not in page(fair_owner, "tasks/train/")
    with scope(edition=edition):
        decision = Decision.objects.get()
    undo = f"decisions/{decision.pk}/undo/"
    assert post(city_owner, undo, {"undo-reason": ""}, status=422)
    assert "Taken back" in post(director, undo, {"undo-reason": "Wrong list."})
    assert "not the last decision" in post(director, undo, {"undo-reason": "Again."}, status=422)
    assert "Not accepted" in post(
        city_owner, "tasks/train/refuse/", {"refuse-version": "4", "refuse-reason": "Wrong list."}
    )


def test_a_stale_page_is_answered_with_409(edition, fair_owner, city_owner):
    report(edition, fair_owner)
    show(edition, fair_owner)
    assert "since you opened the page" in post(city_owner, "tasks/train/accept/", {"version": "1"}, status=409)
    assert post(fair_owner, "tasks/train/report/", {"version": "1", "word": "going"}, status=409)


def test_evidence_is_taken_back_on_the_page(edition, fair_owner):
    made = show(edition, fair_owner)
    assert "it shows nothing any more" in post(fair_owner, f"evidence/{made.pk}/withdraw/")
    with scope(edition=edition):
        assert TaskState.objects.get().evidence_on is None


def test_who_owns_nothing_is_led_to_all_tasks(planner):
    assert "You own no department of the plan" in page(planner, "mine/")


def test_harm_is_the_order_of_ones_tasks(edition, fair_owner):
    mine = page(fair_owner, "mine/")
    places = {code: mine.index(f"tasks/{code}/") for code in ("plan", "gates", "ready")}
    assert sorted(places, key=places.get) == ["plan", "ready", "gates"]
    assert "holds up" in mine
    report(edition, fair_owner, task="plan")
    later = page(fair_owner, "mine/")
    assert later.index("tasks/gates/") < later.index("tasks/plan/"), (
        "finished but for its acceptance: nothing left to do"
    )


def test_queries_do_not_grow_with_what_was_told(edition, fair_owner, city_owner):
    def count():
        browser, found = people.signed_in(city_owner), []
        for path in ("tasks/train/", "mine/", "tasks/"):
            browser.get(AT + path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(AT + path).status_code == 200
            found.append(len(asked))
        return found

    def tell(reason):
        report(edition, fair_owner)
        show(edition, fair_owner)
        services.refuse_task(edition=edition, task="train", by=city_owner, version=version(edition), reason=reason)

    tell("One")
    one = count()
    tell("Two")
    tell("Three")
    assert count() == one


def test_by_the_api(edition, fair_owner, city_owner):
    def call(who, path, given, status, **more):
        answer = people.signed_in(who).post(API + path, given, **({"content_type": "application/json"} | more))
        assert answer.status_code == status, answer.content
        return answer.json()

    made = call(fair_owner, "tasks/stands/reports", {"word": "going", "share": 0.5}, 201)
    assert (made["word"], made["remaining_d"], made["by"]) == ("going", 2.0, fair_owner.code)
    call(fair_owner, "tasks/stands/reports", {"word": "finished"}, 201)
    browser = people.signed_in(fair_owner)
    answer = browser.post(f"{API}tasks/stands/evidence", {"kind": "photo", "place": "Hall 1", "file": photo()})
    assert answer.status_code == 201, answer.content
    assert answer.json()["place"] == "Hall 1"
    whole = people.signed_in(city_owner).get(f"{API}tasks/stands").json()
    assert (whole["version"], whole["color"], whole["holds_up"], len(whole["reports"])) == (
        3,
        "green",
        ["built", "fire", "ready"],
        2,
    )
    assert whole["evidence_shown"][0]["id"] == answer.json()["id"]
    call(city_owner, "tasks/stands/accept", {"version": 2}, 409)
    refused = call(city_owner, "tasks/stands/refuse", {"version": 3, "reason": "Crooked."}, 201)
    undone = call(city_owner, f"decisions/{refused['id']}/undo", {"reason": "It is straight."}, 200)
    assert undone["undone_by"] == city_owner.code
    assert call(city_owner, "tasks/stands/accept", {"version": 5}, 201)["seen"] == [
        [answer.json()["id"], "photo", answer.json()["sha256"]]
    ]
    call(fair_owner, f"evidence/{answer.json()['id']}/withdraw", {}, 422)
    call(fair_owner, "tasks/none/reports", {"word": "going"}, 404)
    assert people.signed_in(city_owner).get(f"{API}tasks/none").status_code == 404
