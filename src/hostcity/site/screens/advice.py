"""What advice says, on the screen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.report.advised import (
    base_text,
    companion_name,
    companion_reason,
    companion_texts,
    effect_texts,
    goal_name,
    goal_place,
    goal_unit,
    is_advised,
    package_words,
    uses_text,
)
from hostcity.report.compared import telling_text, too_few
from hostcity.site.screens.words import Words
from hostcity.studies.advice import Advice, Suggestion

MOST_ROWS = 12


def show_advice(console: Console, advice: Advice, _: Words) -> None:
    """The best changes first, with how to play them again."""
    console.print(
        _("Goal: {figure} ({name}); as the plan is: {value}, promise kept on {kept} of days.").format(
            figure=f"{_.told(goal_place(advice))}: {_.told(goal_name(advice.goal))}", name=str(advice.goal),
            value=base_text(advice), kept=f"{advice.base_kept_share:.0%}",
        ),
        style="bold",
    )  # fmt: skip
    reason = companion_reason(advice)
    if reason:
        console.print(_.told(reason))
    if not advice.suggestions:
        console.print(
            _("Nothing can be tried within the budget: see sheet options, or name lanes or staff."), style="yellow"
        )
        return
    console.print(_table(advice, _))
    _show_what_to_do(console, advice, _)
    console.print(
        _("{played} days played; {dropped} candidates were dropped on the way, {impossible} would make a plan with problems.").format(
            played=f"{advice.played:,}", dropped=len(advice.dropped), impossible=len(advice.impossible)
        ),
        style="dim",
    )  # fmt: skip


def _table(advice: Advice, _: Words) -> Table:
    table = Table(
        title=_("What changes do, each on the same {runs} days (95 % intervals)").format(runs=advice.runs),
        title_justify="left", box=None, pad_edge=False,
    )  # fmt: skip
    names = [
        ("", "right"), (_("changes"), "left"), (_("uses"), "left"),
        (_("goal changes by") + _.told(goal_unit(advice.goal)), "right"), ("", "left"),
    ]  # fmt: skip
    if advice.companion:
        names += [(_.told(companion_name(advice.companion)), "right"), ("", "left")]
    for name, justify in (*names, (_("promise kept"), "right")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for number, each in enumerate(advice.suggestions[:MOST_ROWS], 1):
        table.add_row(str(number), *_cells(advice, each, _), f"{each.effect.kept_share:.0%}")
    return table


def _cells(advice: Advice, each: Suggestion, _: Words) -> list[str]:
    words = "; ".join(_.told(done) for done in package_words(advice.plan, each.package, advice.moves))
    cells = [words, _.told(uses_text(each.uses))]
    cells += [" ± ".join(effect_texts(advice.goal, each.effect)), _.told(telling_text(each.effect))]
    if each.companion:
        cells += [" ± ".join(companion_texts(advice.goal, each.companion)), _.told(telling_text(each.companion))]
    return cells


def _show_what_to_do(console: Console, advice: Advice, _: Words) -> None:
    first, few = advice.suggestions[0], too_few(advice.runs)
    if few:
        console.print(_.told(few), style="yellow")
    elif not is_advised(advice):
        console.print(_("No change that the budget allows clearly helps."), style="yellow")
    if few or not is_advised(advice):
        return
    if not first.effect.helps:
        console.print(_("The goal itself cannot tell on these days; by the lower limit the first clearly helps."))
    console.print(_("To play the first again:"))
    console.print(Text(" ".join(f"--set '{each}'" for each in first.changes)), soft_wrap=True)
