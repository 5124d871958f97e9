"""A small venue with sign faces in every state."""

import struct
import zlib

import pytest
from django_scopes import scope

from hostcity.core.models import PlanRow
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan.rows import Face, FaceLine
from tests import people
from tests.venue import halls


def png() -> bytes:
    """A photo of one point."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def face(code, **more):
    """A face in hall A that looks to the bottom of the drawing."""
    return Face(**{"code": code, "area": "A", "x_m": 20.0, "y_m": 10.0, "bearing_deg": 180.0} | more)


FACES = (
    face("F1"), face("F2", state="approved"), face("F3", state="made"), face("F4", state="installed"),
    face("F5", state="checked", area="B", bearing_deg=90.0), face("F6", state="installed", fault="damaged"),
)  # fmt: skip
LINES = tuple(
    FaceLine(
        code=f"{each.code}-1",
        face=each.code,
        name_en=f"Hall B of {each.code}",
        name_zh="B 号馆",
        arrow="left",
        area="B",
    )
    for each in FACES
)


@pytest.fixture
def signed(edition, planner):
    """The edition holds the venue with its faces."""
    replace_plan(edition=edition, plan=halls.plan(faces=FACES, face_lines=LINES), by=planner)
    return edition


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def state_of(edition, key):
    """State and fault as they are stored."""
    with scope(edition=edition):
        body = PlanRow.objects.get(sheet="faces", key=key).body
    return body["state"], body["fault"]
