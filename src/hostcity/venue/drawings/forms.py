"""Forms of drawings: a file, what its layers are, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.typed_texts import TextField
from hostcity.plan.dxf import UNITS
from hostcity.plan.dxf.mapping import AREA_KINDS, CONNECTOR_KINDS, IGNORE, NUMBER_KINDS, OPENING_KINDS
from hostcity.plan.rows.drawing import AMENITY_KINDS, STAND_KINDS
from hostcity.venue.drawings.words import layer_kind
from hostcity.venue.words import kind_name

GROUPS = (
    (_("Not read"), (IGNORE,)), (_("On floors"), STAND_KINDS), (_("Texts"), NUMBER_KINDS), (_("Gaps in walls"), OPENING_KINDS),
    (_("Areas"), AREA_KINDS), (_("Stairs and lifts"), CONNECTOR_KINDS), (_("Amenities"), AMENITY_KINDS),
)  # fmt: skip


class DrawingForm(forms.Form):
    """A drawing to bring in."""

    file = forms.FileField(
        label=_("Drawing"),
        help_text=_("A DXF drawing (.dxf) or an IMDF archive (.zip), up to 10 MiB. Nothing changes yet."),
        widget=forms.ClearableFileInput({"accept": ".dxf,.zip"}),
        allow_empty_file=True,
    )


class NoteForm(forms.Form):
    """Why a drawing is sent back."""

    note = TextField(label=_("What is to be mended"), max_length=500, widget=forms.Textarea({"rows": 2}))


class LayersForm(forms.Form):
    """What each layer of a drawing is, and where the drawing lies in the plan."""

    def __init__(
        self, *args: Any, layers: Sequence[Mapping[str, Any]], levels: Sequence[tuple[str, str]],
        areas: Sequence[tuple[str, str]], **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.layers = layers
        units = [("", _("as the file says")), *((unit, unit) for unit in UNITS)]
        self.fields["level"] = forms.ChoiceField(label=_("Level"), choices=levels)
        self.fields["area"] = forms.ChoiceField(
            label=_("Area"), required=False, choices=[("", _("the one in which it is drawn")), *areas],
            help_text=_("Choose one if the drawing is of one hall and has no outline of it."),
        )  # fmt: skip
        self.fields["unit"] = forms.ChoiceField(label=_("Unit"), required=False, choices=units)
        self.fields["east"] = forms.FloatField(label=_("Origin, m to the east"), required=False)
        self.fields["north"] = forms.FloatField(label=_("Origin, m to the north"), required=False)
        self.fields["turn_deg"] = forms.FloatField(
            label=_("Turned counterclockwise, degrees"), required=False, min_value=-360, max_value=360
        )
        self.fields["join_m"] = forms.FloatField(
            label=_("Close gaps up to, m"), required=False, min_value=0, max_value=0.5
        )
        for index, layer in enumerate(layers):
            self.fields[f"layer-{index}"] = forms.ChoiceField(label=layer["name"], choices=kind_choices())

    def layer_rows(self) -> list[tuple[Mapping[str, Any], Any]]:
        """Each layer with its field."""
        return [(layer, self[f"layer-{index}"]) for index, layer in enumerate(self.layers)]

    def frame_fields(self) -> list[Any]:
        """The fields that are not of layers."""
        return [self[name] for name in ("level", "area", "unit", "east", "north", "turn_deg", "join_m")]

    def layer_map(self) -> dict[str, Any]:
        """What was said, as a map of layers."""
        said = self.cleaned_data
        join_m = 0.05 if said["join_m"] is None else said["join_m"]
        return {
            "unit": said["unit"], "level": said["level"], "area": said["area"], "join_m": join_m,
            "move_m": [said["east"] or 0.0, said["north"] or 0.0], "turn_deg": said["turn_deg"] or 0.0,
            "layers": {layer["name"]: said[f"layer-{index}"] for index, layer in enumerate(self.layers)},
        }  # fmt: skip


def initial_of(
    layers: Sequence[Mapping[str, Any]], kept: Mapping[str, Any], given: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What the form begins with: the map of this drawing, else the one kept from the last, else what names of layers say."""
    known = given or kept
    kinds = {name.casefold(): kind for name, kind in known.get("layers", {}).items()}
    east, north = known.get("move_m", (0.0, 0.0))
    begun = {f"layer-{index}": kinds.get(each["name"].casefold(), each["guess"]) for index, each in enumerate(layers)}
    return begun | {
        "level": known.get("level", ""), "area": known.get("area", ""), "unit": known.get("unit", ""), "east": east, "north": north,
        "turn_deg": known.get("turn_deg", 0.0), "join_m": known.get("join_m", 0.05),
    }  # fmt: skip


def kind_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """All that a layer can be, in groups."""
    return [(group, [(kind, _name(kind)) for kind in kinds]) for group, kinds in GROUPS]


def _name(kind: str) -> Any:
    return layer_kind(kind) if kind in (IGNORE, *NUMBER_KINDS, *OPENING_KINDS) else kind_name(kind)
