"""Texts that were kept in both languages, times of the day, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from hostcity.core.plan_rows.words import sheet_name
from hostcity.core.sayings import is_chinese
from hostcity.plan.cells import clock_text
from hostcity.rehearsal import compared

register = template.Library()


@register.filter
def said(text: Mapping[str, str] | None) -> str:
    """A text that was kept in both languages, in the language of the reader."""
    return compared.said(text)


@register.filter
def in_language(scenario: Any, field: str) -> str:
    """A field that a scenario, as a row or as data, has in both languages, in that of the reader."""
    name = f"{field}_{'zh' if is_chinese() else 'en'}"
    return str(scenario[name] if isinstance(scenario, Mapping) else getattr(scenario, name))


@register.simple_tag
def comma() -> str:
    """Between things that are listed: in Chinese the mark that is for lists."""
    return "、" if is_chinese() else ", "


@register.simple_tag
def semicolon() -> str:
    """Between clauses."""
    return "；" if is_chinese() else "; "


@register.filter
def sheet(code: str) -> Any:
    """What a sheet of the plan is called."""
    return sheet_name(code)


@register.filter
def signed(text: str) -> str:
    """A change with the minus of print."""
    return text.replace("-", "−")


@register.filter
def clock(seconds: float | None) -> str:
    """HH:MM of seconds after midnight."""
    return "" if seconds is None else clock_text(seconds)


@register.filter
def plain(number: float) -> str:
    """A number with the decimals that it has, however small."""
    return f"{number:g}"


@register.filter
def minutes(seconds: float | None) -> str:
    """A wait in minutes, with one decimal."""
    return "" if seconds is None else f"{seconds / 60:.1f}"


@register.filter
def percent(share: float) -> int:
    """A share as whole percent."""
    return round(100 * share)
