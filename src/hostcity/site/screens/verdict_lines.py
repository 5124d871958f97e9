"""The verdict on the promise as the commands print it."""

from __future__ import annotations

import math

from rich.text import Text

from hostcity.plan.cells import clock_text
from hostcity.report.clocks import limit_text, minutes_text
from hostcity.report.verdict_words import tells_turned_away
from hostcity.site.screens.words import Words
from hostcity.studies.promise import Verdict


def minutes(seconds: float, _: Words, limit_s: float = math.nan) -> str:
    """A wait in minutes; beside a limit it reads as standing on its side of it."""
    if math.isnan(seconds):
        return "–"
    return "∞" if math.isinf(seconds) else _("{n} min").format(n=minutes_text(seconds, limit_s))


def limit(seconds: float, _: Words) -> str:
    """A limit in minutes."""
    return _("{n} min").format(n=limit_text(seconds))


def clock(seconds: float) -> str:
    """HH:MM."""
    return "–" if math.isnan(seconds) else clock_text(seconds // 60 * 60)


def verdict_text(verdict: Verdict, _: Words) -> Text:
    """The verdict on the promise, the peak hour and the worst other quarter, a line each."""
    lines = [Text.assemble(_("Promise at the entrance: "), _mark(verdict, _), _away(verdict, _))]
    if not verdict.is_void:
        lines.append(Text(_peak_line(verdict, _)))
    if verdict.other_p99_s > 0:
        lines.append(Text(_other_line(verdict, _)))
    return Text("\n").join(lines)


def _mark(verdict: Verdict, _: Words) -> Text:
    if verdict.is_void:
        return Text(_("no verdict, nobody joined a queue"), "bold yellow")
    return Text(_("KEPT"), "bold green") if verdict.kept else Text(_("BROKEN"), "bold red")


def _away(verdict: Verdict, _: Words) -> Text:
    """How many were turned away, when the mark alone would mislead."""
    if not tells_turned_away(verdict):
        return Text("")
    away = _("; {n} of {all} who came were turned away").format(
        n=f"{verdict.turned_away:,}", all=f"{verdict.entries + verdict.turned_away:,}"
    )
    return Text(away, "yellow")


def _peak_line(verdict: Verdict, _: Words) -> str:
    if not verdict.entries:
        return _("  nobody got in: {n} joined a queue").format(n=f"{verdict.joined:,}")
    figures = {
        "start": clock(verdict.peak_starts_s),
        "end": clock(verdict.peak_starts_s + 3600),
        "persons": f"{verdict.peak_entries:,}",
    }
    if not verdict.peak_joined:
        return _("  peak hour {start}-{end}, {persons} entries: nobody joined a queue in it").format(**figures)
    return _("  peak {start}-{end}, {persons} entries: 99 of 100 within {took} (promised {limit})").format(
        took=minutes(verdict.peak_p99_s, _, verdict.peak_limit_s), limit=limit(verdict.peak_limit_s, _), **figures
    )


def _other_line(verdict: Verdict, _: Words) -> str:
    return _("  other quarters: worst from {start}, within {took} (promised {limit}); {over} over it").format(
        start=clock(verdict.other_starts_s),
        took=minutes(verdict.other_p99_s, _, verdict.other_limit_s),
        limit=limit(verdict.other_limit_s, _),
        over=verdict.other_quarters_over,
    )
