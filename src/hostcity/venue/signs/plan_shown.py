"""Plans of signs that were made, as pages and pictures tell them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hostcity.venue.signs.picture import Arrow, Spot
from hostcity.venue.signs.queries import Signs
from hostcity.venue.signs.showing import Teller
from hostcity.venue.signs.words import ARROW_NAMES

Said = Mapping[str, Any]


def face_shown(face: Said, teller: Teller, level_of: Mapping[str, Any]) -> dict[str, Any]:
    """A face with its level, the name of its area, and its lines in the language of the reader."""
    level = level_of.get(face["area"])
    zh = teller.words.is_chinese
    lines = [
        (
            line["arrow"],
            ARROW_NAMES[line["arrow"]],
            (line["name_zh"] if zh else line["name_en"]) or line["name_en"],
        )
        for line in face["lines"]
    ]
    return {
        **face,
        "level": level.code if level else "",
        "area_name": teller.areas.get(face["area"], face["area"]),
        "said": lines,
    }


def beside(told: Said) -> list[tuple[Any, int | str, float, float, str]]:
    """The plan beside others and its bound: what it is called, faces, figure, percent of the largest figure, kind for the bar."""
    rows: list[tuple[Any, int | str, float, str]] = [(_("no signs"), 0, told["unsigned"], "other")]
    if told["as_it_hangs"]["faces"]:
        rows.append((_("those that stay"), told["as_it_hangs"]["faces"], told["as_it_hangs"]["value"], "other"))
    rows += [
        (_("where most floor sees them"), told["floor"]["faces"], told["floor"]["value"], "other"),
        (_("at the busiest corners"), told["corners"]["faces"], told["corners"]["value"], "other"),
        (_("this plan"), told["found"]["faces"], told["found"]["value"], "this"),
        (_("no plan does better than"), told["faces_most"], told["bound"]["value"], "bound"),
    ]
    most = max(value for _name, _count, value, _kind in rows) or 1.0
    return [(name, count, value, round(max(0.0, 100 * value / most), 1), kind) for name, count, value, kind in rows]


def level_of_face(face: Said, signs: Signs) -> str:
    """Code of the level of a face; "" = its area is not in the plan any more."""
    level = signs.venue.level_of.get(face["area"])
    return level.code if level else ""


def arrow_of_face(face: Said, style: str, mark: str = "") -> Arrow:
    """The arrow of a face on a picture."""
    names = " · ".join(line["name_en"] or line["name_zh"] for line in face["lines"])
    return Arrow(
        mark or face["code"], (face["at"][0], face["at"][1]), face["bearing_deg"], style, f"{face['code']}: {names}"
    )


def spots_of(told: Said, level: str, show: str) -> list[Spot]:
    """Crossings of a level; discs of both pictures have one scale, so that they can be compared."""
    most = max((each["unsigned_h"] for each in told["astray"]), default=0.0) or 1.0
    rows = (each for each in told["astray"] if each["level"] == level and each[f"{show}_h"] >= 0.5)
    return [
        Spot(
            each["node"],
            (each["at"][0], each["at"][1]),
            min(1.0, each[f"{show}_h"] / most),
            f"{each['node']}: {each[f'{show}_h']:,.0f} /h",
        )
        for each in rows
    ]
