"""The verdict in words, with what must not be read without it."""

from __future__ import annotations

from hostcity.report.clocks import limit_text, minute
from hostcity.report.sentences import HOUR_S, Limit, limits_of, verdict_sentence, wait_text
from hostcity.report.words import Both, say
from hostcity.studies.promise import Verdict

#: From this share on, those turned away are told beside the verdict: the promise is one about 99 of 100.
TOLD_SHARE = 0.01


def tells_turned_away(verdict: Verdict) -> bool:
    """Whether so many were turned away that the verdict alone would mislead."""
    return verdict.turned_away_share > TOLD_SHARE


def verdict_title(verdict: Verdict) -> Both:
    """Kept, broken or neither; in the same breath how many were turned away, when they are many."""
    values = {"n": f"{verdict.turned_away:,}", "all": f"{verdict.entries + verdict.turned_away:,}"}
    if verdict.is_void and verdict.turned_away:
        return say("No verdict: nobody joined a queue, {n} were turned away", **values)
    if verdict.is_void:
        return say("No verdict: nobody joined a queue")
    if not tells_turned_away(verdict):
        return say("The promise is kept") if verdict.kept else say("The promise is broken")
    if verdict.kept:
        return say("The promise is kept, but {n} of {all} who came were turned away", **values)
    return say("The promise is broken, and {n} of {all} who came were turned away", **values)


def told_verdict(verdict: Verdict) -> Both:
    """The figures behind the verdict; of an hour in which nobody joined a queue there is no entry time to tell."""
    if verdict.is_void:
        return say("Nobody joined a queue at security, so there is no entry time to judge.")
    if not verdict.entries:
        return say("Nobody got in: {n} joined a queue at security.", n=f"{verdict.joined:,}")
    if verdict.peak_joined:
        return verdict_sentence(verdict)
    return say(
        "In the busiest hour, {from}–{to}, nobody joined a queue: the {n} who got in then had joined before. In the worst "
        "other quarter of an hour, from {other_from}, 99 of 100 took {other} (promised: {other_limit} min).",
        **{
            "from": minute(verdict.peak_starts_s),
            "to": minute(verdict.peak_starts_s + HOUR_S),
            "n": f"{verdict.peak_entries:,}",
            "other_from": minute(verdict.other_starts_s),
            "other": wait_text(verdict.other_p99_s, verdict.other_limit_s),
            "other_limit": limit_text(verdict.other_limit_s),
        },
    )


def told_limits(verdict: Verdict) -> tuple[Limit, ...]:
    """The halves of the promise that were tried."""
    if verdict.is_void:
        return ()
    return limits_of(verdict) if verdict.peak_joined else limits_of(verdict)[1:]
