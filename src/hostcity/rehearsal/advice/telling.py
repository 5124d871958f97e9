"""What advice says, in both languages, as data that pages show without the engine. Only the job imports this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hostcity.rehearsal.compared import both
from hostcity.report.advised import (
    advice_data,
    base_text,
    effect_texts,
    goal_name,
    goal_place,
    goal_unit,
    is_advised,
    package_words,
    uses_text,
)
from hostcity.report.words import Both
from hostcity.studies.advice import Advice
from hostcity.studies.advice.moves import Package
from hostcity.studies.advice.trials import Effect

MOST_DROPPED = 100  # that are told in words; all are in the data


def told(advice: Advice, are_exact: Sequence[bool]) -> dict[str, Any]:
    """As the command gives it to programs, with words beside the figures under ``said``."""
    return advice_data(advice) | {
        "said": {
            "place": both(goal_place(advice)),
            "figure": both(goal_name(advice.goal)),
            "base": both(_with_unit(base_text(advice), goal_unit(advice.goal))),
            "unit": both(goal_unit(advice.goal)),
            "budget": both(uses_text(advice.budget)),
            "is_advised": is_advised(advice),
            "suggestions": [
                _said(advice, each.package, each.effect) | {"uses": both(uses_text(each.uses)), "is_exact": is_exact}
                for each, is_exact in zip(advice.suggestions, are_exact, strict=True)
            ],
            "dropped": [
                _said(advice, each.package, each.effect) | {"beside": _words(advice, each.beside)}
                for each in advice.dropped[:MOST_DROPPED]
            ],
        }
    }


def best(advice: Advice) -> dict[str, Any]:
    """The first suggestion, for lists; nothing where none clearly helps."""
    if not is_advised(advice):
        return {}
    first = advice.suggestions[0]
    return _said(advice, first.package, first.effect) | {"figure": both(goal_name(advice.goal))}


def _with_unit(text: str, unit: Both) -> Both:
    """A value with its unit behind it; a time of the day, which has none, as it is."""
    if ":" in text:
        return Both(text, text)
    zh = unit.zh.strip("（）")
    return Both(f"{text} {unit.en.strip(' []')}", f"{text}{zh if zh == '%' else f' {zh}'}")


def _said(advice: Advice, package: Package, effect: Effect) -> dict[str, Any]:
    change, half_width = effect_texts(advice.goal, effect)
    return {"words": _words(advice, package), "change": change, "half_width": half_width}


def _words(advice: Advice, package: Package) -> list[dict[str, str]]:
    return [both(each) for each in package_words(advice.plan, package, advice.moves)]
