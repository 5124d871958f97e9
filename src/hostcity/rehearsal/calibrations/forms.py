"""The form with which counts are uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.typed_texts import TextField
from hostcity.rehearsal.calibrations.services import LEAST_RUNS, LONGEST_CLOCK, MOST_RUNS, SUFFIX
from hostcity.rehearsal.models import KeptScenario
from hostcity.rehearsal.plan_fields import LinesField, of_plan_fields
from hostcity.rehearsal.works import MOST_SEED

CLOCK = {"inputmode": "numeric", "placeholder": "09:30", "size": 6}


class CountsForm(forms.Form):
    """A calibration to be started. With the file of an earlier one, none need be uploaded."""

    file = forms.FileField(
        label=_("Counts"), help_text=_("A table saved as CSV, at most 1 MiB: time, minutes, what, place, value, unit; n or sd where they are known."),
        widget=forms.ClearableFileInput(attrs={"accept": SUFFIX}),
    )  # fmt: skip
    fits = LinesField(
        label=_("Figures to fit"), rows=3,
        help_text=_("One a line: SHEET.KEY.FIELD, with =LOW..HIGH for values or *=LOW..HIGH for factors. Nothing: the assumed and derived figures with a declared range that the counts can see."),
    )  # fmt: skip
    runs = forms.IntegerField(
        label=_("Days"), min_value=LEAST_RUNS, max_value=MOST_RUNS, initial=20,
        help_text=_("By so many days plan and counts are compared; more give truer ranges and take longer."),
    )  # fmt: skip
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1)

    def __init__(self, *args: Any, scenarios: list[KeptScenario], kept_name: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if kept_name:
            self.fields["file"].required = False
            self.fields["file"].help_text = _("Nothing: {name} once more.").format(name=kept_name)
        self.fields |= of_plan_fields(
            scenarios, self.data, _("What was known of the counted day, as changes of the plan")
        )


class LogForm(CountsForm):
    """A log of questions at information desks to be fitted."""

    file = forms.FileField(
        label=_("Log of questions"), help_text=_("A table saved as CSV, at most 1 MiB: time, place, destination; count where somebody asked for several."),
        widget=forms.ClearableFileInput(attrs={"accept": SUFFIX}),
    )  # fmt: skip
    starts = TextField(
        label=_("Kept from"), max_length=LONGEST_CLOCK, required=False, widget=forms.TextInput(CLOCK),
        help_text=_("What nobody asked at a desk of the log in this time was asked by nobody. Nothing: the whole day."),
    )  # fmt: skip
    ends = TextField(label=_("Kept until"), max_length=LONGEST_CLOCK, required=False, widget=forms.TextInput(CLOCK))
    fits = LinesField(
        label=_("Figures to fit beside the chances of a right turn"), rows=2,
        help_text=_("One a line: wrong_turns.KEY.FIELD=LOW..HIGH, e.g. the share of newcomers, which a log hardly tells from the chances."),
    )  # fmt: skip
    field_order = ("file", "starts", "ends", "fits", "runs", "seed")
