"""The statistics of a calibration: weights, steps and ranges, on arrays alone.

Notation: ``C`` counts, ``R`` runs, ``P`` parameters on their scales (-1 to 1).

The estimate is that of simulated moments [1]_ with the optimal weights, found by Gauss-Newton steps: the gap between
what was counted and the mean of the runs, weighted by the inverse of its covariance. That is the covariance of single
days (the runs), shrunk so that it can be inverted [2]_, and the errors of counting. The derivatives are differences
under common random numbers, and so have noise, which would feign information: products of derivatives are taken of
different runs only. Its covariance is of the sandwich form [3]_, widened by the Birge ratio [4]_ where the counts lie
farther from the plan than days and counting explain: by it is judged what cannot be told apart, and where to begin the
search for ranges (`hostcity.studies.calibration.ranges`).

References
----------
.. [1] McFadden, "A method of simulated moments for estimation of discrete response models without numerical
   integration", Econometrica 57 (1989), sections 3-4. doi 10.2307/1913621
.. [2] Schäfer and Strimmer, "A shrinkage approach to large-scale covariance matrix estimation", Statistical
   Applications in Genetics and Molecular Biology 4 (2005), table 2, target D. doi 10.2202/1544-6115.1175
.. [3] White, "Maximum likelihood estimation of misspecified models", Econometrica 50 (1982), theorem 3.2.
   doi 10.2307/1912526
.. [4] Birge, "The calculation of errors by the method of least squares", Physical Review 40 (1932), 207-227.
   doi 10.1103/PhysRev.40.207
.. [5] Cox and Hinkley, "Theoretical Statistics", 1974, section 9.3. doi 10.1201/b14832
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SPREAD_OF_RANGE = 0.6  # standard deviation of a figure of which only its range is known, on its scale (uniform: 0.58)


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What is known around one place of the scales."""

    gap: Floats  # [C] counted minus mean of the runs
    weights: Floats  # [C, C] inverse of the gap's covariance
    days: Floats  # [P, P] covariance of the score of a day that had no part in the weights
    errors: Floats  # [C] variance of counting
    slopes: Floats  # [C, P] mean derivatives
    information: Floats  # [P, P] slopes' weights slopes, without the noise of the slopes
    runs: int

    @property
    def score(self) -> Floats:
        """Where the gap pulls the parameters, float64[P]."""
        pull: Floats = self.slopes.T @ self.weights @ self.gap
        return pull

    @property
    def chi2(self) -> float:
        """The weighted square of the gap."""
        return float(self.gap @ self.weights @ self.gap)


@dataclass(frozen=True, kw_only=True, slots=True)
class Freed:
    """The score of one parameter, freed from the others."""

    number: int
    weights: Floats  # [C] the score is their product with a gap
    follow: Floats  # [P] how far the others go with one step of it to fit best, and itself 1
    variance: float  # of the score by what the declared ranges leave open of the others


def freed(here: Around, number: int, falls: Floats | None = None) -> Freed:
    """The efficient score [5]_ of a parameter, where of the others their declared ranges are known before.

    That is its score minus what the others' scores foretell of it, so that their errors do not move it.

    Parameters
    ----------
    falls
        float64[P, P], by how much mean scores (rows) fall with each parameter, where they are not as ``here``.
    """
    falls = here.information if falls is None else falls
    others = np.arange(falls.shape[0]) != number
    known_before = np.eye(int(others.sum())) / SPREAD_OF_RANGE**2
    within, across = falls[np.ix_(others, others)], falls[number, others]
    share = np.linalg.solve((within + known_before).T, across)
    left = across - share @ within
    follow = np.ones(others.size)
    follow[others] = -np.linalg.solve(within + known_before, falls[others, number])
    slope = here.slopes[:, number] - here.slopes[:, others] @ share
    return Freed(
        number=number, weights=here.weights @ slope, follow=follow, variance=float(left @ left) * SPREAD_OF_RANGE**2
    )


def moved(here: Around, step: Floats) -> Around:
    """The same after a step, as far as slopes tell."""
    return Around(
        gap=here.gap - here.slopes @ step, weights=here.weights, days=here.days, errors=here.errors,
        slopes=here.slopes, information=here.information, runs=here.runs,
    )  # fmt: skip


def around(observed: Floats, runs: Floats, errors: Floats, slopes_by_run: Floats) -> Around:
    """What is known around a place.

    Parameters
    ----------
    observed
        float64[C].
    runs
        float64[R, C] played there.
    errors
        float64[C], variance of counting, more than 0.
    slopes_by_run
        float64[R', C, P], derivatives of single runs under common random numbers.
    """
    weights, slopes = shrunk_weights(runs, errors), slopes_by_run.mean(axis=0)
    return Around(
        gap=observed - runs.mean(axis=0), weights=weights, days=scores_of_days(runs, errors, slopes), errors=errors,
        slopes=slopes, information=information(slopes_by_run, weights), runs=runs.shape[0],
    )  # fmt: skip


def scores_of_days(runs: Floats, errors: Floats, slopes: Floats) -> Floats:
    """Covariance of a day's score around the mean of others, float64[P, P].

    Each run is weighed as if it were the counted day: by weights of the other runs. By weights in which it had a part it
    would seem nearer to the mean than a new day is.
    """
    scores = np.empty((runs.shape[0], slopes.shape[1]))
    for run in range(runs.shape[0]):
        others = np.delete(runs, run, axis=0)
        scores[run] = slopes.T @ shrunk_weights(others, errors) @ (runs[run] - others.mean(axis=0))
    product: Floats = scores.T @ scores / runs.shape[0]
    return product


def shrunk_weights(runs: Floats, errors: Floats) -> Floats:
    """Inverse covariance of one counted day minus the mean of R played ones, float64[C, C].

    Correlations are shrunk towards 0 by the share that minimizes the expected square error (target D of [2]_).
    """
    count = runs.shape[0]
    covariance = np.atleast_2d(np.cov(runs, rowvar=False))
    spread = np.sqrt(np.diag(covariance))
    some = spread > 0
    unit = np.zeros_like(runs)
    unit[:, some] = (runs[:, some] - runs[:, some].mean(axis=0)) / spread[some]
    mean = unit.T @ unit / count  # of the products of two counts of one run, and of their squares
    square = (unit**2).T @ unit**2 / count
    factor = count / (count - 1)
    off = ~np.eye(runs.shape[1], dtype=bool)
    noise = factor**3 / count * (square - mean**2)[off].sum()
    signal = ((factor * mean[off]) ** 2).sum()
    share = min(1.0, noise / signal) if signal > 0 else 1.0
    shrunk = np.where(off, (1 - share) * covariance, covariance) * (1 + 1 / count) + np.diag(errors)
    inverse: Floats = np.linalg.inv(shrunk)
    return inverse


def information(slopes_by_run: Floats, weights: Floats) -> Floats:
    """Mean product of the slopes of two different runs, float64[P, P], without negative directions.

    Slopes carry noise that is independent between runs: products of one run with itself would count it as information.
    """
    count = slopes_by_run.shape[0]
    total = slopes_by_run.sum(axis=0)
    own = np.einsum("rcp,cd,rdq->pq", slopes_by_run, weights, slopes_by_run, optimize=True)
    cross = (total.T @ weights @ total - own) / (count * (count - 1))
    values, vectors = np.linalg.eigh((cross + cross.T) / 2)
    clipped: Floats = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return clipped


def directions(of: Floats, least: float) -> tuple[Floats, Floats]:
    """The inverse within the directions whose information is at least so much, and the projector onto the others."""
    values, vectors = np.linalg.eigh(of)
    told = values >= least
    inverse = (vectors[:, told] / values[told]) @ vectors[:, told].T
    return inverse, vectors[:, ~told] @ vectors[:, ~told].T


def bounded_step(here: Around, at: Floats, least: float, fixed: NDArray[np.bool_] | None = None) -> Floats:
    """The Gauss-Newton step, float64[P], that stays between -1 and 1: who would leave stops there, the others follow.

    ``fixed`` parameters do not move; directions with less information than ``least`` are not followed.
    """
    step = np.zeros(at.size)
    free = np.ones(at.size, bool) if fixed is None else ~fixed
    while free.any():
        score = here.score[free] - here.information[np.ix_(free, ~free)] @ step[~free]
        inverse, _ = directions(here.information[np.ix_(free, free)], least)
        wanted = inverse @ score
        beyond = np.abs(at[free] + wanted) > 1 + 1e-12
        if not beyond.any():
            step[free] = wanted
            return step
        # The one that would go farthest beyond its end stops there.
        over = np.abs(at[free] + wanted) - 1
        first = np.flatnonzero(free)[int(np.argmax(over))]
        step[first] = np.sign(at[first] + wanted[int(np.argmax(over))]) - at[first]
        free[first] = False
    return step


def covariance(here: Around, least: float, ratio: float) -> Floats:
    """Of the estimate on the scales, float64[P, P]: days and counting, and what only the ranges tell."""
    inverse, untold = directions(here.information, least)
    influence = inverse @ here.slopes.T @ here.weights  # [P, C]
    told = inverse @ here.days @ inverse.T + (influence * here.errors) @ influence.T
    both: Floats = told * ratio + untold * SPREAD_OF_RANGE**2
    return both
