"""Columns that many sheets have: code, names, a time of day."""

from __future__ import annotations

from typing import Any

from hostcity.plan.columns import column

DAY_S = 86_400.0


NIGHT_AFTER_S = 2 * DAY_S


def code_column(help_en: str, help_zh: str) -> Any:
    return column("code", "code", "代码", help_en, help_zh)


def name_en_column() -> Any:
    return column(
        "text", "name (en)", "英文名", "Name as shown on English pages.", "英文页面上显示的名称。", default=""
    )


def name_zh_column() -> Any:
    return column(
        "text", "name (zh)", "中文名", "Name as shown on Chinese pages.", "中文页面上显示的名称。", default=""
    )


def clock_column(en: str, zh: str, help_en: str, help_zh: str, **more: Any) -> Any:
    return column("clock", en, zh, help_en, help_zh, unit="HH:MM", low=0.0, high=NIGHT_AFTER_S, **more)
