"""For whom a way is found: how wide they are, how fast, and what they can use. Data with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.sentences import Both

ASSUMED = "assumed"
WEIDMANN = "Weidmann, Transporttechnik der Fussgänger, 1993"
SIMULEX = "shares of level speed of the IES Simulex manual, as in the model of the day"
BOYCE = "Boyce, Shields and Silcock, Fire Technology 35(1), 1999, 51-67: manual wheelchair, unassisted, mean"
RATED = "rated speed of usual escalators (EN 115-1, GB 16899), standing"
ISO_21542 = "ISO 21542:2011, least clear width of a doorway"


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Somebody who looks for a way."""

    code: str
    name: Both
    clearance_m: float  # the middle of them stays so far from walls and stands
    level_m_per_s: float
    ramp_up_m_per_s: float
    ramp_down_m_per_s: float
    stairs_up_m_per_s: float = 0.0  # 0 = cannot
    stairs_down_m_per_s: float = 0.0
    escalator_m_per_s: float = 0.0
    is_step_free: bool = False  # uses only openings that are step-free
    least_clear_m: float  # of an opening, a lift's door or a ramp
    sources: tuple[tuple[str, str], ...]  # (field, where its figure is from, or "assumed")

    def refuses(self, kind: str) -> bool:
        """Whether a kind of connector is not for them."""
        return (kind == "stairs" and not self.stairs_up_m_per_s) or (kind == "escalator" and not self.escalator_m_per_s)

    def seconds(self, kind: str, length_m: float, rises: bool, cycle_s: float | None = None) -> float:
        """How long they take through a connector of this length along its slope; of a lift half a cycle's wait and a quarter's ride.

        For a kind that they refuse as long as on foot, so that it can be told what would have been needed.
        """
        if kind == "lift":
            return (WAIT_CYCLES + RIDE_CYCLES) * float(cycle_s or USUAL_CYCLE_S)
        speed = {
            "stairs": self.stairs_up_m_per_s if rises else self.stairs_down_m_per_s,
            "escalator": self.escalator_m_per_s,
            "ramp": self.ramp_up_m_per_s if rises else self.ramp_down_m_per_s,
        }.get(kind, self.level_m_per_s)
        return length_m / (speed or self.level_m_per_s)


WAIT_CYCLES, RIDE_CYCLES = 0.5, 0.25  # as the network's links have it: three quarters of a cycle in all
USUAL_CYCLE_S = 60.0

_ON_WHEELS = (("ramp_up_m_per_s", ASSUMED), ("ramp_down_m_per_s", ASSUMED), ("clearance_m", ASSUMED))

PROFILES: dict[str, Profile] = {
    each.code: each
    for each in (
        Profile(
            code="walking", name=Both("On foot", "步行"), clearance_m=0.25, level_m_per_s=1.34,
            stairs_up_m_per_s=0.47, stairs_down_m_per_s=0.67, escalator_m_per_s=0.5,
            ramp_up_m_per_s=1.07, ramp_down_m_per_s=1.21, least_clear_m=0.5,
            sources=(
                ("level_m_per_s", WEIDMANN), ("stairs_up_m_per_s", SIMULEX), ("stairs_down_m_per_s", SIMULEX),
                ("escalator_m_per_s", RATED), ("ramp_up_m_per_s", ASSUMED), ("ramp_down_m_per_s", ASSUMED),
                ("clearance_m", ASSUMED), ("least_clear_m", "twice the clearance"),
            ),
        ),
        Profile(
            code="step-free", name=Both("Step-free", "无障碍"), clearance_m=0.4, level_m_per_s=0.69,
            ramp_up_m_per_s=0.5, ramp_down_m_per_s=0.69, is_step_free=True, least_clear_m=0.8,
            sources=(("level_m_per_s", BOYCE), ("least_clear_m", ISO_21542), *_ON_WHEELS),
        ),
        Profile(
            code="pram", name=Both("With a pram", "婴儿车"), clearance_m=0.35, level_m_per_s=1.1,
            ramp_up_m_per_s=0.9, ramp_down_m_per_s=1.0, is_step_free=True, least_clear_m=0.8,
            sources=(("level_m_per_s", ASSUMED), ("least_clear_m", ISO_21542), *_ON_WHEELS),
        ),
        Profile(
            code="goods", name=Both("With goods on wheels", "推车运货"), clearance_m=0.6, level_m_per_s=1.0,
            ramp_up_m_per_s=0.6, ramp_down_m_per_s=0.8, is_step_free=True, least_clear_m=1.4,
            sources=(("level_m_per_s", ASSUMED), ("least_clear_m", ASSUMED), *_ON_WHEELS),
        ),
    )
}  # fmt: skip


def told(profile: Profile) -> list[dict[str, Any]]:
    """Every figure of a profile with its source."""
    return [{"figure": name, "value": getattr(profile, name), "source": source} for name, source in profile.sources]
