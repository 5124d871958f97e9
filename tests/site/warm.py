"""Commands in processes of their own that need not begin at the beginning: forked off one that has read the libraries.

A command spends most of its time in imports and in fetching compiled kernels, and tests start hundreds. What a test sees
is the same as with a process begun from nothing; tests of what a process imports, reads from its surroundings at its start,
or prints to a terminal that knows no Unicode begin one from nothing.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

#: What the interpreter, or a library at its import, reads from its surroundings.
READ_AT_THE_START = ("PYTHON", "NUMBA", "DJANGO", "XDG")
#: Read once for all. Nothing among them may read settings, begin a thread or keep a file open.
LIBRARIES = (
    "openpyxl", "python_calamine", "psycopg", "structlog", "argon2", "typer._adapters",
    "django.core.management.commands.migrate", "django.core.handlers.wsgi", "django.db.backends.sqlite3.base",
    "django.db.backends.postgresql.base", "django.forms", "django.views.generic", "django.contrib.auth.hashers",
    "hostcity.report.folder", "hostcity.site.command", "hostcity.studies.compare", "hostcity.studies.lanes",
)  # fmt: skip
#: Commands that play a day. Before the first of them one is played, and its compiled kernels serve all.
PLAYING = frozenset({"rehearse", "lanes", "compare", "advise", "calibrate", "microscope"})
A_DAY = ("rehearse", str(Path(__file__).parents[2] / "examples" / "tiny"), "--json")


def run_warm(
    words: Sequence[str], *, cwd: Path, environment: Mapping[str, str], typed: str = "", timeout_s: float = 300.0
) -> subprocess.CompletedProcess[str]:
    """Run ``hostcity`` with these words; its surroundings are ``environment`` alone."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "in").write_text(typed, "utf-8")
        order = {
            "words": list(words),
            "cwd": str(cwd),
            "environment": dict(environment),
            "place": folder,
            "s": timeout_s,
        }
        process = _first()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        out, err = ((place / name).read_bytes().decode("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(list(words), code, out, err)


def can_be_warm(environment: Mapping[str, str]) -> bool:
    """Whether nothing is asked for that a process reads at its start."""
    return not any(name.startswith(READ_AT_THE_START) for name in environment)


@cache
def _first() -> subprocess.Popen[str]:
    """The process that the others are forked off; one for each process of the tests."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", __file__],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    atexit.register(process.terminate)
    return process


def serve() -> None:
    """Fork a process for each order, until there are no more orders."""
    for name in LIBRARIES:
        importlib.import_module(name)
    is_cold = True
    for line in sys.stdin:
        order = json.loads(line)
        if is_cold and PLAYING & set(order["words"][:1]):
            _play()
            is_cold = False
        child = os.fork()
        if child == 0:
            os._exit(_obey(order))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _play() -> None:
    """A day as the command plays it, which nobody sees."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.suppress(SystemExit):
        _main(A_DAY)


def _main(words: Sequence[str]) -> None:
    from hostcity.site.command import main

    sys.argv = ["hostcity", *words]
    main()


def _obey(order: dict[str, object]) -> int:
    """Be the command: the exit code with which a process begun from nothing would end."""
    import signal

    signal.alarm(int(float(str(order["s"]))))
    place = Path(str(order["place"]))
    for number, (name, flags) in enumerate(
        (("in", os.O_RDONLY), ("out", os.O_WRONLY | os.O_CREAT), ("err", os.O_WRONLY | os.O_CREAT))
    ):
        opened = os.open(place / name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", errors=errors)
        for number, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )
    os.environ.clear()
    os.environ.update(order["environment"])  # type: ignore[call-overload]
    os.chdir(str(order["cwd"]))
    code: object = 0
    try:
        _main(order["words"])  # type: ignore[arg-type]
    except SystemExit as end:
        code = end.code
    except BaseException:  # as the interpreter does at its end
        import traceback

        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return int(code or 0)  # type: ignore[call-overload]


if __name__ == "__main__":
    serve()
