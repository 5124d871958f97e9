"""Files that are damaged at random: each is read or refused, none ends in a traceback, none takes for ever."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from hostcity.plan import PlanError
from hostcity.plan.dxf import picture_of_proof, prove
from tests.plan.dxf.drawings import SAME, document, layer_map, line, rectangle, stand, text_of
from tests.plan.test_drawing import box, drawn

SECONDS = 20.0
NONSENSE = (
    b"1e308", b"-1", b"nan", b"inf", b"\xff\xfe", b"", b"99999999999", b"0", b"1", b"LWPOLYLINE", b"INSERT", b"B", b"\xd5\xb9",
)  # fmt: skip


def rich_drawing() -> bytes:
    """A drawing with an entity of every kind that is read."""

    def curves(space) -> None:
        space.add_circle((170, 60), 0.4, dxfattribs={"layer": "柱"})
        space.add_arc((160, 60), 2, 0, 180, dxfattribs={"layer": "展位"})
        space.add_ellipse((165, 70), (3, 0), 0.5, dxfattribs={"layer": "展位"})
        space.add_spline([(150, 80), (155, 85), (160, 80)], dxfattribs={"layer": "展位"})
        space.add_mtext(r"{\C1;1A09}", dxfattribs={"layer": "展位号", "insert": (153, 51)})
        hatch = space.add_hatch(dxfattribs={"layer": "展位"})
        hatch.paths.add_polyline_path(box(180, 50, 186, 53), is_closed=True)
        space.add_solid(box(190, 50, 191, 51), dxfattribs={"layer": "柱"})
        block = space.doc.blocks.new("B")
        block.add_lwpolyline(box(0, 0, 2, 1), close=True)
        block.add_attdef("NO", (1, 0.5))
        space.add_blockref("B", (160, 80), dxfattribs={"layer": "展位", "xscale": -2, "rotation": 30}).add_auto_attribs(
            {"NO": "1A05"}
        )
        space.add_polyline3d(box(150, 90, 156, 93), close=True, dxfattribs={"layer": "展位"})

    return text_of(
        document(
            *SAME,
            *stand("1A02", 160, 50, 166, 53),
            rectangle(138, 46, 212, 96, "馆"),
            line((200, 46), (204, 46)),
            curves,
        )
    )


def mutated(lines: list[bytes], chance: random.Random) -> bytes:
    """A few lines lost, doubled, exchanged or made nonsense; half of the time only values, so that codes stay in step."""
    lines = list(lines)
    if chance.random() < 0.5:
        for _each in range(chance.choice((1, 2, 5, 20))):
            at = chance.randrange(len(lines) // 2) * 2
            lines[at] = chance.choice((*NONSENSE, lines[chance.randrange(len(lines) // 2) * 2]))
        return b"\n".join(lines)
    for _each in range(chance.choice((1, 1, 2, 5, 40))):
        at = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at] = chance.choice(NONSENSE)
            case 3:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 4:
                lines[at] = bytes(chance.randrange(256) for _byte in range(8))
            case 5:
                del lines[at : at + chance.randrange(40)]
    data = b"\n".join(lines)
    return data[: chance.randrange(len(data))] if chance.random() < 0.1 else data


def entities_of(data: bytes) -> range:
    """The lines between which things are drawn: elsewhere most damage is of no interest."""
    lines = data.split(b"\n")
    begins = lines.index(b"ENTITIES")
    return range(begins, len(lines))


@pytest.mark.parametrize("batch", range(10))
def test_damaged_drawings_are_read_or_refused(batch, tmp_path):
    data = rich_drawing()
    lines = data.split(b"\n")
    chance = random.Random(batch)  # noqa: S311 -- no secret
    outcomes = {"read": 0, "refused": 0}
    begins = entities_of(data).start
    for _each in range(50):
        whole = chance.random() < 0.2
        kept = lines[: 1 if whole else begins]  # from a value on, so that every other line is one
        damaged = b"\n".join(kept) + b"\n" + mutated(lines[len(kept) :], chance)
        (tmp_path / "x.dxf").write_bytes(damaged)
        started = time.process_time()
        try:
            proof = prove(tmp_path / "x.dxf", layer_map(), drawn())
            picture_of_proof(proof)
            assert all(str(each) for each in (*proof.doubts, *proof.refusals))
            outcomes["read"] += 1
        except PlanError as error:
            assert error.problems  # noqa: PT017 -- it may be read as well
            outcomes["refused"] += 1
        assert time.process_time() - started < SECONDS
    assert outcomes["read"] >= 5, outcomes


def test_the_library_is_imported_only_when_a_file_is_read():
    program = (
        "import sys; import hostcity.plan.dxf, hostcity.site.command; print({'ezdxf', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
