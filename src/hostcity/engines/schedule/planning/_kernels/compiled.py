"""How kernels are compiled, and chance."""

from __future__ import annotations

import numpy as np

from hostcity.engines.compiling import called_by_kernels, called_by_python

#: Compile a kernel. It checks nothing: its public face does.
kernel = called_by_kernels(error_model="numpy", cache=True, nogil=True)

#: The same for one that Python calls, in threads that run side by side.
entry = called_by_python(error_model="numpy", cache=True, nogil=True)


@kernel
def mix(x):
    """The splitmix64 finalizer: uint64 in, uint64 out (Steele, Lea & Flood, OOPSLA 2014, doi 10.1145/2660193.2660195)."""
    x = np.uint64(x) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@kernel
def key_of(key, counter):
    """A key below a key."""
    return mix(np.uint64(key) ^ mix(np.uint64(counter)))


@kernel
def chance(key, counter):
    """A number from 0 on and below 1, the same for the same key and counter."""
    return np.float64(key_of(key, counter) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def one_of(key, counter, many):
    """A whole number from 0 on and below ``many``."""
    return np.int64(chance(key, counter) * many)
