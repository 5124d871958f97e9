"""The examples' workbooks: from the wheel, or from the checkout beside it."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
EXAMPLES = ("ciie2019", "tiny")


def example_workbook(name: str) -> Path:
    """The workbook of an example."""
    packaged = HERE / "examples" / f"{name}.xlsx"
    return packaged if packaged.exists() else HERE.parents[2] / "examples" / name / "expo.xlsx"
