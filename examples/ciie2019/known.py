"""What is known of each figure, and what the played day is compared with."""

from __future__ import annotations

from typing import Any

from hostcity.plan.rows import Provenance, Reported

#: Figure of the plan, the entry of figures.yaml behind it, and factors that the swings try.
KNOWN: tuple[tuple[str, str, float | None, float | None], ...] = (
    ("stations.*-security.lanes", "own.lane_split", 0.8, 1.2),
    ("stations.*-security.service_mean_s", "k.screen_unit_cn", 0.8, 1.25),
    ("stations.*-security.service_cv", "own.security_cv", 0.5, 1.5),
    ("stations.*-badge.lanes", "own.badge_lanes", 0.8, 1.2),
    ("stations.*-badge.service_mean_s", "k.turnstile", 0.55, 1.25),
    ("stations.L2-trains.batch_persons", "tr.l2_peak_2025", 0.75, 1.5),
    ("stations.L2-trains.headway_s", "tr.l2_headway", None, None),
    ("stations.L17-trains.headway_s", "own.arrivals", None, None),
    ("streams.L2-*.persons", "tr.l2_exits_by14", None, None),
    ("streams.L17.persons", "tr.l17_exits_by14", None, None),
    ("streams.taxis.persons", "tr.taxi_drop_by14", None, None),
    ("streams.parking.persons", "tr.parking_shuttle_by14", None, None),
    ("streams.coaches-*.persons", "own.coach_share_of_rest", None, None),
    ("streams.street.persons", "own.coach_share_of_rest", None, None),
    ("streams.helpers.persons", "vol.in_venue", None, None),
    ("profiles.metro-*.weight", "tr.l2_curve", None, None),
    ("profiles.coach-0900.weight", "gate.peak_hour_share", 0.7, 1.3),
    ("profiles.coach-*.weight", "gate.peak_hour_share", None, None),
    ("groups.buyers.halls_mean", "visits.halls_per_visitor", 0.8, 1.2),
    ("groups.tours.halls_mean", "visits.halls_per_visitor", 0.8, 1.2),
    ("groups.*.halls_mean", "own.other_groups", None, None),
    ("groups.*.stands_mean", "own.stays_per_hall", 0.7, 1.3),
    ("groups.*.dwell_median_s", "own.stay_mean_s", 0.8, 1.25),
    ("groups.*.meal_share", "food.meals_per_visitor", None, None),
    ("groups.helpers.meal_share", "own.other_groups", None, None),
    ("groups.*.toilet_visits_mean", "own.toilet_visits", None, None),
    ("groups.*.leaves_at", "own.leaves_at", None, None),
    ("groups.*.speed_mean_m_per_s", "k.walk_speed", 0.9, 1.1),
    ("groups.stepfree.speed_mean_m_per_s", "own.other_groups", None, None),
    ("attractions.*.weight", "visits.hall_entries_20181109", None, None),
    ("areas.?.?.gross_m2", "venue.hall_dims", None, None),
    ("areas.3.gross_m2", "venue.hall_dims", None, None),
    ("links.*.width_m", "own.walkway_width_m", None, None),
    ("mixes.*.weight", "own.tables", None, None),
    ("appointments.match-*.persons", "match.buyers", None, None),
    ("appointments.match-*.starts_at", "own.matchmaking_hours", None, None),
    ("edition.ciie2019.opens_at", "event.hours", None, None),
    ("edition.ciie2019.gates_open_at", "own.gates_open", 0.92857, 1.07143),
    ("edition.ciie2019.peak_wait_limit_s", "gate.wait_target_peak", None, None),
    ("edition.ciie2019.other_wait_limit_s", "gate.wait_target_offpeak", None, None),
    ("link_kinds.stairs.speed_up", "k.stairs", None, None),
    ("link_kinds.stairs.speed_down", "k.stairs", None, None),
    ("wrong_turns.*.*", "own.wrong_turns", None, None),
    ("edition.*.*", "own.clock", None, None),
    ("edition.ciie2019.date", "visits.peak_day", None, None),
    ("model.*.*", "own.model", None, None),
    ("link_kinds.*.*", "own.link_kinds", None, None),
    ("levels.*.*", "own.venue_drawing", None, None),
    ("areas.*.*", "own.venue_drawing", None, None),
    ("nodes.*.*", "own.venue_drawing", None, None),
    ("nodes.*.floor_m2", "own.aisle_share", None, None),
    ("links.*.*", "own.venue_drawing", None, None),
    ("gates.*.*", "own.venue_drawing", None, None),
    ("grounds.*.*", "own.venue_drawing", None, None),
    ("stands.*.*", "own.stands_per_hall", None, None),
    ("stands.*.exhibitor_en", "own.exhibitors", None, None),
    ("stands.*.exhibitor_zh", "own.exhibitors", None, None),
    ("openings.*.*", "own.venue_drawing", None, None),
    ("connectors.*.*", "own.venue_drawing", None, None),
    ("amenities.*.*", "own.venue_drawing", None, None),
    ("faces.*.*", "own.signs", None, None),
    ("face_lines.*.*", "own.signs", None, None),
    ("stations.*-food.*", "own.food", None, None),
    ("stations.*-toilets-*.*", "own.toilets", None, None),
    ("stations.*-security.*", "own.lane_split", None, None),
    ("stations.*-badge.*", "own.badge_lanes", None, None),
    ("stations.*-badge.service_cv", "own.badge_cv", None, None),
    ("stations.*-trains.*", "tr.l2_peak_2025", None, None),
    ("stations.L17-trains.batch_persons", "own.train_places", None, None),
    ("profiles.staff-*.*", "own.staff_hours", None, None),
    ("streams.*.*", "own.venue_drawing", None, None),
    ("streams.L2-*.headway_s", "tr.l2_headway", None, None),
    ("streams.*.headway_s", "own.arrivals", None, None),
    ("streams.*.pulse_s", "own.arrivals", None, None),
    ("approaches.*.weight", "own.gate_shares", None, None),
    ("groups.*.meal_starts_at", "own.meal", None, None),
    ("groups.*.meal_ends_at", "own.meal", None, None),
    ("groups.*.meal_dwell_s", "own.meal", None, None),
    ("appointments.*.*", "own.matchmaking_hours", None, None),
    ("attractions.hall-2.2.weight", "own.section_halls", None, None),
    ("profiles.*.*", "gate.peak_hour_share", None, None),
    ("groups.*.*", "own.tables", None, None),
    ("uncertainties.*.*", "own.uncertainty", None, None),
    ("options.*.*", "own.options", None, None),
)

#: Marks that differ from the figure's own: what was tuned, or spread out with a share that is assumed.
MARKS = {
    "profiles.metro-*.weight": "fitted", "attractions.*.weight": "fitted", "streams.L2-*.persons": "derived",
    "streams.L17.persons": "derived", "streams.taxis.persons": "derived", "streams.parking.persons": "derived",
    "stations.L2-trains.batch_persons": "derived", "groups.buyers.halls_mean": "fitted", "groups.tours.halls_mean": "fitted",
    "stations.*-security.service_mean_s": "derived", "stations.*-badge.service_mean_s": "derived", "stations.*-trains.*": "assumed", "appointments.match-*.persons": "derived",
}  # fmt: skip

#: What a reader should know beyond the figure's own note.
NOTES = {
    "attractions.*.weight": "tuned by fit.py until the 1st edition's hall entries by section are met; which hall shows which section is partly assumed",
    "stations.*-security.service_mean_s": "3,600 s / 500 persons: what another city's standard asks of one unit in winter",
    "stations.*-badge.service_mean_s": "60 s / 11 persons: a ticket turnstile, not a badge check with a look at the face",
    **dict.fromkeys(
        ("groups.buyers.halls_mean", "groups.tours.halls_mean"),
        "tuned by fit.py until 3.6 hall entries per visitor are met: people want more halls than there is time for",
    ),
    "profiles.metro-*.weight": "tuned to the two reported counts of line 2; the shape between them is assumed",
}  # fmt: skip

DAY = "2019-11-06"


def provenance(figures: dict[str, Any], sources: dict[str, Any]) -> tuple[Provenance, ...]:
    """One row per kind of figure; where the figure's own date is not known it is that of its source."""
    rows = []
    for number, (figure, known, low, high) in enumerate(KNOWN, 1):
        fact = figures[known]
        rows.append(
            Provenance(
                code=f"k{number:02d}", figure=figure, mark=MARKS.get(figure, fact["mark"]), source=fact["source"],
                edition=fact["edition"], date=fact.get("date", sources[fact["source"]]["date"]),
                note=NOTES.get(figure, fact.get("note", "")), low_factor=low, high_factor=high,
            )
        )  # fmt: skip
    return tuple(rows)


def reported(figures: dict[str, Any]) -> tuple[Reported, ...]:
    """Reported figures beside which the played day is printed."""
    mirror = "read on a mirror page whose original outlet is not named"
    peaks = figures["visits.hall_peak"]["value"]
    rows = [
        ("total", "entries.total", "equals", 227_000, "persons", "fitted", "visits.peak_day", "", ""),
        ("by14", "entries.by@14:00", "equals", 190_500, "persons", "fitted", "tr.total_oneway_by14", "transport count, not gates", "交通口径，非闸机口径"),
        ("l2-0830", "streams.L2-*.arrived_by@08:30", "equals", 15_000, "persons", "fitted", "tr.l2_curve", "", ""),
        ("l2-1400", "streams.L2-*.arrived_by@14:00", "equals", 64_108, "persons", "fitted", "tr.l2_exits_by14", "", ""),
        ("halls", "halls.entries_per_visitor", "equals", 3.6, "halls", "fitted", "visits.halls_per_visitor", "derived, not reported: 760,400 hall entries over some 210,000 visitors, which is assumed", "推算而非报道：760,400 次进馆除以约 21 万名观众（假设）"),
        ("peak-8.2", "areas.8.2.peak_persons", "equals", peaks["8.2"], "persons", "held_back", "visits.hall_peak", mirror, "转载页，未注明原出处"),
        ("peak-5.1", "areas.5.1.peak_persons", "equals", peaks["5.1"], "persons", "held_back", "visits.hall_peak", mirror, "转载页，未注明原出处"),
        ("peak-5.2", "areas.5.2.peak_persons", "at_least", peaks["5.2"], "persons", "held_back", "visits.hall_peak", f"entry was throttled; {mirror}", "当时限流；转载页，未注明原出处"),
        ("metro-hall", "entry.metro_to_hall_p50_s@08:00-09:00", "at_most", 900, "s", "held_back", "gate.observed", "one reporter's walk, beside the median", "一名记者的亲历，与中位数对照"),
        ("metro-hall-p95", "entry.metro_to_hall_p95_s@08:00-09:00", "at_most", 900, "s", "held_back", "gate.observed", "one reporter's walk, beside the 95th percentile", "一名记者的亲历，与 95 分位对照"),
        ("leave-from", "departures.peak_hour_starts", "at_least", 57_600, "s after midnight", "held_back", "visits.departure_peak", "reported 16-19 h, 1st edition", "报道为 16-19 时，第一届"),
        ("leave-to", "departures.peak_hour_ends", "at_most", 68_400, "s after midnight", "held_back", "visits.departure_peak", "reported 16-19 h, 1st edition", "报道为 16-19 时，第一届"),
    ]  # fmt: skip
    return tuple(
        Reported(
            code=code, quantity=quantity, relation=relation, value=float(value), unit=unit, use=use,
            source=figures[known]["source"], edition=figures[known]["edition"],
            date=DAY if figures[known]["edition"] == "2" else "2018-11-09", note_en=note_en, note_zh=note_zh,
        )
        for code, quantity, relation, value, unit, use, known, note_en, note_zh in rows
    )  # fmt: skip
