"""What coordinators fill in: the call for volunteers, trainings, and what is said with a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.models import Edition
from hostcity.core.typed_texts import TextField
from hostcity.volunteers.joining.asking import Choices
from hostcity.volunteers.joining.queries import TrainingLine
from hostcity.volunteers.joining.services.opening import MOST_TEXT
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.joining.services.training import MOST_CAPACITY
from hostcity.volunteers.models.applications import MOST_PLACE
from hostcity.volunteers.own import name_of

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time(**more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **more)


def _text(label: Any) -> TextField:
    return TextField(label=label, max_length=MOST_TEXT, widget=forms.Textarea({"rows": 6}))


class OpeningForm(forms.Form):
    """Whether people may apply, until when, to what they agree."""

    is_open = forms.BooleanField(
        label=_("People may apply"),
        required=False,
        help_text=_("The public pages of the edition lead to sign-up then."),
    )
    closes_on = forms.DateField(label=_("Last day"), widget=_DAY)
    consent_en = _text(_("To what applicants agree, in English"))
    consent_zh = _text(_("To what applicants agree, in Chinese"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class TrainingForm(forms.Form):
    """A training."""

    code = TextField(label=_("Code"), max_length=40, help_text=_("Letters, digits, and . _ -; it stays."))
    name_en = TextField(label=_("Name in English"), max_length=MOST_PLACE)
    name_zh = TextField(label=_("Name in Chinese"), max_length=MOST_PLACE, required=False)
    starts_at = _time(label=_("Begins at"))
    place = TextField(label=_("Place"), max_length=MOST_PLACE)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_CAPACITY)
    post_classes = forms.MultipleChoiceField(
        label=_("Trains for"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Classes of posts at which whoever was here can serve."),
    )  # fmt: skip

    def __init__(self, choices: Choices, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        classes = [(code, name_of(each)) for code, each in choices.classes.items()]
        if classes:
            self.fields["post_classes"].choices = classes  # type: ignore[attr-defined]
        else:
            del self.fields["post_classes"]

    def said(self) -> dict[str, Any]:
        """What was said."""
        return {"post_classes": []} | self.cleaned_data


class ChangeTrainingForm(TrainingForm):
    """The same of one that is there; its code stays."""

    code = None  # type: ignore[assignment]
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    """What is said with a step: the fields of that step alone."""

    at = _time(label=_("Time of the interview"))
    place = TextField(label=_("Place of the interview"), max_length=MOST_PLACE)
    training = forms.ChoiceField(label=_("Training"))
    zones = forms.MultipleChoiceField(
        label=_("Accredited for"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Restricted zones.")
    )
    without_phone = forms.BooleanField(
        label=_("Open the accounts without phone numbers"), required=False,
        help_text=_("For who shares a number with an account that is there. They sign in with codes from a list."),
    )  # fmt: skip
    FIELDS = {"interview": ("at", "place"), "train": ("training",), "accredit": ("zones", "without_phone")}  # noqa: RUF012 -- never changed

    def __init__(
        self, edition: Edition, step: str, choices: Choices, trainings: list[TrainingLine], *given: Any
    ) -> None:
        super().__init__(*given)
        kept = self.FIELDS.get(step, ())
        for name in [each for each in self.fields if each not in kept]:
            del self.fields[name]
        fields: Any = self.fields
        if "training" in fields:
            text = _("{name}, {left} places left")
            fields["training"].choices = [
                (each.training.code, str(text).format(name=each.training, left=each.left)) for each in trainings
            ]
        if "zones" in fields:
            restricted = [(code, name_of(each)) for code, each in choices.zones.items() if each.is_restricted]
            if restricted:
                fields["zones"].choices = restricted
            else:
                del fields["zones"]

    def details(self) -> Details:
        """What was said."""
        return Details(**self.cleaned_data)
