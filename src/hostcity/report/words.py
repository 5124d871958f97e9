"""Both languages of every text of the report: English is the message, Chinese comes from the catalog."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

LOCALE = Path(__file__).parents[1] / "locale"
CHINESE = "zh_Hans"
#: Context of the messages that the player in the page uses; they travel with it.
PLAYER = "player"


class Both(NamedTuple):
    """A text in English and in Chinese."""

    en: str
    zh: str


def say(message: str, **values: Any) -> Both:
    """A message of the catalog in both languages.

    Values fill its {names}; one that is ``Both`` goes into its own language. Raises KeyError for a message without a
    Chinese translation, so that none can be forgotten.
    """
    return _filled(message, chinese_of(message), values)


def named(row: Any) -> Both:
    """What a row of the plan is called; its code where it has no name."""
    return Both(row.name_en or row.code, row.name_zh or row.name_en or row.code)


def player_words() -> dict[str, str]:
    """Chinese by English of every message that the player uses."""
    mark = f"{PLAYER}\x04"
    return {key[len(mark) :]: text for key, text in _catalog().items() if key.startswith(mark)}


def _filled(en: str, zh: str, values: dict[str, Any]) -> Both:
    if not values:
        return Both(en, zh)
    return Both(
        en.format(**{name: each.en if isinstance(each, Both) else each for name, each in values.items()}),
        zh.format(**{name: each.zh if isinstance(each, Both) else each for name, each in values.items()}),
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
