"""Finding ways for people over the whole venue. What is imported here is light: a web process does it.

Books are made by ``hostcity.engines.wayfinding.making``, which needs the walking engine.
"""

from hostcity.engines.wayfinding.book import Book, Portal, read_book, written
from hostcity.engines.wayfinding.closing import closed_at, closed_between, closed_by_codes, known_of
from hostcity.engines.wayfinding.content import content_sha256, drawing_sha256
from hostcity.engines.wayfinding.crowding import Crowding, crowded_s, crowding_of
from hostcity.engines.wayfinding.finding import Closed, find_nearest, find_way
from hostcity.engines.wayfinding.places import place_key
from hostcity.engines.wayfinding.profiles import PROFILES, Profile
from hostcity.engines.wayfinding.steps import Guide, Told
from hostcity.engines.wayfinding.way import Leg, NoWay, Passed, Ride, Way

__all__ = [
    "PROFILES", "Book", "Closed", "Crowding", "Guide", "Leg", "NoWay", "Passed", "Portal", "Profile", "Ride", "Told", "Way",
    "closed_at", "closed_between", "closed_by_codes", "content_sha256", "crowded_s", "crowding_of", "drawing_sha256", "find_nearest", "find_way", "known_of", "place_key",
    "read_book", "written",
]  # fmt: skip
