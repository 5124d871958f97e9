"""Play the checks, print them, and write them into docs/explanation/validation.md when all have been played.

python -m benchmarks.validation [NAME ...]      all, or those named
python -m benchmarks.validation jupedsim        the door beside JuPedSim, mean of some seeds: minutes, needs jupedsim
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from pathlib import Path

from benchmarks.__main__ import write_page
from benchmarks.validation import congestion, exits, hydraulic, movement, peers, queues, whole
from benchmarks.validation.check import Check, Play, tables
from hostcity import __version__

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "validation.md"
FAMILIES = (movement, exits, congestion, queues, hydraulic, whole, peers)
CHECKS: dict[str, Play] = {play.__name__: play for family in FAMILIES for play in (*family.QUICK, *family.SLOW)}
APART: dict[str, Play] = {"jupedsim": peers.jupedsim}


def main(arguments: list[str] | None = None) -> int:
    """Play, print, write; 0 also when a check is not met, since that is a finding and not a failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validation", description="The engine beside theory.")
    parser.add_argument("which", nargs="*", metavar="NAME", help="checks to play; none means all but jupedsim")
    which = parser.parse_args(arguments).which or list(CHECKS)
    unknown = [name for name in which if name not in CHECKS | APART]
    if unknown:
        parser.error(f"no check {', '.join(unknown)}; there are {', '.join([*CHECKS, *APART])}")
    checks: list[Check] = []
    began = time.process_time()
    for name in which:
        try:
            checks.append((CHECKS | APART)[name]())
        except ModuleNotFoundError as missing:
            parser.error(f"{name} needs {missing.name}: pip install {missing.name.replace('_', '-')}")
        print(f"{checks[-1].result:12} {name}: {checks[-1].figure}", file=sys.stderr, flush=True)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    spent_s = time.process_time() - began
    text = f"Played {today} by hostcity {__version__} with `make validate`, in {spent_s:.0f} s of processor time. {tables(checks)}"
    print(text)
    if set(which) == set(CHECKS):
        write_page(PAGE, text)
        print(f"\nwritten into {PAGE.relative_to(PAGE.parents[2])}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
