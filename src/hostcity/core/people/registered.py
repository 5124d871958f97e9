"""What people put into core's registries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.models import Act, Edition
from hostcity.core.models.people import Role
from hostcity.core.people.searching import bureau_documents, organization_documents, people_documents
from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.core.sayings import Joined


def _role(act: Act) -> Any:
    """The role of an act in words; one that is known no more as it was written."""
    role = act.body.get("role", "")
    return Role(role).label if role in Role.values else role


def _with_role(text: Any) -> Callable[[Act], Any]:
    return lambda act: format_lazy(text, role=_role(act))


def _plain(text: Any) -> Callable[[Act], Any]:
    return lambda _act: text


FIELDS = {"name": _("name"), "email": _("mail"), "phone": _("phone"), "language": _("language")}


def _changed(act: Act) -> Any:
    names = [FIELDS.get(name, name) for name in act.body.get("fields", ())]
    if not names:
        return _("saved a person without a change")
    return format_lazy(_("changed a person: {fields}"), fields=Joined(names))


def _changed_own(act: Act) -> Any:
    names = [FIELDS.get(name, name) for name in act.body.get("fields", ())]
    return format_lazy(_("changed their own details: {fields}"), fields=Joined(names))


def _imported(act: Act) -> Any:
    return format_lazy(
        _("imported people: {added} added, {changed} changed, {roles} roles given"),
        **{name: act.body.get(name, 0) for name in ("added", "changed", "roles")},
    )


def _codes(act: Act) -> Any:
    return format_lazy(_("made one-time codes for {number} people"), number=len(act.body.get("people", ())))


registries.act_words.update(
    {
        "person.add": _plain(_("added a person")),
        "person.change": _changed,
        "person.deactivate": _plain(_("deactivated an account")),
        "person.reactivate": _plain(_("reactivated an account")),
        "person.erase": _plain(_("erased the personal data of a person")),
        "account.change": _changed_own,
        "person.upload": _plain(_("uploaded a list of people, to be tried")),
        "person.import": _imported,
        "role.give": _with_role(_("gave a role: {role}")),
        "role.take": _with_role(_("took a role away: {role}")),
        "code.make": _codes,
        "bureau.add": _plain(_("added a bureau")),
        "bureau.change": _plain(_("changed a bureau")),
        "organization.add": _plain(_("added an organization")),
        "organization.change": _plain(_("changed an organization")),
        "edition.open": _plain(_("opened the edition")),
    }
)


def _page_of(name: str, parameter: str) -> Callable[[Edition, str], str]:
    return lambda edition, key: reverse(name, kwargs={"edition": edition.code, parameter: key})


registries.subject_urls.update(
    {
        "person": _page_of("person", "person"),
        "people-import": _page_of("people-import-job", "public_id"),
        "bureau": _page_of("bureau", "code"),
        "organization": _page_of("organization", "code"),
    }
)
registries.menu.append(
    MenuEntry(label=_("People"), url_name="people", action=policy.SEE_PEOPLE, icon="people", order=70)
)
registries.menu.append(
    MenuEntry(
        label=_("Settings"), url_name="edition-settings", action=policy.CHANGE_EDITION, icon="settings", order=930
    )
)


registries.job_kinds["people.import"] = JobKind(
    name="people.import",
    title=_("Trying a list of people"),
    run="hostcity.core.people.imports.run",
    most_mib=512,
    most_seconds=60,
    keeps_files=timedelta(days=1),  # they hold names, mail and phones
)
registries.job_kinds["people.apply"] = JobKind(
    name="people.apply",
    title=_("Importing a list of people"),
    run="hostcity.core.people.imports.prepare",
    complete="hostcity.core.people.imports.complete",
    most_mib=768,
    most_seconds=300,
)
registries.search_sources.update(
    {"person": people_documents, "bureau": bureau_documents, "organization": organization_documents}
)
registries.kind_words.update(
    {
        "person": _("People"),
        "people-import": _("Import people"),
        "bureau": _("Bureaus"),
        "organization": _("Organizations"),
        "edition": _("Edition"),
    }
)
