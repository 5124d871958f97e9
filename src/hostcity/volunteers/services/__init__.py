"""Acts on the roster: having drafts made, locking seats, publishing."""

from hostcity.volunteers.services.making import make_roster
from hostcity.volunteers.services.pinning import lock_seat, unlock_seat
from hostcity.volunteers.services.publishing import publish_roster, undo_publication

__all__ = ["lock_seat", "make_roster", "publish_roster", "undo_publication", "unlock_seat"]
