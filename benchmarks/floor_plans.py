"""What a floor plan costs that goes out as an IMDF archive and comes back: the demonstration's, with all that is checked."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.processes import ROOT
from benchmarks.rows import Bar, Detail, Measured
from hostcity.plan.files import read_plan
from hostcity.plan.imdf import RULES, Drawing, Examined, drawing_of, examine, write_archive

BAR_S, LEAST_STANDS = 10.0, 7_000
REPEATS = 5


def measure() -> Measured:
    """Out and back, in processor seconds; the rows must be the same."""
    plan = read_plan(ROOT / "examples" / "ciie2019")
    drawing = drawing_of(plan)
    out_s, back_s = [], []
    with tempfile.TemporaryDirectory(prefix="hostcity-imdf-") as folder:
        path = Path(folder, "venue.imdf.zip")
        for _ in range(REPEATS):
            began_s = time.process_time()
            write_archive(plan, path)
            written_s = time.process_time()
            examined = examine(path)
            back_s.append(time.process_time() - written_s)
            out_s.append(written_s - began_s)
        size = path.stat().st_size
    total_s = statistics.median(out_s) + statistics.median(back_s)
    is_met = is_same(examined, drawing) and len(drawing.stands) >= LEAST_STANDS and total_s <= BAR_S
    said = f"{'identical' if is_same(examined, drawing) else 'different'}, {total_s:.2f} s ({min(out_s) + min(back_s):.2f}–{max(out_s) + max(back_s):.2f})"
    bar = Bar(
        f"the demonstration's floor plan, {len(drawing.stands):,} stands, out as an IMDF archive and back",
        f"identical, ≤ {BAR_S:.0f} s", said, is_met,
    )  # fmt: skip
    lines = (
        ("writing", f"{statistics.median(out_s):.2f} s"),
        (f"reading, with {len(RULES)} rules and the checks of drawings", f"{statistics.median(back_s):.2f} s"),
        ("archive", f"{size / 1e6:.2f} MB"),
        *((f"features: {name}", f"{len(found):,}") for name, found in examined.features.by_type.items()),
    )  # fmt: skip
    note = f"Medians of {REPEATS} rounds in one process."
    return Measured((bar,), (Detail("A floor plan as an IMDF archive", ("what", "measured"), lines, note),))


def is_same(examined: Examined, drawing: Drawing) -> bool:
    """Whether every row came back, field by field."""
    return examined.drawing is not None and examined.drawing.sheets() == drawing.sheets()
