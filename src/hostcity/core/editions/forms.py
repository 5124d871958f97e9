"""Forms of editions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.attempts import tell
from hostcity.core.editions.services import what_is_wrong
from hostcity.core.typed_texts import TextField

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EditionForm(forms.Form):
    """What an edition is called, where and when it is."""

    name_en = TextField(label=_("Name in English"), max_length=200)
    name_zh = TextField(label=_("Name in Chinese"), max_length=200, required=False)
    city_en = TextField(label=_("City in English"), max_length=100, required=False)
    city_zh = TextField(label=_("City in Chinese"), max_length=100, required=False)
    time_zone = TextField(label=_("Time zone"), max_length=64, initial="Asia/Shanghai")
    opens_on = forms.DateField(label=_("Opens on"), widget=_DAY)
    closes_on = forms.DateField(label=_("Closes on"), widget=_DAY)

    def clean(self) -> dict[str, Any]:
        """Tell what is wrong with the fields that could be read beside those that could not, all at once."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        tell(self, what_is_wrong(given))
        return self.cleaned_data


class ChangeEditionForm(EditionForm):
    """The same of an edition that is there, and whether the public sees it."""

    is_public = forms.BooleanField(
        label=_("Anybody may see its public page"),
        required=False,
        help_text=_("Names, city, dates and the countdown; nothing of the plan, no people."),
    )
    is_map_public = forms.BooleanField(
        label=_("Anybody may see the map of its venue"),
        required=False,
        help_text=_("Halls, stands with their exhibitors, doors and facilities; no figures of the plan, no people."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class OpenEditionForm(EditionForm):
    """A new edition."""

    expo = TextField(label=_("Code of the expo"), max_length=40, help_text=_("Of one that is known, or of a new one."))
    expo_name_en = TextField(label=_("Name of a new expo in English"), max_length=200, required=False)
    expo_name_zh = TextField(label=_("Name of a new expo in Chinese"), max_length=200, required=False)
    code = TextField(
        label=_("Code of the edition"), max_length=40, help_text=_("Stands in its addresses, e.g. ciie-2027.")
    )
    field_order = ("expo", "expo_name_en", "expo_name_zh", "code")
