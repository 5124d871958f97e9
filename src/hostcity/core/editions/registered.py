"""What editions put into core's registries."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.editions.forms import EditionForm
from hostcity.core.models import Act
from hostcity.core.registries import registries
from hostcity.core.sayings import Joined

#: What a switch says when it was turned off and on.
SWITCHES = {
    "is_public": (_("its public page was taken away"), _("anybody may see its public page")),
    "is_map_public": (_("the map of its venue was taken from the public"), _("anybody may see the map of its venue")),
}


def changed(act: Act) -> Any:
    """Which of an edition's fields were changed, and what the public sees from then on."""
    fields = [_field(name, new) for name, (_old, new) in act.body.items()]
    if not fields:
        return _("saved the edition without a change")
    return format_lazy(_("changed the edition: {fields}"), fields=Joined(fields))


def _field(name: str, new: Any) -> Any:
    if name in SWITCHES:
        return SWITCHES[name][bool(new)]
    field = EditionForm.base_fields.get(name)
    return format_lazy("{field} → {new}", field=field.label if field else name, new=new or "–")


registries.act_words["edition.change"] = changed
