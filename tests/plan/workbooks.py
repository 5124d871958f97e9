"""Workbooks that tests damage: the small fair's, with parts of the zip exchanged."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hostcity.plan import PlanError, read_plan
from hostcity.plan.plan import SHEETS

#: Part of the zip by sheet, as the writer numbers them ("read me" is the first).
PART = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(SHEETS, 2)}


def refused(path: Path) -> list[tuple[str, str, int, str]]:
    """Code, sheet, row and column of every problem for which a plan is refused."""
    with pytest.raises(PlanError) as error:
        read_plan(path)
    for problem in error.value.problems:
        assert problem.what.strip()
        assert problem.mend.strip()
    return [(each.code, each.sheet, each.row, each.column) for each in error.value.problems]


def codes(path: Path) -> list[str]:
    """Codes of every problem for which a plan is refused."""
    return [each[0] for each in refused(path)]


def rewrite(path: Path, change: dict[str, Callable[[bytes], bytes | None] | bytes]) -> None:
    """Write a workbook again with some parts changed, removed (None) or added (bytes)."""
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    for name, act in change.items():
        body = act if isinstance(act, bytes) else act(parts[name])
        if body is None:
            del parts[name]
        else:
            parts[name] = body
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)


def put_cell(address: str, cell: str) -> Callable[[bytes], bytes]:
    """Exchange one cell of a sheet's part by other XML."""
    pattern = re.compile(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'.encode(), re.DOTALL)

    def change(body: bytes) -> bytes:
        changed, count = pattern.subn(lambda _: cell.encode(), body)
        assert count == 1, address
        return changed

    return change


def add_rows(rows: str) -> Callable[[bytes], bytes]:
    """Add rows at the end of a sheet's part."""
    return lambda body: body.replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def lie_about_size(path: Path, part: str, size: int, crc: int) -> None:
    """Say in the zip's directory and before the part that it unpacks to ``size`` bytes with this checksum."""
    body = bytearray(path.read_bytes())
    name = part.encode()
    for mark, name_at, crc_at in ((b"PK\x01\x02", 46, 16), (b"PK\x03\x04", 30, 14)):
        at = -1
        while (at := body.find(mark, at + 1)) >= 0:
            if body[at + name_at : at + name_at + len(name)] == name:
                struct.pack_into("<I", body, at + crc_at, crc)
                struct.pack_into("<I", body, at + crc_at + 8, size)
    path.write_bytes(bytes(body))
