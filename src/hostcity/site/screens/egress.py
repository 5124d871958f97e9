"""What a check of exits says, on one screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.engines.egress import Egress
from hostcity.site.screens.words import Words

FAULT = "bold red"


def show_egress(console: Console, found: Sequence[Egress], _: Words) -> None:
    """A line for each area, and the limits that were asked."""
    limits = found[0].limits
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(_("area"))
    for name in (
        _("load"),
        _("exits"),
        _("clear [m]"),
        _("needed [m]"),
        _("farthest [m]"),
        _("over the limit [m²]"),
        _("assigned, farthest [m]"),
        _("passing [s]"),
    ):
        table.add_column(name, justify="right")
    table.add_column("")
    for each in found:
        table.add_row(
            _.of(each.area.name_en or each.area.code, each.area.name_zh or each.area.name_en or each.area.code),
            f"{each.load_persons:,}", str(len(each.exits)),
            Text(f"{each.clear_m:.1f}", "" if each.is_wide else FAULT), f"{each.needed_m:.1f}",
            Text(_length(each.farthest_m), "" if each.is_near else FAULT), Text(f"{each.over_m2:,.0f}", "" if each.is_near else FAULT),
            _length(each.assigned_farthest_m), f"{each.pass_s:.0f}",
            Text(_("met"), "green") if each.is_met else Text(_lacking(each, _), FAULT),
        )  # fmt: skip
    console.print(table)
    for each in found:
        if each.closed:
            told = _("{area}: closed for some of the day, so not counted: {codes}")
            console.print(told.format(area=each.area.code, codes=", ".join(each.closed)), style=FAULT)
    console.print(
        _(
            "Asked: at most {limit} m on foot, 1 m of exit per {per_m} persons, {per_m2} persons per m². By the drawing alone: no smoke, no crowd."
        ).format(
            limit=f"{limits.distance_m:g}", per_m=f"{limits.persons_per_m:g}", per_m2=f"{limits.persons_per_m2:g}"
        ),
        style="dim",
    )


def _lacking(found: Egress, _: Words) -> str:
    """Which demand is not met."""
    if found.is_near:
        return _("not met: too narrow")
    return _("not met: too far") if found.is_wide else _("not met: too far, too narrow")


def _length(value: float) -> str:
    return f"{value:.1f}" if math.isfinite(value) else "∞"
