"""The stages of the search: greedy, mixture of plans with prices and bound, dive to whole plans, polish."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hostcity.engines.rosters._kernels.loads import all_harm, set_all_prices
from hostcity.engines.rosters._kernels.mixing import EMPTY, all_costs, fix_units, mix_units
from hostcity.engines.rosters._kernels.swapping import gather_mates
from hostcity.engines.rosters._kernels.whole import all_plan_costs, answer_units, fill_loads
from hostcity.engines.rosters.bound import bound_at
from hostcity.engines.rosters.homes import Homes
from hostcity.engines.rosters.model import Model, Units, cover_of, model_of, units_of
from hostcity.engines.rosters.problem import Floats, Ints, Problem
from hostcity.engines.rosters.roster import Step

PLACES = 12  # plans that a unit mixes at most
INNER = 4  # passes that only move shares, for each that finds plans
BLUR = 0.25  # heads about a kink; less stalls prices, more bends them
KEEP = 0.8  # of the mean of prices, for each pass
PROVE = 5  # passes for each bound
NEAR = 2e-3  # between mixture and bound: no price is far from the best any more
FIX = 0.12  # of the units that are mixed still, for each round of the dive
DIVES = 60
FEW = 1_000  # people
HOT, COLD = 1.0, 0.05  # harm that is let pass, at the first and the last round of the polish


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is done; the same effort and seed give the same roster."""

    passes: int = 40  # that find plans for the mixture
    dive_passes: int = 3  # for each round of the dive
    polish: int = 20  # rounds
    together: int = 6  # rounds in which teams come together

    @classmethod
    def of(cls, people: int) -> Effort:
        """The usual: few people get more of it, and still take little time."""
        return cls(passes=70 if people <= FEW else 40, polish=40 if people <= FEW else 20)


class Search:
    """A roster in the making."""

    def __init__(
        self,
        problem: Problem,
        homes: Homes,
        seed: int,
        until_s: float,
        tell: Callable[[Step], None] | None,
        began_s: float | None = None,
    ) -> None:
        self.began_s = time.process_time() if began_s is None else began_s
        self.problem, self.homes, self.until_s, self.tell = problem, homes, until_s, tell
        self.units: Units = units_of(problem)
        self.model, self.cover = model_of(problem, homes, self.units), cover_of(problem)
        self.count, layers = len(self.units.members), self.model.off_to.shape[1]
        self.plans = np.full((self.count, layers), -1, np.int64)
        self.load = np.zeros(self.cover.weight.shape)
        self.price = np.zeros(self.load.shape, np.float32)
        self.same = problem.weights.home * float(problem.people.target.sum())
        self.rewards = float(self.model.reward) * int((self.model.lock >= 0).sum())
        self.bound, self.best_price = -np.inf, self.price.astype(np.float64)
        self.steps: list[Step] = []
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.seed, self.drawn = seed, 0
        self.refresh()

    @cached_property
    def exact(self) -> Model:
        """The model in float64."""
        return model_of(self.problem, self.homes, self.units, exact=True)

    @property
    def is_late(self) -> bool:
        """Whether time is up."""
        return time.monotonic() > self.until_s

    @property
    def objective(self) -> float:
        """Of the whole plans."""
        return (
            float(all_plan_costs(self.model, self.plans) + all_harm(self.cover, self.load)) + self.same + self.rewards
        )

    def note(self, name: str, objective: float) -> None:
        """Remember how far it is, and tell."""
        step = Step(name=name, cpu_s=time.process_time() - self.began_s, objective=objective, bound=self.bound)
        self.steps.append(step)
        if self.tell is not None:
            self.tell(step)

    def refresh(self) -> None:
        """Prices of whole heads, from the loads."""
        set_all_prices(self.cover, self.load, self.price, 0.0)

    def answer(
        self,
        *,
        order: Ints | None = None,
        mate: float = 0.0,
        heat: float = 0.0,
        noise: float = 0.0,
        is_new: bool = False,
    ) -> float:
        """One pass of best answers."""
        self.drawn += 1
        order = self.rng.permutation(self.count) if order is None else order
        key = self.seed * 1_000_003 + self.drawn
        return float(
            answer_units(
                self.model, self.cover, order, self.plans, self.load, self.price, mate, heat, noise, key, is_new
            )
        )

    def gather(self, mate: float) -> None:
        """Swap shifts between teams, so that more people serve with a team mate."""
        if self.model.layers_a_day == 1:
            order = self.rng.permutation(self.count)
            first, occupants = self._occupants()
            gather_mates(self.model, self.cover, order, self.plans, self.load, mate, first, occupants)
            self.refresh()

    def _occupants(self) -> tuple[Ints, Ints]:
        """Units in each cell: where they begin, and who."""
        unit, layer = np.nonzero(self.plans >= 0)
        cell = self.plans[unit, layer]
        order = np.argsort(cell, kind="stable")
        return np.searchsorted(cell[order], np.arange(self.load.shape[1] + 1)), unit[order]

    def greedy(self) -> None:
        """Everybody's best plan at marginal prices, in an order of chance."""
        self.answer(is_new=True)
        self.note("greedy", self.objective)

    def mix(self, passes: int) -> None:
        """Mix plans of each unit until prices stand still, and keep the best bound."""
        layers = self.plans.shape[1]
        self.pool = np.full((self.count, PLACES, layers), -1, np.int64)
        self.cost, self.share = np.zeros((self.count, PLACES)), np.full((self.count, PLACES), EMPTY)
        self.pool[:, 0], self.share[:, 0] = self.plans, 1.0
        self.cost[:, 0] = self._costs()
        set_all_prices(self.cover, self.load, self.price, BLUR)
        mean = self.price.astype(np.float64)
        for each in range(passes):
            self._pass(np.arange(self.count), INNER)
            mean = KEEP * mean + (1 - KEEP) * self.price
            if each % PROVE == PROVE - 1 or each == passes - 1 or self.is_late:
                self.prove(self.price.astype(np.float64))
                self.prove(mean)
                mixed = self._mixed()
                self.note("mix", mixed)
                if mixed - self.bound < NEAR * abs(mixed) or self.is_late:
                    break

    def prove(self, price: Floats) -> None:
        """Keep the bound of these prices if it is better."""
        found = bound_at(self.exact, self.cover, price) + self.same
        if found > self.bound:
            self.bound, self.best_price = found, price.copy()

    def dive(self, passes: int) -> None:
        """Make the plans of the surest units whole, mix the others anew, and so on."""
        open_ = np.arange(self.count)
        for each in range(DIVES):
            sure = self.share[open_].max(axis=1)
            many = max(int(np.ceil(FIX * open_.size)), int((sure > 0.999).sum()))
            if each == DIVES - 1 or self.is_late:
                many = open_.size
            order = np.argsort(-sure, kind="stable")
            fix_units(
                self.model,
                self.cover,
                open_[order[:many]],
                self.pool,
                self.share,
                self.load,
                self.price,
                BLUR,
                self.plans,
            )
            open_ = np.sort(open_[order[many:]])
            if not open_.size:
                break
            self._pass(open_, passes)
        self._settle()
        self.note("dive", self.objective)

    def polish(self, rounds: int, mate: float = 0.0) -> None:
        """Best answers with noise that fades, then without."""
        best, kept = self._total(mate), self.plans.copy()
        for each in range(rounds):
            heat = HOT * (COLD / HOT) ** (each / max(1, rounds - 1))
            self.answer(heat=heat, noise=0.3 * heat, mate=mate)
            if mate > 0.0:
                self.gather(mate)
            if self.is_late:
                break
        self.answer(mate=mate)
        if mate > 0.0:
            self.gather(mate)
        if self._total(mate) > best:
            self.plans = kept
            self._settle()
        self.note("polish", self.objective)

    def part(self) -> None:
        """Let everybody who must be apart from somebody answer anew, so that they are."""
        firsts = self.model.apart_first
        order = np.flatnonzero(np.diff(firsts) > 0)
        if order.size:
            self.answer(order=order, is_new=True)

    def post_of(self) -> Ints:
        """The whole plans as ``int64[N, D, S]``."""
        count, days, shifts, posts = self.problem.shape
        found = np.full((count, days * shifts), -1, np.int64)
        for layer in range(self.plans.shape[1]):
            cell = self.plans[self.units.of, layer]
            serves = np.flatnonzero(cell >= 0)
            found[serves, cell[serves] // posts] = cell[serves] % posts
        return found.reshape(count, days, shifts)

    def _pass(self, units: Ints, inner: int) -> None:
        state = (self.pool, self.cost, self.share, self.load, self.price, BLUR)
        mix_units(self.model, self.cover, self.rng.permutation(units), *state, True)
        for _ in range(inner):
            mix_units(self.model, self.cover, self.rng.permutation(units), *state, False)

    def _settle(self) -> None:
        """Loads and prices of the whole plans, told anew."""
        fill_loads(self.model, self.plans, self.load)
        self.refresh()

    def _costs(self) -> Floats:
        from hostcity.engines.rosters._kernels.plans import plan_cost

        return np.array([plan_cost(self.model, unit, self.plans[unit]) for unit in range(self.count)])

    def _mixed(self) -> float:
        whole = float(all_costs(self.model, self.pool, self.cost, self.share) + all_harm(self.cover, self.load))
        return whole + self.same + self.rewards

    def _total(self, mate: float) -> float:
        from hostcity.engines.rosters.score import mates_share

        if mate == 0.0:
            return self.objective
        in_team = self.problem.people.team >= 0
        post_of = self.post_of()
        return self.objective - mate * mates_share(self.problem, post_of) * float((post_of[in_team] >= 0).sum())
