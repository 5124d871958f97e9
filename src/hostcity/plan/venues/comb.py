"""A comb: halls on both sides of a spine, with an entrance at each of its ends."""

from __future__ import annotations

import math

from hostcity.plan.rows import Level
from hostcity.plan.sentences import Sentence
from hostcity.plan.venues.drawing import DOOR_M, Drawing, doors
from hostcity.plan.venues.frame import Frame
from hostcity.plan.venues.sizes import HallSize, refuse

SPINE_M = 40.0
BETWEEN_M = 24.0  # from hall to hall
FORECOURT_M = 80.0
MOST_HALLS = 48


def comb(halls: int = 12, size: HallSize | None = None) -> Drawing:
    """A venue of halls along a spine, half of them north of it; one level.

    Raises ``PlanError`` for a number of halls or stands that cannot be drawn.
    """
    if not 1 <= halls <= MOST_HALLS:
        what, mend = Sentence("has {count} halls.", count=halls), Sentence("Give 1 to {most}.", most=MOST_HALLS)
        refuse("venue.halls", what, mend)
    size = size or HallSize()
    pitch = size.width_m + BETWEEN_M
    length = math.ceil(halls / 2) * pitch
    drawing = Drawing(levels=(Level(code="0", name_en="Ground", name_zh="地面层", elevation_m=0.0),))
    half = SPINE_M / 2
    spine = Frame(0.0).box((0.0, length), (-half, half))
    drawing.area("spine", ("Spine", "中央通廊"), "concourse", "0", spine, length * SPINE_M)
    for number in range(halls):
        pair, is_south = divmod(number, 2)
        frame = Frame(-90.0 if is_south else 90.0, x_m=(pair + 0.5) * pitch)
        _hall(drawing, f"{'S' if is_south else 'N'}{pair + 1}", frame, size)
    for code, name, frame in (
        ("W", ("West", "西"), Frame(180.0)),
        ("E", ("East", "东"), Frame(0.0, x_m=length)),
    ):
        _entrance(drawing, code, name, frame)
    _spine_amenities(drawing, length)
    return drawing


def _hall(drawing: Drawing, code: str, frame: Frame, size: HallSize) -> None:
    near = SPINE_M / 2
    outline = frame.box((near, near + size.depth_m), (-size.width_m / 2, size.width_m / 2))
    drawing.area(code, (f"Hall {code}", f"{code} 号馆"), "hall", "0", outline, size.width_m * size.depth_m)
    for number, middle in enumerate(doors(size)):
        line = frame.ring((near, middle - DOOR_M / 2), (near, middle + DOOR_M / 2))
        drawing.opening(f"{code}-door{number}", code, "spine", line)
    drawing.hall_floor(code, frame, near, size)


def _entrance(drawing: Drawing, code: str, name: tuple[str, str], frame: Frame) -> None:
    """A forecourt as wide as three spines."""
    half = 1.5 * SPINE_M
    outline = frame.box((0.0, FORECOURT_M), (-half, half))
    title = f"{name[0]} entrance", f"{name[1]}入口"
    drawing.area(f"gate-{code}", title, "gate", "0", outline, 2 * half * FORECOURT_M, inside=False)
    line = frame.ring((0.0, -SPINE_M / 2), (0.0, SPINE_M / 2))
    drawing.opening(f"gate-{code}-spine", f"gate-{code}", "spine", line)
    street = frame.ring((FORECOURT_M, -half), (FORECOURT_M, half))
    drawing.opening(f"gate-{code}-street", f"gate-{code}", "", street, is_exit=True)
    at = frame.place(FORECOURT_M / 2, half - 2.0)
    drawing.amenity(f"gate-{code}-information", ("Information", "问询处"), "information", f"gate-{code}", at)


def _spine_amenities(drawing: Drawing, length: float) -> None:
    for number, (kind, name, places) in enumerate(
        (
            ("information", ("Information", "问询处"), None),
            ("first_aid", ("First aid", "医疗站"), None),
            ("seats", ("Seats", "休息座椅"), 60),
            ("prayer_room", ("Prayer room", "祈祷室"), 20),
        )
    ):
        at = ((number + 1) * length / 5, SPINE_M / 2 - 2.0)
        drawing.amenity(f"spine-{kind}", name, kind, "spine", at, places)
