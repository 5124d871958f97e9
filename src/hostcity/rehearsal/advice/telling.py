"""What advice says, in both languages, as data that pages show without the engine. Only the job imports this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hostcity.rehearsal.compared import both
from hostcity.report.advised import (
    advice_data,
    base_text,
    companion_name,
    companion_reason,
    companion_texts,
    effect_texts,
    goal_name,
    goal_place,
    goal_unit,
    is_advised,
    package_words,
    uses_text,
)
from hostcity.report.compared import telling_text
from hostcity.report.words import Both
from hostcity.studies.advice import Advice, Suggestion, Tried
from hostcity.studies.advice.moves import Package

MOST_DROPPED = 100  # that are told in words; all are in the data


def told(advice: Advice, are_exact: Sequence[bool]) -> dict[str, Any]:
    """As the command gives it to programs, with words beside the figures under ``said``."""
    return advice_data(advice) | {
        "said": {
            "place": both(goal_place(advice)),
            "figure": both(goal_name(advice.goal)),
            "base": both(_with_unit(base_text(advice), goal_unit(advice.goal))),
            "unit": both(goal_unit(advice.goal)),
            "companion": _companion(advice),
            "budget": both(uses_text(advice.budget)),
            "is_advised": is_advised(advice),
            "suggestions": [
                _said(advice, each) | {"uses": both(uses_text(each.uses)), "is_exact": is_exact}
                for each, is_exact in zip(advice.suggestions, are_exact, strict=True)
            ],
            "dropped": [
                _said(advice, each) | {"beside": _words(advice, each.beside)} for each in advice.dropped[:MOST_DROPPED]
            ],
        }
    }


def best(advice: Advice) -> dict[str, Any]:
    """The first suggestion, for lists; nothing where none clearly helps."""
    if not is_advised(advice):
        return {}
    first, figure = _said(advice, advice.suggestions[0]), goal_name(advice.goal)
    by = first["beside_goal"]
    if by and advice.companion and not advice.suggestions[0].effect.helps:
        first, figure = first | {name: by[name] for name in ("change", "half_width")}, companion_name(advice.companion)
    return first | {"figure": both(figure)}


def _with_unit(text: str, unit: Both) -> Both:
    """A value with its unit behind it; a time of the day, which has none, as it is."""
    if ":" in text:
        return Both(text, text)
    zh = unit.zh.strip("（）")
    return Both(f"{text} {unit.en.strip(' []')}", f"{text}{zh if zh == '%' else f' {zh}'}")


def _companion(advice: Advice) -> dict[str, Any] | None:
    """The figure that stands beside the goal, and why."""
    reason = companion_reason(advice)
    if reason is None or advice.companion is None:
        return None
    return {"figure": both(companion_name(advice.companion)), "reason": both(reason)}


def _said(advice: Advice, each: Suggestion | Tried) -> dict[str, Any]:
    change, half_width = effect_texts(advice.goal, each.effect)
    said = {
        "words": _words(advice, each.package), "change": change, "half_width": half_width,
        "telling": both(telling_text(each.effect)), "beside_goal": None,
    }  # fmt: skip
    if each.companion:
        change, half_width = companion_texts(advice.goal, each.companion)
        telling = both(telling_text(each.companion))
        said["beside_goal"] = {"change": change, "half_width": half_width, "telling": telling}
    return said


def _words(advice: Advice, package: Package) -> list[dict[str, str]]:
    return [both(each) for each in package_words(advice.plan, package, advice.moves)]
