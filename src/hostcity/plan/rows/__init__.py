"""The rows of a plan, one frozen dataclass per sheet, in the order in which a planner fills them.

Times are seconds after the day's midnight in the expo's zone; lengths in meters; everything else as its column says.
"""

from hostcity.plan.rows.arrivals import Approach, ProfileSlot, Stream
from hostcity.plan.rows.changes import Option, Uncertainty
from hostcity.plan.rows.day import Edition, Model
from hostcity.plan.rows.drawing import (
    AMENITY_KINDS,
    EYE_HEIGHT_M,
    STAND_KINDS,
    Amenity,
    Connector,
    Grounds,
    Opening,
    Stand,
)  # fmt: skip
from hostcity.plan.rows.faces import (
    ARROWS,
    EASE_OF_DISTANCE,
    FACE_STATES,
    FAULTS,
    LEAST_OF_DISTANCE,
    MOUNTINGS,
    Face,
    FaceLine,
)  # fmt: skip
from hostcity.plan.rows.force import UNIFORM_SIZES, Campus, Certificate, Pair, Shift, Team, Volunteer
from hostcity.plan.rows.groups import Appointment, Attraction, Group, Mix
from hostcity.plan.rows.posts import (
    LANGUAGE_LEVELS,
    SKILL_KINDS,
    Band,
    MixLine,
    Need,
    Post,
    PostClass,
    RosterRules,
    ServiceDay,
    Skill,
    Zone,
)
from hostcity.plan.rows.preparation import (
    WEEKS,
    Calendar,
    CalendarDays,
    Crew,
    CrewDays,
    Department,
    Directive,
    Preparation,
    RiskDriver,
    Workstream,
)
from hostcity.plan.rows.provenance import MARKS, Provenance, Reported, Source
from hostcity.plan.rows.stations import LaneTime, Station
from hostcity.plan.rows.tasks import EVIDENCE_KINDS, TASK_KINDS, TASK_LINK_KINDS, Task, TaskLink
from hostcity.plan.rows.timeline import ACTIONS, Event
from hostcity.plan.rows.usual_columns import DAY_S, NIGHT_AFTER_S
from hostcity.plan.rows.venue import INSIDE_KINDS, Area, Gate, Level, Link, LinkKind, Node
from hostcity.plan.rows.wrong_turns import WrongTurns

__all__ = [
    "ACTIONS",
    "AMENITY_KINDS",
    "ARROWS",
    "DAY_S",
    "EASE_OF_DISTANCE",
    "EVIDENCE_KINDS",
    "EYE_HEIGHT_M",
    "FACE_STATES",
    "FAULTS",
    "INSIDE_KINDS",
    "LANGUAGE_LEVELS",
    "LEAST_OF_DISTANCE",
    "MARKS",
    "MOUNTINGS",
    "NIGHT_AFTER_S",
    "SKILL_KINDS",
    "STAND_KINDS",
    "TASK_KINDS",
    "TASK_LINK_KINDS",
    "UNIFORM_SIZES",
    "WEEKS",
    "Amenity",
    "Appointment",
    "Approach",
    "Area",
    "Attraction",
    "Band",
    "Calendar",
    "CalendarDays",
    "Campus",
    "Certificate",
    "Connector",
    "Crew",
    "CrewDays",
    "Department",
    "Directive",
    "Edition",
    "Event",
    "Face",
    "FaceLine",
    "Gate",
    "Grounds",
    "Group",
    "LaneTime",
    "Level",
    "Link",
    "LinkKind",
    "Mix",
    "MixLine",
    "Model",
    "Need",
    "Node",
    "Opening",
    "Option",
    "Pair",
    "Post",
    "PostClass",
    "Preparation",
    "ProfileSlot",
    "Provenance",
    "Reported",
    "RiskDriver",
    "RosterRules",
    "ServiceDay",
    "Shift",
    "Skill",
    "Source",
    "Stand",
    "Station",
    "Stream",
    "Task",
    "TaskLink",
    "Team",
    "Uncertainty",
    "Volunteer",
    "Workstream",
    "WrongTurns",
    "Zone",
]
