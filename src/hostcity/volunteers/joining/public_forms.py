"""What an applicant fills in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.attempts import tell
from hostcity.core.typed_texts import TextField
from hostcity.plan.rows.force import UNIFORM_SIZES
from hostcity.plan.rows.posts import LANGUAGE_LEVELS
from hostcity.volunteers.joining.asking import Choices, Given, Seat, language_name, place_faults
from hostcity.volunteers.models.applications import MOST_NAME
from hostcity.volunteers.own import name_of

SPOKEN = "language_"  # and the language: names of fields


class ApplyForm(forms.Form):
    """An application. What may stand in a field is checked by the service."""

    name = TextField(
        label=pgettext_lazy("person", "Name"), max_length=MOST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}), help_text=_("As on your identity card."),
    )  # fmt: skip
    phone = TextField(
        label=_("Phone number"), max_length=32,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("The coordinators call it about this application, and codes for signing in are sent to it. Of volunteers the duty officers see it too."),
    )  # fmt: skip
    campus = forms.ChoiceField(label=_("Campus"), required=False)
    university = TextField(
        label=_("University or organization"), max_length=MOST_NAME, required=False,
        help_text=_("If your campus is not in the list."),
    )  # fmt: skip
    seats = forms.MultipleChoiceField(label=_("When you can serve"), widget=forms.CheckboxSelectMultiple)
    uniform = forms.ChoiceField(
        label=_("Size of the uniform"), choices=[("none", "–"), *((each, each) for each in UNIFORM_SIZES if each != "none")],
        required=False,
    )  # fmt: skip
    is_minor = forms.BooleanField(label=_("I am under 18 during the expo"), required=False)
    consent = forms.BooleanField(label=_("I have read this and agree to it"))
    consent_number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, choices: Choices, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.offered = choices
        fields: Any = self.fields
        if choices.campuses:
            rows = sorted((name_of(each), code) for code, each in choices.campuses.items())
            fields["campus"].choices = [("", _("not in this list")), *((code, name) for name, code in rows)]
        else:
            del fields["campus"]
            fields["university"].help_text, fields["university"].required = "", True
        if choices.seats:
            fields["seats"].choices = [(name_of(day), self._of_day(code)) for code, day in choices.days.items()]
        else:
            del fields["seats"]
        levels = [("", "–"), *((each, each) for each in LANGUAGE_LEVELS)]
        self.spoken = [f"{SPOKEN}{each}" for each in choices.languages]
        for name in self.spoken:
            label = language_name(name.removeprefix(SPOKEN))
            fields[name] = forms.ChoiceField(label=label, choices=levels, required=False)

    def _of_day(self, day: str) -> list[tuple[str, Any]]:
        each = [(_seat(day, band), self.offered.hours(band)) for band in self.offered.bands]
        return [(f"{quote(day, safe='')}/.*", _("the whole day")), *each]

    def clean(self) -> dict[str, Any]:
        """Tell what is wrong with the place beside what could not be read."""
        said = self.cleaned_data
        if "university" in said:
            tell(self, place_faults(said.get("campus", ""), said["university"], self.offered))
        return said

    def language_fields(self) -> list[Any]:
        """The fields of languages."""
        return [self[name] for name in self.spoken]

    def given(self, language: str) -> Given:
        """What was said, by a reader of this language."""
        said = self.cleaned_data
        spoken = {name.removeprefix(SPOKEN): said[name] for name in self.spoken if said[name]}
        return Given(
            name=said["name"], phone=said["phone"], campus=said.get("campus", ""), university=said["university"], languages=spoken,
            seats=self._seats(said.get("seats", [])), uniform=said["uniform"] or "none", is_minor=said["is_minor"], language=language,
            consent=(said["consent_number"] or 0) if said["consent"] else 0,
        )  # fmt: skip

    def _seats(self, ticked: list[str]) -> list[Seat]:
        whole = {each.removesuffix("/.*") for each in ticked if each.endswith("/.*")}
        return [
            (day, band)
            for day, band in self.offered.seats
            if quote(day, safe="") in whole or _seat(day, band) in ticked
        ]


def _seat(day: str, band: str) -> str:
    return f"{quote(day, safe='')}/{quote(band, safe='')}"


class CodeForm(forms.Form):
    """The code of an application."""

    code = TextField(
        label=_("Code of your application"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
