"""Where the compiled code is kept.

numba rebuilds a cached function when its own file changes, but not when a function that it calls changes in another
file. So an engine's folder has in its name a hash of all its kernels, of how they are compiled and of numba's version:
any change begins a new folder. And equal sources find the same folder wherever they lie: another checkout or a fresh
installation of the same kernels compiles nothing. What runs on another processor is told apart by numba itself.
"""

from __future__ import annotations

import functools
import hashlib
import os
from importlib.metadata import version
from pathlib import Path

ENGINES = Path(__file__).parent


def cache_folder(engine: str = "day") -> Path:
    """The folder for compiled code of exactly these sources of an engine."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    base = os.environ.get("NUMBA_CACHE_DIR") or Path(cache) / "hostcity" / "compiled"
    return Path(base) / f"{engine}-{_digest(engine)}"


@functools.cache
def _digest(engine: str) -> str:
    """Of the kernels of one engine, since none calls those of another, and of how they are compiled."""
    digest = hashlib.sha256(version("numba").encode())
    for path in (ENGINES / "compiling.py", *sorted((ENGINES / engine).rglob("_kernels/*.py"))):
        digest.update(path.relative_to(ENGINES).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
