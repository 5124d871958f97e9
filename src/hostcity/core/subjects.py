"""What acts and actions are about, so that people choose among dozens of them by subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import Subject, registries

WHOLE = ".*"  # behind a subject's code: everything of it

registries.subjects.extend(
    [
        Subject("plan", _("Plan"), ("plan",), order=10),
        Subject("people", _("People, bureaus, organizations"), ("account", "person", "people", "role", "code", "bureau", "organization"), order=40),
        Subject("edition", _("Edition, first screens, calendar"), ("edition", "wall", "brief", "calendar", "notice", "search"), order=50),
        Subject("files", _("Files"), ("file",), order=60),
        Subject("record", _("Ledger and jobs"), ("ledger", "job"), order=70),
        Subject("outside", _("Webhooks and tokens"), ("webhook", "delivery", "token"), order=80),
    ]
)  # fmt: skip
registries.act_names.update(
    {
        "account.change": _("own details changed"),
        "bureau.add": _("bureau added"),
        "bureau.change": _("bureau changed"),
        "calendar.renew": _("calendar address made"),
        "calendar.revoke": _("calendar address taken back"),
        "code.make": _("one-time codes made"),
        "delivery.replay": _("message sent again"),
        "edition.change": _("edition changed"),
        "edition.open": _("edition opened"),
        "edition.renew-poll-key": _("key of the pages renewed"),
        "file.add": _("file added"),
        "file.remove": _("file removed"),
        "job.cancel": _("job cancelled"),
        "organization.add": _("organization added"),
        "organization.change": _("organization changed"),
        "person.add": _("person added"),
        "person.change": _("person changed"),
        "person.deactivate": _("account deactivated"),
        "person.erase": _("personal data erased"),
        "person.import": _("people imported"),
        "person.reactivate": _("account reactivated"),
        "person.upload": _("list of people uploaded to be tried"),
        "plan.add": _("row added"),
        "plan.change": _("row changed"),
        "plan.import": _("file imported"),
        "plan.order": _("order of rows changed"),
        "plan.remove": _("row removed"),
        "plan.rows": _("many rows of a sheet written"),
        "plan.upload": _("file uploaded to be tried"),
        "role.give": _("role given"),
        "role.take": _("role taken away"),
        "token.make": _("token made"),
        "token.revoke": _("token revoked"),
        "webhook.add": _("webhook added"),
        "webhook.renew-secret": _("secret of a webhook renewed"),
        "webhook.switch": _("webhook switched on or off"),
        "webhook.test": _("test sent to a webhook"),
    }
)


def act_name(verb: str) -> Any:
    """What people call acts of a verb."""
    return registries.act_names.get(verb, verb)


def by_subject(named: Iterable[tuple[str, Any]]) -> list[tuple[Subject, list[tuple[str, Any]]]]:
    """Verbs or actions with their names under their subjects; what belongs to none comes last, under its own prefix."""
    known = {prefix: subject for subject in registries.subjects for prefix in subject.prefixes}
    found: dict[Subject, list[tuple[str, Any]]] = {}
    for code, name in named:
        prefix = code.partition(".")[0]
        subject = known.get(prefix) or Subject(prefix, prefix, (prefix,), order=1000)
        found.setdefault(subject, []).append((code, name))
    return sorted(found.items(), key=lambda each: each[0].order)


class BySubjectField(forms.MultipleChoiceField):
    """Choices by subject, each subject with one box for all of it."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, named: Iterable[tuple[str, Any]]) -> None:
        """What can be chosen, with names."""
        subjects = by_subject(named)
        whole = _("all of this subject")
        self.members = {subject.code + WHOLE: [code for code, _name in choices] for subject, choices in subjects}
        self.choices = [
            (subject.label, [*([(subject.code + WHOLE, whole)] if len(choices) > 1 else []), *choices])
            for subject, choices in subjects
        ]

    def clean(self, value: Sequence[str]) -> list[str]:
        """The codes that were chosen, each subject's box as what it stands for."""
        chosen = super().clean(value)
        return list(dict.fromkeys(code for each in chosen for code in self.members.get(each, [each])))
