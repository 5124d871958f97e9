"""What the microscope shows, on one screen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.report.microscope_words import (
    assumptions_of,
    beside_name,
    beside_text,
    minutes_text,
    offer_text,
    place_text,
    unit_text,
    verdict_text,
)
from hostcity.site.screens.words import Words
from hostcity.studies.microscope import Seen


def show_microscope(console: Console, seen: Seen, _: Words) -> None:
    """Figures of day and plane, the opening's trial with what is offered, and what is assumed."""
    console.print(
        _("{place}, {minutes}: {came} persons came into view, {gone} are gone, {inside} are there at the end.").format(
            place=_.told(place_text(seen.plan, seen.asked)), minutes=minutes_text(seen.asked), came=f"{seen.played.came:,}",
            gone=f"{seen.played.went:,}", inside=f"{seen.played.inside:,}",
        ),
        style="bold",
    )  # fmt: skip
    table = Table(title=_("The day and the plane, side by side"), title_justify="left", box=None, pad_edge=False)
    for name, justify in ((_("figure"), "left"), (_("day"), "right"), (_("plane"), "right"), ("", "left")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for row in seen.beside:
        table.add_row(
            _.told(beside_name(row)), beside_text(row, row.day), beside_text(row, row.cut_out),
            _.told(unit_text(row)),
        )  # fmt: skip
    console.print(table)
    if seen.offer:
        console.print(_.told(offer_text(seen.plan, seen.offer)))
        console.print(_.told(verdict_text(seen.offer)))
        if seen.offer.override:
            console.print(_("To play the day with it:"))
            console.print(Text(f"--set '{seen.offer.override}'"), soft_wrap=True)
    console.print(_("Assumed:"), style="dim")
    for each in assumptions_of(seen):
        console.print(f"- {_.told(each)}", style="dim")
