"""Forms of people, bureaus and organizations. What may stand in a field is checked by the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.models import Bureau, Edition, Organization, Person
from hostcity.core.models.people import Role
from hostcity.core.people.queries import bureaus_of, organizations_of
from hostcity.core.typed_texts import TextField


class _Contact(forms.Form):
    name = TextField(label=pgettext_lazy("person", "Name"), max_length=150, required=False)
    email = TextField(label=_("Mail"), max_length=254, required=False, widget=forms.TextInput(attrs={"type": "email"}))
    phone = TextField(label=_("Phone"), max_length=32, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RoleForm(forms.Form):
    """A role with the bureau and organization in which somebody has it."""

    role = forms.ChoiceField(label=_("Role"))
    bureau = forms.ModelChoiceField(None, label=_("Bureau"), required=False, empty_label=_("none"))
    organization = forms.ModelChoiceField(None, label=_("Organization"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, edition: Edition, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_all = policy.may(by, policy.CHANGE_PEOPLE, edition)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in Role if may_all or role == Role.VOLUNTEER
        ]
        self.fields["role"].initial = Role.VOLUNTEER  # the first of the list may do everything
        self.fields["bureau"].queryset = bureaus_of(edition)  # type: ignore[attr-defined]
        self.fields["organization"].queryset = organizations_of(edition)  # type: ignore[attr-defined]


class AddPersonForm(RoleForm, _Contact):
    """A new person."""

    username = TextField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=_("Letters, digits and . + - _; nobody else has it."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username", "name", "email", "phone", "language", "role", "bureau", "organization")

    def __init__(self, *args: Any, edition: Edition, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, by=by, **kwargs)
        self.fields["language"].initial = get_language()


class ChangePersonForm(_Contact):
    """What is known of a person."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmContactForm(forms.Form):
    """The code that came to a new mail address or phone."""

    column = TextField(widget=forms.HiddenInput, max_length=10)
    code = TextField(
        label=_("Code from the message"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}),
    )


class PartyForm(forms.Form):
    """A bureau or an organization."""

    code = TextField(label=_("Code"), max_length=40, help_text=_("Lower-case letters, digits, hyphens."))
    name_en = TextField(label=_("Name in English"), max_length=200)
    name_zh = TextField(label=_("Name in Chinese"), max_length=200, required=False)


class ChangePartyForm(PartyForm):
    """New names of one; its code stays."""

    code = None  # type: ignore[assignment]
    version = forms.IntegerField(widget=forms.HiddenInput)


class ImportForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10,000 rows. Nothing is changed before you have seen what would happen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


#: How long codes may last: value in hours, words.
LASTS = ((12, _("12 hours")), (72, _("3 days")), (168, _("7 days")), (744, _("31 days")))


class CodesForm(forms.Form):
    """For whom codes are made, and how they are handed out."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    bureau = forms.ChoiceField(label=_("Bureau"), required=False)
    text = TextField(label=_("Name or sign-in name has"), max_length=100, required=False)
    hours = forms.TypedChoiceField(label=_("The codes work for"), choices=LASTS, coerce=int, initial=72)
    form = forms.ChoiceField(
        label=_("As"), choices=(("page", _("a page to print and cut")), ("csv", _("a CSV file"))), initial="page"
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("all")), *Role.choices]  # type: ignore[attr-defined]
        self.fields["bureau"].choices = [  # type: ignore[attr-defined]
            ("", _("all")), *((each.code, str(each)) for each in bureaus_of(edition)),
        ]  # fmt: skip

    @property
    def lasts(self) -> timedelta:
        """How long the codes work."""
        return timedelta(hours=self.cleaned_data["hours"])


PARTIES: dict[str, type[Bureau] | type[Organization]] = {"bureau": Bureau, "organization": Organization}
