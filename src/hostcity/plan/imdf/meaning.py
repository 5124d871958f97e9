"""What a row says in IMDF's words: labels, categories, addresses. Used by both ways: who reads compares with it."""

from __future__ import annotations

from typing import Any

from hostcity.plan.imdf.categories import (
    AMENITY_OF_KIND,
    AREA_OF_UNIT,
    FIXTURE_OF_STAND,
    KIND_OF_AMENITY,
    OTHER_AREA,
    OTHER_STAND,
    STAND_OF_FIXTURE,
    UNIT_OF_AREA,
    head_of,
)

ENGLISH, CHINESE = "en", "zh-Hans"
WHEELCHAIR = ["wheelchair"]


def labels_of(en: Any, zh: Any, otherwise: Any = "") -> dict[str, str] | None:
    """Names as labels; without any, the code where one must be given."""
    given = {ENGLISH: en, CHINESE: zh}
    labels = {language: name for language, name in given.items() if isinstance(name, str) and name.strip()}
    if not labels and otherwise:
        return {ENGLISH: otherwise}
    return labels or None


def names_of(labels: Any, language: str = ENGLISH) -> tuple[str, str]:
    """English and Chinese name of labels; one in another language counts as English."""
    if not isinstance(labels, dict):
        return "", ""
    zh = next((labels[each] for each in _chosen(labels, "zh", CHINESE)), "")
    en = next((labels[each] for each in _chosen(labels, "en", ENGLISH)), "")
    if not en:
        others = [each for each in (language, *labels) if each in labels and _head(each) != "zh"]
        en = labels[others[0]] if others else ""
    return en, zh


def _chosen(labels: dict[str, str], head: str, best: str) -> list[str]:
    """The languages of labels that are a kind of one, the best first: zh-Hans before zh-Hant."""
    return sorted((each for each in labels if _head(each) == head), key=lambda each: (each != best, each != head, each))


def _head(language: str) -> str:
    return language.partition("-")[0].lower()


def unit_category(kind: Any) -> str:
    """Of a unit, for a kind of area."""
    return UNIT_OF_AREA.get(str(kind), "unspecified")


def area_kind(category: str) -> str:
    """Of an area, for a category of units."""
    return AREA_OF_UNIT.get(category) or AREA_OF_UNIT.get(head_of(category), OTHER_AREA)


def fixture_category(kind: Any) -> str:
    """Of a fixture, for a kind of stand."""
    return FIXTURE_OF_STAND.get(str(kind), "obstruction")


def stand_kind(category: str) -> str:
    """Of a stand, for a category of fixtures."""
    return STAND_OF_FIXTURE.get(category) or STAND_OF_FIXTURE.get(head_of(category), OTHER_STAND)


def amenity_category(kind: Any) -> str:
    """For a kind of amenity."""
    return AMENITY_OF_KIND.get(str(kind), "unspecified")


def amenity_kind(category: str) -> str:
    """For a category of amenities; "" where a plan has no such kind."""
    return KIND_OF_AMENITY.get(category) or KIND_OF_AMENITY.get(head_of(category), "")


def opening_category(cells: dict[str, Any]) -> str:
    """Of an opening, by the fields of its row."""
    if cells.get("is_exit") and cells.get("direction") == "out":
        return "emergencyexit"
    return "pedestrian" if cells.get("other") else "pedestrian.principal"


def accessibility_of(cells: dict[str, Any]) -> list[str] | None:
    """Whether a wheelchair can use it."""
    return WHEELCHAIR if cells.get("step_free", True) else None


def address_of(cells: dict[str, Any]) -> dict[str, Any]:
    """The properties of the address of the grounds; IMDF needs a text where a plan may have none."""
    name = cells.get("name_en") or cells.get("name_zh") or cells.get("code")
    return {
        "address": cells.get("address") or name,
        "unit": None,
        "locality": cells.get("locality") or name,
        "province": None,
        "country": cells.get("country") or "CN",
        "postal_code": None,
        "postal_code_ext": None,
        "postal_code_vanity": None,
    }
