"""What a benchmark reports: bars with the number asked and the number measured, and tables of details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bar:
    """One number that was asked for, and what was measured."""

    what: str
    asked: str
    measured: str
    is_met: bool | None = None  # None = nothing was asked, or it was not measured

    @property
    def verdict(self) -> str:
        """yes, no, or a dash."""
        return "–" if self.is_met is None else "yes" if self.is_met else "**no**"


@dataclass(frozen=True, slots=True)
class Detail:
    """A table below the bars."""

    title: str
    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one benchmark gives."""

    bars: tuple[Bar, ...]
    details: tuple[Detail, ...] = field(default=())


def markdown_table(heading: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table with padded columns, so that it reads well in a terminal too."""
    widths = [max(len(row[at]) for row in (heading, *lines)) for at in range(len(heading))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([line(heading), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, lines)])


def bars_table(bars: Sequence[Bar]) -> str:
    """The table of bars."""
    return markdown_table(
        ("bar", "number asked", "measured", "met"),
        [(bar.what, bar.asked, bar.measured, bar.verdict) for bar in bars],
    )


def detail_table(detail: Detail) -> str:
    """A table of details with its title and note."""
    parts = [f"### {detail.title}", markdown_table(detail.heading, detail.lines)]
    return "\n\n".join([*parts, detail.note] if detail.note else parts)
