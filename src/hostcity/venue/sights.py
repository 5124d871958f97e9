"""Who sees how much of a venue."""

from __future__ import annotations

from dataclasses import dataclass

#: Sheets whose rows anybody may look for, in the order in which equal hits are told.
FOUND = ("areas", "stands", "amenities", "connectors")


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a venue: the sheets whose rows are places, and whether what is closed when is drawn too."""

    sheets: tuple[str, ...]  # of which places can be pointed at
    searched: tuple[str, ...]
    has_closings: bool

    @property
    def has_links(self) -> bool:
        """Whether the walkable network is drawn."""
        return "links" in self.searched


VISITOR = Sight(FOUND, FOUND, has_closings=False)
STAFF = Sight((*FOUND, "openings", "links"), FOUND, has_closings=True)
#: Who changes the plan on the map looks for doors and walkways too.
EDITOR = Sight(STAFF.sheets, STAFF.sheets, has_closings=True)
