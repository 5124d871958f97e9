"""The search: many changes on few days, few changes on many days, budgets split between them, then what adds to the best."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from hostcity.plan.plan import Plan
from hostcity.studies.advice.combining import first_step, neighbors_of, pairs_of, rivals_of, thirds_of
from hostcity.studies.advice.companions import companion_of, is_often
from hostcity.studies.advice.days import Days
from hostcity.studies.advice.found import NOTHING, Tried
from hostcity.studies.advice.moves import Move, Package, affordable, hourly, uses_of_package
from hostcity.studies.advice.ranking import by_gain, gains, promises
from hostcity.studies.advice.trials import Trials

FIRST_RUNS = 3  # of every candidate
MOST_RUNS = 12  # of those that are left at the end of a halving
SCOUTED = 24  # days of the plan as it is, where bad days are sought among them
KEPT_SHARE = 1 / 3  # of the candidates, after each round
LEFT_AT_THE_END = 4
FINER_OF = 6  # best moves of lanes of which more are tried to be moved
HOURLY_OF = 3  # best changes of lanes that are tried for single hours
MOST_STEPS = 4  # changes in one suggestion
COMBINED_OF = 5  # best changes at different places between which the budget is split
MOST_TRADES = 10  # splits of one combination that are tried


class Search:
    """The state of one search, on days behind the first ``runs``, which it leaves for the verdict on what it finds."""

    def __init__(
        self,
        plan: Plan,
        budget: Mapping[str, float],
        moves: dict[str, Move],
        trials: Trials,
        runs: int,
        told: Callable[[float], None],
    ) -> None:
        self.plan, self.budget, self.moves, self.trials, self.runs = plan, budget, moves, trials, runs
        self.dropped: list[Tried] = []
        self.impossible: list[Package] = []
        self._shifts: dict[str, int] = {}  # lanes moved that were left after the first round, and how many
        self._days = Days.alike(())
        self._told, self._expected = told, 1.0

    def finalists(self) -> list[Package]:
        """What is worth being judged on fresh days."""
        candidates = self._candidates(NOTHING)
        self._expect(len(candidates))
        if not candidates:
            return []
        self._days = self._scouted()
        singles = self._singles(candidates)
        combined = self._combined(rivals_of(singles, self.moves, self.budget, COMBINED_OF))
        final = {frozenset(each): each for each in [*singles[:LEFT_AT_THE_END], *combined]}
        best = singles[0]
        for each in combined:
            best = each if promises(self.trials, each, best, self._days) else best
        while len(best) < MOST_STEPS and promises(self.trials, best, NOTHING, self._days):
            candidates = self._candidates(best)
            if not candidates:
                break
            first, *others = self._halved(candidates, best)[:LEFT_AT_THE_END]
            self._drop(others, best, self._days)
            if not promises(self.trials, first, best, self._days):
                self._drop([first], best, self._days)
                break
            final.setdefault(frozenset(first), first)
            best = first
        return list(final.values())

    def _scouted(self) -> Days:
        """The days of the search: more of the bad ones, where the goal is nothing on most days."""
        trials, first = self.trials, range(self.runs, self.runs + min(self.runs, MOST_RUNS))
        if not trials.limits:
            return Days.alike(first)
        runs = range(self.runs, self.runs + SCOUTED)
        self.play([NOTHING], runs)
        goal, shares = trials.values(NOTHING, runs), trials.shares(NOTHING, runs)
        trials.companion = None if is_often(goal) else companion_of(trials.limits, shares)
        if trials.companion is None:
            return Days.alike(first)
        badness = list(zip(goal.tolist(), *shares.tolist(), strict=True))
        return Days.bad_first(runs, badness).first(MOST_RUNS)

    def _candidates(self, best: Package) -> list[Package]:
        """The package with one more move, taken as often as the budget lets it; of lanes moved, a few."""
        used = uses_of_package(best, self.moves)
        taken = {code for code, _ in best}
        groups = {self.moves[code].group for code in taken} - {""}
        found = []
        for code, move in list(self.moves.items()):
            is_hourly = move.kind != "option" and "@" in code
            if code in taken or move.group in groups or code in groups or is_hourly:
                continue
            left = affordable(move, self.budget, used)
            if move.kind == "shift" and best != NOTHING:
                left = min(left, self._shifts.get(code, 0))
                found += self._possible([*best, (code, left)]) if left else []
            elif left:
                found += self._possible([*best, (code, move.counts(left)[0])])
        return found

    def _possible(self, package: list[tuple[str, int]]) -> list[Package]:
        each = tuple(package)
        if self.trials.is_possible(each):
            return [each]
        self.impossible.append(each)
        return []

    def _all_possible(self, packages: Iterable[Package]) -> list[Package]:
        return [each for package in packages for each in self._possible([*package])]

    def _singles(self, candidates: list[Package]) -> list[Package]:
        """All single changes that are worth a try, the best first."""
        ranked = self._ranked(candidates, NOTHING, min(FIRST_RUNS, len(self._days.runs)))
        ranked += self._finer(ranked)
        ranked += self._hourly(self._ranked(ranked, NOTHING, min(FIRST_RUNS, len(self._days.runs))))
        return self._halved(ranked, NOTHING, math.ceil(len(candidates) * KEPT_SHARE))

    def _combined(self, rivals: tuple[Package, ...]) -> list[Package]:
        """The best split of the budget between two changes, then between three ..., as long as one more adds something."""
        candidates = self._all_possible(pairs_of(rivals, self.moves, self.budget))
        found: list[Package] = []
        while candidates:
            first, *others = self._halved(candidates, NOTHING)[:LEFT_AT_THE_END]
            self._drop(others, NOTHING, self._days)
            best = self._balanced(first)
            if not promises(self.trials, best, found[-1] if found else NOTHING, self._days):
                self._drop([best], NOTHING, self._days)
                break
            found.append(best)
            more = thirds_of(best, rivals, self.moves, self.budget) if len(best) < MOST_STEPS else ()
            candidates = self._all_possible(more)
        return found

    def _balanced(self, package: Package) -> Package:
        """The same changes, with what each gets of the budget moved from one to another as long as that is better."""
        most, step, tried = len(self._days.runs), first_step(package), {package}
        while step and len(tried) <= MOST_TRADES:
            trades = [each for each in neighbors_of(package, self.moves, self.budget, step) if each not in tried]
            trades = self._all_possible(trades)[: MOST_TRADES + 1 - len(tried)]
            tried |= set(trades)
            best = self._ranked([package, *trades], NOTHING, most)[0]
            self._drop([each for each in (package, *trades) if each not in {best, package}], NOTHING, self._days)
            if best == package:
                step //= 2
            else:
                self._drop([package], NOTHING, self._days)
                package = best
        return package

    def _halved(self, candidates: list[Package], beside: Package, most_kept: int = 0) -> list[Package]:
        """The candidates, the best first: few are left at the head, played on all days, and those dropped behind them."""
        most = len(self._days.runs)
        runs = min(FIRST_RUNS, most)
        left = self._ranked(candidates, beside, runs)
        most_kept = most_kept or math.ceil(len(left) * KEPT_SHARE)
        behind: list[Package] = []
        while True:
            days = self._days.first(runs)
            hopeful = sum(gains(self.trials, each, beside, days) for each in left)
            keep = max(LEFT_AT_THE_END, min(most_kept, hopeful))
            self._drop(left[keep:], beside, days)
            left, behind = left[:keep], [*left[keep:], *behind]
            if beside == NOTHING and not self._shifts:
                single = [each[0] for each in reversed(left) if len(each) == 1]
                self._shifts = {code: n for code, n in single if self.moves[code].kind == "shift"}
            if len(left) <= LEFT_AT_THE_END and runs == most:
                return [*left, *behind]
            runs = most if len(left) <= LEFT_AT_THE_END else min(most, 2 * runs)
            left = self._ranked(left, beside, runs)
            most_kept = math.ceil(len(left) * KEPT_SHARE)

    def _ranked(self, packages: list[Package], beside: Package, runs: int) -> list[Package]:
        days = self._days.first(runs)
        self.play([beside, *packages], days.runs)
        return by_gain(self.trials, packages, beside, days)

    def _drop(self, packages: list[Package], beside: Package, days: Days) -> None:
        self.dropped += [
            Tried(
                package=each, beside=beside, effect=self.trials.effect(each, beside, days),
                companion=self.trials.beside_goal(each, beside, days),
            )
            for each in packages
        ]  # fmt: skip

    def _hopeful(self, ranked: list[Package]) -> list[Package]:
        """Those that do some good on the first days."""
        days = self._days.first(FIRST_RUNS)
        return [each for each in ranked if gains(self.trials, each, NOTHING, days)]

    def _finer(self, ranked: list[Package]) -> list[Package]:
        """More of the lanes of which moving a few is best.

        Where a few do harm, more are not tried: the wait at a check falls by less with each lane that it gets, and grows
        by more with each that it loses.
        """
        found: list[Package] = []
        moved = [code for ((code, _),) in self._hopeful(ranked) if self.moves[code].kind == "shift"]
        for code in moved[:FINER_OF]:
            for count in self.moves[code].counts(affordable(self.moves[code], self.budget, {}))[1:]:
                found += self._possible([(code, count)])
        return found

    def _hourly(self, ranked: list[Package]) -> list[Package]:
        """The best changes of lanes that do some good, for single hours; added ones only where that uses less."""
        found: list[Package] = []
        kinds = {"shift", "add"} if "lane_hours" in self.budget else {"shift"}
        changes = [each for ((each),) in self._hopeful(ranked) if self.moves[each[0]].kind in kinds]
        for code, count in changes[:HOURLY_OF]:
            for move in hourly(self.plan, self.moves[code]):
                self.moves[move.code] = move
                left = affordable(move, self.budget, {})
                lanes = left if move.kind == "add" else min(left, count)
                found += self._possible([(move.code, lanes)]) if lanes else []
        return found

    def _expect(self, candidates: int) -> None:
        """Days that it all takes, for progress: the first round twice, splits, two steps more, and the verdict."""
        scouted = SCOUTED if self.trials.limits else 0
        pairs = math.comb(min(candidates, COMBINED_OF), 2)
        splits = pairs * FIRST_RUNS + (MOST_TRADES if pairs else 0) * MOST_RUNS
        steps = 2 * LEFT_AT_THE_END * MOST_RUNS
        self._expected = scouted + 2 * candidates * FIRST_RUNS + splits + steps + (LEFT_AT_THE_END + 2) * self.runs

    def play(self, packages: list[Package], runs: range | tuple[int, ...]) -> None:
        """Play packages, and tell how far the search is."""
        self.trials.play(packages, runs, lambda: self._told(min(0.99, self.trials.played / max(1.0, self._expected))))
