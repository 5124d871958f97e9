"""What advice says, on the screen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.report.advised import (
    base_text,
    effect_texts,
    goal_name,
    is_advised,
    package_words,
    uses_text,
)
from hostcity.site.screens.words import Words
from hostcity.studies.advice import Advice

MOST_ROWS = 12


def show_advice(console: Console, advice: Advice, _: Words) -> None:
    """The best changes first, with how to play them again."""
    console.print(
        _("Goal: {figure} ({name}); as the plan is: {value}, promise kept on {kept} of days.").format(
            figure=_.told(goal_name(advice.goal)), name=str(advice.goal), value=base_text(advice),
            kept=f"{advice.base_kept_share:.0%}",
        ),
        style="bold",
    )  # fmt: skip
    if not advice.suggestions:
        console.print(
            _("Nothing can be tried within the budget: see sheet options, or name lanes or staff."), style="yellow"
        )
        return
    table = Table(
        title=_("What changes do, each on the same {runs} days (95 % intervals)").format(runs=advice.runs),
        title_justify="left", box=None, pad_edge=False,
    )  # fmt: skip
    for name, justify in (
        ("", "right"), (_("changes"), "left"), (_("uses"), "left"), (_("goal changes by"), "right"), ("±", "right"), ("", "left"),
        (_("promise kept"), "right"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for number, each in enumerate(advice.suggestions[:MOST_ROWS], 1):
        words = "; ".join(_.told(done) for done in package_words(advice.plan, each.package, advice.moves))
        table.add_row(
            str(number), words, _.told(uses_text(each.uses)), *effect_texts(advice.goal, each.effect),
            _("clear") if each.effect.is_clear else _("not told from 0"), f"{each.effect.kept_share:.0%}",
        )  # fmt: skip
    console.print(table)
    if is_advised(advice):
        console.print(_("To play the first again:"))
        changes = advice.suggestions[0].changes
        console.print(Text(" ".join(f"--set '{each}'" for each in changes)), soft_wrap=True)
    else:
        console.print(_("No change that the budget allows clearly helps."), style="yellow")
    console.print(
        _("{played} days played; {dropped} candidates were dropped on the way, {impossible} would make a plan with problems.").format(
            played=f"{advice.played:,}", dropped=len(advice.dropped), impossible=len(advice.impossible)
        ),
        style="dim",
    )  # fmt: skip
