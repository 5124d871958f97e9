"""What is to be measured: by which rehearsal, without steps or with them, against which limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from hostcity.core.templatetags.shell import colon
from hostcity.core.times import written
from hostcity.plan.wants import USUAL
from hostcity.venue.replays import KeptDay
from hostcity.venue.words import kind_name

MOST = 999_999  # of a limit, in meters or minutes


class MeasureForm(forms.Form):
    """A measurement to be started. A limit that is left empty is the usual one."""

    def __init__(self, *args: Any, days: Sequence[KeptDay], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["result"] = forms.ChoiceField(
            label=_("Where people are, by the rehearsal"),
            choices=[(each.pk, f"{each.title} · {written(each.at)}") for each in days],
        )
        self.fields["step_free"] = forms.BooleanField(label=_("Without stairs and escalators"), required=False)
        for kind, usual in USUAL.items():
            for name, value in ((f"walk-{kind}", usual.walk_m), (f"wait-{kind}", usual.wait_s / 60)):
                widget = forms.NumberInput({"placeholder": localize_input(round(value)), "step": "any", "size": 6})
                limit = _("Longest walk, m") if name.startswith("walk") else _("Longest queue, min")
                self.fields[name] = forms.FloatField(
                    label=f"{kind_name(kind)}{colon()}{limit}",
                    required=False, min_value=0.1, max_value=MOST, widget=widget,
                )  # fmt: skip

    def limit_rows(self) -> list[tuple[str, Any, Any]]:
        """Each kind with its two limits."""
        return [(kind_name(kind), self[f"walk-{kind}"], self[f"wait-{kind}"]) for kind in USUAL]

    def limits(self, name: str) -> dict[str, float]:
        """What was said of walks, or of waits, by kind."""
        said = ((kind, self.cleaned_data.get(f"{name}-{kind}")) for kind in USUAL)
        return {kind: float(value) for kind, value in said if value is not None}
