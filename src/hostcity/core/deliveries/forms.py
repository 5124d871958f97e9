"""Forms of webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.deliveries import WebhookForm
from hostcity.core.registries import registries
from hostcity.core.subjects import BySubjectField, act_name
from hostcity.core.typed_texts import TextField


class AddWebhook(forms.Form):
    """A gateway that is to be told of acts."""

    name = TextField(label=_("Name"), max_length=80)
    url = TextField(
        label=_("Address"),
        max_length=500,
        help_text=_("Begins with https://; a public host, on port 443 or 80."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    form = forms.ChoiceField(label=_("What it understands"), choices=WebhookForm.choices)
    verbs = BySubjectField(
        label=_("Acts"),
        required=False,
        help_text=_("Of which it is told; of all, if none is chosen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verbs"].offer((verb, act_name(verb)) for verb in sorted(registries.act_words))  # type: ignore[attr-defined]
