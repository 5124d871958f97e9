"""Both languages of every text of the report: English is the message, Chinese comes from the catalog."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from hostcity.plan.sentences import Both, Sentence, Unit

__all__ = ["Both", "chinese_of", "in_both", "in_chinese", "named", "player_words", "say", "unit_name"]

LOCALE = Path(__file__).parents[1] / "locale"
CHINESE = "zh_Hans"
#: Context of the messages that the player in the page uses; they travel with it.
PLAYER = "player"


def say(message: str, **values: Any) -> Both:
    """A message of the catalog in both languages.

    Values fill its {names}; one that is ``Both`` goes into its own language. Raises KeyError for a message without a
    Chinese translation, so that none can be forgotten.
    """
    return _filled(message, chinese_of(message), values)


def named(row: Any) -> Both:
    """What a row of the plan is called; its code where it has no name."""
    return Both(row.name_en or row.code, row.name_zh or row.name_en or row.code)


def in_chinese(text: str) -> str:
    """A sentence of the plan in Chinese; any other text, such as a file's name, as it is."""
    if not isinstance(text, Sentence):
        return text
    chinese = chinese_of(text.message, text.context)
    values = {name: _chinese_value(each) for name, each in text.values.items()}
    return _set(chinese, values) if values else chinese


def _set(chinese: str, values: Mapping[str, Any]) -> str:
    """A text with its values, Latin ones with a space between them and Chinese characters: 展位 A-01 附近."""
    text, follows_value = "", False
    for literal, name, spec, conversion in Formatter().parse(chinese):
        text += " " * (follows_value and _meet(literal[:1], text[-1:])) + literal
        if name is not None:
            value = values[name]
            shown = format(str(value) if conversion == "s" else value, spec or "")
            text += " " * _meet(text[-1:], shown[:1]) + shown
            follows_value = True
    return text


def _meet(chinese: str, latin: str) -> bool:
    return "\u4e00" <= chinese <= "\u9fff" and latin.isascii() and latin.isalnum()


def _chinese_value(value: Any) -> Any:
    if isinstance(value, Both):
        return value.zh
    return in_chinese(value) if isinstance(value, str) else value


def in_both(text: str) -> Both:
    """A sentence of the plan in both languages."""
    return Both(str(text), in_chinese(text))


def unit_name(unit: str) -> Both:
    """A unit in both languages; one that a planner made up stays as it is."""
    is_known = f"{Unit.context}\x04{unit}" in _catalog()
    return in_both(Unit(unit)) if is_known else Both(unit, unit)


def player_words() -> dict[str, str]:
    """Chinese by English of every message that the player uses."""
    mark = f"{PLAYER}\x04"
    return {key[len(mark) :]: text for key, text in _catalog().items() if key.startswith(mark)}


def _filled(en: str, zh: str, values: dict[str, Any]) -> Both:
    if not values:
        return Both(en, zh)
    return Both(
        en.format(**{name: each.en if isinstance(each, Both) else each for name, each in values.items()}),
        _set(zh, {name: each.zh if isinstance(each, Both) else each for name, each in values.items()}),
    )


def chinese_of(message: str, context: str = "") -> str:
    """The Chinese of a message. Raises KeyError when there is none."""
    text = _catalog().get(f"{context}\x04{message}" if context else message)
    if not text:
        raise KeyError(f"{message!r} has no translation in {CHINESE}")
    return text


@cache
def _catalog() -> dict[str, str]:
    compiled = LOCALE / CHINESE / "LC_MESSAGES" / "hostcity.mo"
    if not compiled.exists():
        raise FileNotFoundError(f"{compiled} is made when hostcity is installed: pip install -e .")
    with compiled.open("rb") as file:
        texts: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in texts.items() if isinstance(key, str) and key}
