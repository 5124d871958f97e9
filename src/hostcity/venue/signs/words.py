"""What states, faults, arrows and sides of the sky are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

STATE_NAMES: Mapping[str, Any] = {
    "proposed": pgettext_lazy("sign", "proposed"),
    "approved": pgettext_lazy("sign", "approved"),
    "made": pgettext_lazy("sign", "made"),
    "installed": pgettext_lazy("sign", "installed"),
    "checked": pgettext_lazy("sign", "checked"),
}
#: What is done when a face comes into a state, as a button says it.
STEP_NAMES: Mapping[str, Any] = {
    "proposed": pgettext_lazy("sign", "Propose again"),
    "approved": pgettext_lazy("sign", "Approve"),
    "made": pgettext_lazy("sign", "It is made"),
    "installed": pgettext_lazy("sign", "It is installed"),
    "checked": pgettext_lazy("sign", "It is checked"),
}
FAULT_NAMES: Mapping[str, Any] = {
    "none": pgettext_lazy("sign", "no fault"),
    "damaged": pgettext_lazy("sign", "damaged"),
    "missing": pgettext_lazy("sign", "missing"),
    "unlit": pgettext_lazy("sign", "not lit"),
    "turned": pgettext_lazy("sign", "turned aside"),
    "wrong_text": pgettext_lazy("sign", "wrong text"),
}
MOUNTING_NAMES: Mapping[str, Any] = {
    "hung": pgettext_lazy("sign", "hung"),
    "wall": pgettext_lazy("sign", "on a wall"),
    "post": pgettext_lazy("sign", "on a post"),
}
ARROW_NAMES: Mapping[str, Any] = {
    "ahead": pgettext_lazy("sign", "straight ahead"),
    "ahead_left": pgettext_lazy("sign", "ahead on the left"),
    "left": pgettext_lazy("sign", "left"),
    "back_left": pgettext_lazy("sign", "back on the left"),
    "back": pgettext_lazy("sign", "back"),
    "back_right": pgettext_lazy("sign", "back on the right"),
    "right": pgettext_lazy("sign", "right"),
    "ahead_right": pgettext_lazy("sign", "ahead on the right"),
    "up": pgettext_lazy("sign", "up"),
    "down": pgettext_lazy("sign", "down"),
}
#: Sides of the drawing, clockwise from its y axis: of the sky only where that points to the north.
SIDES = (
    pgettext_lazy("side", "top"), pgettext_lazy("side", "top right"), pgettext_lazy("side", "right"), pgettext_lazy("side", "bottom right"),
    pgettext_lazy("side", "bottom"), pgettext_lazy("side", "bottom left"), pgettext_lazy("side", "left"), pgettext_lazy("side", "top left"),
)  # fmt: skip


def side_of(bearing_deg: float) -> Any:
    """The side of the drawing to which a bearing points."""
    return SIDES[round((bearing_deg % 360) / 45) % 8]
