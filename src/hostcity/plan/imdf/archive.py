"""Open an archive without trusting it: names, sizes, links and text are looked at before anything is made of them.

A zip's directory can lie, name paths outside of the folder it is unpacked into, hold one name twice, and a few kilobytes
can unpack to gigabytes. So names and sizes of the directory are looked at first; then each file is unpacked in memory,
once and never further than its limit. Nothing is ever written to a disk.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence

FEATURE_TYPES = (
    "venue", "address", "building", "footprint", "level", "unit", "section", "kiosk", "fixture", "opening", "amenity",
    "anchor", "occupant", "relationship", "geofence", "detail",
)  # fmt: skip
MANIFEST = "manifest.json"
NEEDED = (MANIFEST, "venue.geojson", "address.geojson", "level.geojson", "unit.geojson")
FILES = {MANIFEST, *(f"{each}.geojson" for each in FEATURE_TYPES)}

MOST_FILE_BYTES = 64 * 1024**2
MOST_UNPACKED_BYTES = 256 * 1024**2
MOST_RATIO = 200  # of coordinates as text to their zip; a bomb has thousands
RATIO_MATTERS_FROM_BYTES = 4 * 1024**2
MOST_PARTS = 200
_DRIVE = re.compile(r"[A-Za-z]:")
_PASSED_OVER = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\.DS_Store$|\._[^/]*$)")


@dataclass(frozen=True, slots=True)
class Archive:
    """What the files of an archive say, by the name of the file."""

    bodies: dict[str, Any]
    left_out: tuple[str, ...] = ()  # names of files that IMDF does not know


@dataclass(slots=True)
class _Reading:
    problems: list[Problem] = field(default_factory=list)
    bodies: dict[str, Any] = field(default_factory=dict)


def open_archive(path: Path) -> Archive:
    """The files of an archive. Raises PlanError with every problem of the zip and of its text."""
    of = path.name
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            mend = Sentence("Remove what does not belong to the plan.")
            raise _refused("size", Sentence("is larger than 64 MiB."), mend, of)
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not _PASSED_OVER.search(part.filename)]
            problems = [*_names(parts), *_sizes(parts)]
            if problems:
                raise PlanError(problems, of)
            return _read(archive, parts, of)
    except (PlanError, PermissionError):
        raise
    except FileNotFoundError:
        raise _refused("not_found", Sentence("does not exist."), Sentence("Check the path."), of) from None
    except Exception:  # whatever the library says of a file that is none, or cut
        mend = Sentence("Give an IMDF archive: a .zip of GeoJSON files.")
        raise _refused("not_zip", Sentence("is no zip file."), mend, of) from None


def _refused(kind: str, what: Sentence, mend: Sentence, of: str) -> PlanError:
    return PlanError([_problem(kind, what, mend)], of)


def _problem(kind: str, what: Sentence, mend: Sentence, file: str = "") -> Problem:
    return Problem(code=f"imdf.archive.{kind}", what=what, mend=mend, file=_shown(file))


def _shown(name: str) -> str:
    """The name of a file as it may be printed."""
    return "".join(mark if mark.isprintable() else "?" for mark in name)[:80]


def _names(parts: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Names that lead out of the archive, or are given twice."""
    again = Sentence("Make the archive again, with plain file names.")
    for part in parts:
        name = part.orig_filename  # the library cuts a name at a zero byte
        steps = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or _DRIVE.match(name):
            yield _problem("path", Sentence("has a name that begins at the root of a disk."), again, name)
        elif ".." in steps or "\\" in name or "\0" in name:
            yield _problem("path", Sentence("has a name that climbs out of the archive."), again, name)
        elif stat.S_ISLNK(part.external_attr >> 16):
            mend = Sentence("Put the file itself into the archive.")
            yield _problem("link", Sentence("is a link to another file."), mend, name)
    counts = Counter(part.filename.lower() for part in parts)
    for name in sorted(name for name, count in counts.items() if count > 1):
        yield _problem("twice", Sentence("is in the archive twice."), Sentence("Delete one of the two."), name)


def _sizes(parts: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked / packed > MOST_RATIO
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES or is_bomb:
        what = Sentence(
            "unpacks to {unpacked:.0f} MB in {parts} parts from {packed:.0f} kB.",
            unpacked=unpacked / 1e6, parts=len(parts), packed=packed / 1e3,
        )  # fmt: skip
        yield _problem("bomb", what, Sentence("Keep only the files of IMDF."))


def _read(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], of: str) -> Archive:
    files = [part for part in parts if not part.is_dir()]
    folder = _folder_of(files)
    reading = _Reading()
    left_out = []
    left = MOST_UNPACKED_BYTES
    for part in files:
        name = part.filename.removeprefix(folder)
        if name in FILES:
            left -= _read_part(archive, part, name, left, reading)
        else:
            left_out.append(_shown(name))
    seen = {part.filename.removeprefix(folder) for part in files}
    for name in NEEDED:
        if name not in seen:
            mend = Sentence("Add it: an archive needs {files}.", files=", ".join(NEEDED))
            reading.problems.append(_problem("missing", Sentence("is missing from the archive."), mend, name))
    if reading.problems:
        raise PlanError(reading.problems, of)
    return Archive(reading.bodies, tuple(left_out))


def _folder_of(files: list[zipfile.ZipInfo]) -> str:
    """The one folder in which all files of IMDF are; "" when they are not in one."""
    folders = {part.filename.rpartition("/")[0] for part in files if part.filename.rpartition("/")[2] in FILES}
    folder = folders.pop() if len(folders) == 1 else ""
    return f"{folder}/" if folder else ""


def _read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, left: int, reading: _Reading) -> int:
    """Unpack one file and read its text; how many bytes it has."""
    again = Sentence("Make the archive again.")
    if part.flag_bits & 1:
        mend = Sentence("Make the archive without a password.")
        reading.problems.append(_problem("encrypted", Sentence("is encrypted."), mend, name))
        return 0
    try:
        with archive.open(part) as stream:
            data = stream.read(min(left, part.file_size) + 1)
    except Exception as error:  # zlib.error and its kin: whatever unpacking says of a broken file
        what = Sentence("is broken: {error}.", error=type(error).__name__)
        reading.problems.append(_problem("broken", what, again, name))
        return 0
    if len(data) > min(left, part.file_size):
        what = Sentence("is longer than the archive's own list says.")
        reading.problems.append(_problem("broken", what, again, name))
        return len(data)
    reading.problems += _read_text(data, name, reading)
    return len(data)


def _read_text(data: bytes, name: str, reading: _Reading) -> list[Problem]:
    """Read JSON: UTF-8, numbers that are numbers, no name twice in an object."""
    twice: list[str] = []
    odd: list[float] = []
    try:
        text = data.decode("utf-8-sig")
        reading.bodies[name] = json.loads(
            text, object_pairs_hook=lambda pairs: _object(pairs, twice), parse_constant=lambda word: _kept(word, odd)
        )
    except UnicodeDecodeError:
        return [_problem("encoding", Sentence("is not UTF-8 text."), Sentence("Save it as UTF-8."), name)]
    except json.JSONDecodeError as error:
        what = Sentence(
            "is not JSON: {error} in line {line}, column {column}.",
            error=error.msg, line=error.lineno, column=error.colno,
        )  # fmt: skip
        return [_problem("json", what, Sentence("Correct the text."), name)]
    except (ValueError, RecursionError):
        what = Sentence("holds numbers too long, or is nested too deeply.")
        return [_problem("json", what, Sentence("Correct the text."), name)]
    if twice:
        what = Sentence("gives {names} twice in one object.", names=", ".join(sorted(set(twice))[:8]))
        return [_problem("json_twice", what, Sentence("Delete one of the two."), name)]
    return list(Listing(_of_odd(reading.bodies[name], name))) if odd else []


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice.extend(_shown(name) for name, count in counts.items() if count > 1)
    return body


def _kept(word: str, odd: list[float]) -> float:
    """NaN and Infinity, which Python writes and JSON does not know: kept until it is known of which feature they are."""
    odd.append(float(word))
    return odd[-1]


def _of_odd(body: Any, file: str) -> Iterator[Problem]:
    """What holds such a number: a feature and its member, where the file has features."""
    features = body.get("features") if isinstance(body, dict) else None
    for each in features if isinstance(features, list) else [body]:
        for member, value in each.items() if isinstance(each, dict) else [("", each)]:
            found = _odd_in(value)
            if found is not None:
                what = Sentence("holds {number}, which is no number in JSON.", number=json.dumps(found))
                feature = (
                    _shown(str(each["id"])) if each is not body and isinstance(each, dict) and "id" in each else ""
                )
                problem = _problem("json", what, Sentence("Give a finite number."), file)
                yield dataclasses.replace(problem, feature=feature, column=_shown(member))


def _odd_in(value: Any) -> float | None:
    left = [value]
    while left:  # no recursion: an archive may nest as deeply as its reader allows
        each = left.pop()
        if isinstance(each, float) and not math.isfinite(each):
            return each
        left += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    return None
