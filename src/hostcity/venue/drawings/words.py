"""What is said of drawings: kinds of layers, what becomes of rows, acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.models import Act

LAYER_KINDS: Mapping[str, Any] = {
    "ignore": pgettext_lazy("layer", "nothing of the plan"),
    "stand_number": pgettext_lazy("layer", "Numbers of stands"),
    "area_number": pgettext_lazy("layer", "Names of halls and areas"),
    "opening_number": pgettext_lazy("layer", "Codes of openings"),
    "place_number": pgettext_lazy("layer", "Codes of stairs, lifts and amenities"),
    "opening": pgettext_lazy("layer", "Doors"),
    "exit": pgettext_lazy("layer", "Emergency exits"),
}
#: What becomes of a row.
VERBS: Mapping[str, Any] = {
    "added": pgettext_lazy("drawing", "new"),
    "moved": pgettext_lazy("drawing", "moved"),
    "changed": pgettext_lazy("drawing", "changed"),
    "gone": pgettext_lazy("drawing", "gone"),
}


NETWORK_NAME = _("Walkable network")


def layer_kind(kind: str) -> Any:
    """What a kind of layer is called."""
    return LAYER_KINDS[kind]


def uploaded(act: Act) -> Any:
    """A drawing to be proved."""
    return format_lazy(_("brought in the drawing {name} to be proved"), name=act.body["name"])


def mapped(act: Act) -> Any:
    """What layers are."""
    return format_lazy(_("said what the layers of {name} are"), name=act.body["name"])


def returned(act: Act) -> Any:
    """A drawing, or a network, that is not taken."""
    if not act.body["name"]:
        return format_lazy(_("sent the walkable network back: {note}"), note=act.body["note"])
    return format_lazy(_("sent the drawing {name} back: {note}"), name=act.body["name"], note=act.body["note"])


def derived(_act: Act) -> Any:
    """A network to be proved."""
    return _("had the walkable network derived from the drawing")
