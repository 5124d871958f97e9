"""Reporting, showing, accepting: two people close a task, and everything can be taken back with a reason."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_scopes import scope

from hostcity.core.errors import Refused, Several, Stale
from hostcity.core.files.services import remove_file
from hostcity.core.models import Act, Notice, StoredFile
from hostcity.core.models.people import Role
from hostcity.readiness import services
from hostcity.readiness.models import Decision, Evidence, Report, TaskState
from hostcity.readiness.services.showing import Shown
from hostcity.readiness.standing import standing_of
from hostcity.readiness.telling import known_progress, progress_now, progress_until
from tests import people
from tests.venue.signs.conftest import png

pytestmark = pytest.mark.django_db
FILE = ("list.txt", b"Names\n")


def report(edition, by, task="train", word="finished", **more):
    return services.report_task(edition=edition, task=task, word=word, by=by, **more)


def show(edition, by, task="train", **more):
    return services.submit_evidence(edition=edition, task=task, by=by, **{"kind": "document", "file": FILE} | more)


def version(edition, task="train"):
    with scope(edition=edition):
        return TaskState.objects.get(task=task).version


def accept(edition, by, task="train"):
    return services.accept_task(edition=edition, task=task, by=by, version=version(edition, task))


def color(edition, task="train"):
    with scope(edition=edition):
        return standing_of(edition).task(task).status.color.value


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def verbs(edition):
    with scope(edition=edition):
        return list(Act.objects.filter(subject_kind="task").order_by("number").values_list("verb", flat=True))


def told(edition, person):
    with scope(edition=edition):
        return list(Notice.objects.filter(person=person).order_by("id").values_list("kind", flat=True))


def test_a_task_is_closed_by_two(edition, fair_owner, city_owner):
    report(edition, fair_owner, word="started", remaining_d=1.5)
    show(edition, fair_owner)
    report(edition, fair_owner)
    assert color(edition) == "green"
    accept(edition, city_owner)
    assert color(edition) == "done"
    assert verbs(edition) == ["task.report", "file.add", "task.show", "task.report", "task.accept"]
    assert told(edition, city_owner) == ["task.finished"]
    assert told(edition, fair_owner) == ["task.accepted"]
    assert refusal(lambda: report(edition, fair_owner, word="going")) == "task.accepted"
    assert refusal(lambda: show(edition, fair_owner)) == "task.accepted"
    with scope(edition=edition):
        decision = Decision.objects.get()
        seen = Evidence.objects.get()
        assert decision.seen == [[seen.pk, "document", seen.file.blob_id]]


def test_nobody_accepts_their_own(edition, fair_owner, city_owner, planner, director):
    report(edition, fair_owner, shown=Shown(kind="document", file=FILE))
    with pytest.raises(PermissionDenied):
        accept(edition, fair_owner)
    with pytest.raises(PermissionDenied):
        accept(edition, planner)
    with pytest.raises(PermissionDenied):
        report(edition, city_owner)
    with pytest.raises(PermissionDenied):
        show(edition, director)
    assert accept(edition, director).department == "city"


def test_who_had_a_hand_in_it_does_not_close_it(edition, planner, fair_owner):
    """A planner reports for others; as a drill director too, they still had a hand in it."""
    from hostcity.core.models import Assignment
    from hostcity.core.models.people import Role

    report(edition, planner)
    show(edition, fair_owner)
    with scope(edition=edition):
        Assignment.objects.create(edition=edition, person=planner, role=Role.DRILL_DIRECTOR)
    planner.__dict__.pop("_assignments", None)
    assert refusal(lambda: accept(edition, planner)) == "decision.hands"


def test_it_is_accepted_on_what_its_kind_demands_alone(edition, fair_owner, city_owner):
    show(edition, fair_owner)
    assert refusal(lambda: accept(edition, city_owner)) == "decision.unfinished"
    report(edition, fair_owner, task="stands")
    assert refusal(lambda: accept(edition, city_owner, "stands")) == "decision.evidence"
    assert refusal(lambda: show(edition, fair_owner, task="stands")) == "evidence.other"
    photo = {"kind": "photo", "file": ("stand.png", png()), "place": "Hall 1, stand 12"}
    made = show(edition, fair_owner, task="stands", **photo)
    assert (len(made.sha256), made.by_code, made.place) == (64, fair_owner.code, "Hall 1, stand 12")
    accept(edition, city_owner, "stands")
    failed = {"kind": "test_run", "has_passed": False}
    report(edition, fair_owner, task="badges")
    show(edition, fair_owner, task="badges", **failed)
    assert refusal(lambda: accept(edition, city_owner, "badges")) == "decision.evidence"


@pytest.mark.parametrize(
    ("task", "given", "code"),
    [
        ("stands", {"kind": "photo", "place": "Hall 1"}, "evidence.file"),
        ("stands", {"kind": "photo", "file": ("a.png", png())}, "evidence.place"),
        ("stands", {"kind": "photo", "file": FILE, "place": "Hall 1"}, "evidence.photo"),
        ("gates", {"kind": "delivery_note", "file": FILE}, "evidence.value"),
        ("train", {"kind": "rehearsal", "file": None}, "evidence.kind"),
        ("train", {"kind": "gossip"}, "evidence.kind"),
        ("train", {"place": "x" * 201}, "evidence.long"),
        ("train", {"note": "x" * 2001}, "task.note"),
        ("train", {"taken_at": timezone.now() + datetime.timedelta(hours=1)}, "evidence.taken_at"),
        ("none", {}, "task.unknown"),
    ],
)
def test_what_shows_nothing_is_refused(edition, fair_owner, task, given, code):
    given = {"file": None} | given if task in ("stands", "gates") else given
    assert refusal(lambda: show(edition, fair_owner, task=task, **given)) == code
    assert verbs(edition) == []


def test_everything_that_lacks_is_told_at_once(edition, fair_owner):
    with pytest.raises(Several) as caught:
        show(edition, fair_owner, task="stands", kind="photo", file=None)
    assert [each.code for each in caught.value.refusals] == ["evidence.file", "evidence.place"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"word": "done"}, "report.word"),
        ({"word": "going", "remaining_d": -1.0}, "report.remaining"),
        ({"word": "going", "remaining_d": float("nan")}, "report.remaining"),
        ({"word": "going", "share": 1.1}, "report.share"),
        ({"word": "trouble"}, "report.trouble"),
        ({"task": "none"}, "task.unknown"),
    ],
)
def test_a_report_that_cannot_be_is_refused(edition, fair_owner, given, code):
    assert refusal(lambda: report(edition, fair_owner, **given)) == code


def test_a_share_is_of_the_likely_time(edition, fair_owner):
    assert report(edition, fair_owner, task="gates", word="going", share=0.75).remaining_d == 1.5


def test_a_refusal_opens_it_again_and_wants_new_evidence(edition, fair_owner, city_owner):
    report(edition, fair_owner)
    show(edition, fair_owner)
    refused = {"edition": edition, "task": "train", "by": city_owner}
    assert refusal(lambda: services.refuse_task(**refused, version=2, reason=" ")) == "decision.reason"
    services.refuse_task(**refused, version=2, reason="Two names are missing.")
    assert color(edition) == "red"
    assert told(edition, fair_owner) == ["task.refused"]
    assert refusal(lambda: services.refuse_task(**refused, version=3, reason="Again.")) == "decision.nothing"
    report(edition, fair_owner)
    assert refusal(lambda: accept(edition, city_owner)) == "decision.evidence"
    show(edition, fair_owner)
    accept(edition, city_owner)
    assert color(edition) == "done"


def test_a_decision_is_taken_back_with_a_reason(edition, fair_owner, city_owner):
    report(edition, fair_owner)
    show(edition, fair_owner)
    first = accept(edition, city_owner)
    undo = {"edition": edition, "decision": first, "by": city_owner}
    assert refusal(lambda: services.undo_decision(**undo, reason="")) == "decision.reason"
    with pytest.raises(PermissionDenied):
        services.undo_decision(**undo | {"by": fair_owner}, reason="I want to.")
    services.undo_decision(**undo, reason="Wrong list.")
    assert color(edition) == "green", "finished and shown, as before"
    assert refusal(lambda: services.undo_decision(**undo, reason="Again.")) == "decision.gone"
    services.refuse_task(edition=edition, task="train", by=city_owner, version=version(edition), reason="Wrong list.")
    with scope(edition=edition):
        refused = Decision.objects.order_by("pk").last()
    services.undo_decision(edition=edition, decision=refused, by=city_owner, reason="It was right.")
    accept(edition, city_owner)
    assert verbs(edition)[-5:] == ["task.accept", "task.undo", "task.refuse", "task.undo", "task.accept"]


def test_what_was_told_since_is_looked_at_first(edition, fair_owner, city_owner):
    report(edition, fair_owner)
    show(edition, fair_owner)
    seen = version(edition)
    report(edition, fair_owner, word="trouble", note="It rained in.")
    with pytest.raises(Stale):
        services.accept_task(edition=edition, task="train", by=city_owner, version=seen)
    with pytest.raises(Stale):
        report(edition, fair_owner, version=seen)


def test_evidence_is_taken_back_by_who_handed_it_in_and_its_file_stays(edition, fair_owner, planner):
    made = show(edition, fair_owner)
    with pytest.raises(PermissionDenied):
        services.withdraw_evidence(edition=edition, evidence=made, by=planner)
    with scope(edition=edition):
        assert refusal(lambda: remove_file(file=StoredFile.objects.get(), by=fair_owner)) == "files.evidence"
    services.withdraw_evidence(edition=edition, evidence=made, by=fair_owner)
    assert (
        refusal(lambda: services.withdraw_evidence(edition=edition, evidence=made, by=fair_owner))
        == "evidence.withdrawn"
    )
    with scope(edition=edition):
        assert progress_now(edition, "train").evidence_on is None
        assert StoredFile.objects.count() == 1


def test_a_capability_pushes_its_evidence(edition, director, city_owner, fair_owner):
    """A re-run that passes closes its task without a word of the owner; one that fails shows nothing."""
    import dataclasses

    from hostcity.core.plan_rows.queries import plan_of
    from hostcity.core.plan_rows.services import replace_plan

    with scope(edition=edition):
        plan = plan_of(edition)
    tasks = tuple(
        dataclasses.replace(each, evidence="rehearsal") if each.code == "train" else each for each in plan.tasks
    )
    replace_plan(edition=edition, plan=plan.replace(tasks=tasks), by=None)
    pushed = {"kind": "rehearsal", "file": None, "source": "/e/fair/rehearsals/1/"}
    show(edition, director, has_passed=False, **pushed)
    assert refusal(lambda: accept(edition, director)) == "decision.evidence"
    show(edition, director, **pushed)
    accept(edition, director)
    assert color(edition) == "done"


def test_states_are_what_was_told_and_earlier_days_can_be_seen(edition, fair_owner, city_owner):
    report(edition, fair_owner, word="started", remaining_d=2.0)
    made = show(edition, fair_owner)
    report(edition, fair_owner)
    decision = accept(edition, city_owner)
    report(edition, fair_owner, task="gates", word="trouble", note="Late.")
    with scope(edition=edition):
        day = datetime.timedelta(days=1)
        for model, back in ((Report, 3), (Evidence, 2), (Decision, 1)):
            for row in model.objects.filter(task="train"):
                type(row).objects.filter(pk=row.pk).update(at=row.at - back * day, on=row.on - back * day)
        known, number = known_progress(edition)
        assert (set(known), number) == ({"train", "gates"}, 5)
        today = edition.today()
        assert progress_until(edition, today)["train"] == progress_now(edition, "train")
        assert progress_until(edition, today - 3 * day)["train"].finished_on == today - 3 * day
        assert progress_until(edition, today - 3 * day)["train"].evidence_on is None
        assert progress_until(edition, today - 2 * day)["train"].accepted_on is None
        assert progress_until(edition, today - 4 * day) == {}
        Decision.objects.filter(pk=decision.pk).update(undone_at=timezone.now())
        assert progress_until(edition, today)["train"].accepted_on is None
        assert progress_until(edition, today - day)["train"].accepted_on == today - day
        Evidence.objects.filter(pk=made.pk).update(withdrawn_at=timezone.now())
        assert progress_until(edition, today - day)["train"].evidence_on == today - 2 * day


def test_what_was_told_elsewhere_is_brought_in_once(edition, planner):
    root = people.person(Role.ADMINISTRATOR, edition)
    with scope(edition=edition):
        today = edition.today()
    day = datetime.timedelta(days=1)
    done = services.Brought(
        task="train", started_on=today - 9 * day, finished_on=today - 5 * day, shown_on=today - 5 * day, accepted_on=today - 2 * day, evidence="Cabinet 4"
    )  # fmt: skip
    late = services.Brought(task="gates", started_on=today - day, reported_on=today, trouble="No truck.")
    with pytest.raises(PermissionDenied):
        services.bring_progress(edition=edition, brought=[done], by=planner)
    services.bring_progress(edition=edition, brought=[done, late], by=root)
    assert (color(edition), color(edition, "gates")) == ("done", "amber")
    with scope(edition=edition):
        known, _number = known_progress(edition)
        assert known == {key: progress_now(edition, key) for key in known}
    for wrong, code in (
        ([done], "progress.known"),
        ([services.Brought(task="none")], "progress.unknown"),
        ([services.Brought(task="hire", started_on=today + day)], "progress.ahead"),
    ):
        assert refusal(lambda wrong=wrong: services.bring_progress(edition=edition, brought=wrong, by=root)) == code
    assert verbs(edition) == ["task.bring"]
