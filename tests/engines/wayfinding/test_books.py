"""A book is what its drawing is: the same bytes from the same drawing, and back without loss."""

import dataclasses

import numpy as np
import pytest

from hostcity.engines.walk import GRAIN_M, is_on, sees
from hostcity.engines.wayfinding import PROFILES, content_sha256, find_way, read_book, written
from hostcity.engines.wayfinding import book as books
from hostcity.engines.wayfinding.making import make_book
from hostcity.engines.wayfinding.sight import Borders, is_clear
from hostcity.plan.problems import PlanError
from hostcity.plan.template import empty_plan
from tests.engines.walk.rooms import points_about, random_room
from tests.engines.wayfinding.venues import two_levels, two_rooms

WALKING = PROFILES["walking"]


def test_a_book_is_read_as_it_was_written():
    plan = two_levels("stairs", "lift")
    book = make_book(plan, WALKING)
    again = read_book(written(book))
    for each in dataclasses.fields(book):
        np.testing.assert_array_equal(getattr(again, each.name), getattr(book, each.name))
    assert written(again) == written(make_book(plan, WALKING))
    assert find_way(again, "a", "b") == find_way(book, "a", "b")


def test_a_book_is_under_the_hash_of_what_it_depends_on():
    plan = two_rooms()
    sha256 = content_sha256(plan, WALKING)
    assert make_book(plan, WALKING).sha256 == sha256
    renamed = plan.replace(stands=tuple(dataclasses.replace(each, exhibitor_en="Acme") for each in plan.stands))
    assert content_sha256(renamed, WALKING) == sha256
    moved = plan.replace(stands=plan.stands[:1])
    assert content_sha256(moved, WALKING) != sha256
    assert len({content_sha256(plan, each) for each in PROFILES.values()}) == len(PROFILES)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no book"])
def test_what_is_no_book_is_refused(data):
    with pytest.raises(ValueError, match=r"book|zip|file"):
        read_book(data)


def test_a_book_of_another_version_is_refused(monkeypatch):
    data = written(make_book(two_rooms(), WALKING))
    monkeypatch.setattr(books, "VERSION", 999)
    with pytest.raises(ValueError, match="version"):
        read_book(data)


def test_there_is_no_book_of_nothing():
    with pytest.raises(PlanError) as refused:
        make_book(empty_plan(), WALKING)
    assert [each.code for each in refused.value.problems] == ["areas.outline.none"]


def test_sight_without_compiled_code_is_that_of_the_walking_engine():
    assert books.GRAIN_M == GRAIN_M
    told = 0
    for seed in range(40):
        floor = random_room(seed)
        if floor is None:
            continue
        points = points_about(floor, 60, seed)
        points = points[is_on(floor, points)][:24]
        points = np.concatenate([points, floor.corners_m[:12]])
        edges = floor.edges
        borders = Borders(edges.x, edges.y, edges.before, edges.after, edges.twin, floor.origin_m)
        one, other = np.triu_indices(len(points), 1)
        fast = sees(floor, points[one], points[other])
        slow = [
            is_clear(borders, borders.grains(*points[a]), borders.grains(*points[b]))
            for a, b in zip(one, other, strict=True)
        ]
        assert slow == fast.tolist()
        told += len(slow)
    assert told > 5_000


def test_every_figure_of_a_profile_has_a_source():
    for profile in PROFILES.values():
        sourced = {name for name, source in profile.sources if source}
        figures = {each.name for each in dataclasses.fields(profile) if each.name.endswith(("_m", "_per_s"))}
        assert {name for name in figures if getattr(profile, name)} <= sourced
