"""Properties: each one that a type needs or may have, and what its references name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hostcity.plan.imdf.features import Feature
from hostcity.plan.imdf.rules.schema import TYPES
from hostcity.plan.imdf.rules.values import shown
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

#: What real archives write where the standard has null.
_NOTHING: tuple[Any, ...] = (None, {}, [], "")


def values(feature: Feature) -> Iterator[Problem]:
    """Properties that are missing, or are not what the standard says."""
    type_ = TYPES[feature.type]
    for name, check in type_.must.items():
        wrong = check(feature.properties.get(name))
        if wrong:
            yield feature.problem(name, *wrong, column=name)
    for name, check in type_.may.items():
        value = feature.properties.get(name)
        if value not in _NOTHING and (wrong := check(value)):
            yield feature.problem(name, *wrong, column=name)


def references(feature: Feature, by_id: Mapping[str, Feature]) -> Iterator[Problem]:
    """References that name no feature, or one of another type."""
    for name, types in TYPES[feature.type].refers.items():
        for code, said in named(feature.properties.get(name)):
            other = by_id.get(code)
            if other is None:
                what = Sentence("names {value}, which is not in the archive.", value=shown(code))
                mend = Sentence("Name a feature of the archive, or add it.")
                yield feature.problem("unknown", what, mend, column=name)
            elif other.type not in types or said not in ("", other.type):
                what = Sentence("names {value}, a feature of {file}.", value=shown(code), file=other.file)
                files = [said] if said else types
                mend = Sentence("Name one of {files}.", files=", ".join(f"{each}.geojson" for each in files))
                yield feature.problem("refers", what, mend, column=name)


def named(value: Any) -> Iterator[tuple[str, str]]:
    """The ids in a property and the types that they are said to be of; what has none is told by `values`."""
    for each in value if isinstance(value, list) else (value,):
        code, said = (each.get("id"), each.get("feature_type")) if isinstance(each, dict) else (each, "")
        if isinstance(code, str) and code and isinstance(said, str):
            yield code, shown(said)[1:-1]
