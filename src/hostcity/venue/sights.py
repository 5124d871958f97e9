"""Who sees how much of a venue."""

from __future__ import annotations

from dataclasses import dataclass

#: Sheets whose rows anybody may look for, in the order in which equal hits are told.
FOUND = ("areas", "stands", "amenities", "connectors")


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a venue: the sheets whose rows are places. All see what is closed when, but for narrowings."""

    sheets: tuple[str, ...]  # of which places can be pointed at
    searched: tuple[str, ...]

    @property
    def has_openings(self) -> bool:
        """Whether each door can be pointed at."""
        return "openings" in self.sheets

    @property
    def has_links(self) -> bool:
        """Whether the walkable network is drawn."""
        return "links" in self.searched


VISITOR = Sight(FOUND, FOUND)
STAFF = Sight((*FOUND, "openings", "links"), FOUND)
#: Who changes the plan on the map looks for doors and walkways too.
EDITOR = Sight(STAFF.sheets, STAFF.sheets)
