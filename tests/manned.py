"""A tiny fair whose badge checks and information desk are kept open by volunteers."""

from __future__ import annotations

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Band, Need, Post, PostClass, ServiceDay, Shift, Volunteer, Zone
from tests.fairs import small_fair

HOUR_S = 3600.0
EARLY = Band(code="A", start_s=7 * HOUR_S, end_s=13 * HOUR_S)
LATE = Band(code="B", start_s=12 * HOUR_S, end_s=18 * HOUR_S)
POSTS = (
    Post(code="badge-1", post_class="guide", zone="north", station="W-badge", heads_per_lane=2.0),
    Post(code="badge-2", post_class="guide", zone="north", station="W-badge"),
    Post(code="kitchen", post_class="cook", zone="north", station="food"),
    Post(code="pool", post_class="guide", zone="north", is_standby=True),
)
NEEDS = (
    Need(code="N1", post="badge-1", bands=("A", "B"), heads=4),
    Need(code="N2", post="badge-2", bands=("A",), heads=1),
    Need(code="N3", post="kitchen", days=("D2",), heads=2),
    Need(code="N4", post="pool", bands=("A",), heads=1),
)


def people(count: int, **fields) -> tuple[Volunteer, ...]:
    return tuple(Volunteer(**{"code": f"V{at}", "trained_for": ("guide",), **fields}) for at in range(count))


def shifts(*cells: tuple[str, str, int]) -> tuple[Shift, ...]:
    """So many people at each post and band of day D1, each of them somebody else."""
    rows = [(post, band) for post, band, count in cells for _ in range(count)]
    return tuple(
        Shift(code=f"S{at}", volunteer=f"V{at}", day="D1", band=band, post=post) for at, (post, band) in enumerate(rows)
    )


FULL = (("badge-1", "A", 4), ("badge-2", "A", 1), ("badge-1", "B", 4), ("pool", "A", 1))


def manned(*cells: tuple[str, str, int], persons: int = 300, **fields) -> Plan:
    """The small fair on day D1 with these people at posts; fields are of every volunteer."""
    rows = shifts(*cells)
    return small_fair(persons).replace(
        service_days=(ServiceDay(code="D1", date="2019-11-06"), ServiceDay(code="D2", date="2019-11-07")),
        bands=(EARLY, LATE), post_classes=(PostClass(code="guide"), PostClass(code="cook")), zones=(Zone(code="north"),),
        posts=POSTS, needs=NEEDS, volunteers=people(max(len(rows), 1), **fields), shifts=rows,
    )  # fmt: skip
