"""What somebody with a clicker or a watch would have counted on a played day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import MINUTE_S, SLOT_S, DayResult
from hostcity.plan.plan import Plan
from hostcity.studies.promise import counted as counts_as_entry
from hostcity.studies.promise import entry_times
from hostcity.studies.wrong_turns import questions_between

Floats = NDArray[np.float64]

ENTRIES, INSIDE, WAIT, OVER, QUESTIONS = "entries", "inside", "wait", "over", "questions"
WAITED = "waited"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was counted.

    =========  =========================================================================================
    what       the value
    =========  =========================================================================================
    entries    persons who leave a gate's last check, begin to be served at a station, or walk into an
               area from outside it, from ``starts_s`` until ``ends_s``; staff too, for a clicker counts all
    inside     persons in an area, the mean of the minutes from ``starts_s`` until ``ends_s``, or at ``starts_s``
    wait       mean wait of those who join then: at a station until served, at a gate until past its last
               check; who is never served has no wait, and where nobody joins it is 0 [s]
    over       share of those who join then and wait longer than ``limit_s``: as the promise judges them for
               the whole expo (who never gets in has waited for ever), of those who are served at a station;
               where nobody joins it is 0
    waited     time that all spend in the queue of a station, or of all stations, between ``starts_s`` and ``ends_s``,
               whether they are served in the end or not; by the minute [s]
    questions  asked at the information desk of a node about what ``about`` names (SHEET.KEY), by newcomers
               who had turned wrong
    =========  =========================================================================================
    """

    what: str  # ENTRIES, INSIDE, WAIT, OVER, WAITED or QUESTIONS
    sheet: str  # "gates", "stations", "areas" or, of questions, "nodes"; "" = the whole expo
    code: str
    starts_s: float  # after the day's midnight
    ends_s: float
    limit_s: float = 0.0  # of OVER
    about: str = ""  # of QUESTIONS


def counted(plan: Plan, day: DayResult, asked: Sequence[Asked]) -> Floats:
    """Values of a played day in place of counts, and the spread of the single waits behind them: float64[n, 2].

    The spread is the standard deviation of the persons' waits [s]; 0 for all that is no wait.
    """
    look = _Look(plan, day)
    out = np.zeros((len(asked), 2))
    for at, each in enumerate(asked):
        of = {
            ENTRIES: look.entries, INSIDE: look.inside, WAIT: look.wait, OVER: look.over, WAITED: look.waited,
            QUESTIONS: look.questions,
        }  # fmt: skip
        out[at] = of[each.what](each)
    return out


class _Look:
    """A played day, sorted for looking up; nothing is sorted before it is asked for."""

    def __init__(self, plan: Plan, day: DayResult) -> None:
        self._plan, self._day = plan, day
        self._passed: dict[tuple[str, str], Floats] = {}
        self._waits: dict[tuple[str, str], tuple[Floats, Floats, Floats]] = {}
        self._walked: dict[str, Floats] = {}

    def entries(self, asked: Asked) -> tuple[float, float]:
        if asked.sheet == "areas":
            return self._into_area(asked), 0.0
        key = (asked.sheet, asked.code)
        if key not in self._passed:
            joined_s, took_s = self._queued(*key)
            self._passed[key] = np.sort(joined_s + took_s)
        since, until = np.searchsorted(self._passed[key], (asked.starts_s, asked.ends_s))
        return float(until - since), 0.0

    def wait(self, asked: Asked) -> tuple[float, float]:
        key = (asked.sheet, asked.code)
        if key not in self._waits:
            joined_s, took_s = self._queued(*key)
            order = np.argsort(joined_s, kind="stable")
            took_s = took_s[order]
            sums = [np.concatenate([[0.0], np.cumsum(each)]) for each in (took_s, took_s**2)]
            self._waits[key] = joined_s[order], sums[0], sums[1]
        joined_s, total_s, squares = self._waits[key]
        since, until = np.searchsorted(joined_s, (asked.starts_s, asked.ends_s))
        if until == since:
            return 0.0, 0.0
        mean = (total_s[until] - total_s[since]) / (until - since)
        variance = (squares[until] - squares[since]) / (until - since) - mean**2
        return float(mean), float(np.sqrt(max(0.0, variance)))

    def over(self, asked: Asked) -> tuple[float, float]:
        joined_s, took_s = self._queued(asked.sheet, asked.code) if asked.sheet else self._promised()
        took_s = took_s[(joined_s >= asked.starts_s) & (joined_s < asked.ends_s)]
        return float((took_s > asked.limit_s).mean()) if took_s.size else 0.0, 0.0

    def inside(self, asked: Asked) -> tuple[float, float]:
        """Entry ``m`` of the day's minutes is the state at the end of minute ``m``."""
        day = self._day
        since = int((asked.starts_s - day.clock_start_s) // MINUTE_S) - 1
        until = max(since + 1, int((asked.ends_s - day.clock_start_s) // MINUTE_S))
        minutes = self._persons(asked.code)[max(0, since) : max(1, until)]
        return float(minutes.mean()), 0.0

    def waited(self, asked: Asked) -> tuple[float, float]:
        """Entry ``m`` of the day's minutes is the queue at the end of minute ``m``."""
        day = self._day
        since, until = (round((at - day.clock_start_s) / MINUTE_S) for at in (asked.starts_s, asked.ends_s))
        queue = day.station_queue[day.station_codes.index(asked.code)] if asked.code else day.station_queue.sum(axis=0)
        return float(queue[max(0, since) : max(0, until)].sum()) * MINUTE_S, 0.0

    def questions(self, asked: Asked) -> tuple[float, float]:
        return questions_between(self._day, asked.code, asked.about, asked.starts_s, asked.ends_s), 0.0

    def _persons(self, code: str) -> Floats:
        if code:
            persons: Floats = self._day.area_persons[self._day.area_codes.index(code)].astype(float)
            return persons
        is_inside = np.array([row.inside for row in self._plan.areas], bool)
        together: Floats = self._day.area_persons[is_inside].sum(axis=0).astype(float)
        return together

    def _queued(self, sheet: str, code: str) -> tuple[Floats, Floats]:
        """When people joined, and how long it took them, of those who were served."""
        day = self._day
        if sheet == "stations":
            here = day.service_station == day.station_codes.index(code)
            return day.service_joined_s[here], day.service_wait_s[here]
        here = ~np.isnan(day.visitor_entry_s)
        if code:
            here &= day.visitor_gate == day.gate_codes.index(code)
        return day.visitor_entry_joined_s[here], day.visitor_entry_s[here]

    def _promised(self) -> tuple[Floats, Floats]:
        """The same of those whom the promise is about, as it judges them."""
        joined_s, took_s = entry_times(self._day)
        here = ~np.isnan(joined_s) & counts_as_entry(self._plan, self._day.visitor_group)
        return joined_s[here], np.nan_to_num(took_s[here], nan=np.inf)

    def _into_area(self, asked: Asked) -> float:
        if asked.code not in self._walked:
            self._walked[asked.code] = self._walked_into(asked.code)
        since, until = (round((at - self._day.clock_start_s) / SLOT_S) for at in (asked.starts_s, asked.ends_s))
        return float(self._walked[asked.code][since:until].sum())

    def _walked_into(self, area: str) -> Floats:
        """Persons who leave a link into an area from another, by slots of five minutes."""
        area_of = {node.code: node.area for node in self._plan.nodes}
        total = np.zeros(self._day.link_flow.shape[2])
        for link, flow in zip(self._plan.links, self._day.link_flow, strict=True):
            start, end = area_of[link.start], area_of[link.end]
            if start != end and area in (start, end):
                total += flow[0 if end == area else 1]
        return total
