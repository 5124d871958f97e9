"""Run benchmarks, print their table, and write it into docs/explanation/benchmarks.md when all have run.

python -m benchmarks [day] [theory] [simpy] [peers] [many] [walk] [ways] [imdf] [rosters]
"""

from __future__ import annotations

import argparse
import datetime
import platform
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.rows import Measured, bars_table, detail_table

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
COMMAND = "make bench"
LIBRARIES = (
    "numpy",
    "numba",
    "ortools",
    "simpy",
    "ciw",
    "uxsim",
    "jupedsim-network",
    "jupedsim",
    "shapely",
    "pysovist",
)


def _day() -> Measured:
    from benchmarks.day import measure

    return measure()


def _theory() -> Measured:
    from benchmarks.theory import measure

    return measure()


def _simpy() -> Measured:
    from benchmarks.versus_simpy import measure

    return measure()


def _many() -> Measured:
    from benchmarks.many import measure

    return measure()


def _peers() -> Measured:
    from benchmarks.peers.beside import measure

    return measure()


def _walk() -> Measured:
    from benchmarks.walk.beside import measure

    return measure()


def _ways() -> Measured:
    from benchmarks.ways import measure

    return measure()


def _imdf() -> Measured:
    from benchmarks.floor_plans import measure

    return measure()


def _rosters() -> Measured:
    from benchmarks.rosters.beside import measure

    return measure()


BENCHMARKS: dict[str, Callable[[], Measured]] = {
    "day": _day, "theory": _theory, "simpy": _simpy, "peers": _peers, "many": _many, "walk": _walk, "ways": _ways, "imdf": _imdf,
    "rosters": _rosters,
}  # fmt: skip


def _is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def machine() -> str:
    """Processor, Python and the libraries that matter, without the machine's name."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    except OSError:
        pass
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if _is_installed(name))
    return f"{model}, {platform.system()}, Python {platform.python_version()}, {libraries}"


def write_page(page: Path, text: str) -> None:
    """Put ``text`` between the markers of the page."""
    whole = page.read_text("utf-8")
    before, rest = whole.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; 0 also when a bar is not met, since that is a finding and not a failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what hostcity costs.")
    parser.add_argument("which", nargs="*", help=f"any of {', '.join(BENCHMARKS)}; none means all")
    which = parser.parse_args(arguments).which or list(BENCHMARKS)
    unknown = [name for name in which if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    found = []
    for name in which:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            found.append(BENCHMARKS[name]())
        except ModuleNotFoundError as missing:
            parser.error(f"{name} needs {missing.name}, which is in requirements/bench.txt: run `{COMMAND}`")
    bars = [bar for measured in found for bar in measured.bars]
    details = [detail_table(detail) for measured in found for detail in measured.details]
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    head = f"Measured {today} with `{COMMAND}` on: {machine()}. Processor seconds unless said."
    text = "\n\n".join([head, bars_table(bars), *details])
    print(text)
    if set(which) == set(BENCHMARKS):
        write_page(PAGE, text)
        print(f"\nwritten into {PAGE.relative_to(PAGE.parents[2])}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
