"""A way, on one screen."""

from __future__ import annotations

import math

from rich.console import Console
from rich.text import Text

from hostcity.engines.wayfinding import PROFILES, Guide, NoWay, Way
from hostcity.report.way_data import both, no_way_text
from hostcity.site.screens.words import Words


def show_way(
    console: Console, guide: Guide, way: Way | NoWay, in_crowd_s: float | None, hour: int | None, _: Words
) -> None:
    """How long it is, and its steps; or why there is none."""
    start, end = (_.told(both(guide.name_of(each))) for each in (way.start, way.end))
    name = _.told(PROFILES[way.profile_code].name)
    console.print(_("From {start} to {end}, {profile}").format(start=start, end=end, profile=name), style="bold")
    if isinstance(way, NoWay):
        console.print(Text(_.told(no_way_text(guide, way)), "bold red"))
        return
    lasts = _("{meters} m, about {minutes} min when empty").format(
        meters=f"{way.length_m:,.0f}", minutes=minutes(way.free_s)
    )
    if in_crowd_s is not None and hour is not None:
        lasts = _("{meters} m, about {minutes} min from {begins} to {ends} ({empty} min when empty), measured in a rehearsal").format(
            meters=f"{way.length_m:,.0f}", minutes=minutes(in_crowd_s), empty=minutes(way.free_s),
            begins=f"{hour:02d}:00", ends=f"{hour + 1:02d}:00",
        )  # fmt: skip
    console.print(lasts)
    for number, step in enumerate(guide.steps(way), 1):
        console.print(f"{number:>3}. {_.told(step.text)}")


def minutes(seconds: float) -> int:
    """Whole minutes, one at least: nobody is told 0 min."""
    return max(1, math.ceil(seconds / 60 - 0.25))
