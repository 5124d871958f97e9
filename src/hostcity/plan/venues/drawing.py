"""What is drawn so far: rows by sheet, with the lines that every venue draws in the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hostcity.plan.rows import Amenity, Area, Connector, Level, Opening, Stand
from hostcity.plan.venues.frame import Frame, Point, Ring
from hostcity.plan.venues.sizes import END_MARGIN_M, MARGIN_M, STANDS_IN_LINE, HallSize

DOOR_M = 10.0
SIDE_EXIT_M = 12.0
SIDE_EXITS = 7  # along each side of a hall
END_EXITS = 3


@dataclass
class Drawing:
    """Rows of a drawing, in the order of the plan's sheets."""

    levels: tuple[Level, ...]
    areas: list[Area] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    amenities: list[Amenity] = field(default_factory=list)

    def sheets(self) -> dict[str, tuple[Any, ...]]:
        """Fields of a plan."""
        return {name: tuple(rows) for name, rows in vars(self).items()}

    def area(
        self, code: str, name: tuple[str, str], kind: str, level: str, outline: Ring, gross_m2: float, **more: Any
    ) -> None:
        """An area with its outline."""
        self.areas.append(
            Area(
                code=code, name_en=name[0], name_zh=name[1], kind=kind, level=level, outline=outline, gross_m2=gross_m2,
                **more,
            )
        )  # fmt: skip

    def obstacle(self, code: str, area: str, kind: str, outline: Ring, height_m: float) -> None:
        """Something that is in the way and shows nothing."""
        self.stands.append(Stand(code=code, area=area, kind=kind, outline=outline, height_m=height_m))

    def opening(self, code: str, area: str, other: str, line: Ring, **more: Any) -> None:
        """A gap in a wall."""
        self.openings.append(Opening(code=code, area=area, other=other, line=line, **more))

    def amenity(
        self, code: str, name: tuple[str, str], kind: str, area: str, place: Point, places: int | None = None
    ) -> None:
        """Something that people look for."""
        self.amenities.append(
            Amenity(
                code=code, name_en=name[0], name_zh=name[1], kind=kind, area=area, x_m=place[0], y_m=place[1],
                places=places,
            )
        )  # fmt: skip

    def connector(
        self, code: str, kind: str, ends: tuple[str, str], places: tuple[Point, Point], width_m: float, **more: Any
    ) -> None:
        """A way between levels."""
        (start_x_m, start_y_m), (end_x_m, end_y_m) = places
        self.connectors.append(
            Connector(
                code=code, kind=kind, start=ends[0], start_x_m=start_x_m, start_y_m=start_y_m, end=ends[1],
                end_x_m=end_x_m, end_y_m=end_y_m, width_m=width_m, **more,
            )
        )  # fmt: skip

    def hall_floor(self, hall: str, frame: Frame, near_m: float, size: HallSize, exhibitors: bool = True) -> None:
        """Stands in blocks, exits along both sides and opposite of the doors, and what a hall of this size has."""
        if exhibitors:
            self._stands(hall, frame, near_m, size)
        self._exits(hall, frame, near_m, size)
        self._amenities(hall, frame, near_m, size)

    def _stands(self, hall: str, frame: Frame, near_m: float, size: HallSize) -> None:
        """Numbered line by line from the doors: hall, letter of the line, number in the line."""
        across = _spread(size.width_m - 2 * MARGIN_M, size.block_width_m, size.blocks)
        along = _spread(size.depth_m - 2 * END_MARGIN_M, size.block_depth_m, size.lines)
        in_row = size.blocks * STANDS_IN_LINE
        for number in range(size.stands):
            line, rest = divmod(number, 2 * in_row)
            back, place = divmod(rest, in_row)
            block, stand = divmod(place, STANDS_IN_LINE)
            right = MARGIN_M + across[block] + stand * size.stand_width_m - size.width_m / 2
            near = near_m + END_MARGIN_M + along[line] + back * size.stand_depth_m
            outline = frame.box((near, near + size.stand_depth_m), (right, right + size.stand_width_m))
            code = f"{hall}{_letters(2 * line + back)}{place + 1:02d}"
            self.stands.append(Stand(code=code, area=hall, outline=outline, height_m=size.height_m))

    def _exits(self, hall: str, frame: Frame, near_m: float, size: HallSize) -> None:
        """Doors in the open; from an upper level stairs lead on to the ground."""
        level = next(each.level for each in self.areas if each.code == hall)
        ground = min(self.levels, key=lambda each: each.elevation_m)
        of_exit: dict[str, Any] = {"direction": "out", "is_exit": True, "step_free": level == ground.code}
        step = size.depth_m / SIDE_EXITS
        width = min(SIDE_EXIT_M, step / 2)
        for side, aside in (("r", -size.width_m / 2), ("l", size.width_m / 2)):
            for number in range(SIDE_EXITS):
                middle = near_m + (number + 0.5) * step
                line = frame.ring((middle - width / 2, aside), (middle + width / 2, aside))
                self.opening(f"{hall}-exit-{side}{number + 1}", hall, "", line, **of_exit)
        far = near_m + size.depth_m
        for number, middle in enumerate(doors(size)):
            line = frame.ring((far, middle - DOOR_M / 2), (far, middle + DOOR_M / 2))
            self.opening(f"{hall}-exit-e{number + 1}", hall, "", line, **of_exit)

    def _amenities(self, hall: str, frame: Frame, near_m: float, size: HallSize) -> None:
        """At the walls, where no stands are."""
        side, far = size.width_m / 2 - 1.5, near_m + size.depth_m
        spots = (
            ("water-a", ("Drinking water", "饮水处"), "water", near_m + 1.5, side, 4),
            ("water-b", ("Drinking water", "饮水处"), "water", far - 1.5, -side, 4),
            ("seats-a", ("Seats", "休息座椅"), "seats", near_m + size.depth_m * 0.35, -side, 40),
            ("seats-b", ("Seats", "休息座椅"), "seats", near_m + size.depth_m * 0.65, side, 40),
            ("charging", ("Charging", "充电处"), "charging", near_m + size.depth_m * 0.5, side, 24),
            ("aed-a", ("AED", "AED"), "aed", near_m + 1.5, -side, None),
            ("aed-b", ("AED", "AED"), "aed", far - 1.5, side, None),
            ("nursing", ("Nursing room", "母婴室"), "nursing_room", near_m + size.depth_m * 0.5, -side, 2),
            ("food", ("Food", "餐饮"), "catering", near_m + size.depth_m * 0.75, -side, None),
            ("toilets-a", ("Toilets", "卫生间"), "toilets", near_m + size.depth_m * 0.25, -side, 60),
            ("toilets-b", ("Toilets", "卫生间"), "toilets", near_m + size.depth_m * 0.75, side, 60),
        )
        for tail, name, kind, along, aside, places in spots:
            self.amenity(f"{hall}-{tail}", name, kind, hall, frame.place(along, aside), places)


def doors(size: HallSize) -> tuple[float, float, float]:
    """Where the three doors of a hall's inner wall are, aside of its middle. [m]"""
    return -size.width_m / 3, 0.0, size.width_m / 3


def _spread(room_m: float, each_m: float, count: int) -> list[float]:
    """Where things of one size begin that are spread evenly over a length, the first and the last at its ends."""
    if count == 1:
        return [(room_m - each_m) / 2]
    return [number * (room_m - each_m) / (count - 1) for number in range(count)]


def _letters(number: int) -> str:
    """A, B, ... Z, AA, AB ...; without I and O, which are read as figures."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    first, last = divmod(number, len(letters))
    return (letters[first - 1] if first else "") + letters[last]
