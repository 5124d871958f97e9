"""Feedback: of whom it is taken, until when it can be changed, what is told."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Several, Stale
from hostcity.core.models import Act, Notice
from hostcity.core.models.people import Role
from hostcity.volunteers.feedback import services
from hostcity.volunteers.feedback.queries import feedback_in, own_feedback, sums_of
from hostcity.volunteers.models import Feedback
from tests import people

pytestmark = pytest.mark.django_db
SEAT = {"day": "D1", "band": "early"}


def refused(act, **given):
    with pytest.raises(Refused) as caught:
        act(**given)
    found = caught.value
    return [each.code for each in found.refusals] if isinstance(found, Several) else found.code


@pytest.fixture
def say(came, volunteer):
    def done(**more):
        return services.say_feedback(**{"edition": came, "rating": 2, "text": "Cold", "by": volunteer, **SEAT} | more)

    return done


def test_who_came_says_how_it_was_and_is_answered(came, say, coordinator, volunteer):
    row = say()
    with scope(edition=came):
        assert [each.feedback for each in feedback_in(came, waits=True)] == [row]
    done = services.answer_feedback(edition=came, feedback=row, answer=" A heater comes. ", version=1, by=coordinator)
    with scope(edition=came):
        assert (done.answer, done.answered_by) == ("A heater comes.", coordinator.code)
        assert feedback_in(came, waits=True) == []
        assert [each.feedback.answer for each in own_feedback(came, volunteer)] == ["A heater comes."]
        assert Notice.objects.get(kind="feedback.answered").person == volunteer
        acts = Act.objects.filter(verb__startswith="feedback.").order_by("number")
        assert [(each.verb, each.subject_key) for each in acts] == [("feedback.say", "V2"), ("feedback.answer", "V2")]
        assert "Cold" not in str([each.body for each in acts])


def test_it_can_be_changed_and_taken_back_until_it_is_answered(came, say, coordinator, volunteer):
    assert say().version == 1
    assert say(rating=4, text="", version=1).version == 2
    with pytest.raises(Stale):
        say(version=1)
    with scope(edition=came):
        assert feedback_in(came, waits=True) == []  # nothing to answer
    back = {"edition": came, "by": volunteer, **SEAT}
    services.take_feedback_back(**back)
    assert refused(services.take_feedback_back, **back) == "feedback.none"
    row = say()
    answer = {"edition": came, "feedback": row, "by": coordinator}
    with pytest.raises(Stale):
        services.answer_feedback(answer="Yes", version=9, **answer)
    services.answer_feedback(answer="Yes", version=1, **answer)
    assert refused(say, version=2) == "feedback.answered"
    assert refused(services.take_feedback_back, **back) == "feedback.answered"
    services.answer_feedback(answer="", version=2, **answer)
    services.take_feedback_back(**back)
    assert refused(services.answer_feedback, answer="Yes", version=3, **answer) == "feedback.none"


def test_what_is_wrong_is_said_at_once(came, say, leader):
    assert refused(say, rating=6, text="x" * 501) == ["feedback.rating", "feedback.text"]
    assert refused(say, by=leader) == "feedback.not_come"
    assert refused(say, day="D9") == "feedback.not_come"


def test_sums_are_by_post_and_band_the_worst_first(came, say):
    say(rating=5, text="")
    other = people.person(Role.VOLUNTEER, came, username="v3")
    say(rating=2, by=other)
    with scope(edition=came):
        told = [
            (each.cell.post, each.rating, each.count, each.came, each.low, each.unanswered) for each in sums_of(came)
        ]
    assert told == [("P2", 2.0, 1, 1, 1, 1), ("P1", 5.0, 1, 1, 0, 0)]


def test_the_database_keeps_one_a_seat_with_a_rating_that_is_known(came, say):
    row = say()
    seat = {"edition": came, "post": "P1", **SEAT}
    for wrong in (
        {"volunteer": row.volunteer, "rating": 3},
        {"volunteer": "V9", "rating": 6},
        {"volunteer": "V9", "rating": 3, "answer": "Yes"},
    ):
        with scope(edition=came), pytest.raises(IntegrityError), transaction.atomic():
            Feedback.objects.create(**seat, **wrong)


def test_others_have_no_part(came, say, planner, coordinator, volunteer):
    row = say()
    for by in (planner, volunteer):
        with pytest.raises(NotAllowed):
            services.answer_feedback(edition=came, feedback=row, answer="Yes", version=1, by=by)
    with pytest.raises(NotAllowed):
        say(by=coordinator)
