"""Plans of a drawing and nothing else."""

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Area, Level, Node, Opening, Stand
from hostcity.plan.template import empty_plan


def box(west, south, east, north):
    return ((west, south), (east, south), (east, north), (west, north))


def area(code, *sides, level="0", kind="hall"):
    west, south, east, north = sides
    return Area(code=code, kind=kind, level=level, gross_m2=(east - west) * (north - south), outline=box(*sides))


def node(code, of, x_m, y_m, level="0", **more):
    return Node(code=code, level=level, area=of, x_m=x_m, y_m=y_m, **more)


def stand(code, of, *sides, **more):
    return Stand(code=code, area=of, outline=box(*sides), **more)


def rooms(**sheets) -> Plan:
    """Two rooms of 20 x 20 m side by side, a node in the middle of each, and a door of 3 m between them."""
    usual = {
        "levels": (Level(code="0", elevation_m=0.0),),
        "areas": (area("A", 0, 0, 20, 20), area("B", 20, 0, 40, 20)),
        "nodes": (node("a", "A", 10, 10), node("b", "B", 30, 10)),
        "openings": (Opening(code="door", area="A", other="B", line=((20, 8.5), (20, 11.5))),),
    }
    return empty_plan().replace(**(usual | sheets))
