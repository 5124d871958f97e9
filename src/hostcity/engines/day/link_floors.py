"""How full links were, on the floor that they had at the time: the timeline may narrow a link and widen it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.network import link_room
from hostcity.engines.day.results import MINUTE_S, Floats, Ints, Overload
from hostcity.engines.day.timeline import narrowed_by
from hostcity.plan.plan import Plan

if TYPE_CHECKING:
    from hostcity.engines.day.rehearse import Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Spells:
    """Times in which a link kept its area: the first one of every link, then one for each change, by time."""

    link: Ints
    area_m2: Floats
    peak: Ints  # persons
    peak_step: Ints
    from_step: Ints
    from_s: Floats
    is_squeezed: NDArray[np.bool_]  # the peak stood there already when the link was narrowed

    @property
    def peak_per_m2(self) -> Floats:
        """Density at the peak of each spell."""
        return self.peak / self.area_m2


def spells_of(day: Day) -> Spells:
    """The spells of all links of a played day."""
    log, net, control = day.log, day.network.net, day.control
    rows = np.flatnonzero(log.area_step >= 0)
    links = net.area_m2.size
    link = np.concatenate([np.arange(links, dtype=np.int32), control.target[rows]])
    area_m2 = np.concatenate([net.area_m2, net.area_m2[control.target[rows]] * control.value[rows]])
    peak, peak_step = log.peak[link], log.peak_step[link]
    from_step = np.concatenate([np.zeros(links, np.int32), log.area_step[rows]])
    is_squeezed = np.zeros(link.size, bool)
    latest = np.arange(links)
    for spell, row in enumerate(rows.tolist(), start=links):
        before = latest[link[spell]]
        peak[before], peak_step[before] = log.peak_till[row], log.peak_till_step[row]
        is_squeezed[spell] = is_squeezed[before] or area_m2[spell] < area_m2[before]
        latest[link[spell]] = spell
    is_squeezed &= peak_step == from_step
    return Spells(
        link=link,
        area_m2=area_m2,
        peak=peak,
        peak_step=peak_step,
        from_step=from_step,
        from_s=np.concatenate([np.full(links, day.rules.start_s), control.at[rows]]),
        is_squeezed=is_squeezed,
    )


def densities(day: Day, spells: Spells) -> NDArray[np.float32]:
    """Persons per m2 of each link at the end of each minute [M, L]."""
    counts, links = day.log.way_minute[:, ::2] + day.log.way_minute[:, 1::2], day.network.net.area_m2.size
    per_m2 = (counts / spells.area_m2[:links]).astype(np.float32)
    for spell in range(links, spells.link.size):
        # A minute is kept in the step in which it ends.
        begun = int(spells.from_step[spell] * day.rules.step_s / MINUTE_S)
        link = spells.link[spell]
        per_m2[begun:, link] = (counts[begun:, link] / spells.area_m2[spell]).astype(np.float32)
    return per_m2


def peaks(day: Day, spells: Spells) -> tuple[Floats, Ints]:
    """The greatest density of each link, and the step in which it was first reached."""
    links = day.network.net.area_m2.size
    per_m2, step = spells.peak_per_m2[:links], spells.peak_step[:links].copy()
    for spell in range(links, spells.link.size):
        link = spells.link[spell]
        if spells.peak_per_m2[spell] > per_m2[link]:
            per_m2[link], step[link] = spells.peak_per_m2[spell], spells.peak_step[spell]
    return per_m2, step


def overfull(plan: Plan, day: Day, spells: Spells) -> list[Overload]:
    """Where a link was fuller than its cap: by who entered it, and by a barrier set among people who were there."""
    # A link shorter than two persons' room still holds two (R1), so the cap is on persons.
    over = spells.peak - link_room(plan.rules.link_cap_per_m2, spells.area_m2)
    found = []
    for reason, is_so in (("link_cap", ~spells.is_squeezed), ("narrowed", spells.is_squeezed)):
        if not (over[is_so] > 0).any():
            continue
        worst = int(np.argmax(np.where(is_so, over / spells.area_m2, -np.inf)))
        place = plan.links[int(spells.link[worst])].code
        at_s = day.rules.start_s + (int(spells.peak_step[worst]) + 1) * day.rules.step_s
        event = narrowed_by(plan, place, float(spells.from_s[worst])) if reason == "narrowed" else ""
        figure = float(spells.peak_per_m2[worst])
        found.append(Overload(reason=reason, place=place, at_s=at_s, figure=figure, event=event))
    return found
