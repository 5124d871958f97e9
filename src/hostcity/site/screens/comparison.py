"""What `hostcity compare` prints: the promise first, then the places that changed most."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from hostcity.plan.plan import Plan
from hostcity.report.compared import (
    compared_name,
    compared_text,
    kept_by_both,
    place_name,
    sorted_differences,
    telling_text,
    too_few,
)
from hostcity.site.screens.tables import table_of
from hostcity.site.screens.words import Words
from hostcity.studies.compare import Comparison

MOST_DIFFERENCES = 20


def show_comparison(console: Console, plan: Plan, compared: Comparison, _: Words) -> None:
    """What changed, the promise first."""
    console.print(_.told(kept_by_both(compared)), style="bold")
    if compared.a_invalid or compared.b_invalid:
        console.print(
            Text(_("INVALID runs: {a} of A, {b} of B.").format(a=compared.a_invalid, b=compared.b_invalid), "bold red")
        )
    promise, others = sorted_differences(compared)
    rows = (
        (_.told(place_name(plan, each)), _.told(compared_name(each.figure)), compared_text(each.figure, each.a),
         compared_text(each.figure, each.b), compared_text(each.figure, each.difference, is_change=True),
         compared_text(each.figure, each.half_width, is_change=True).removeprefix("+"),
         _.told(telling_text(each)))
        for each in [*promise, *others[:MOST_DIFFERENCES]]
    )  # fmt: skip
    console.print(
        table_of(
            console,
            _("What changed (mean of B − A, 95 % interval)"),
            ((_("place"), "w"), (_("figure"), "w"), ("A", "r"), ("B", "r"), ("B − A", "r"), ("±", "r"), ("", "l")),
            rows,
        )
    )
    left = len(others) - MOST_DIFFERENCES
    if left > 0:
        console.print(_("{n} more places changed clearly: --json lists all.").format(n=left), style="dim")
    few = too_few(compared.runs)
    if few:
        console.print(_.told(few), style="yellow")
