"""A trial of signs on one screen: what each variant costs, and what the planned one spares."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from hostcity.report.compared import change_texts, compared_name, compared_text, telling_text, too_few
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.run_figures import OF_WRONG_TURNS
from hostcity.studies.signs.trying import SignTrial


def show_trial(console: Console, trial: SignTrial, _: Words) -> None:
    """Means by variant, then planned less each other variant."""
    names = {
        "planned": _("planned signs"), "corners": _("at the busiest corners"), "hanging": _("those that hang"), "none": _("none"),
    }  # fmt: skip
    columns: tuple[Column, ...] = (
        (_("signs"), "w"),
        (_("faces"), "r"),
        *((_.told(compared_name(name)), "r") for name in OF_WRONG_TURNS),
    )
    rows = (
        (names[each.name], str(each.faces), *(compared_text(name, value) for name, value in zip(OF_WRONG_TURNS, each.means, strict=True)))
        for each in trial.variants
    )  # fmt: skip
    title = _("Days with these signs, {runs} of each, under the same draws: means").format(runs=trial.runs)
    console.print(table_of(console, title, columns, rows))
    columns = ((_("less than with"), "w"), (_("figure"), "w"), (_("change"), "r"), ("±", "r"), ("", "l"))
    console.print(
        table_of(console, _("Planned signs (mean of the change, 95 % interval)"), columns, _changes(trial, names, _))
    )
    few = too_few(trial.runs)
    if few:
        console.print(_.told(few), style="yellow")
    if any(each.invalid for each in trial.variants):
        listed = ", ".join(f"{names[each.name]} {each.invalid}" for each in trial.variants if each.invalid)
        console.print(_("INVALID runs: {listed}.").format(listed=listed), style="bold red")
    row = trial.row
    text = _(
        "Newcomers: {new:.0%}. Right without a face: {straight:.0%} straight on, {turn:.0%} at a turn; with one {signed:.0%}. Assumed."
    )
    console.print(
        text.format(new=row.newcomer_share, straight=row.straight_share, turn=row.turn_share, signed=row.signed_share),
        style="dim",
    )


def _changes(trial: SignTrial, names: dict[str, str], _: Words) -> Iterator[tuple[str, ...]]:
    for each in trial.differences:
        yield (
            names[each.code], _.told(compared_name(each.figure)), *change_texts(each.figure, each.difference, each.half_width),
            _.told(telling_text(each)),
        )  # fmt: skip
