"""Kernels that Python does not call have no wrapper for it, and say so."""

import os
import shutil
import subprocess
import sys

import pytest

from hostcity.engines.cache import ENGINES, cache_folder
from hostcity.engines.compiling import called_by_kernels, called_by_python


@called_by_kernels()
def one_more(number):
    return number + 1


@called_by_python()
def two_more(number):
    return one_more(one_more(number))


def test_what_only_kernels_call_is_refused_to_python_before_and_after_it_is_compiled():
    with pytest.raises(TypeError, match="one_more is compiled for other kernels alone"):
        one_more(1)
    assert two_more(1) == 3
    with pytest.raises(TypeError, match="one_more is compiled for other kernels alone"):
        one_more(1)


DRAW = """
import numpy as np
from hostcity.engines.day._kernels.population import fill_uniforms
uniform = np.empty(3)
fill_uniforms(1, np.arange(3, dtype=np.uint64), 5, uniform)
print(sum(fill_uniforms.stats.cache_misses.values()), sum(fill_uniforms.stats.cache_hits.values()), uniform.tolist())
"""


def test_compiled_code_is_kept_by_what_the_sources_say_not_by_where_they_lie(tmp_path):
    first, second = (_drawn(tmp_path / place, tmp_path / "kept") for place in ("one", "another"))
    assert (first[:2], second[:2]) == (["1", "0"], ["0", "1"])
    assert first[2:] == second[2:]
    assert [each.name for each in (tmp_path / "kept").iterdir()] == [cache_folder().name]


def _drawn(place, kept):
    """What a copy of the kernels, and no more, compiles, reads and draws."""
    for path in (ENGINES / "cache.py", ENGINES / "compiling.py", *ENGINES.glob("day/_kernels/*.py")):
        copy = place / "hostcity" / "engines" / path.relative_to(ENGINES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (place / "hostcity" / "__init__.py").touch()  # before the package of this environment
    surroundings = os.environ | {"PYTHONPATH": str(place), "NUMBA_CACHE_DIR": str(kept)}
    drawn = subprocess.run(
        [sys.executable, "-c", DRAW], env=surroundings, cwd=place, capture_output=True, text=True, check=True
    )
    return drawn.stdout.split(maxsplit=2)
