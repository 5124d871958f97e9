"""What is said of a task on its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.files.checks import KINDS, MOST_BYTES
from hostcity.core.typed_texts import TextField
from hostcity.plan.rows.tasks import MOST_DAYS
from hostcity.readiness.evidence_kinds import DEMANDS
from hostcity.readiness.models import MOST_LINE, MOST_NOTE
from hostcity.readiness.services.showing import Shown

#: What a camera gives; phones offer it at once.
PHOTO = {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
ANY_FILE = {"accept": ",".join(f".{ending}" for ending in KINDS)}


class ReportForm(forms.Form):
    """How a task is, and what shows it; the button that is pressed says which word it is."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    file = forms.FileField(required=False)
    place = TextField(label=pgettext_lazy("evidence", "Where"), required=False, max_length=MOST_LINE)
    value = TextField(label=_("Reading or number"), required=False, max_length=MOST_LINE)
    has_passed = forms.BooleanField(label=_("It was passed"), required=False)
    remaining_d = forms.FloatField(
        label=_("Working days that remain"), required=False, min_value=0, max_value=MOST_DAYS,
        widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    note = TextField(
        label=pgettext_lazy("report on a task", "Note"), required=False, max_length=MOST_NOTE,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, kind: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.kind, demand = kind, DEMANDS[kind]
        file = self.fields["file"]
        file.label = _("Photo") if demand.is_picture else _("File that shows it")
        file.widget = forms.FileInput(PHOTO if demand.is_picture else ANY_FILE)
        left_out = {
            "file": kind == "none" or not demand.by_hand, "place": not demand.place, "value": not demand.value,
            "has_passed": not (demand.result and demand.by_hand),
        }  # fmt: skip
        for name, is_left_out in left_out.items():
            if is_left_out:
                del self.fields[name]

    def shown(self) -> Shown | None:
        """The evidence that was handed in; None = none was."""
        given = self.cleaned_data
        file = given.get("file")
        if not file and not (given.get("value") and not DEMANDS[self.kind].file):
            return None
        return Shown(
            kind=self.kind, file=(file.name, file.read(MOST_BYTES + 1)) if file else None, place=given.get("place", ""),
            value=given.get("value", ""), note=given["note"], has_passed=given.get("has_passed", True),
        )  # fmt: skip


class DecisionForm(forms.Form):
    """That a task is accepted, as it was looked at."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RefusalForm(DecisionForm):
    """That it is not, and why."""

    reason = TextField(label=_("What is missing"), max_length=MOST_NOTE, widget=forms.Textarea({"rows": 2}))


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    reason = TextField(label=_("Why"), max_length=MOST_NOTE, widget=forms.Textarea({"rows": 2}))
