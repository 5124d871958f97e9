"""What is too far or too slow, on one screen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from hostcity.plan.plan import Plan
from hostcity.report.clocks import clock
from hostcity.report.words import chinese_of, named
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.facilities import WALK, Lack, Lacks, NextPlace

MOST_ROWS = 12


def show_facilities(
    console: Console, plan: Plan, lacks: Lacks, next_places: Sequence[NextPlace], _: Words, most: int = MOST_ROWS
) -> None:
    """Kinds, then what is missed most, then where one more would help."""
    names = {area.code: _.told(named(area)) for area in plan.areas}
    console.print(_kinds(console, lacks, _))
    for title, found in (
        (_("Too far or too slow, by uses a day"), lacks.often),
        (_("Seldom needed, and too far for whom it is, by person-hours"), lacks.seldom),
    ):
        if found:
            rows = (_row(lack, names, _) for lack in found[:most])
            below = _("and {count} more").format(count=len(found) - most) if len(found) > most else ""
            console.print(table_of(console, title, _columns(_), rows, below))
    if not lacks.often and not lacks.seldom:
        console.print(_("Nothing is too far or too slow."), style="green")
    for each in next_places:
        text = _("{kind} in {area}: one more at {x:.0f}, {y:.0f} spares {share:.0f} % of the walks that are too long.")
        console.print(
            text.format(
                kind=kind_name(each.kind, _), area=names[each.area], x=each.at[0], y=each.at[1], share=100 * each.share
            )
        )
    for text, codes in (
        (_("Not drawn, so left out: {codes}."), lacks.left_out),
        (_("Amenities that no floor is near to: {codes}."), lacks.unreached),
    ):
        if codes:
            console.print(text.format(codes=", ".join(codes)), style="dim")
    console.print(
        _("Limits and rates are assumed; set them with --walk and --wait. People stand evenly in an area: assumed. Queues: counted."),
        style="dim",
    )  # fmt: skip


def kind_name(kind: str, _: Words) -> str:
    """A kind of amenity in words."""
    return chinese_of(kind, "choice") if _.chinese else kind.replace("_", " ")


def _kinds(console: Console, lacks: Lacks, _: Words) -> Table:
    columns: tuple[Column, ...] = (
        (_("kind"), "l"), (_("number"), "r"), (_("mean walk [m]"), "r"), (_("95 % [m]"), "r"), (_("limit [m]"), "r"),
        (_("beyond [%]"), "r"),
    )  # fmt: skip
    rows = (
        (
            kind_name(each.kind, _), str(each.amenities), _meters(each.mean_m), _meters(each.p95_m), f"{each.want.walk_m:g}",
            f"{100 * each.beyond_share:.1f}",
        )
        for each in lacks.served
    )  # fmt: skip
    return table_of(console, _("How far everybody is from the nearest"), columns, rows)


def _columns(_: Words) -> tuple[Column, ...]:
    return (
        (_("kind"), "l"), (_("where"), "w"), (_("why"), "w"), (_("uses a day"), "r"), (_("person-hours"), "r"), (_("share [%]"), "r"),
    )  # fmt: skip


def _row(lack: Lack, names: dict[str, str], _: Words) -> Iterator[str]:
    yield kind_name(lack.kind, _)
    yield names[lack.area]
    if lack.cause == WALK:
        yield _("walk, to {far} m").format(far=_meters(lack.worst_m))
    else:
        yield _("queue at {station}, 95 %: {minutes:.0f} min, worst at {at}").format(
            station=lack.station, minutes=lack.wait_p95_s / 60, at=clock(lack.worst_at_s)
        )
    yield f"{lack.uses:,.0f}"
    yield f"{lack.persons_h:,.0f}" if lack.cause == WALK else "–"
    yield f"{100 * lack.share:.0f}"


def _meters(value: float) -> str:
    return f"{value:.0f}" if math.isfinite(value) else "∞"
