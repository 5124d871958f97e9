"""One station's queue by itself, customer after customer: exact, and a thousand times cheaper than a day."""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.draws import service_time
from hostcity.engines.day._kernels.layout import FAR, RELEASE_QUEUE, SET_LANES, SET_SERVICE


@nb.njit(error_model="numpy", cache=True)
def queue_alone(
    station,
    law,
    mean_s,
    cv,
    seed,
    key,
    counter,
    joined_s,
    control_at,
    control_what,
    control_target,
    control_value,
    ends_s,
):
    """Fill ``ends_s`` [n] with the end of service of customers in order of joining; nan = never served.

    ``counter`` [n] names the stop of each visitor's plan, as draws of service times do.

    First come, first served, on the lane that falls free first: the recursion of Kiefer and Wolfowitz (1955,
    doi 10.1090/S0002-9947-1955-0066587-3), with lanes that open and close.
    """
    most = 1
    for at in range(control_at.size):
        if control_what[at] == SET_LANES and control_target[at] == station:
            most = max(most, int(control_value[at]))
    free = np.zeros(most)
    bits = free.view(np.int64)  # the same memory: times are not negative, so as whole numbers they order alike
    lanes = 0
    slower = 1.0
    done = 0
    for customer in range(joined_s.size):
        while True:
            best = 0
            begin_s = FAR
            if lanes > 0:
                soonest = bits[0]
                for lane in range(1, lanes):
                    soonest = min(soonest, bits[lane])
                while bits[best] != soonest:
                    best += 1
                begin_s = max(joined_s[customer], free[best])
            while done < control_at.size and control_target[done] != station:
                done += 1
            if done == control_at.size or control_at[done] > begin_s:
                break
            if control_what[done] == SET_LANES:
                for lane in range(lanes, int(control_value[done])):
                    free[lane] = max(free[lane], control_at[done])
                lanes = int(control_value[done])
            elif control_what[done] == SET_SERVICE:
                slower = control_value[done]
            elif control_what[done] == RELEASE_QUEUE:
                return
            done += 1
        if begin_s == FAR:
            return
        took_s = service_time(seed, key[customer], counter[customer], law, mean_s, cv)
        free[best] = begin_s + took_s * slower
        ends_s[customer] = free[best]


@nb.njit(cache=True)
def service_times(seed, key, counter, law, mean_s, cv):
    """The drawn service time of each customer, by the stop of their plan that ``counter`` [n] names. [s]"""
    took_s = np.empty(key.size)
    for customer in range(key.size):
        took_s[customer] = service_time(seed, key[customer], counter[customer], law, mean_s, cv)
    return took_s
