"""Look at a workbook before it is read: is it one, and is it of a size that a plan has?

A few kilobytes of zip can unpack to gigabytes. So the sizes in the zip's directory are added up first, then each sheet
is unpacked once, piece by piece and never further than its limit, to count cells and to find formulas: the reader of
values shows neither.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from hostcity.plan.problems import PlanError, Problem

MOST_FILE_BYTES = 64 * 1024**2
MOST_UNPACKED_BYTES = 256 * 1024**2
MOST_RATIO = 200  # of a sheet with repeated numbers; a bomb has thousands
RATIO_MATTERS_FROM_BYTES = 4 * 1024**2
MOST_PARTS = 500
MOST_CELLS = 2_000_000
PIECE_BYTES = 1024**2
MOST_FORMULAS_LISTED = 20

_CELL_OR_FORMULA = re.compile(rb"<c(?=[ >])([^>]*)>|<f[ >/]")
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')


def guard(path: Path, of: str) -> dict[str, list[str]]:
    """Refuse what is no workbook of a plan's size; give the formula cells by zip part. Raises PlanError."""
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise _refused("workbook.size", "is larger than 64 MiB.", "Remove what does not belong to the plan.", of)
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_directory(parts, of)
            return _scan(archive, parts, of)
    except FileNotFoundError:
        raise _refused("workbook.not_found", "does not exist.", "Check the path.", of) from None
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, PlanError):
            raise
        mend = "Save the plan as an Excel workbook (.xlsx)."
        raise _refused("workbook.not_xlsx", "is not an Excel workbook (.xlsx).", mend, of) from None
    except Exception as error:  # zlib.error and its kin: whatever unpacking says of a broken file
        mend = "Save it again from the spreadsheet program."
        raise _refused("workbook.broken", f"is broken: {type(error).__name__}.", mend, of) from None


def _refused(code: str, what: str, mend: str, of: str) -> PlanError:
    return PlanError([Problem(code=code, what=what, mend=mend)], of)


def _check_directory(parts: list[zipfile.ZipInfo], of: str) -> None:
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/worksheets/") for name in names):
        mend = "Save the plan as an Excel workbook (.xlsx)."
        raise _refused("workbook.not_xlsx", "is a zip file but not an Excel workbook (.xlsx).", mend, of)
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked / packed > MOST_RATIO
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES or is_bomb:
        what = f"unpacks to {unpacked / 1e6:.0f} MB in {len(parts)} parts from {packed / 1e3:.0f} kB."
        raise _refused("workbook.bomb", what, "Remove empty formatted rows and columns and save it again.", of)


def _scan(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], of: str) -> dict[str, list[str]]:
    formulas: dict[str, list[str]] = {}
    cells = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            found: list[str] = []
            is_sheet = part.filename.startswith("xl/worksheets/sheet")
            cells += _scan_part(archive, part, found, is_sheet, of)
            if found:
                formulas[part.filename] = found
            if cells > MOST_CELLS:
                what = f"has more than {MOST_CELLS:,} cells."
                raise _refused("workbook.cells", what, "Remove empty formatted rows and columns and save it again.", of)
    return formulas


def _scan_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, found: list[str], is_sheet: bool, of: str) -> int:
    cells, seen, kept, at = 0, 0, b"", b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE_BYTES):
            seen += len(piece)
            if seen > part.file_size:
                raise _refused("workbook.bomb", "is larger than its directory says.", "Save it again.", of)
            text = kept + piece
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise _refused(
                    "workbook.entities", "declares XML entities.", "Save it again from a spreadsheet program.", of
                )
            if not is_sheet:
                kept = text[-16:]
                continue
            end = text.rfind(b"<")  # a tag cut in two is looked at with the next piece
            for match in _CELL_OR_FORMULA.finditer(text, 0, max(end, 0)):
                if match[0].startswith(b"<f"):
                    address = _ADDRESS.search(at)
                    found.append(address[1].decode() if address else "")
                else:
                    cells += 1
                    at = match[1]
            kept = text[max(end, 0) :]
            if cells > MOST_CELLS or len(kept) > 4 * PIECE_BYTES:
                break
        cells += sum(1 for match in _CELL_OR_FORMULA.finditer(kept) if not match[0].startswith(b"<f"))
    return cells
