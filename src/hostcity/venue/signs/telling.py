"""What an audit found, in the language of the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from hostcity.core.jobs.errors import for_reader
from hostcity.core.models import Job
from hostcity.core.sayings import said
from hostcity.plan.polygons import Point


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that is wrong with a face."""

    number: int
    code: str
    kind: str  # in words
    said: str
    face: str  # key; "" = only counted
    level: str
    at: Point | None
    more: int


def kind_words(code: str) -> str:
    """What a kind of findings is called; one that nobody has named yet is called by its code."""
    return {
        "faces.fault.open": pgettext("sign", "open fault"),
        "faces.code.blank": pgettext("sign", "nothing written on it"),
        "faces.x_m.away": pgettext("sign", "at no crossing"),
        "faces.bearing_deg.unread": pgettext("sign", "nobody comes towards it"),
        "faces.letter_mm.small": pgettext("sign", "letters too small"),
        "faces.x_m.hidden": pgettext("sign", "hidden"),
        "face_lines.arrow.no_way": pgettext("sign", "no way there"),
        "face_lines.arrow.dead": pgettext("sign", "arrow where no way is"),
        "face_lines.arrow.astray": pgettext("sign", "arrow onto a longer way"),
        "face_lines.arrow.contradicts": pgettext("sign", "arrows contradict"),
        "face_lines.arrow.circle": pgettext("sign", "leads in a circle"),
        "face_lines.face.gap": pgettext("sign", "name stops before a turn"),
        "face_lines.face.early": pgettext("sign", "named too late"),
        "face_lines.name_en.differs": pgettext("sign", "English names differ"),
        "face_lines.name_zh.differs": pgettext("sign", "Chinese names differ"),
    }.get(code, code)


def findings_of(audit: Job | None) -> list[Finding]:
    """Everything that an audit found, numbered."""
    if audit is None or not audit.answer:
        return []
    return [_finding(number, each) for number, each in enumerate(audit.answer["found"], 1)]


def _finding(number: int, found: dict[str, Any]) -> Finding:
    at = found["at"]
    return Finding(
        number=number, code=found["code"], kind=kind_words(found["code"]), said=_said(found), face=found["face"], level=found["level"],
        at=(at[0], at[1]) if at else None, more=found["more"],
    )  # fmt: skip


def _said(found: dict[str, Any]) -> str:
    """What is wrong and how to mend it, beginning as sentences do."""
    told = for_reader(found)
    return said(told | {"what": told["what"][:1].upper() + told["what"][1:]})


def kinds_of(findings: Sequence[Finding]) -> list[tuple[str, str, int]]:
    """Each kind with its name and how often it was found."""
    counts: Counter[str] = Counter()
    for each in findings:
        counts[each.code] += each.more or 1
    return [(code, kind_words(code), count) for code, count in counts.most_common()]
