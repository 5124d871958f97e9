"""Fresh processes of Python, and what they took. Imports nothing heavy: a fresh process is measured with it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run_python(code: str, *arguments: str, threads: int | None = None) -> str:
    """What a fresh Python prints, with this repository on its path."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path}
    if threads:
        environment["NUMBA_NUM_THREADS"] = str(threads)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


def own_peak_bytes() -> int:
    """Most memory that this process ever held.

    Linux lets a child begin with its parent's ru_maxrss, so its own high-water mark (VmHWM) is read where there is one.
    """
    try:
        status = Path("/proc/self/status").read_text("utf-8")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
