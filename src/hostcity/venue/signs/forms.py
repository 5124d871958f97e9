"""What is said of faces, and asked of a plan of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.times import written
from hostcity.core.typed_texts import TextField
from hostcity.plan.rows import Face
from hostcity.venue.replays import KeptDay
from hostcity.venue.signs.services.planning import LIMITS, WHOLE
from hostcity.venue.signs.services.states import MOST_REASON
from hostcity.venue.signs.states import REAL_FAULTS, before
from hostcity.venue.signs.words import FAULT_NAMES, STATE_NAMES

#: What a camera gives; phones offer it at once.
PHOTO = {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}


class OfFace(forms.Form):
    """Something that is said of one face, in the version that was looked at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CheckForm(OfFace):
    """The photo that shows a face as it hangs."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, at most 10 MB. On a phone the camera opens. The picture alone is kept: no place, time or device."
        ),
        widget=forms.FileInput(PHOTO),
    )


class FaultForm(OfFace):
    """What is wrong with a face."""

    fault = forms.ChoiceField(label=_("What is wrong"), choices=[(each, FAULT_NAMES[each]) for each in REAL_FAULTS])
    note = TextField(label=pgettext_lazy("sign", "Note"), required=False, max_length=MOST_REASON)
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(PHOTO))


class MendForm(OfFace):
    """That a fault is mended."""

    note = TextField(label=pgettext_lazy("sign", "Note"), required=False, max_length=MOST_REASON)


class BackForm(OfFace):
    """To which earlier state a face goes, and why."""

    to = forms.ChoiceField(label=_("Back to"))
    reason = TextField(label=_("Why"), max_length=MOST_REASON)

    def __init__(self, *args: Any, face: Face, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [(each, STATE_NAMES[each]) for each in reversed(before(face))]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """A plan of signs to be made. A figure that is left empty is the usual one."""

    faces = forms.IntegerField(label=_("New faces at most"), required=False)
    names = forms.IntegerField(label=_("Names on a face at most"), required=False)
    letter_mm = forms.FloatField(
        label=_("Height of letters, mm"), required=False, help_text=_("Read at ease from 167 times as far.")
    )
    result = forms.ChoiceField(label=_("Whose trips"), required=False)
    recovers = forms.ChoiceField(
        label=_("Who turns wrong"),
        choices=[("yes", _("walks on from there: meters walked in vain count")), ("no", _("is lost: who is guided all the way counts"))],
        initial="yes", required=False,
    )  # fmt: skip
    afresh = forms.BooleanField(label=_("Nothing that hangs already stays"), required=False)
    bound_s = forms.FloatField(label=_("Processor time for the bound, s"), required=False)
    seed = forms.IntegerField(label=_("Seed"), required=False)

    def __init__(self, *args: Any, days: Sequence[KeptDay], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(str(each.pk), f"{each.title} · {written(each.at)}") for each in days]
        self.fields["result"].choices = [*choices, ("", _("the plan's day, played for this"))]  # type: ignore[attr-defined]
        for name, limit in LIMITS.items():
            field = self.fields[name]
            field.min_value, field.max_value = limit.low, limit.high  # type: ignore[attr-defined]
            field.widget = forms.NumberInput(
                {
                    "min": f"{limit.low:g}",
                    "max": f"{limit.high:.0f}",
                    "step": 1 if name in WHOLE else "any",
                }
            )
            field.initial = f"{limit.usual:g}"
        for name in (*LIMITS, "result", "recovers"):
            self.fields[name].has_usual = True  # type: ignore[attr-defined]  # it needs no "(optional)": something stands in it

    def figures(self) -> dict[str, float]:
        """What was said of figures."""
        return {name: value for name in LIMITS if (value := self.cleaned_data.get(name)) is not None}
