"""The examples' workbooks: from the wheel, or from the checkout beside it."""

from __future__ import annotations

from pathlib import Path

from hostcity.plan.scenarios import scenario_files

HERE = Path(__file__).parent
EXAMPLES = ("ciie2019", "tiny")


def example_scenarios(name: str) -> tuple[Path, ...]:
    """The files of an example's scenarios, by name; none where it has none."""
    packaged = HERE / "examples" / f"{name}.xlsx"
    if packaged.exists():
        return scenario_files(HERE / "examples" / name)
    return scenario_files(HERE.parents[2] / "examples" / name)


def example_workbook(name: str) -> Path:
    """The workbook of an example."""
    packaged = HERE / "examples" / f"{name}.xlsx"
    return packaged if packaged.exists() else HERE.parents[2] / "examples" / name / "expo.xlsx"


def example_folder(name: str) -> Path:
    """Where the workbooks beside that of an example lie."""
    packaged = HERE / "examples" / f"{name}.xlsx"
    return HERE / "examples" / name if packaged.exists() else HERE.parents[2] / "examples" / name
