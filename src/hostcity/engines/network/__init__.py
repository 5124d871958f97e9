"""The network engine: nodes and links from the drawing of a venue."""

from hostcity.engines.network.connectors import measured
from hostcity.engines.network.derive import Derived, derive_network, is_typed_still
from hostcity.engines.network.walls import LevelFloor, floor_of_level, of_the_drawing

__all__ = ["Derived", "LevelFloor", "derive_network", "floor_of_level", "is_typed_still", "measured", "of_the_drawing"]
