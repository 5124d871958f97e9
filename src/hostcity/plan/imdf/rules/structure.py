"""Structure: the manifest, each file one collection of features of its type, each feature with an id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hostcity.plan.imdf.archive import FEATURE_TYPES, MANIFEST
from hostcity.plan.imdf.features import Feature
from hostcity.plan.imdf.rules import values
from hostcity.plan.imdf.rules.values import UUID, shown
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

MOST_FEATURES = 250_000


def manifest(body: Any) -> Iterator[Problem]:
    """Version, time of making, language."""
    if not isinstance(body, dict):
        what = Sentence("is not a JSON object.")
        yield _of_file(
            "imdf.manifest.object", MANIFEST, what, Sentence("Write an object of version, created, language.")
        )
        return
    for name, check in (
        ("version", values.version),
        ("created", values.date_time),
        ("language", values.language),
    ):
        wrong = check(body.get(name))
        if wrong:
            yield _of_file(f"imdf.manifest.{name}", MANIFEST, *wrong, column=name)


def _of_file(code: str, file: str, what: Sentence, mend: Sentence, column: str = "", feature: str = "") -> Problem:
    return Problem(code=code, what=what, mend=mend, file=file, column=column, feature=feature)


def features(bodies: dict[str, Any], found: dict[str, list[Feature]]) -> Iterator[Problem]:
    """The features of every file, put into ``found`` by type as far as they are features."""
    first: dict[str, str] = {}
    left = MOST_FEATURES
    for type_ in FEATURE_TYPES:
        file = f"{type_}.geojson"
        if file not in bodies:
            continue
        body = bodies[file]
        listed = body.get("features") if isinstance(body, dict) else None
        if not isinstance(listed, list) or body.get("type") != "FeatureCollection":
            what, mend = Sentence("is not a FeatureCollection."), Sentence("Write {form}.", form=_FORM)
            yield _of_file("imdf.file.collection", file, what, mend)
            continue
        left -= len(listed)
        if left < 0:
            what = Sentence("brings the archive to more than {most:,} features.", most=MOST_FEATURES)
            yield _of_file("imdf.file.features", file, what, Sentence("Split the venue into several archives."))
            return
        made: list[Feature] = []
        for number, each in enumerate(listed, 1):
            yield from _feature(each, type_, number, first, made)
        found[type_] = made


_FORM = '{"type": "FeatureCollection", "features": [...]}'


def _feature(body: Any, type_: str, number: int, first: dict[str, str], made: list[Feature]) -> Iterator[Problem]:
    """One feature; ``number`` stands for its id where it has none."""
    file, counted = f"{type_}.geojson", f"#{number}"
    if not isinstance(body, dict) or body.get("type") != "Feature":
        what, mend = Sentence("is not a Feature."), Sentence('Write {"type": "Feature", ...}.')
        yield _of_file("imdf.file.feature", file, what, mend, feature=counted)
        return
    code = body.get("id")
    if not isinstance(code, str) or not UUID.fullmatch(code):
        wrong = values.uuid(code)
        if wrong:
            yield _of_file(f"imdf.{type_}.id", file, *wrong, column="id", feature=counted)
        return
    if body.get("feature_type") != type_:
        what = Sentence("has the feature_type {value}.", value=shown(body.get("feature_type")))
        mend = Sentence("It is in {file}: write {type}, or move it.", file=file, type=type_)
        yield _of_file(f"imdf.{type_}.feature_type", file, what, mend, column="feature_type", feature=code)
        return
    if code.lower() in first:
        what = Sentence("has an id that a feature of {file} has already.", file=first[code.lower()])
        yield _of_file(f"imdf.{type_}.twice", file, what, Sentence("Give each feature an id of its own."), feature=code)
        return
    first[code.lower()] = file
    if not isinstance(body.get("properties"), dict):
        what, mend = Sentence("has no properties."), Sentence("Give it an object of properties.")
        yield _of_file(f"imdf.{type_}.properties", file, what, mend, feature=code)
        return
    made.append(Feature(type_, code, body.get("geometry"), body["properties"]))
