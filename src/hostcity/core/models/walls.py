"""Screens that show the wall."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow

if TYPE_CHECKING:
    from hostcity.core.models.editions import Edition

SEEN_EVERY = timedelta(minutes=10)
#: All that an address of a screen opens. What it shows is never more than its person may see at that moment.
ACTIONS = frozenset({"edition.see", "wall.see"})


class WallScreen(EditionRow):
    """A secret address under which one screen shows the wall, without anybody signed in. Only its hash is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)  # where it hangs
    person = models.ForeignKey("core.Person", on_delete=models.CASCADE, related_name="+")  # who answers for it
    language = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)  # to ten minutes
    revoked_at = models.DateTimeField(null=True, blank=True)

    def reaches(self, action: str, edition: Edition) -> bool:
        """Whether its address opens this: the wall of its edition with the wall's cards, nothing else."""
        from hostcity.core.registries import registries

        cards = {card.action for card in registries.home_cards if card.on_wall}
        return self.revoked_at is None and edition.pk == self.edition_id and action in ACTIONS | cards
