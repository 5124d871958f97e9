"""One self-contained page of a cut-out, with a replay; its pictures, figures and trajectories beside it."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from hostcity.report.folder import write_folder
from hostcity.report.microscope_data import crowd_data, microscope_data, write_trajectories
from hostcity.report.microscope_picture import Picture, picture_of
from hostcity.report.microscope_words import (
    assumptions_of,
    beside_name,
    beside_note,
    beside_text,
    minutes_text,
    offer_text,
    place_text,
    unit_text,
    verdict_text,
)
from hostcity.report.page import asset, environment, page_policy
from hostcity.report.words import Both, named, say
from hostcity.studies.microscope import Seen

#: All that the folder of a cut-out consists of.
PARTS = frozenset(
    {"index.html", "microscope.json", "picture-en.svg", "picture-zh.svg", "trajectories.npz", "walls.wkt"}
)
LANGUAGES = {"en": 0, "zh": 1}


def write_microscope(seen: Seen, folder: Path) -> Path:
    """Write page, pictures, figures and trajectories into a folder, and return the path of the page.

    Raises FileExistsError if the folder holds anything but an earlier one of these.
    """

    def write(aside: Path) -> None:
        picture = picture_of(seen)
        text = json.dumps(microscope_data(seen), ensure_ascii=False, indent=1, allow_nan=False)
        (aside / "microscope.json").write_text(text + "\n", "utf-8")
        write_trajectories(seen, aside / "trajectories.npz")
        (aside / "walls.wkt").write_text(seen.cut.floor.walkable.wkt + "\n", "utf-8")
        for language in LANGUAGES:
            (aside / f"picture-{language}.svg").write_text(picture_text(seen, picture, language), "utf-8")
        (aside / "index.html").write_text(microscope_page(seen, picture), "utf-8")

    return write_folder(folder, write, PARTS) / "index.html"


def microscope_page(seen: Seen, picture: Picture) -> str:
    """The page as text."""
    name = named(seen.plan.day)
    return environment().get_template("microscope.html.j2").render(
        title=say("{name}: microscope", name=name),
        name=name,
        edition=seen.plan.day,
        seen=seen,
        place=place_text(seen.plan, seen.asked),
        minutes=minutes_text(seen.asked),
        picture=picture,
        rows=_rows(seen),
        offer=seen.offer,
        tried=offer_text(seen.plan, seen.offer) if seen.offer else None,
        offered=verdict_text(seen.offer) if seen.offer else None,
        assumptions=assumptions_of(seen),
        speeds=(1, 2, 5, 10, 20),
        data=Markup(crowd_data(seen, picture.shown)),  # noqa: S704 -- base64
        style=Markup(asset("player.css")),  # noqa: S704 -- our own bundle
        script=Markup(asset("microscope.js")),  # noqa: S704 -- our own bundle
        policy=page_policy("microscope.js"),
    )  # fmt: skip


def picture_text(seen: Seen, picture: Picture, language: str) -> str:
    """The drawing as a file of its own, in one language."""
    at = LANGUAGES[language]
    return environment().get_template("microscope.svg.j2").render(
        picture=picture,
        title=say("{place}, {minutes}", place=place_text(seen.plan, seen.asked), minutes=minutes_text(seen.asked))[at],
        walking=say("walking")[at],
        queueing=say("standing in a queue")[at],
        densest=say("densest square")[at],
        at=at,
    )  # fmt: skip


def _rows(seen: Seen) -> list[dict[str, Both | str]]:
    return [
        {
            "name": beside_name(row),
            "unit": unit_text(row),
            "day": beside_text(row, row.day),
            "plane": beside_text(row, row.cut_out),
            "note": beside_note(seen.plan, row),
        }
        for row in seen.beside
    ]
