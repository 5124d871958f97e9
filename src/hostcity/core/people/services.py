"""Acts on people and their roles. The ledger carries codes only: what a person is called stands in their row alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from hostcity.core import policy
from hostcity.core.errors import NamedField, Refused, Stale
from hostcity.core.ledger import Line, record, record_lines
from hostcity.core.models import (
    Act,
    Assignment,
    Bureau,
    CalendarAddress,
    Delivery,
    Edition,
    Notice,
    Organization,
    Person,
    SignInCode,
    Token,
)
from hostcity.core.models.people import Role
from hostcity.core.people.crowd import close_ways_in, hold_back_phones
from hostcity.core.people.fields import CHANGEABLE, cleaned, notations_of, pinyin_of, require_sound
from hostcity.core.people.queries import require_authority
from hostcity.core.people.searching import tell_search

CHUNK = 200  # people of a statement; each has contacts, and columns that are set
ERASED = (
    "username", "name", "pinyin", "email", "phone", "is_active", "password", "sessions_ended", "version",
)  # fmt: skip

TAKEN = {
    "username": (_("Somebody has this sign-in name already."), _("Choose another; or ask who runs the site to add that person.")),
    "email": (_("Somebody has this mail address already."), _("Give another, or none.")),
    "phone": (_("Somebody has this phone number already."), _("Give another, or none.")),
}  # fmt: skip


def add_person(
    *,
    edition: Edition,
    username: str,
    role: Role,
    by: Person,
    name: str = "",
    email: str = "",
    phone: str = "",
    language: str = "en",
    bureau: Bureau | None = None,
    organization: Organization | None = None,
) -> Person:
    """Open an account with a first role; it has no password until its owner sets one after a one-time code."""
    require_may_give(by, role, edition)
    fields = cleaned({"username": username, "name": name, "email": email, "phone": phone, "language": language})
    require_sound(fields)
    _require_whole(role, bureau, organization, edition)
    require_free(fields)
    try:
        with transaction.atomic():
            person = Person(**fields, pinyin=pinyin_of(fields["name"]))
            person.set_unusable_password()
            person.save()
            Assignment.objects.create(
                edition=edition, person=person, role=role, bureau=bureau, organization=organization
            )
            tell_search([person])
            lines = [
                Line(verb="person.add", subject_kind="person", subject_key=person.code),
                _role_line("role.give", person, role, bureau, organization),
            ]
            record_lines(lines, edition=edition, by=by)
    except IntegrityError:
        require_free(fields)  # somebody else was first
        raise
    return person


def change_person(*, edition: Edition, person: Person, changes: Mapping[str, str], version: int, by: Person) -> Person:
    """Change name, mail, phone or language. Raises ``Stale`` when somebody else changed the person meanwhile."""
    require_authority(by, [person], edition)
    fields = cleaned({name: changes[name] for name in CHANGEABLE if name in changes})
    require_sound(fields)
    require_free(fields, but=person)
    try:
        with transaction.atomic():
            more = {"pinyin": pinyin_of(fields["name"])} if "name" in fields else {}
            rows = Person.objects.filter(pk=person.pk, version=version)
            if not rows.update(version=F("version") + 1, **fields, **more):
                raise stale(person, fields)
            tell_search([person])
            changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
            if "email" in changed:
                EmailAddress.objects.filter(user=person).delete()  # allauth's own note of it
            if "phone" in changed:
                hold_back_phones([person])
            record("person.change", edition=edition, by=by, subject=("person", person.code), body={"fields": changed})
    except IntegrityError:
        require_free(fields, but=person)
        raise
    person.refresh_from_db()
    return person


def give_role(
    *,
    edition: Edition,
    person: Person,
    role: Role,
    by: Person,
    bureau: Bureau | None = None,
    organization: Organization | None = None,
) -> Assignment:
    """Give somebody one more role in the edition."""
    require_may_give(by, role, edition)
    require_authority(by, [person], edition)
    _require_whole(role, bureau, organization, edition)
    try:
        with transaction.atomic():
            close_ways_in([person], role)
            given = Assignment.objects.create(
                edition=edition, person=person, role=role, bureau=bureau, organization=organization
            )
            tell_search([person])
            record_lines([_role_line("role.give", person, role, bureau, organization)], edition=edition, by=by)
    except IntegrityError:
        raise Refused(
            "role.twice", _("The person has this role already."), _("Choose another."), field="role"
        ) from None
    _forget_roles(person)
    return given


def take_role(*, edition: Edition, assignment: Assignment, by: Person) -> Act:
    """Take a role away; `undo_taken_role` gives it back."""
    person = assignment.person
    require_may_give(by, Role(assignment.role), edition)
    require_authority(by, [person], edition)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)  # two administrators do not take each other's at once
        if assignment.role == Role.ADMINISTRATOR and not by.is_superuser:
            _require_another_administrator(assignment)
        if not Assignment.objects.filter(pk=assignment.pk).delete()[0]:
            raise Refused("role.gone", _("The role has been taken away already."), _("Load the page again."))
        tell_search([person])
        line = _role_line("role.take", person, Role(assignment.role), assignment.bureau, assignment.organization)
        act = record_lines([line], edition=edition, by=by)[0]
    _forget_roles(person)
    return act


def undo_taken_role(*, edition: Edition, number: int, by: Person) -> Assignment:
    """Give a role back that was taken away by the act with this number."""
    policy.require(by, policy.CHANGE_PEOPLE, edition)
    act = Act.objects.filter(edition=edition, number=number, verb="role.take").first()
    person = Person.objects.filter(code=act.subject_key).first() if act else None
    if act is None or person is None:
        raise Refused("undo.nothing", _("There is nothing to undo here."), _("Load the page again."))
    bureau = Bureau.objects.filter(code=act.body["bureau"]).first() if act.body.get("bureau") else None
    organization = (
        Organization.objects.filter(code=act.body["organization"]).first() if act.body.get("organization") else None
    )
    if not by.is_superuser and not _was_managed(by, person, edition):
        raise policy.NotAllowed(policy.CHANGE_PEOPLE)
    role = Role(act.body["role"])
    _require_whole(role, bureau, organization, edition)
    try:
        with transaction.atomic():
            close_ways_in([person], role)
            given = Assignment.objects.create(
                edition=edition, person=person, role=role, bureau=bureau, organization=organization
            )
            tell_search([person])
            line = _role_line("role.give", person, role, bureau, organization)
            record_lines([Line(verb=line.verb, subject_kind="person", subject_key=person.code,
                               body={**line.body, "undoes": number})], edition=edition, by=by)  # fmt: skip
    except IntegrityError:
        raise Refused("role.twice", _("The person has this role already."), _("Choose another.")) from None
    _forget_roles(person)
    return given


def deactivate_person(*, edition: Edition, person: Person, by: Person) -> None:
    """Shut an account: no more signing in, and every session of it ends, for good."""
    require_authority(by, [person], edition)
    if person.pk == by.pk:
        raise Refused("person.self", _("This is your own account."), _("Ask another administrator."))
    with transaction.atomic():
        rows = Person.objects.filter(pk=person.pk, is_active=True)
        if not rows.update(is_active=False, sessions_ended=F("sessions_ended") + 1, version=F("version") + 1):
            raise Refused("person.inactive", _("The account is deactivated already."), _("Load the page again."))
        SignInCode.objects.filter(person=person, used_at=None).delete()
        tell_search([person])
        record("person.deactivate", edition=edition, by=by, subject=("person", person.code))
    person.refresh_from_db()


def reactivate_person(*, edition: Edition, person: Person, by: Person) -> None:
    """Open a deactivated account again."""
    require_authority(by, [person], edition)
    with transaction.atomic():
        rows = Person.objects.filter(pk=person.pk, is_active=False).exclude(username=erased_username(person))
        if not rows.update(is_active=True, version=F("version") + 1):
            raise Refused("person.active", _("The account is open already, or was erased."), _("Load the page again."))
        tell_search([person])
        record("person.reactivate", edition=edition, by=by, subject=("person", person.code))
    person.refresh_from_db()


def erase_person(*, edition: Edition, person: Person, by: Person) -> None:
    """Erase what identifies a person: name, mail, phone, ways to sign in. The ledger keeps the code and stays whole."""
    policy.require(by, policy.CHANGE_PEOPLE, edition)
    require_authority(by, [person], edition)
    if person.pk == by.pk:
        raise Refused("person.self", _("This is your own account."), _("Ask another administrator."))
    with transaction.atomic():
        erase_details([person])
        record("person.erase", edition=edition, by=by, subject=("person", person.code))
    person.refresh_from_db()


def erase_details(people: Sequence[Person]) -> None:
    """The erasing itself: part of a service that has asked who may, and writes the lines of the ledger."""
    for start in range(0, len(people), CHUNK):
        _erase_some([person.pk for person in people[start : start + CHUNK]])
    tell_search(people)


def _erase_some(keys: Sequence[int]) -> None:
    rows = list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    contacts = [each for row in rows for each in (row.email, row.phone) if each]
    for row in rows:
        row.username, row.name, row.pinyin, row.email, row.phone = erased_username(row), "", "", "", ""
        row.is_active = False
        row.set_unusable_password()
        row.sessions_ended += 1
        row.version += 1
    Person.objects.bulk_update(rows, ERASED)
    for model in (EmailAddress, Authenticator):
        model.objects.filter(user__in=keys).delete()
    for model in (SignInCode, Token):
        model.objects.filter(person__in=keys).delete()
    with scopes_disabled():  # in every edition
        for scoped in (CalendarAddress, Notice):
            scoped.objects.filter(person__in=keys).delete()
    Delivery.objects.filter(address__in=contacts).update(
        address="", body={}, failed_at=timezone.now(), last_error="erased"
    )


def erased_username(person: Person) -> str:
    """What stands for the sign-in name of somebody whose data were erased."""
    return f"erased-{person.code.lower()}"


def require_may_give(by: Person, role: Role, edition: Edition) -> None:
    """Raise ``NotAllowed`` unless ``by`` may give this role."""
    if policy.may(by, policy.CHANGE_PEOPLE, edition):
        return
    policy.require(by, policy.ADD_VOLUNTEERS, edition)
    if role != Role.VOLUNTEER:
        raise policy.NotAllowed(policy.CHANGE_PEOPLE)


def require_free(fields: Mapping[str, str], *, but: Person | None = None) -> None:
    """Raise ``Refused`` for the first of sign-in name, mail and phone that somebody else has."""
    for name, (what, mend) in TAKEN.items():
        if not fields.get(name):
            continue
        values = notations_of(fields[name]) if name == "phone" else [fields[name]]
        others = Person.objects.filter(Q(**{f"{name}__in": values}))
        if others.exclude(pk=but.pk if but else None).exists():
            raise Refused(f"person.{name}-taken", what, mend, field=name)


def _require_whole(role: Role, bureau: Bureau | None, organization: Organization | None, edition: Edition) -> None:
    if role == Role.BUREAU_OWNER and bureau is None:
        raise Refused("role.bureau", _("A bureau owner needs a bureau."), _("Choose it."), field="bureau")
    for each in (bureau, organization):
        if each is not None and each.edition_id != edition.pk:
            raise policy.NotAllowed(policy.CHANGE_PEOPLE)


def _require_another_administrator(assignment: Assignment) -> None:
    others = Assignment.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).exclude(pk=assignment.pk)
    if not others.exists():
        raise Refused(
            "role.last-administrator",
            _("This is the last administrator of the edition."),
            _("Give the role to somebody else first."),
        )


def _was_managed(by: Person, person: Person, edition: Edition) -> bool:
    """Somebody from whom the last role was taken is still the edition's to restore."""
    with scopes_disabled():
        has_roles = Assignment.objects.filter(person=person).exists()
    if not has_roles:
        return not person.is_superuser
    require_authority(by, [person], edition)
    return True


def _role_line(verb: str, person: Person, role: Role, bureau: Bureau | None, organization: Organization | None) -> Line:
    body = {
        "role": str(role),
        "bureau": bureau.code if bureau else "",
        "organization": organization.code if organization else "",
    }
    return Line(verb=verb, subject_kind="person", subject_key=person.code, body=body)


def stale(person: Person, fields: Mapping[str, str]) -> Stale:
    """What is said when somebody changed the person meanwhile."""
    stored = Person.objects.get(pk=person.pk)
    diff = [
        (NamedField(name, Person._meta.get_field(name).verbose_name), getattr(stored, name), value)
        for name, value in fields.items()
        if getattr(stored, name) != value
    ]
    return Stale(
        "person.stale",
        _("Somebody changed this person since you opened the page."),
        _("Look at what is stored now, then change it again."),
        diff=diff,
        version=stored.version,
    )


def _forget_roles(person: Person) -> None:
    person.__dict__.pop("_assignments", None)
