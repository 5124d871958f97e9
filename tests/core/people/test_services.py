"""Acts on people, roles, bureaus, organizations."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Stale
from hostcity.core.ledger import hash_of
from hostcity.core.models import Act, Assignment, Bureau, Delivery, Notice, Organization, Person, SignInCode
from hostcity.core.models.people import Role
from hostcity.core.people import parties, services
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scoped(edition):
    with scope(edition=edition):
        yield


def acts(edition):
    return [(act.verb, act.subject_key, act.body) for act in Act.objects.order_by("number")]


def test_a_person_is_added_with_a_role(edition, boss):
    person = services.add_person(
        edition=edition, username=" Li.Na ", name="李娜", email="Li.Na@Example.org", phone="138 0000-0009",
        role=Role.PLANNER, by=boss,
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.username, person.email, person.phone) == ("li.na", "li.na@example.org", "13800000009")
    assert person.pinyin == "lina ln"
    assert not person.has_usable_password()
    assert acts(edition) == [
        ("person.add", person.code, {}),
        ("role.give", person.code, {"role": "planner", "bureau": "", "organization": ""}),
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": "a"}, "person.username"),
        ({"username": "no spaces"}, "person.username"),
        ({"username": "x\ny"}, "person.username"),
        ({"email": "not mail"}, "person.email"),
        ({"phone": "call me"}, "person.phone"),
        ({"name": "n" * 151}, "person.name"),
        ({"language": "fr"}, "person.language"),
        ({"username": "ANNA"}, "person.username-taken"),
        ({"email": "Anna@example.org"}, "person.email-taken"),
        ({"phone": "+86 138 0000 0001"}, "person.phone-taken"),
        ({"role": Role.BUREAU_OWNER}, "role.bureau"),
    ],
)
def test_a_person_who_cannot_be_kept_is_refused(edition, boss, anna, fields, code):
    before = Person.objects.count()
    with pytest.raises(Refused) as refused:
        services.add_person(edition=edition, by=boss, **{"username": "new", "role": Role.VISITOR} | fields)
    assert refused.value.code == code
    assert (Person.objects.count(), acts(edition)) == (before, [])


def test_a_coordinator_adds_volunteers_only(edition, coordinator):
    services.add_person(edition=edition, username="v1", role=Role.VOLUNTEER, by=coordinator)
    for role in set(Role) - {Role.VOLUNTEER}:
        with pytest.raises(NotAllowed):
            services.add_person(edition=edition, username="v2", role=role, by=coordinator)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.COORDINATOR}))
def test_nobody_else_adds_anybody(edition, role):
    by = people.person(role, edition)
    with pytest.raises(NotAllowed):
        services.add_person(edition=edition, username="new", role=Role.VOLUNTEER, by=by)


def test_a_change_is_told_by_its_fields_and_not_by_its_values(edition, boss, anna):
    services.change_person(
        edition=edition, person=anna, changes={"phone": "+8613811112222", "name": "Anna"}, version=1, by=boss
    )
    assert (anna.phone, anna.version) == ("+8613811112222", 2)
    assert acts(edition) == [("person.change", anna.code, {"fields": ["phone"]})]


def test_a_stale_change_shows_the_difference(edition, boss, anna):
    services.change_person(edition=edition, person=anna, changes={"name": "Ann"}, version=1, by=boss)
    with pytest.raises(Stale) as stale:
        services.change_person(edition=edition, person=anna, changes={"name": "Anne"}, version=1, by=boss)
    assert [(str(field), now, given) for field, now, given in stale.value.diff] == [("name", "Ann", "Anne")]
    assert stale.value.version == 2


def test_what_is_no_field_of_a_person_is_not_changed(edition, boss, anna):
    services.change_person(
        edition=edition, person=anna, changes={"name": "A", "is_superuser": "1", "password": "x"}, version=1, by=boss
    )
    anna.refresh_from_db()
    assert not anna.is_superuser
    assert anna.check_password(people.PASSWORD)


def test_an_account_of_two_editions_is_changed_by_who_may_in_both(edition, boss, anna):
    other = people.edition("other")
    with scope(edition=other):
        Assignment.objects.create(edition=other, person=anna, role=Role.VISITOR)
    with pytest.raises(NotAllowed):
        services.change_person(edition=edition, person=anna, changes={"name": "A"}, version=1, by=boss)
    with scope(edition=other):
        Assignment.objects.create(edition=other, person=boss, role=Role.ADMINISTRATOR)
    boss = Person.objects.get(pk=boss.pk)
    services.change_person(edition=edition, person=anna, changes={"name": "A"}, version=1, by=boss)


def test_a_superuser_is_changed_by_a_superuser_only(edition, boss):
    root = people.person(Role.PLANNER, edition, is_superuser=True)
    for act in (services.deactivate_person, services.erase_person):
        with pytest.raises(NotAllowed):
            act(edition=edition, person=root, by=boss)
    with pytest.raises(NotAllowed):
        services.give_role(edition=edition, person=root, role=Role.VISITOR, by=boss)
    services.give_role(edition=edition, person=root, role=Role.VISITOR, by=root)


def test_a_coordinator_changes_volunteers_and_nobody_else(edition, coordinator, volunteer, anna):
    services.change_person(edition=edition, person=volunteer, changes={"name": "V"}, version=1, by=coordinator)
    for person in (anna, coordinator):
        with pytest.raises(NotAllowed):
            services.change_person(edition=edition, person=person, changes={"name": "V"}, version=1, by=coordinator)


def test_a_role_is_given_taken_and_given_back(edition, boss, anna):
    bureau = Bureau.objects.create(edition=edition, code="gates", name_en="Gates")
    given = services.give_role(edition=edition, person=anna, role=Role.BUREAU_OWNER, bureau=bureau, by=boss)
    with pytest.raises(Refused, match=r"role\.twice"):
        services.give_role(edition=edition, person=anna, role=Role.BUREAU_OWNER, bureau=bureau, by=boss)
    act = services.take_role(edition=edition, assignment=given, by=boss)
    assert not Assignment.objects.filter(person=anna, role=Role.BUREAU_OWNER).exists()
    back = services.undo_taken_role(edition=edition, number=act.number, by=boss)
    assert (back.role, back.bureau) == (Role.BUREAU_OWNER, bureau)
    with pytest.raises(Refused, match=r"role\.twice"):
        services.undo_taken_role(edition=edition, number=act.number, by=boss)
    assert [verb for verb, _key, _body in acts(edition)] == ["role.give", "role.take", "role.give"]
    assert acts(edition)[-1][2]["undoes"] == act.number


def test_the_last_role_can_be_given_back_too(edition, boss, anna):
    act = services.take_role(edition=edition, assignment=anna.assignments.get(), by=boss)
    services.undo_taken_role(edition=edition, number=act.number, by=boss)
    assert anna.assignments.get().role == Role.PLANNER


def test_only_a_taken_role_is_undone(edition, boss, anna):
    services.change_person(edition=edition, person=anna, changes={"name": "A"}, version=1, by=boss)
    for number in (1, 99):
        with pytest.raises(Refused, match=r"undo\.nothing"):
            services.undo_taken_role(edition=edition, number=number, by=boss)


def test_an_edition_keeps_an_administrator(edition, boss):
    with pytest.raises(Refused, match=r"role\.last-administrator"):
        services.take_role(edition=edition, assignment=boss.assignments.get(), by=boss)
    second = people.person(Role.ADMINISTRATOR, edition)
    services.take_role(edition=edition, assignment=second.assignments.get(), by=boss)


def test_a_bureau_of_another_edition_is_not_given(edition, boss, anna):
    other = people.edition("other")
    with scope(edition=other):
        bureau = Bureau.objects.create(edition=other, code="gates", name_en="Gates")
    with pytest.raises(NotAllowed):
        services.give_role(edition=edition, person=anna, role=Role.BUREAU_OWNER, bureau=bureau, by=boss)


def test_nobody_shuts_the_own_account(edition, boss):
    for act in (services.deactivate_person, services.erase_person):
        with pytest.raises(Refused, match=r"person\.self"):
            act(edition=edition, person=boss, by=boss)


def test_deactivating_twice_is_refused(edition, boss, anna):
    services.deactivate_person(edition=edition, person=anna, by=boss)
    with pytest.raises(Refused, match=r"person\.inactive"):
        services.deactivate_person(edition=edition, person=anna, by=boss)
    services.reactivate_person(edition=edition, person=anna, by=boss)
    with pytest.raises(Refused, match=r"person\.active"):
        services.reactivate_person(edition=edition, person=anna, by=boss)


def test_erasing_leaves_the_chain_whole_and_nothing_personal(edition, boss, anna):
    services.change_person(edition=edition, person=anna, changes={"name": "Anna Karenina"}, version=1, by=boss)
    Authenticator.objects.create(user=anna, type="totp", data={})
    SignInCode.objects.create(person=anna, sha256="0" * 64, expires_at=anna.created_at)
    Notice.objects.create(edition=edition, person=anna, kind="x", number=1, values={"name": "Anna Karenina"})
    Delivery.objects.create(channel="phone", address=anna.phone, body={"to": anna.phone}, dedupe_key="1")
    services.erase_person(edition=edition, person=anna, by=boss)
    assert str(anna) == f"erased-{anna.code.lower()}"
    assert not anna.is_active
    for model in (Authenticator, SignInCode, Notice):
        assert not model.objects.exists()
    kept = str([list(model._base_manager.values()) for model in (Person, Act, Delivery, Notice)])
    for secret in ("Karenina", "anna@example.org", "+8613800000001"):
        assert secret not in kept
    assert all(hash_of(act) == act.sha256 for act in Act.objects.all())
    with pytest.raises(Refused):
        services.reactivate_person(edition=edition, person=anna, by=boss)


@pytest.mark.parametrize("kind", [Bureau, Organization])
def test_a_bureau_and_an_organization(edition, boss, coordinator, kind):
    word = kind.__name__.lower()
    made = parties.add_party(kind, edition=edition, code="Gates", name_en=" Gates ", name_zh="出入口", by=boss)
    assert (made.code, made.name_en) == ("gates", "Gates")
    for bad, code in (
        ({"code": "gates"}, "party.twice"),
        ({"code": "x y"}, "party.code"),
        ({"name_en": " "}, "party.name_en"),
    ):
        with pytest.raises(Refused, match=code):
            parties.add_party(kind, edition=edition, by=boss, **{"code": "new", "name_en": "New"} | bad)
    parties.change_party(party=made, changes={"name_en": "All gates"}, version=1, by=boss)
    with pytest.raises(Stale):
        parties.change_party(party=made, changes={"name_en": "Some gates"}, version=1, by=boss)
    with pytest.raises(NotAllowed):
        parties.change_party(party=made, changes={"name_en": "x"}, version=2, by=coordinator)
    assert acts(edition)[-1] == (f"{word}.change", "gates", {"name_en": ["Gates", "All gates"]})


def test_a_refused_act_leaves_no_line(edition, boss, anna):
    with pytest.raises(Refused), transaction.atomic():
        services.change_person(edition=edition, person=anna, changes={"phone": "x"}, version=1, by=boss)
    assert acts(edition) == []
