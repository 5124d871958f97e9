"""Names of sheets and fields, and values of cells, in the language of the reader."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.sayings import is_chinese, whole
from hostcity.plan import SHEETS, Problem
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.sentences import Both, Choice
from hostcity.report.words import chinese_of, in_chinese, unit_name

#: What a sheet is called on pages, and what one of its rows is.
SHEET_WORDS: dict[str, tuple[Any, Any]] = {
    "edition": (pgettext_lazy("sheet", "Day"), _("The expo and the day that is played.")),
    "model": (pgettext_lazy("sheet", "Model"), _("How the day is played.")),
    "levels": (pgettext_lazy("sheet", "Levels"), _("Floors of the venue.")),
    "areas": (pgettext_lazy("sheet", "Areas"), _("Halls, plazas, concourses, gates and stations.")),
    "nodes": (pgettext_lazy("sheet", "Nodes"), _("Places where links meet, people stay or are served.")),
    "link_kinds": (pgettext_lazy("sheet", "Link kinds"), _("How people move on stairs, escalators, ramps.")),
    "links": (pgettext_lazy("sheet", "Links"), _("Walkable connections between two nodes.")),
    "grounds": (pgettext_lazy("sheet", "Grounds"), _("Where on earth the venue lies.")),
    "stands": (pgettext_lazy("sheet", "Stands"), _("What stands on the floor of a hall, by number.")),
    "openings": (pgettext_lazy("sheet", "Openings"), _("Doors and gaps in the walls of areas.")),
    "connectors": (pgettext_lazy("sheet", "Connectors"), _("Stairs, escalators, lifts and ramps between levels.")),
    "amenities": (pgettext_lazy("sheet", "Amenities"), _("Seats, toilets, water, first aid: what people look for.")),
    "faces": (
        pgettext_lazy("sheet", "Sign faces"),
        _("Sides of wayfinding signs: where they hang, and how far they are."),
    ),
    "face_lines": (pgettext_lazy("sheet", "Lines of signs"), _("What is written on a face, with its arrow.")),
    "wrong_turns": (
        pgettext_lazy("sheet", "Wrong turns"),
        _("Who turns wrong where no sign tells them, and how often."),
    ),
    "gates": (pgettext_lazy("sheet", "Gates"), _("Entrances; security and badge checks belong to one.")),
    "stations": (pgettext_lazy("sheet", "Stations"), _("Places of service with lanes and a queue, and departures.")),
    "lanes": (pgettext_lazy("sheet", "Lane schedule"), _("Lanes open at a station during a time.")),
    "profiles": (pgettext_lazy("sheet", "Arrival profiles"), _("When people arrive, slot by slot.")),
    "streams": (pgettext_lazy("sheet", "Streams"), _("People who arrive by one mode at one point.")),
    "approaches": (pgettext_lazy("sheet", "Approaches"), _("Which gates the people of a stream walk to.")),
    "groups": (pgettext_lazy("sheet", "Groups"), _("Kinds of people: what they do and how they walk.")),
    "mixes": (pgettext_lazy("sheet", "Mixes"), _("Who is in a stream.")),
    "attractions": (pgettext_lazy("sheet", "Attractions"), _("How strongly a hall draws a group.")),
    "appointments": (pgettext_lazy("sheet", "Appointments"), _("Meetings that people must reach in time.")),
    "service_days": (pgettext_lazy("sheet", "Service days"), _("Days on which volunteers serve.")),
    "bands": (pgettext_lazy("sheet", "Bands"), _("Hours of the day that somebody serves in one go.")),
    "roster_rules": (pgettext_lazy("sheet", "Roster rules"), _("What is allowed in a roster, and what counts in it.")),
    "skills": (pgettext_lazy("sheet", "Skills"), _("Leading, languages and certificates that posts ask for.")),
    "post_classes": (pgettext_lazy("sheet", "Classes of posts"), _("What volunteers are trained for.")),
    "zones": (pgettext_lazy("sheet", "Zones"), _("Parts of the site with their own accreditation.")),
    "posts": (pgettext_lazy("sheet", "Posts"), _("Where volunteers serve, and pools that stand by.")),
    "mix_lines": (pgettext_lazy("sheet", "Mix lines"), _("How many people at a post must have a skill.")),
    "needs": (pgettext_lazy("sheet", "Needs"), _("How many people a post needs, by day and band.")),
    "campuses": (pgettext_lazy("sheet", "Campuses"), _("Where volunteers set out from.")),
    "teams": (pgettext_lazy("sheet", "Teams"), _("Volunteers who like to serve together.")),
    "volunteers": (pgettext_lazy("sheet", "Volunteers"), _("Who can serve, by code: training, skills, free time.")),
    "certificates": (pgettext_lazy("sheet", "Certificates"), _("Who holds which certificate, until when.")),
    "pairs": (pgettext_lazy("sheet", "Pairs"), _("Volunteers who serve side by side, or never at one post.")),
    "shifts": (pgettext_lazy("sheet", "Shifts"), _("The roster: who serves where and when.")),
    "preparation": (
        pgettext_lazy("sheet", "Preparation"),
        _("From when to when the expo is prepared, by which calendar."),
    ),
    "directives": (pgettext_lazy("sheet", "Directives"), _("What was ordered from above, word by word.")),
    "departments": (pgettext_lazy("sheet", "Departments"), _("Who does tasks and accepts those of others.")),
    "workstreams": (pgettext_lazy("sheet", "Workstreams"), _("Tasks that belong together, whoever does them.")),
    "calendars": (pgettext_lazy("sheet", "Calendars"), _("On which days of the week work is done.")),
    "calendar_days": (pgettext_lazy("sheet", "Special days"), _("Holidays, make-up days and windows of access.")),
    "crews": (pgettext_lazy("sheet", "Crews"), _("People of a department who do its tasks.")),
    "crew_days": (pgettext_lazy("sheet", "Crews by day"), _("Days on which a crew has more or fewer people.")),
    "risk_drivers": (pgettext_lazy("sheet", "Shared risks"), _("Risks that stretch several tasks alike.")),
    "tasks": (pgettext_lazy("sheet", "Tasks"), _("What has to be done before the opening; milestones too.")),
    "task_links": (pgettext_lazy("sheet", "Links of tasks"), _("Which task waits for which.")),
    "timeline": (pgettext_lazy("sheet", "Timeline"), _("What happens during the day.")),
    "uncertainties": (pgettext_lazy("sheet", "Uncertainties"), _("Figures that vary from day to day.")),
    "options": (pgettext_lazy("sheet", "Options"), _("What could be changed, and what it takes.")),
    "sources": (pgettext_lazy("sheet", "Sources"), _("Where figures come from.")),
    "provenance": (pgettext_lazy("sheet", "Provenance"), _("What is known of a figure.")),
    "reported": (pgettext_lazy("sheet", "Reported figures"), _("Reported figures with which the day is compared.")),
}


def told(text: str | Both) -> str:
    """A text of the plan in the language of the reader."""
    if isinstance(text, Both):
        return text.zh if is_chinese() else text.en
    return in_chinese(text) if is_chinese() else str(text)


def said_of(problem: Problem) -> str:
    """What is wrong and how to mend it."""
    return whole(told(problem.what), told(problem.mend))


def sheet_name(sheet: str) -> Any:
    """What a sheet is called."""
    return SHEET_WORDS[sheet][0] if sheet in SHEET_WORDS else sheet


def heading(column: Column) -> str:
    """A column's heading."""
    return column.heading_zh if is_chinese() else column.heading_en


def unit_of(column: Column) -> str:
    """A column's unit; "" = it has none that is worth saying, or its heading says it: "most lanes"."""
    is_said = column.unit in column.heading_en.split()
    return "" if is_said or column.unit in ("-", "HH:MM") else told(unit_name(column.unit))


def help_of(column: Column) -> str:
    """What a column means."""
    return column.help_zh if is_chinese() else column.help_en


def choice_name(choice: str) -> str:
    """A choice of a column; one without a translation as it is written in the workbook."""
    if not is_chinese():
        return choice
    try:
        return chinese_of(choice, Choice.context)
    except KeyError:
        return choice


def field_name(sheet: str, name: str) -> Any:
    """The heading of a field, later in the language of whoever reads it."""
    columns = columns_of(SHEETS[sheet]) if sheet in SHEETS else {}
    return Heading(columns[name]) if name in columns else name


class Heading:
    """A heading that is told in the language of its reader."""

    def __init__(self, column: Column) -> None:
        self.column = column

    def __str__(self) -> str:
        return heading(self.column)


class Cell:
    """A stored value that is told in the language of its reader."""

    def __init__(self, sheet: str, name: str, value: Any) -> None:
        self.column = columns_of(SHEETS[sheet]).get(name) if sheet in SHEETS else None
        self.value = value

    def __str__(self) -> str:
        return shown(self.column, self.value) or "–"


def shown(column: Column | None, value: Any) -> str:
    """A stored value for people."""
    if column is None or value is None or value in ("", []):
        return "" if value is None else str(value or "")
    if column.kind == "flag":
        return choice_name("yes" if value else "no")
    if column.kind == "choice":
        return choice_name(value)
    return cell_text(column, value)


def listed(column: Column, value: Any) -> str:
    """A stored value for a list: of an outline only how many corners it has."""
    if column.kind == "outline" and value:
        return gettext("{count} corners").format(count=len(value))
    return shown(column, value)


def cell_text(column: Column, value: Any) -> str:
    """A stored value as its author writes it into a cell."""
    if value is None:
        return ""
    if column.kind == "flag":
        return "yes" if value else "no"
    if column.kind == "refs":
        return "; ".join(value)
    if column.kind == "outline":
        return "; ".join(f"{_number(x)},{_number(y)}" for x, y in value)
    if column.kind == "number":
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def row_name(body: dict[str, Any]) -> str:
    """What a row is called beside its code; "" = nothing."""
    names = (body.get("name_zh"), body.get("name_en")) if is_chinese() else (body.get("name_en"), body.get("name_zh"))
    return names[0] or names[1] or body.get("name") or ""
