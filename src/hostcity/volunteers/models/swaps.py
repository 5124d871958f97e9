"""Shifts that volunteers give away or trade, and the rule by which that holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hostcity.core.models.scoped import EditionRow
from hostcity.volunteers.models.rosters import MOST_CODE

USUAL_SHORT = 0.05  # probability that a post is short, up to which a trade holds by itself


class OfferState(models.TextChoices):
    """How far an offer is. That its shift has begun is no state: the clock says so."""

    OPEN = "open", pgettext_lazy("offer", "open")
    WAITING = "waiting", pgettext_lazy("offer", "waits for the coordinator")
    DONE = "done", pgettext_lazy("offer", "done")
    DECLINED = "declined", pgettext_lazy("offer", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")
    UNDONE = "undone", pgettext_lazy("offer", "undone")


PENDING = (OfferState.OPEN, OfferState.WAITING)


class Offer(EditionRow):
    """Somebody gives a shift of theirs. ``post`` is where it was when it was offered: at another one it is another shift."""

    giver = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    post = models.CharField(max_length=MOST_CODE)
    named = models.CharField(max_length=MOST_CODE, blank=True)  # who alone may take it; "" = anybody
    wanted = models.JSONField(
        default=list
    )  # [day, band] of each shift that would do in return; none = it is given away
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    taker = models.CharField(max_length=MOST_CODE, blank=True)
    back_day = models.CharField(max_length=MOST_CODE, blank=True)
    back_band = models.CharField(max_length=MOST_CODE, blank=True)
    back_post = models.CharField(max_length=MOST_CODE, blank=True)
    rises = models.JSONField(
        default=list
    )  # [day, band, post, was, now] of each cell for which the coordinator is asked
    act_number = models.PositiveBigIntegerField(default=0)  # of the ledger's line that made it so
    by_code = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "giver", "day", "band"],
                condition=Q(state__in=["open", "waiting"]),
                name="offer_seat_once",
            ),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"]) | ~Q(taker=""), name="offer_taken_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["edition", "state", "id"], name="offer_by_state")]

    def __str__(self) -> str:
        return f"{self.giver} {self.day} {self.band}"

    @property
    def is_trade(self) -> bool:
        """Whether it asks for a shift in return."""
        return bool(self.wanted)

    @property
    def is_pending(self) -> bool:
        """Whether something may come of it yet, as far as the row says."""
        return self.state in PENDING


class SwapRule(EditionRow):
    """The rule of an edition; without a row the usual one holds."""

    is_automatic = models.BooleanField(default=True)
    most_short = models.FloatField(default=USUAL_SHORT)  # probability
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition"], name="swap_rule_once"),
            models.CheckConstraint(condition=Q(most_short__gte=0) & Q(most_short__lte=1), name="swap_rule_share"),
        ]

    def __str__(self) -> str:
        return f"{self.is_automatic} {self.most_short}"
