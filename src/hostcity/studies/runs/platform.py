"""What a process must have in common with another for both to compute the same results, bit by bit."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

#: Libraries that compute; a worker may differ in all others.
COMPUTING = ("numba", "numpy", "llvmlite")


def fingerprint() -> dict[str, str]:
    """Versions and processor of this process. Two processes with equal fingerprints give equal results."""
    from llvmlite import binding

    from hostcity import __version__
    from hostcity.engines.cache import cache_folder

    found = {"hostcity": __version__, "engine": cache_folder().name, "python": platform.python_version()}
    for name in COMPUTING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    found["machine"] = platform.machine()
    found["processor"] = binding.get_host_cpu_name()
    found["processor features"] = binding.get_host_cpu_features().flatten()
    return found


def differences(mine: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """What differs, as people read it: "numba 0.67.0 instead of 0.68.0"."""
    found = []
    for name in (*mine, *(each for each in other if each not in mine)):
        here, there = mine.get(name, "none"), other.get(name, "none")
        if here == there:
            continue
        if name == "processor features":
            more, less = _features(there) - _features(here), _features(here) - _features(there)
            signs = [f"+{each}" for each in sorted(more)] + [f"-{each}" for each in sorted(less)]
            found.append(f"{name} {' '.join(signs)}")
        else:
            found.append(f"{name} {there} instead of {here}")
    return tuple(found)


def _features(flat: str) -> set[str]:
    return {each[1:] for each in flat.split(",") if each.startswith("+")}
