"""One self-contained page of a comparison: what changes between two plans, and where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from hostcity.plan.plan import Plan
from hostcity.report.compared import (
    compared_name,
    compared_text,
    kept_by_both,
    place_name,
    sorted_differences,
    telling_text,
    too_few,
)
from hostcity.report.difference_map import STEPS_PER_M2, difference_map
from hostcity.report.folder import write_folder
from hostcity.report.page import asset, environment, page_policy
from hostcity.report.words import Both, named, say
from hostcity.studies.compare import Comparison, Difference

PARTS = frozenset({"index.html", "comparison.json"})
MOST_PLACES = 40


def write_comparison(
    plans: tuple[Plan, Plan], names: tuple[str, str], compared: Comparison, data: Mapping[str, Any], folder: Path
) -> Path:
    """Write page and figures of a comparison into a folder, and return the path of the page.

    Raises FileExistsError if the folder holds anything but an earlier comparison.
    """

    def write(aside: Path) -> None:
        (aside / "index.html").write_text(comparison_page(plans, names, compared), "utf-8")
        text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
        (aside / "comparison.json").write_text(text + "\n", "utf-8")

    return write_folder(folder, write, PARTS) / "index.html"


def comparison_page(plans: tuple[Plan, Plan], names: tuple[str, str], compared: Comparison) -> str:
    """The page as text.

    Parameters
    ----------
    names
        What A and B were called by whoever asked.
    """
    name = named(plans[0].day)
    drawn = difference_map(plans[0], compared.links)
    promise, places = sorted_differences(compared)
    # Nothing in it can end the script element: letters, clocks.
    data = json.dumps({"clocks": drawn.clocks, "colors": drawn.colors, "worst": drawn.worst})
    return environment().get_template("comparison.html.j2").render(
        title=say("{name}: what changes", name=name),
        name=name,
        edition=plans[0].day,
        names=names,
        compared=compared,
        headline=kept_by_both(compared),
        too_few=too_few(compared.runs),
        differences=[_line(plans[0], each) for each in (*promise, *places[:MOST_PLACES])],
        left=max(0, len(places) - MOST_PLACES),
        drawn=drawn,
        steps=STEPS_PER_M2,
        data=Markup(data),  # noqa: S704 -- see above
        style=Markup(asset("player.css")),  # noqa: S704 -- our own bundle
        script=Markup(asset("difference.js")),  # noqa: S704 -- our own bundle
        policy=page_policy("difference.js"),
    )  # fmt: skip


def _line(plan: Plan, each: Difference) -> dict[str, Both | str | bool]:
    return {
        "place": place_name(plan, each),
        "figure": compared_name(each.figure),
        "a": compared_text(each.figure, each.a),
        "b": compared_text(each.figure, each.b),
        "change": compared_text(each.figure, each.difference, is_change=True).replace("-", "−"),
        "half_width": compared_text(each.figure, each.half_width, is_change=True).removeprefix("+"),
        "is_clear": each.is_clear,
        "telling": telling_text(each),
    }
