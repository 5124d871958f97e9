"""IMDF 1.0 (OGC 20-094): the drawing of a plan as an archive of GeoJSON files, and back."""

from hostcity.plan.imdf.drawing import DRAWN, Drawing, drawing_of, new_plan, put_into
from hostcity.plan.imdf.read import Examined, examine, read_archive
from hostcity.plan.imdf.rules import RULES
from hostcity.plan.imdf.write import archive_of, write_archive

__all__ = [
    "DRAWN",
    "RULES",
    "Drawing",
    "Examined",
    "archive_of",
    "drawing_of",
    "examine",
    "new_plan",
    "put_into",
    "read_archive",
    "write_archive",
]
