"""Where the compiled code is kept.

numba rebuilds a cached function when its own file changes, but not when a function that it calls changes in another
file. So the folder's name is a hash of all kernels of all engines, of how they are compiled and of numba's version: any
change begins a new folder.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path


def keep_compiled_code() -> None:
    """Point numba's cache to the folder of this version of the sources, unless somebody has chosen another."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    folder = str(cache_folder())
    os.environ["NUMBA_CACHE_DIR"] = folder
    if "numba" in sys.modules:  # it has read its settings already
        sys.modules["numba"].core.config.CACHE_DIR = folder


def cache_folder() -> Path:
    """The folder for compiled code of exactly these sources."""
    digest = hashlib.sha256(version("numba").encode())
    engines = Path(__file__).parent
    # Nothing outside is compiled, and numba does not look at how.
    for path in (engines / "compiling.py", *sorted(engines.rglob("_kernels/*.py"))):
        digest.update(path.read_bytes())
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "hostcity" / "compiled" / digest.hexdigest()[:16]
