"""The command as a person starts it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.site.warm import can_be_warm, run_warm

ROOT = Path(__file__).parents[2]
TINY = str(ROOT / "examples" / "tiny")


def hostcity(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``hostcity``; no run may end in a traceback, whatever it is asked."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        environment.setdefault(name, "")
    environment.setdefault("COLUMNS", "140")  # other tests leave one behind
    if can_be_warm(environment):
        done = run_warm(words, cwd=cwd or ROOT, environment={**os.environ, **environment})
        assert "Traceback" not in done.stderr, done.stderr
        return done
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from hostcity.site.command import main; main()", *words],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd or ROOT, env={**os.environ, **environment},
        timeout=300, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def done(*words: str, cwd: Path | None = None, **environment: str) -> str:
    """What the command prints when all is well."""
    ran = hostcity(*words, cwd=cwd, **environment)
    assert ran.returncode == 0, (ran.returncode, ran.stderr)
    return ran.stdout


def data(*words: str) -> Any:
    """What the command prints with --json; programs must be able to read it, so NaN is not among it."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    return json.loads(done(*words, "--json"), parse_constant=refuse)


def refused(*words: str, cwd: Path | None = None, **environment: str) -> str:
    """What the command says on standard error when it is given wrong input: exit code 2, and nothing else printed."""
    ran = hostcity(*words, cwd=cwd, **environment)
    assert ran.returncode == 2, (ran.returncode, ran.stdout, ran.stderr)
    assert ran.stdout == ""
    return ran.stderr
