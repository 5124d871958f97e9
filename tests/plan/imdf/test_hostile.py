"""Archives that mean ill: none is unpacked further than it may be, none writes a file, none ends in a traceback."""

from __future__ import annotations

import copy
import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hostcity.plan import PlanError
from hostcity.plan.imdf import archive_of, examine, read_archive
from hostcity.plan.picture import picture_of
from hostcity.plan.rows import Opening
from tests.plan.imdf.archives import files_of, market, saved, the, zip_of
from tests.plan.test_drawing import OPENING, drawn


def told(path: Path, data: bytes) -> list[str]:
    with pytest.raises(PlanError) as refused:
        read_archive(saved(path, data))
    assert sorted(each.name for each in path.iterdir()) == ["venue.imdf.zip"]
    return [str(problem) for problem in refused.value.problems]


def named(name: str, data: bytes = b"{}") -> bytes:
    """The market with one more part, whose name is written as it stands."""
    written = io.BytesIO(zip_of(market()))
    with zipfile.ZipFile(written, "a") as archive:
        part = zipfile.ZipInfo("x" * len(name))
        part.filename = part.orig_filename = name
        archive.writestr(part, data)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("../unit.geojson", "climbs out"),
        ("venue/../../unit.geojson", "climbs out"),
        ("..\\unit.geojson", "climbs out"),
        ("/etc/unit.geojson", "begins at the root"),
        ("\\\\server\\unit.geojson", "begins at the root"),
        ("C:unit.geojson", "begins at the root"),
    ],
)
def test_a_name_that_leads_out_of_the_archive(name, what, tmp_path):
    (problem,) = told(tmp_path, named(name))
    assert what in problem
    assert problem.endswith("[imdf.archive.path]")


def test_a_bomb_is_not_unpacked(tmp_path):
    (problem,) = told(tmp_path, zip_of({**market(), "detail.geojson": b"0" * 200_000_000}))
    assert problem.startswith("unpacks to 200 MB in 17 parts from")


def test_a_bomb_whose_directory_lies(tmp_path):
    """The list says 10 bytes; unpacked it would be 20 MB."""
    data = bytearray(zip_of({**market(), "detail.geojson": b" " * 20_000_000}))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"detail.geojson"))
    struct.pack_into("<L", data, entry + 24, 10)
    (problem,) = told(tmp_path, bytes(data))
    assert problem.startswith("file detail.geojson: is ")
    assert problem.endswith("[imdf.archive.broken]")


def test_many_parts(tmp_path):
    (problem,) = told(tmp_path, zip_of(market(), more=[(f"{number}.txt", b"") for number in range(300)]))
    assert problem.endswith("[imdf.archive.bomb]")


@pytest.mark.parametrize("deep", [b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000])
def test_json_a_hundred_thousand_deep(deep, tmp_path):
    (problem,) = told(tmp_path, zip_of({**market(), "detail.geojson": deep}))
    assert problem.startswith("file detail.geojson: holds numbers too long, or is nested too deeply.")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5_000])
def test_numbers_that_are_none(number, tmp_path):
    text = json.dumps(market()["detail.geojson"]).replace("[[", f"[[{number}, 31.0], [", 1)
    (problem,) = told(tmp_path, zip_of({**market(), "detail.geojson": text.encode()}))
    assert problem.endswith("[imdf.archive.json]")
    if number[-1] != "9":
        told_by = f"file detail.geojson, feature {market()['detail.geojson']['features'][0]['id']}, property geometry: "
        assert problem.startswith(f"{told_by}holds {number}, which is no number in JSON.")


def test_no_problem_names_a_sheet_which_an_archive_has_not(tmp_path):
    path = tmp_path / "one.imdf.zip"
    upstairs = Opening(code="door-2", area="H2", line=((140, -46), (145, -46)))
    path.write_bytes(archive_of(drawn(connectors=(), openings=(OPENING, upstairs))))
    problems = [str(each) for each in examine(path).problems]
    assert [each.split(" ")[-1] for each in problems] == ["[levels.code.connector]"] * 2
    assert not [each for each in problems if "sheet" in each or not each.startswith("file level.geojson, feature")]


@pytest.mark.parametrize("number", ["1e999", "-1e308", "123456789012345678901234567890", "true", '"121.3"', "null"])
def test_positions_that_are_nowhere(number, tmp_path):
    text = json.dumps(market()["detail.geojson"]).replace("[[", f"[[{number}, 31.0], [", 1)
    (problem,) = told(tmp_path, zip_of({**market(), "detail.geojson": text.encode()}))
    assert problem.endswith("[imdf.detail.position]")


def test_coordinates_nested_without_end(tmp_path):
    files = market()
    places: list = []
    for _ in range(900):
        places = [places]
    the(files, "hall")["geometry"]["coordinates"] = places
    (problem,) = told(tmp_path, zip_of(files))
    assert problem.endswith("[imdf.unit.position]")


def test_half_a_pair_of_a_character(tmp_path):
    files = market()
    the(files, "corridor")["properties"]["name"] = {"en": "\ud800"}
    text = json.dumps(files["unit.geojson"])
    (problem,) = told(tmp_path, zip_of({**files, "unit.geojson": text.encode()}))
    assert problem.encode()  # it can be printed
    assert "U+D800" in problem


def test_names_with_controls_are_printed_without_them(tmp_path):
    (problem,) = told(tmp_path, named("../\x1b[31m.geojson"))
    assert "\x1b" not in problem


def test_every_cut_of_an_archive_is_refused(tmp_path):
    data = zip_of(market())
    for length in range(0, len(data) - 1, 997):
        with pytest.raises(PlanError):
            examine(saved(tmp_path, data[:length]))


NONSENSE = (
    None, True, -1, 0, 5, 1e308, 10**30, 1.5, "", "x", "\ud800", "en", [], [[]], [None], [1, 2], [[1, 2], [3, 4]], {}, {"a": 1},
    {"en": 5}, {"type": "Point", "coordinates": [121.3, 31.19]},
)  # fmt: skip


def places_in(body: Any) -> Iterator[tuple[Any, Any]]:
    """Every place at which a file has a value: what holds it, and its name or number there."""
    for name, value in body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ():
        yield body, name
        yield from places_in(value)


@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_exchanged_in_an_archive_it_is_read_or_refused(seed, tmp_path):
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    files = market() if seed % 2 else files_of(archive_of(drawn()))
    for _ in range(chance.choice((1, 1, 3))):
        held, name = chance.choice(list(places_in(files)))
        if chance.random() < 0.2:
            del held[name]
        else:
            held[name] = copy.deepcopy(chance.choice(NONSENSE))
    path = saved(tmp_path, zip_of({name: json.dumps(body).encode() for name, body in files.items()}))
    try:
        examined = examine(path)
    except PlanError:
        return
    assert bool(examined.problems) != bool(examined.drawing)
    assert picture_of(examined.sheet(), examined.problems).encode()


def test_a_folder_is_no_archive(tmp_path):
    with pytest.raises(PlanError, match=r"imdf\.archive\.not_zip"):
        read_archive(tmp_path)
