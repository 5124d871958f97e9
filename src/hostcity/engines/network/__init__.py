"""The network engine: nodes and links from the drawing of a venue."""

from hostcity.engines.cache import keep_compiled_code

keep_compiled_code()  # before anything compiled is imported

from hostcity.engines.network.connectors import measured  # noqa: E402 -- see above
from hostcity.engines.network.derive import Derived, derive_network, is_typed_still  # noqa: E402 -- see above
from hostcity.engines.network.walls import LevelFloor, floor_of_level, of_the_drawing  # noqa: E402 -- see above

__all__ = ["Derived", "LevelFloor", "derive_network", "floor_of_level", "is_typed_still", "measured", "of_the_drawing"]
