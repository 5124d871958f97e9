"""Print the tables: `python -m benchmarks.rosters`."""

from __future__ import annotations

import os
import sys

from benchmarks.rosters.beside import measure
from benchmarks.rows import bars_table, detail_table

QUIET = 1.3  # load of a machine on which nothing else runs


def main() -> int:
    """All bars and tables."""
    measured = measure()
    print("\n\n".join([bars_table(measured.bars), *map(detail_table, measured.details)]))
    if (load := os.getloadavg()[0]) > QUIET:
        print(f"Measured beside other work (load {load:.1f} at the end): times are upper limits.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
