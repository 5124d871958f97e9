"""Making and revoking tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.models import Act, Token
from hostcity.core.models.people import Role
from hostcity.core.registries import registries
from hostcity.core.tokens.queries import own_actions, person_of_token, tokens_of
from hostcity.core.tokens.services import MOST_TOKENS, make_token, revoke_token
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


def made(edition, by, actions=(policy.SEE_PLAN,), days=1):
    return make_token(edition=edition, name="a program", actions=actions, days=days, by=by)


def test_only_its_hash_is_kept(edition, planner):
    token, secret = made(edition, planner)
    stored = Token.objects.values().get()
    assert secret not in str(stored)
    assert secret.startswith(token.prefix)
    assert len(secret) > 40
    with scope(edition=edition):
        assert [(act.verb, act.subject_key) for act in Act.objects.all()] == [("token.make", str(token.public_id))]
        assert secret[10:] not in str(Act.objects.values())


def test_whose_it_is(edition, planner):
    token, secret = made(edition, planner)
    assert person_of_token(secret) == planner
    assert person_of_token(secret).token == token
    for wrong in (secret + "x", secret[:-1], secret.upper(), "hc_", "", "hc_\ud800"):
        assert person_of_token(wrong) is None


def test_it_ends(edition, planner):
    token, secret = made(edition, planner)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert person_of_token(secret) is None
    token, secret = made(edition, planner)
    revoke_token(token=token, by=planner)
    assert person_of_token(secret) is None
    revoke_token(token=token, by=planner)
    with scope(edition=edition):
        assert Act.objects.filter(verb="token.revoke").count() == 1


def test_it_ends_with_its_persons_account(edition, planner):
    _token, secret = made(edition, planner)
    planner.is_active = False
    planner.save()
    assert person_of_token(secret) is None


@pytest.mark.parametrize(
    ("actions", "days", "code"),
    [
        ([], 1, "token.actions"),
        (["no.such"], 1, "token.actions"),
        ([policy.CHANGE_EDITION], 1, "token.actions"),
        ([policy.SEE_PLAN], 0, "token.days"),
        ([policy.SEE_PLAN], 366, "token.days"),
    ],
)
def test_what_cannot_be_had(edition, planner, actions, days, code):
    with pytest.raises(Refused) as caught:
        made(edition, planner, actions, days)
    assert caught.value.code == code
    assert not Token.objects.exists()


def test_there_is_an_end_to_their_number(edition, planner):
    for _each in range(MOST_TOKENS):
        token, _secret = made(edition, planner)
    with pytest.raises(Refused, match=r"token\.many"):
        made(edition, planner)
    revoke_token(token=token, by=planner)
    made(edition, planner)


def test_nobody_touches_anothers(edition, planner):
    token, _secret = made(edition, planner)
    other = people.person(Role.PLANNER, edition)
    with pytest.raises(NotAllowed):
        revoke_token(token=token, by=other)
    assert not tokens_of(other, edition).exists()
    with pytest.raises(NotAllowed):
        made(edition, people.person(Role.VISITOR, edition))


def test_policy_is_matrix_and_token(edition, planner):
    """A token lets its person do no more than it was made for, and gives nothing that the matrix takes."""
    _token, secret = made(edition, planner, [policy.SEE_PLAN])
    other = people.edition("other")
    bound = person_of_token(secret)
    for action in policy.MATRIX:
        assert policy.may(bound, action, edition) == (action == policy.SEE_PLAN)
        assert not policy.may(bound, action, other)
    with scope(edition=edition):
        planner.assignments.all().delete()
    assert not policy.may(person_of_token(secret), policy.SEE_PLAN, edition)


def test_a_superusers_token_is_bound_too(edition):
    root = people.person(is_superuser=True)
    _token, secret = made(edition, root, [policy.SEE_PLAN])
    bound = person_of_token(secret)
    assert [action for action in policy.MATRIX if policy.may(bound, action, edition)] == [policy.SEE_PLAN]


def test_actions_to_choose_from(edition, planner):
    assert policy.CHANGE_PLAN in own_actions(planner, edition)
    assert policy.CHANGE_EDITION not in own_actions(planner, edition)


def test_the_ledger_says_what_it_may_do_in_few_words(edition, planner):
    made(edition, planner)

    made(edition, planner, actions=list(own_actions(planner, edition)))
    with scope(edition=edition):
        few, many = [str(registries.act_words["token.make"](act)) for act in Act.objects.order_by("number")]
    assert few == f"made a token that may do: {policy.MEANINGS[policy.SEE_PLAN]}"
    assert many.startswith(f"made a token that may do {len(own_actions(planner, edition))} things, among them: ")
    assert many.count(", ") >= 3
