"""A route book: everything that is needed to find ways in a venue for one profile, as arrays, kept without pickle.

NumPy and nothing heavier: a web process reads it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.wayfinding.content import VERSION
from hostcity.engines.wayfinding.profiles import PROFILES, Profile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


GRAIN_M = 2.0**-16  # as of engines/walk, which a web process must not import
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same drawing gives the same file
MOST_BYTES = 400_000_000  # that a book may hold when it is unpacked

#: Why a profile may not use a portal.
OF_KIND, STEPS, NARROW = "kind", "steps", "narrow"


@dataclass(frozen=True, slots=True)
class Portal:
    """Where a way can be barred: an opening, a connector, or a typed link over ground that is not drawn."""

    code: str
    kind: str  # opening, stairs, escalator, lift, ramp, link
    area: str  # from here forward is ...
    other: str  # ... to here; empty = outside of what is drawn
    refused: str  # why the profile may not use it: OF_KIND, STEPS, NARROW; empty = it may
    forward: bool  # the direction is allowed
    backward: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of the plan's network that is no portal: it can be closed by a barrier across its middle."""

    code: str
    start: str  # nodes
    end: str


@dataclass(frozen=True, eq=False)
class Book:
    """Ways of one profile in one drawing. Make it with `making.make_book`, read it with `read_book`.

    ``n`` places where a way can turn or pass to another level ("turns"), all levels in a row: bends of the floor, then
    ends of connectors and of typed links. ``p`` passings: sets of portals that one straight line goes through, each with its
    direction as 2 * portal + (0 forward, 1 backward); passing 0 is none of them.
    """

    sha256: str  # of the drawing's part of the plan, the profile and the version
    profile_code: str
    levels: tuple[str, ...]
    portals: tuple[Portal, ...]
    edges: tuple[Edge, ...]
    places: tuple[str, ...]  # SHEET.KEY

    turn_x_m: Floats  # [n]
    turn_y_m: Floats  # [n]
    turn_level: NDArray[np.int16]  # [n]
    first: NDArray[np.int32]  # [n + 1] where the straight pieces of each turn begin
    beyond: NDArray[np.int32]  # [pieces] the turn at the other end
    passing: NDArray[np.int32]  # [pieces]
    passing_first: NDArray[np.int32]  # [p + 1]
    passing_portal: NDArray[np.int32]
    passing_back: NDArray[np.int32]  # [p] the same the other way

    jump_tail: NDArray[np.int32]  # [jumps] through a connector, a typed link or a door too narrow to be floor
    jump_head: NDArray[np.int32]
    jump_passing: NDArray[np.int32]
    jump_length_m: Floats
    jump_s: Floats

    access_of: NDArray[np.int32]  # [places + 1] where the access points of each place begin
    access_x_m: Floats  # [accesses]
    access_y_m: Floats
    access_level: NDArray[np.int16]
    near_first: NDArray[np.int32]  # [accesses + 1] where the turns begin that an access point sees
    near: NDArray[np.int32]
    near_passing: NDArray[np.int32]

    door_portal: NDArray[np.int32]  # [doors] openings whose floor is drawn: their lines, and on which side the area is
    door_level: NDArray[np.int16]
    door_line_m: Floats  # [doors, 4]
    door_left: NDArray[np.bool_]  # the area is to the left of who goes from the line's first end to its second

    floor_first: NDArray[np.int32]  # [levels + 1] where the corners of each level's floor begin
    floor_origin_m: Floats  # [levels, 2]
    floor_x: NDArray[np.int32]  # [corners] in grains from the origin
    floor_y: NDArray[np.int32]
    floor_before: NDArray[np.int32]  # corner of the same level
    floor_after: NDArray[np.int32]
    floor_twin: NDArray[np.int32]

    @property
    def profile(self) -> Profile:
        """For whom it is."""
        return PROFILES[self.profile_code]

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Places by SHEET.KEY."""
        return {key: number for number, key in enumerate(self.places)}

    @cached_property
    def portal_of(self) -> Mapping[str, int]:
        """Portals by code."""
        return {each.code: number for number, each in enumerate(self.portals)}

    @cached_property
    def graph(self) -> Graph:
        """The pieces as lists, which plain Python goes through faster than through arrays."""
        tail = np.repeat(np.arange(self.first.size - 1), np.diff(self.first))
        length = np.hypot(
            self.turn_x_m[tail] - self.turn_x_m[self.beyond], self.turn_y_m[tail] - self.turn_y_m[self.beyond]
        )
        jumps: defaultdict[int, list[tuple[int, float, int, int]]] = defaultdict(list)
        rows = (self.jump_tail, self.jump_head, self.jump_s, self.jump_passing)
        for number, (one, other, took_s, passing) in enumerate(zip(*(each.tolist() for each in rows), strict=True)):
            jumps[one].append((other, took_s, passing, number))
        across = np.hypot(
            self.turn_x_m[self.jump_tail] - self.turn_x_m[self.jump_head],
            self.turn_y_m[self.jump_tail] - self.turn_y_m[self.jump_head],
        )
        fastest = max([self.profile.level_m_per_s, *(across / np.maximum(self.jump_s, 1e-9)).tolist()])
        seconds = length / self.profile.level_m_per_s
        return Graph(
            self.first.tolist(), self.beyond.tolist(), seconds.tolist(), self.passing.tolist(), dict(jumps), fastest
        )


@dataclass(frozen=True, slots=True)
class Graph:
    """A book's pieces, for the search."""

    first: list[int]
    beyond: list[int]
    seconds: list[float]
    passing: list[int]
    jumps: dict[int, list[tuple[int, float, int, int]]]  # turn -> (turn, seconds, passing, jump)
    fastest_m_per_s: float  # nothing brings anybody farther in a second


def written(book: Book) -> bytes:
    """A book as an npz file; the same book gives the same bytes."""
    head = {
        "version": VERSION, "sha256": book.sha256, "profile": book.profile_code, "levels": book.levels,
        "portals": [[getattr(each, name) for name in Portal.__slots__] for each in book.portals],
        "edges": [[each.code, each.start, each.end] for each in book.edges], "places": book.places,
    }  # fmt: skip
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    arrays = {"head": np.frombuffer(text.encode(), np.uint8)} | {name: getattr(book, name) for name in _arrays()}
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", EPOCH), entry.getbuffer(), zipfile.ZIP_DEFLATED, compresslevel=6
            )
    return body.getvalue()


def read_book(data: bytes) -> Book:
    """A book out of its bytes.

    Raises
    ------
    ValueError
        When they are no book of this version.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                raise ValueError("it is too large")
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            head = json.loads(stored["head"].tobytes().decode())
            if head["version"] != VERSION:
                raise ValueError(f"it is of version {head['version']}, not {VERSION}")
            return Book(
                sha256=head["sha256"], profile_code=head["profile"], levels=tuple(head["levels"]),
                portals=tuple(Portal(*each) for each in head["portals"]), edges=tuple(Edge(*each) for each in head["edges"]),
                places=tuple(head["places"]), **{name: stored[name] for name in _arrays()},
            )  # fmt: skip
    except (KeyError, TypeError, zipfile.BadZipFile, EOFError) as error:
        raise ValueError(f"it is no route book: {error}") from error


def _arrays() -> tuple[str, ...]:
    plain = ("sha256", "profile_code", "levels", "portals", "edges", "places")
    return tuple(each.name for each in fields(Book) if each.name not in plain)
