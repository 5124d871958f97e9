"""A crossing with halls on three sides, an entrance on the fourth, and a stand beside the way; meters."""

from __future__ import annotations

from examples.tiny.build import build_plan

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Area, Face, FaceLine, Gate, Level, Link, LinkKind, Node, Stand, Station

AROUND = ((-200.0, -10.0), (200.0, -10.0), (200.0, 210.0), (-200.0, 210.0))
PLACES = {
    "gate": ("in", 0, 0), "mid": ("hub", 0, 50), "west": ("A", -50, 50), "east": ("B", 50, 50), "north": ("hub", 0, 100), "corner": ("hub", 50, 100),
    "far": ("C", 50, 150), "side": ("hub", -50, 100),
}  # fmt: skip
LINKS = ("gate-mid", "mid-west", "mid-east", "mid-north", "north-corner", "corner-far", "north-side")


def crossing(*faces: tuple[Face, tuple[FaceLine, ...]], stands: tuple[Stand, ...] = ()) -> Plan:
    """The plan; areas are not drawn but for the one around all of it."""
    areas = [
        Area(code="in", kind="gate", level="0", gross_m2=100.0, inside=True),
        Area(code="hub", kind="plaza", level="0", gross_m2=88_000.0, outline=AROUND),
    ]
    areas += [
        Area(code=code, name_en=f"Hall {code}", name_zh=f"{code} 馆", kind="hall", level="0", gross_m2=100.0)
        for code in "ABC"
    ]
    return Plan(
        edition=build_plan(10).edition, levels=(Level(code="0", elevation_m=0.0),), areas=tuple(areas), link_kinds=(LinkKind(code="level"),),
        nodes=tuple(Node(code=code, level="0", area=area, x_m=x, y_m=y) for code, (area, x, y) in PLACES.items()),
        links=tuple(Link(code=code, start=code.split("-")[0], end=code.split("-")[1], length_m=50.0, width_m=5.0) for code in LINKS),
        gates=(Gate(code="G", name_en="Gate", name_zh="大门"),), stands=stands,
        stations=(
            Station(code="check", node="gate", service="security", gate="G", lanes=1, service_mean_s=5.0),
            Station(code="wc", node="side", service="toilets", lanes=1, service_mean_s=60.0),
        ),
        faces=tuple(face for face, _ in faces), face_lines=tuple(line for _, lines in faces for line in lines),
    )  # fmt: skip


def face(
    code: str, *lines: str, x_m: float = 0.0, y_m: float = 50.0, bearing_deg: float = 180.0, **more: object
) -> tuple[Face, tuple[FaceLine, ...]]:
    """A face over the middle, read by who comes from the gate; lines as "A left": to a hall, or to toilets."""
    row = Face(code=code, area="hub", x_m=x_m, y_m=y_m, bearing_deg=bearing_deg, **more)  # type: ignore[arg-type]
    made = []
    for at, (name, arrow) in enumerate((line.split() for line in lines), 1):
        to = {"amenity": "toilets"} if name == "wc" else {"area": name}
        said = (
            {"name_en": "Toilets", "name_zh": "卫生间"}
            if name == "wc"
            else {"name_en": f"Hall {name}", "name_zh": f"{name} 馆"}
        )
        made.append(FaceLine(code=f"{code}-{at}", face=code, arrow=arrow, **said, **to))  # type: ignore[arg-type]
    return row, tuple(made)
