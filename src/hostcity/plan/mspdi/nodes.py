"""What is asked for of a file of Microsoft Project, and what its values say."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from hostcity.plan.mspdi import fields
from hostcity.plan.mspdi.xml import Node, Shape
from hostcity.plan.working_days import as_date

_VALUE: Shape = {"FieldID": None, "Value": None}
_DAY: Shape = {"DayType": None, "DayWorking": None, "TimePeriod": {"FromDate": None, "ToDate": None}}
SHAPE: Shape = {
    "Title": None, "StartDate": None, "CalendarUID": None, "MinutesPerDay": None,
    "ExtendedAttributes": {"ExtendedAttribute": {"FieldID": None, "Alias": None}},
    "Calendars": {"Calendar": {
        "UID": None, "Name": None, "IsBaseCalendar": None, "BaseCalendarUID": None, "WeekDays": {"WeekDay": _DAY},
        "Exceptions": {"Exception": {
            "TimePeriod": {"FromDate": None, "ToDate": None}, "Name": None, "Type": None, "Period": None, "Month": None, "MonthDay": None,
            "DayWorking": None,
        }},
    }},
    "Tasks": {"Task": {
        "UID": None, "ID": None, "Name": None, "IsNull": None, "Active": None, "OutlineLevel": None, "Duration": None, "DurationFormat": None,
        "Milestone": None, "Summary": None, "IsSubproject": None, "ExternalTask": None, "PercentComplete": None, "ConstraintType": None,
        "CalendarUID": None, "ConstraintDate": None, "Deadline": None, "Notes": None,
        "PredecessorLink": {"PredecessorUID": None, "Type": None, "CrossProject": None, "LinkLag": None, "LagFormat": None},
        "ExtendedAttribute": _VALUE, "Baseline": {"Number": None, "Start": None, "Finish": None},
    }},
    "Resources": {"Resource": {
        "UID": None, "ID": None, "Name": None, "Type": None, "IsNull": None, "Code": None, "Group": None, "MaxUnits": None,
        "ExtendedAttribute": _VALUE,
        "AvailabilityPeriods": {"AvailabilityPeriod": {"AvailableFrom": None, "AvailableTo": None, "AvailableUnits": None}},
    }},
    "Assignments": {"Assignment": {"TaskUID": None, "ResourceUID": None, "Units": None}},
}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]")


def all_within(node: Node, *tags: str) -> list[Node]:
    """Tags within tags; none where there are none."""
    found = [node]
    for tag in tags:
        found = [each for one in found for each in one.get(tag, ())]
    return found


def is_so(node: Node, tag: str) -> bool:
    """Whether a tag says yes."""
    return node.get(tag, "").strip() in ("1", "true")


def number_of(text: str) -> float | None:
    """A finite number; None = it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def kind_of(text: str) -> str:
    """The kind of a link by its number in the format."""
    number = number_of(text)
    return fields.LINK_TYPES[int(number)] if number is not None and 0 <= number < len(fields.LINK_TYPES) else "FS"


def names_of(name: str, texts: Mapping[str, str], code: str) -> dict[str, str]:
    """Names in both languages: as our fields say, where the name that is seen was not changed; else by its script."""
    en, zh = texts.get("name_en", ""), texts.get("name_zh", "")
    name = name.strip()
    if "name_en" in texts or "name_zh" in texts:
        if name in (en, zh, fields.resource_name(en), fields.resource_name(zh)):
            return {"name_en": en, "name_zh": zh}
        return {"name_en": en, "name_zh": name} if _HAN.search(name) else {"name_en": name, "name_zh": zh}
    if name == fields.resource_name(code):  # as a row without names is written
        return {"name_en": "", "name_zh": ""}
    if not name:
        return {}
    return by_script(name)


def new_code(code: str, taken: set[str]) -> str:
    """A code that is not taken yet."""
    number, made = 1, code
    while made in taken:
        number += 1
        made = f"{code}-{number}"
    return made


def by_script(name: str) -> dict[str, str]:
    """A name as that of the language that it is written in; nothing for no name."""
    return {"name_zh": name} if _HAN.search(name) else {"name_en": name} if name else {}


def date_of(text: str) -> str:
    """The day of a date with a time; what is none is left as it is, to be told of its cell."""
    day = text.strip()[:10]
    return day if as_date(day) else text.strip()
