"""Who comes on the day, when and what for: profiles, streams, groups, what draws them, appointments."""

from __future__ import annotations

from typing import Any

from hostcity.plan.rows import Appointment, Approach, Attraction, Group, Mix, ProfileSlot, Stream

HOUR_S = 3600.0

#: Which halls show which section. Reported: countries in 5.2, food (the largest) in 8.1 and 8.2, sci-tech life in 5.1,
#: matchmaking in 2.2, medical on 45,000 m2. Assumed from that: no section has more halls than the largest, two, and
#: medical needs two; so the 13 halls of the seven business sections are shared out in one way but for their places.
SECTION_HALLS = {
    "country": ("5.2",), "electronics": ("5.1", "3"), "food": ("8.1", "8.2"), "auto": ("1.1", "2.1"),
    "equipment": ("4.1", "4.2"), "apparel_consumer": ("6.1", "6.2"), "medical": ("7.1", "7.2"), "services": ("1.2",),
}  # fmt: skip


def clock(text: str) -> float:
    """HH:MM as seconds after midnight."""
    hours, minutes = text.split(":")
    return int(hours) * HOUR_S + int(minutes) * 60.0


#: Share of the day's people of a profile in each slot. Metro line 2 is fitted to its two reported counts
#: (15,000 by 08:30 and 64,108 by 14:00 of a day total scaled like all modes); the others to 0.84 by 14:00.
PROFILES = {
    "metro": (("07:00", 8.7), ("08:00", 11.0), ("08:30", 11.8), ("09:00", 21.0), ("10:00", 14.0), ("11:00", 8.2), ("12:00", 5.0), ("13:00", 4.3), ("14:00", 8.0), ("15:00", 8.0)),
    "coach": (("07:00", 3.0), ("08:00", 8.0), ("08:30", 13.0), ("09:00", 31.0), ("10:00", 17.0), ("11:00", 6.0), ("12:00", 3.0), ("13:00", 3.0), ("14:00", 9.0), ("15:00", 7.0)),
    "staff": (("06:30", 30.0), ("07:00", 40.0), ("08:00", 30.0)),
}  # fmt: skip
LAST_SLOT = "16:00"


def profiles() -> tuple[ProfileSlot, ...]:
    rows = []
    for profile, slots in PROFILES.items():
        ends = [start for start, _ in slots[1:]] + ["08:30" if profile == "staff" else LAST_SLOT]
        for (start, weight), end in zip(slots, ends, strict=True):
            code = f"{profile}-{start.replace(':', '')}"
            rows.append(
                ProfileSlot(code=code, profile=profile, starts_at=clock(start), ends_at=clock(end), weight=weight)
            )
    return tuple(rows)


def demand(value: dict[str, Any]) -> tuple[tuple[Stream, ...], tuple[Approach, ...], tuple[Mix, ...]]:
    by14 = {
        "L2": value["tr.l2_exits_by14"],
        "L17": value["tr.l17_exits_by14"],
        "taxis": value["tr.taxi_drop_by14"],
        "parking": value["tr.parking_shuttle_by14"] + value["tr.bus71_by14"],
    }
    rest = value["tr.total_oneway_by14"] - sum(by14.values())
    coaches = rest * value["own.coach_share_of_rest"]
    parts = {
        "L2-exit4": ("metro", "Line 2, exit 4", "2 号线 4 号口", by14["L2"] * 0.55, "metro", "L2-trains"),
        "L2-exit5": ("metro", "Line 2, exit 5", "2 号线 5 号口", by14["L2"] * 0.45, "metro", "L2-trains"),
        "L17": ("metro", "Line 17", "17 号线", by14["L17"], "metro", "L17-trains"),
        "coaches-N": ("coach", "Coaches, north", "北侧大巴", coaches * 0.55, "coach", ""),
        "coaches-S": ("coach", "Coaches, south", "南侧大巴", coaches * 0.45, "coach", ""),
        "taxis": ("taxi", "Taxis", "出租车", by14["taxis"], "metro", ""),
        "parking": ("shuttle", "Parking shuttle and bus", "停车接驳与公交", by14["parking"], "coach", ""),
        "street": ("walk", "On foot and by car", "步行与自驾", rest - coaches, "metro", ""),
    }
    persons = _shared_out(value["visits.peak_day"], {code: part[3] for code, part in parts.items()})
    streams = [
        Stream(
            code=code, name_en=part[1], name_zh=part[2], mode=part[0], node=code, persons=persons[code], profile=part[4],
            headway_s=value["tr.l2_headway"] * 60.0 if part[0] == "metro" else 0.0,
            pulse_s=90.0 if part[0] == "metro" else 0.0, leaves_by=part[5],
        )
        for code, part in parts.items()
    ]  # fmt: skip
    streams.append(
        Stream(
            code="helpers", name_en="Volunteers on duty", name_zh="志愿者", mode="staff", node="street",
            persons=value["vol.in_venue"], profile="staff",
        )
    )  # fmt: skip
    # Assumed so that the gates' shares of the day are those of their lanes, W 60 N 30 E 15 S 15: who sends coaches and
    # puts up guides sends people where the lanes are.
    weights = {
        "L2-exit4": {"W": 95, "S": 5}, "L2-exit5": {"W": 95, "S": 5}, "L17": {"W": 80, "N": 20},
        "coaches-N": {"N": 85, "E": 15}, "coaches-S": {"S": 55, "W": 45}, "taxis": {"E": 90, "N": 10},
        "parking": {"E": 90, "S": 10}, "street": {"N": 50, "W": 50}, "helpers": {"N": 50, "W": 50},
    }  # fmt: skip
    approaches = [
        Approach(code=f"{stream}-{gate}", stream=stream, gate=gate, weight=float(weight))
        for stream, gates in weights.items()
        for gate, weight in gates.items()
    ]
    mixes = [
        Mix(code=f"{stream.code}-{group}", stream=stream.code, group=group, weight=weight)
        for stream in streams
        for group, weight in (value["own.tables"].items() if stream.code != "helpers" else [("helpers", 1.0)])
    ]
    return tuple(streams), tuple(approaches), tuple(mixes)


def _shared_out(total: int, weights: dict[str, float]) -> dict[str, int]:
    """Whole persons by largest remainder, so that they add up to the total."""
    exact = {code: total * weight / sum(weights.values()) for code, weight in weights.items()}
    persons = {code: int(share) for code, share in exact.items()}
    by_remainder = sorted(exact, key=lambda code: persons[code] - exact[code])
    for code in by_remainder[: total - sum(persons.values())]:
        persons[code] += 1
    return persons


def groups(value: dict[str, Any], fitted: dict[str, Any]) -> tuple[Group, ...]:
    stay_s = value["own.stay_mean_s"] / 1.197  # the median of a lognormal stay of sigma 0.6 with that mean
    common = {
        "stands_mean": float(value["own.stays_per_hall"]), "dwell_median_s": round(stay_s, 1), "dwell_sigma": 0.6,
        "meal_share": value["food.meals_per_visitor"], "meal_starts_at": clock(value["own.meal"]["from"]),
        "meal_ends_at": clock(value["own.meal"]["to"]), "meal_dwell_s": float(value["own.meal"]["table_s"]), "toilet_visits_mean": value["own.toilet_visits"],
        "leaves_at": clock(value["own.leaves_at"]),
    }  # fmt: skip
    halls = float(fitted["halls_mean"])  # wanted; there is not time for all of them
    return (
        Group(code="buyers", name_en="Buyers and visitors", name_zh="采购商与专业观众", halls_mean=halls, **common),
        Group(code="tours", name_en="Trade groups", name_zh="交易团", halls_mean=halls, **{**common, "leaves_at": clock("16:00")}),
        Group(
            code="exhibitors", name_en="Exhibitors' staff", name_zh="参展商人员", halls_mean=1.2,
            **{**common, "stands_mean": 3.0, "dwell_median_s": 7200.0, "dwell_sigma": 0.3, "leaves_at": clock("17:00")},
        ),
        Group(code="press", name_en="Press", name_zh="记者", halls_mean=4.0, **common),
        Group(code="guests", name_en="Guests and delegations", name_zh="贵宾与代表团", halls_mean=3.0, **common),
        Group(
            code="stepfree", name_en="Wheelchair and pram users", name_zh="轮椅与婴儿车使用者", halls_mean=2.5,
            step_free=True, speed_mean_m_per_s=0.9, speed_sd_m_per_s=0.15, **common,
        ),
        Group(
            code="helpers", name_en="Volunteers", name_zh="志愿者", counts_as_entry=False, halls_mean=1.0,
            **{**common, "stands_mean": 4.0, "dwell_median_s": 6000.0, "dwell_sigma": 0.3, "meal_share": 0.0},
        ),
    )  # fmt: skip


def attractions(fitted: dict[str, Any]) -> tuple[Attraction, ...]:
    weights = {
        hall: fitted["section_weights"][section] / len(halls)
        for section, halls in SECTION_HALLS.items()
        for hall in halls
    }
    weights["2.2"] = 10.0  # matchmaking hall: no entries are known
    return tuple(
        Attraction(code=f"hall-{hall}", area=hall, weight=round(weight, 2)) for hall, weight in sorted(weights.items())
    )


def appointments(value: dict[str, Any]) -> tuple[Appointment, ...]:
    hours = value["own.matchmaking_hours"]
    each = round(value["match.buyers"] / value["match.days"] / len(hours))
    return tuple(
        Appointment(
            code=f"match-{hour.replace(':', '')}", name_en=f"Matchmaking {hour}", name_zh=f"供需对接 {hour}", group="buyers",
            area="2.2", persons=each, starts_at=clock(hour), lasts_s=HOUR_S,
        )
        for hour in hours
    )  # fmt: skip
