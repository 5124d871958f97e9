"""How kernels are compiled, and chance."""

from __future__ import annotations

import numpy as np

from hostcity.engines.compiling import called_by_kernels, called_by_python

#: Compile a kernel. It checks nothing: its public face does.
kernel = called_by_kernels(error_model="numpy", cache=True)

#: The same for one that Python calls.
entry = called_by_python(error_model="numpy", cache=True)

#: The same, told that no figure is "not a number" and that zero has no sign: so the least of many is found four at a time.
#: Nothing is rounded otherwise than before; sums keep their order.
least_kernel = called_by_kernels(error_model="numpy", cache=True, fastmath={"nnan", "nsz"})

#: The same for one that Python calls.
least_entry = called_by_python(error_model="numpy", cache=True, fastmath={"nnan", "nsz"})


@kernel
def mix(x):
    """The splitmix64 finalizer: uint64 in, uint64 out (Steele, Lea & Flood, OOPSLA 2014, doi 10.1145/2660193.2660195)."""
    x = np.uint64(x) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@kernel
def chance(key, counter):
    """A number above 0 and below 1, the same for the same key and counter."""
    x = mix(np.uint64(key) ^ mix(np.uint64(counter)))
    return (np.float64(x >> np.uint64(12)) + 0.5) * (1.0 / 4503599627370496.0)
