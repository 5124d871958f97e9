"""Forms of rehearsals and findings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hostcity.core.lookup import Lookup
from hostcity.core.models import Person
from hostcity.core.typed_texts import TextField
from hostcity.plan.cells import CellError, clock_seconds, clock_text
from hostcity.rehearsal.models import Finding, FindingState, KeptScenario, Rehearsal, Severity
from hostcity.rehearsal.plan_fields import of_plan_fields
from hostcity.rehearsal.queries import bureaus, possible_owners
from hostcity.rehearsal.services.rehearsals import MOST_DAYS, MOST_RUNS
from hostcity.rehearsal.works import MOST_SEED


class StartForm(forms.Form):
    """A rehearsal to be started."""

    title = TextField(
        label=_("Title"), max_length=120, required=False, help_text=_("What you want to know, in a few words.")
    )
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1,
        help_text=_("Fixes every random draw: the same plan and seed always give the same day."),
    )  # fmt: skip
    runs = forms.IntegerField(
        label=_("Possible days"), min_value=1, max_value=MOST_DAYS, initial=1, required=False,
        help_text=_("1: the day as planned. More: it is also played on as many days as sheet uncertainties lets it come, which takes as many times longer."),
    )  # fmt: skip

    def __init__(self, *args: Any, scenarios: list[KeptScenario], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= of_plan_fields(scenarios, self.data, _("Changes for this rehearsal only"))

    def clean_runs(self) -> int:
        """How many; 1 when nothing is said."""
        return self.cleaned_data["runs"] or 1


class ClockField(TextField):
    """HH:MM as seconds after midnight; past 24:00 it is the night after."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "09:30", "size": 6})
        super().__init__(max_length=8, required=False, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """HH:MM of seconds."""
        return clock_text(value) if isinstance(value, (int, float)) else value

    def clean(self, value: Any) -> float | None:
        """Seconds of HH:MM; None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return clock_seconds(text.replace("：", ":"))
        except CellError:
            raise forms.ValidationError(_("Write a time as HH:MM, e.g. 09:30."), code="clock") from None


class FindingForm(forms.Form):
    """A finding, new or changed."""

    title = TextField(label=_("What is wrong"), max_length=200)
    place = TextField(
        label=_("Place"), max_length=120, required=False,
        help_text=_("Type a part of its name or code, and choose; stored as SHEET.KEY of the plan, e.g. gates.W."),
    )  # fmt: skip
    from_s = ClockField(label=_("From"))
    until_s = ClockField(label=_("Until"))
    figure = TextField(
        label=_("Figure"), max_length=120, required=False, help_text=_("What the rehearsal showed, with its unit.")
    )
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int, initial=Severity.MAJOR)
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Person.objects.none(), required=False, empty_label=_("nobody yet"),
        help_text=_("Is told at once."),
    )  # fmt: skip
    bureau = forms.ModelChoiceField(
        label=_("Bureau"), queryset=None, required=False, empty_label=_("none"),
        help_text=_("Filled in from the owner when it is left empty."),
    )  # fmt: skip
    note = TextField(label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, rehearsal: Rehearsal, **options: Any) -> None:
        super().__init__(*args, **options)
        edition = rehearsal.edition
        places = reverse("rehearsal-places", kwargs={"edition": edition.code, "key": rehearsal.public_id})
        self.fields["place"].widget = Lookup(places, {"class": "font-monospace", "maxlength": "120"})
        self.fields["owner"].queryset = possible_owners(edition)  # type: ignore[attr-defined]
        self.fields["bureau"].queryset = bureaus(edition)  # type: ignore[attr-defined]


class ChangeFindingForm(FindingForm):
    """A finding to be changed, at the version that was read."""

    state = forms.ChoiceField(label=_("State"), choices=FindingState.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rehearsal: Rehearsal, only: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, rehearsal=rehearsal, **options)
        for name in [each for each in self.fields if only and each not in (*only, "version")]:
            del self.fields[name]
        self.order_fields(["state"])


def values_of(finding: Finding) -> dict[str, Any]:
    """A finding as its form's initial values."""
    names = ("title", "place", "from_s", "until_s", "figure", "severity", "owner", "bureau", "note", "state", "version")
    return {name: getattr(finding, name) for name in names}


class RemarkForm(forms.Form):
    """Something to say of a rehearsal."""

    text = TextField(label=_("Your remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class _Named(forms.ModelChoiceField):
    """A rehearsal by title, seed and day."""

    def label_from_instance(self, obj: Any) -> str:
        """Enough to tell it from the others."""
        at = date_format(localtime(obj.created_at), "SHORT_DATETIME_FORMAT")
        return gettext("{name} · {verdict} · seed {seed} · {time}").format(
            name=obj.name, verdict=obj.get_verdict_display(), seed=obj.seed, time=at
        )


class CompareForm(forms.Form):
    """Two rehearsals to be put side by side."""

    a = _Named(label=_("A"), queryset=None, empty_label=None, to_field_name="public_id")
    b = _Named(label=_("B"), queryset=None, empty_label=None, to_field_name="public_id")

    def __init__(self, *args: Any, choices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("a", "b"):
            self.fields[name].queryset = choices  # type: ignore[attr-defined]


class RunsForm(forms.Form):
    """How often both plans are played."""

    runs = forms.IntegerField(
        label=_("Runs of each"), min_value=1, max_value=MOST_RUNS, initial=6,
        help_text=_("Both are played with the same draws, so that few runs show a difference. Of fewer than six nothing is called clear."),
    )  # fmt: skip
