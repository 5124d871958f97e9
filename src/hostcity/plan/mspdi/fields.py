"""Where what is of a plan and of no field of Microsoft Project stands: its custom fields, by number and alias.

The alias is what a reader goes by, whatever number another program gave the field. Numbers are those that Microsoft Project has for
Text1 … Text30, Number1, Duration1 and Duration3 of tasks, and Text1 … Text3 of resources.
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTES_A_DAY = 480
STARTS, PAUSE, GOES_ON, ENDS = "08:00:00", "12:00:00", "13:00:00", "17:00:00"
MOST_OF_A_FIELD = 255  # characters that Microsoft Project keeps of a text field
MOST_OF_A_NAME = 512
LINK_TYPES = ("FF", "FS", "SF", "SS")  # 0, 1, 2, 3
ASAP, ALAP, MUST_START, MUST_FINISH, NOT_BEFORE, START_BY, FINISH_AFTER, FINISH_BY = range(8)
DAYS, HOURS = 7, 5  # formats of durations and lags
ELAPSED = frozenset({4, 6, 8, 10, 12, 36, 38, 40, 42, 44})  # formats in which a day has 24 hours
PERCENT = frozenset({19, 20, 51, 52})


@dataclass(frozen=True, slots=True)
class CustomField:
    """A custom field: the plan's name for it, its number, what Microsoft Project calls it."""

    name: str
    number: int
    title: str
    of: str = "task"

    @property
    def alias(self) -> str:
        """What it is called in the file; a reader goes by this."""
        return f"hostcity {self.name}"


#: Fields of a task as text, exactly as a cell of the plan's workbook.
TASK_TEXTS = (
    CustomField("code", 188743731, "Text1"),
    CustomField("workstream", 188743734, "Text2"),
    CustomField("department", 188743737, "Text3"),
    CustomField("kind", 188743740, "Text4"),
    CustomField("evidence", 188743743, "Text5"),
    CustomField("accepted_by", 188743746, "Text6"),
    CustomField("name_en", 188743747, "Text7"),
    CustomField("name_zh", 188743748, "Text8"),
    CustomField("done_zh", 188743749, "Text9"),
    CustomField("directives", 188743750, "Text10"),
    CustomField("risks", 188743997, "Text11"),
    CustomField("demand", 188743998, "Text12"),
    CustomField("links", 188743999, "Text13"),  # codes of the links that it waits by, in their order
    CustomField("preparation", 188744000, "Text14"),  # of the project's own task: code of the preparation
    CustomField("opens", 188744001, "Text15"),  # of the project's own task: the day of the opening
)
ROW = CustomField("row", 188743767, "Number1")  # place in the sheet
OPTIMISTIC = CustomField("optimistic", 188743783, "Duration1")
PESSIMISTIC = CustomField("pessimistic", 188743785, "Duration3")
RESOURCE_TEXTS = (
    CustomField("name_en", 205520904, "Text1", "resource"),
    CustomField("name_zh", 205520905, "Text2", "resource"),
)
ALL = (*TASK_TEXTS, ROW, OPTIMISTIC, PESSIMISTIC, *RESOURCE_TEXTS)


def resource_name(name: str) -> str:
    """A name as Microsoft Project takes it for a resource: its lists are separated by commas, its units are in brackets."""
    return name.replace(",", ";").replace("[", "(").replace("]", ")")
