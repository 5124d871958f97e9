"""The form in which a look is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.typed_texts import TextField
from hostcity.rehearsal.looks.places import Place
from hostcity.rehearsal.looks.services import LEAST_MINUTES, LONGEST_AT, LONGEST_CLOCK, MOST_MINUTES, MOST_TRIALS


class LookForm(forms.Form):
    """A place and minutes of a day."""

    place = forms.ChoiceField(label=_("Place"))
    at = TextField(
        label=_("Another place"), max_length=LONGEST_AT, required=False,
        help_text=_("In place of the one above: the code of a node or a link of the plan, e.g. links.door1."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "font-monospace"}),
    )  # fmt: skip
    starts = TextField(
        label=_("From"), max_length=LONGEST_CLOCK,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "09:30", "size": 6}),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=5,
        help_text=_("Of at most 1,500 persons: where more pass, it is said how many minutes fit."),
    )  # fmt: skip
    trials = forms.IntegerField(
        label=_("Trials of the busiest opening"), min_value=0, max_value=MOST_TRIALS, initial=3,
        help_text=_("A waiting crowd goes through it so often; what it lets through is offered as a calibration of its link. 0: not tried."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[tuple[Any, Sequence[Place]]], **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [(kind, [(each.at, each.name) for each in found]) for kind, found in places if found]
        known = {each.at for _kind, found in places for each in found}
        if self.initial.get("at") in known:
            self.initial |= {"place": self.initial["at"], "at": ""}
        self.fields["place"].choices = groups  # type: ignore[attr-defined]  # a ChoiceField, which the stubs do not know of a form
        self.fields["place"].required = not self.data.get("at")

    def clean(self) -> dict[str, Any]:
        """One place: the one that was written, else the one that was chosen."""
        given = super().clean() or {}
        chosen = given.pop("place", "")
        given["at"] = given.get("at") or chosen
        return given
