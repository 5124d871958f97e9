"""A way for programs, in both languages; the same from the command and the API."""

from __future__ import annotations

from typing import Any

from hostcity.engines.wayfinding import Guide, Leg, NoWay, Portal, Way
from hostcity.plan.sentences import Both, Sentence
from hostcity.report.words import in_both


def way_data(guide: Guide, way: Way | NoWay) -> dict[str, Any]:
    """From where to where, how long, steps, legs with their points; or what would have to be open."""
    ends = {"from": _place(guide, way.start), "to": _place(guide, way.end), "profile": way.profile_code}
    if isinstance(way, NoWay):
        needed = [_portal(each) | {"refused": each.refused} for each in way.needed]
        return ends | {"is_found": False, "closed": list(way.closed), "needed": needed}
    steps = [
        {"en": str(each.text), "zh": in_both(each.text).zh, "level": each.level, "length_m": round(each.length_m, 1)}
        for each in guide.steps(way)
    ]
    return ends | {
        "is_found": True, "length_m": round(way.length_m, 1), "free_s": round(way.free_s, 1), "steps": steps,
        "parts": [_leg(each) if isinstance(each, Leg) else _ride(each) for each in way.parts],
    }  # fmt: skip


def both(text: str | Both) -> Both:
    """A name or a sentence in both languages."""
    return text if isinstance(text, Both) else in_both(text)


def no_way_text(guide: Guide, way: NoWay) -> Sentence:
    """Why there is no way, in one sentence."""
    if way.closed:
        names = _listed([guide.barred_name(each) for each in way.closed])
        return Sentence("There is no way while this is closed: {names}.", names=names)
    if way.needed:
        names = _listed([_needed(each) for each in way.needed])
        return Sentence("There is no way for this profile: only by {portals}, which it cannot use.", portals=names)
    return Sentence("There is no way between these places in what is drawn and typed.")


def _listed(names: list[Sentence]) -> Sentence:
    listed = Sentence("{first}", first=names[0])
    for each in names[1:]:
        listed = Sentence("{names}, {next}", names=listed, next=each)
    return listed


def _needed(portal: Portal) -> Sentence:
    code = portal.code
    if portal.refused == "narrow":
        return Sentence("{code} (too narrow)", code=code)
    if portal.refused == "steps":
        return Sentence("{code} (with steps)", code=code)
    if portal.kind == "stairs":
        return Sentence("stairs {code}", code=code)
    return Sentence("escalator {code}", code=code)


def _place(guide: Guide, key: str) -> dict[str, str]:
    name = both(guide.name_of(key))
    return {"place": key, "name_en": str(name.en), "name_zh": str(name.zh)}


def _portal(portal: Portal) -> dict[str, str]:
    return {"code": portal.code, "kind": portal.kind}


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "kind": "walk", "level": leg.level, "length_m": round(leg.length_m, 2), "free_s": round(leg.free_s, 1),
        "points_m": [[round(x, 2), round(y, 2)] for x, y in leg.points_m],
        "passed": [each.portal.code for each in leg.passed],
    }  # fmt: skip


def _ride(ride: Any) -> dict[str, Any]:
    return {
        "kind": ride.portal.kind, "code": ride.portal.code, "level": ride.level, "to_level": ride.to_level,
        "length_m": round(ride.length_m, 2), "free_s": round(ride.free_s, 1),
        "points_m": [[round(x, 2), round(y, 2)] for x, y in ride.points_m],
    }  # fmt: skip
