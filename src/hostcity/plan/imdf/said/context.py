"""What reading an archive gathers: raw rows by sheet, the feature of each, and what is left out or assumed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.features import KEPT, Feature, Features
from hostcity.plan.imdf.floors import Floors
from hostcity.plan.imdf.kept import kept_of
from hostcity.plan.polygons import Point
from hostcity.plan.problems import Listing, Problem
from hostcity.plan.sentences import Sentence

MOST_CODE = 60
_NO_CODE = str.maketrans(dict.fromkeys(";=@\n\t", " "))


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before its cells are read. ``row`` is its place in the sheet of the plan that it was written from."""

    cells: dict[str, Any]
    feature: Feature | None = None
    row: int | None = None


class Said:
    """Raw rows by sheet, and the feature that each is of."""

    def __init__(self, features: Features) -> None:
        self.features = features
        self.frame = features.frame
        self.by_id = features.by_id
        self.language = str(features.manifest.get("language", meaning.ENGLISH))
        self.rows: defaultdict[str, list[RawRow]] = defaultdict(list)
        self.level_codes: dict[str, str] = {}  # by id of the level
        self.area_codes: dict[str, str] = {}  # by id of the unit
        self.floors = Floors()
        self.problems = Listing()
        self.notes: list[Problem] = []
        self.undrawn_areas: set[str] = set()
        self._codes: defaultdict[str, set[str]] = defaultdict(set)
        self._left_out: Counter[tuple[str, Sentence]] = Counter()
        for feature in features.of(*features.by_type):
            sheet = sheet_of(feature)
            code = kept_of(feature, sheet).get("code")
            if isinstance(code, str):
                self._codes[sheet].add(self.number_of(feature, code) if sheet == "stands" else code)

    def number_of(self, feature: Feature, kept: str) -> str:
        """The number of a kept stand: what it is called, which another program may have changed."""
        en, zh = meaning.names_of(feature.properties.get("name"), self.language)
        return kept if kept in (en, zh) else _as_code(en or zh) or kept

    def code(self, sheet: str, name: Any, otherwise: str) -> str:
        """A code that no other row of the sheet has, after a name."""
        base = _as_code(name) or otherwise
        code, number = base, 1
        while code in self._codes[sheet]:
            number += 1
            code = f"{base}-{number}"
        self._codes[sheet].add(code)
        return code

    def area_of(self, kept: Any, level_id: str, place: Point) -> str:
        """The area that a kept code names, if it is still there; else the one in which a place is, or "" for none."""
        code = text_of(kept)
        return code if code in self.undrawn_areas or self.floors.has(code) else self.floors.at(level_id, place)

    def names(self, feature: Feature) -> dict[str, str]:
        """The names of a feature, as fields."""
        en, zh = meaning.names_of(feature.properties.get("name"), self.language)
        return {"name_en": en, "name_zh": zh}

    def add(self, sheet: str, cells: dict[str, Any], feature: Feature | None, row: int | None = None) -> None:
        """Take in a row."""
        self.rows[sheet].append(RawRow(cells, feature, row))

    def leave_out(self, feature: Feature, why: Sentence) -> None:
        """Count a feature for which the plan has no place."""
        self._left_out[feature.type, why] += 1

    def note(self, code: str, what: Sentence, mend: Sentence, file: str = "") -> None:
        """Say something that is to be known, but is no fault."""
        self.notes.append(Problem(code=f"imdf.note.{code}", what=what, mend=mend, file=file))

    def left_out(self) -> Iterator[Problem]:
        """What was left out, by type of feature and reason."""
        for (type_, why), count in self._left_out.items():
            what = Sentence("{count:,} left out: {why}", count=count, why=why)
            mend = Sentence("Draw them in the plan, if they matter.")
            yield Problem(code="imdf.note.left_out", what=what, mend=mend, file=f"{type_}.geojson")


def _as_code(name: Any) -> str:
    """What of a name can be a code; "" = nothing."""
    said = name if isinstance(name, str) else ""
    cleaned = "".join(mark if mark.isprintable() else " " for mark in said.translate(_NO_CODE))
    return " ".join(cleaned.split())[:MOST_CODE].strip()


def sheet_of(feature: Feature) -> str:
    """The sheet of the row that a feature was written from, or was written for; "" of a foreign one."""
    kept = feature.properties.get(KEPT)
    sheet = kept.get("sheet") if isinstance(kept, dict) else None
    return sheet if isinstance(sheet, str) else ""


def text_of(value: Any) -> str:
    """A kept value that should be a text; "" when it is none."""
    return value if isinstance(value, str) else ""
