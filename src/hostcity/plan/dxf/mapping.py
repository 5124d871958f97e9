"""What the layers of a drawing are: the small file (TOML or JSON) that a planner keeps beside it."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostcity.plan.columns import columns_of
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.rows import Area, Connector
from hostcity.plan.rows.drawing import AMENITY_KINDS, STAND_KINDS
from hostcity.plan.sentences import Sentence

AREA_KINDS: tuple[str, ...] = columns_of(Area)["kind"].choices
OPENING_KINDS = ("opening", "exit")
CONNECTOR_KINDS: tuple[str, ...] = columns_of(Connector)["kind"].choices
PLACE_KINDS = (*CONNECTOR_KINDS, *AMENITY_KINDS)  # blocks, points or outlines that stand for one place
NUMBER_KINDS = ("stand_number", "area_number", "opening_number", "place_number")
IGNORE = "ignore"
#: All that a layer can be.
KINDS = (*STAND_KINDS, *AREA_KINDS, *OPENING_KINDS, *PLACE_KINDS, *NUMBER_KINDS, IGNORE)
LINED_KINDS = (*STAND_KINDS, *AREA_KINDS, *OPENING_KINDS)  # outlines and lines
DRAWN_KINDS = (*LINED_KINDS, *PLACE_KINDS)

#: Meters of a unit.
UNITS = {"m": 1.0, "dm": 0.1, "cm": 0.01, "mm": 0.001, "km": 1000.0, "ft": 0.3048, "in": 0.0254}
MOST_BYTES = 1024**2
MOST_LAYERS = 2_000
FAR_M = 1e7
WIDEST_JOIN_M = 0.5
KEYS = ("unit", "level", "area", "move_m", "turn_deg", "join_m", "layers")
THE_MAP = Sentence("the map of layers")


@dataclass(frozen=True, kw_only=True, slots=True)
class LayerMap:
    """What the layers of a drawing are, and where it lies in the plan.

    A place of the drawing is taken to meters by its unit, turned counterclockwise around the drawing's origin, and moved.
    """

    level: str
    layers: dict[str, str] = field(default_factory=dict)  # layer -> one of KINDS
    unit: str = ""  # "" = as the file says
    area: str = ""  # where everything stands; "" = the area in which it is drawn
    move_m: Point = (0.0, 0.0)  # to the east, to the north
    turn_deg: float = 0.0
    join_m: float = 0.05  # gaps and overlaps up to this wide are closed

    @property
    def sha256(self) -> str:
        """Hash of all that it says."""
        return hashlib.sha256(json.dumps(self.body(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def body(self) -> dict[str, Any]:
        """It as JSON, which `layer_map_of` reads."""
        return {
            "unit": self.unit, "level": self.level, "area": self.area, "move_m": list(self.move_m),
            "turn_deg": self.turn_deg, "join_m": self.join_m, "layers": dict(sorted(self.layers.items())),
        }  # fmt: skip

    def is_drawn(self, kind: str) -> bool:
        """Whether a layer is of this kind."""
        return kind in self.layers.values()


def read_layer_map(path: Path) -> LayerMap:
    """The map in a file. Raises PlanError with every problem."""
    if not path.is_file():
        what, mend = Sentence("does not exist."), Sentence("Make one: {command}.", command="hostcity dxf layers FILE")
        raise PlanError([_problem("file", what, mend)], str(path))
    if path.stat().st_size > MOST_BYTES:
        what, mend = Sentence("is larger than 1 MiB."), Sentence("Keep only the layers that are used.")
        raise PlanError([_problem("file", what, mend)], path.name)
    try:
        text = path.read_text("utf-8-sig")
        body = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except UnicodeDecodeError:
        what, mend = Sentence("is not UTF-8 text."), Sentence("Save it as UTF-8.")
        raise PlanError([_problem("file", what, mend)], path.name) from None
    except (ValueError, RecursionError) as error:
        what, mend = Sentence("cannot be read: {error}.", error=str(error)[:200]), Sentence("Correct the text.")
        raise PlanError([_problem("file", what, mend)], path.name) from None
    return layer_map_of(body, path.name)


def layer_map_of(body: Any, of: str = THE_MAP) -> LayerMap:
    """The map that a body of JSON says. Raises PlanError with every problem."""
    problems = Listing()
    if not isinstance(body, dict):
        what, mend = (
            Sentence("is no table of settings."),
            Sentence("Make one: {command}.", command="hostcity dxf layers FILE"),
        )
        raise PlanError([_problem("file", what, mend)], of)
    for key in body:
        if key not in KEYS:
            what = Sentence("has {key}, which is not known.", key=repr(str(key)[:60]))
            problems.add(_problem("key", what, Sentence("Known: {keys}.", keys=", ".join(KEYS))))
    values: dict[str, Any] = {
        "unit": _unit(body.get("unit", ""), problems),
        "level": _text("level", body.get("level", ""), problems),
        "area": _text("area", body.get("area", ""), problems),
        "move_m": _move(body.get("move_m", (0.0, 0.0)), problems),
        "turn_deg": _number("turn_deg", body.get("turn_deg", 0.0), -360.0, 360.0, problems),
        "join_m": _number("join_m", body.get("join_m", 0.05), 0.0, WIDEST_JOIN_M, problems),
        "layers": _layers(body.get("layers", {}), problems),
    }
    if problems:
        raise PlanError(problems, of)
    return LayerMap(**values)


def map_problems(layer_map: LayerMap, plan: Plan) -> Iterator[Problem]:
    """What is wrong with a map for a plan: a level or an area that it does not have, nothing to be read."""
    levels, areas = [each.code for each in plan.levels], {each.code: each for each in plan.areas}
    if layer_map.level not in levels:
        what = Sentence("says level {level}, which the plan does not have.", level=repr(layer_map.level))
        yield _problem("level", what, Sentence("Levels: {levels}.", levels=", ".join(levels[:20])))
    if layer_map.area and layer_map.area not in areas:
        what = Sentence("says area {area}, which the plan does not have.", area=repr(layer_map.area))
        mend = Sentence("Name an area of the plan, or leave it empty.")
        yield _problem("area", what, mend)
    elif layer_map.area and areas[layer_map.area].level != layer_map.level:
        what = Sentence("says area {area}, which is not on level {level}.", area=layer_map.area, level=layer_map.level)
        yield _problem("area", what, Sentence("Name an area of this level, or leave it empty."))
    if not any(kind in DRAWN_KINDS for kind in layer_map.layers.values()):
        what = Sentence("says of no layer what is drawn there.")
        mend = Sentence("Give at least one layer a kind: {kinds}.", kinds=", ".join(DRAWN_KINDS))
        yield _problem("nothing", what, mend)


def as_toml(layer_map: LayerMap, notes: Mapping[str, str] | None = None) -> str:
    """The map as a file to be corrected by hand; ``notes`` are comments behind layers."""
    told = notes or {}
    lines = [
        "# What the layers of a drawing are. Kinds of layers:",
        f"#   on floors: {', '.join(STAND_KINDS)}",
        f"#   areas: {', '.join(AREA_KINDS)}",
        f"#   gaps in walls: {', '.join(OPENING_KINDS)}",
        f"#   stairs and the like: {', '.join(CONNECTOR_KINDS)}",
        f"#   amenities: {', '.join(AMENITY_KINDS)}",
        f"#   texts: {', '.join(NUMBER_KINDS)};  or {IGNORE}",
        "",
        f'unit = {_quoted(layer_map.unit)}  # m, dm, cm, mm, km, ft, in; "" = as the file says',
        f"level = {_quoted(layer_map.level)}  # of the plan",
        f'area = {_quoted(layer_map.area)}  # of the plan, in which everything stands; "" = the one it is drawn in',
        f"move_m = [{layer_map.move_m[0]!r}, {layer_map.move_m[1]!r}]  # from the drawing's origin to the plan's: east, north",
        f"turn_deg = {layer_map.turn_deg!r}  # counterclockwise, before it is moved",
        f"join_m = {layer_map.join_m!r}  # gaps and overlaps up to this wide are closed",
        "",
        "[layers]",
    ]
    for name, kind in layer_map.layers.items():
        note = f"  # {' '.join(told[name].split())}" if told.get(name) else ""
        lines.append(f"{_quoted(name)} = {_quoted(kind)}{note}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as TOML quotes it; JSON's quotes are a subset of them, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _problem(kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"dxf.map.{kind}", what=what, mend=mend)


def _text(name: str, value: Any, problems: Listing) -> str:
    if isinstance(value, str):
        return value.strip()
    what = Sentence("has {value} as {name}.", value=repr(value)[:60], name=name)
    problems.add(_problem("value", what, Sentence("Write a text in quotes.")))
    return ""


def _unit(value: Any, problems: Listing) -> str:
    if value in ("", *UNITS):
        return str(value)
    what = Sentence("has {value} as {name}.", value=repr(value)[:60], name="unit")
    problems.add(_problem("value", what, Sentence("Choose one of: {choices}.", choices=", ".join(UNITS))))
    return ""


def _number(name: str, value: Any, low: float, high: float, problems: Listing) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if is_number and low <= value <= high:
        return float(value)
    what = Sentence("has {value} as {name}.", value=repr(value)[:60], name=name)
    mend = Sentence("Give a number from {low} to {high}.", low=f"{low:g}", high=f"{high:g}")
    problems.add(_problem("value", what, mend))
    return 0.0


def _move(value: Any, problems: Listing) -> Point:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        what = Sentence("has {value} as {name}.", value=repr(value)[:60], name="move_m")
        problems.add(_problem("value", what, Sentence("Write two numbers: [east, north].")))
        return 0.0, 0.0
    east, north = (_number("move_m", each, -FAR_M, FAR_M, problems) for each in value)
    return east, north


def _layers(value: Any, problems: Listing) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST_LAYERS:
        what = Sentence("has no table of layers.")
        mend = Sentence(
            'Write lines such as "{layer}" = "{kind}" below [layers], at most {most:,}.',
            layer="A-BOOTH",
            kind="stand",
            most=MOST_LAYERS,
        )
        problems.add(_problem("layers", what, mend))
        return {}
    for name, kind in value.items():
        if kind not in KINDS:
            what = Sentence("says that layer {layer} is {kind}.", layer=repr(name)[:60], kind=repr(kind)[:60])
            problems.add(_problem("kind", what, Sentence("Choose one of: {choices}.", choices=", ".join(KINDS))))
    return {name: kind for name, kind in value.items() if kind in KINDS}
