"""What the API of joining takes and answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from hostcity.core.api.schemas import Answer, Body, Listed, Paging, Version, Yes
from hostcity.core.models.people import LETTERS
from hostcity.plan.characters import ONE_LINE
from hostcity.volunteers.joining.services.opening import MOST_TEXT
from hostcity.volunteers.joining.services.stepping import MOST
from hostcity.volunteers.joining.services.training import MOST_CAPACITY
from hostcity.volunteers.models.applications import MOST_PLACE

StateName = Literal["applied", "interview", "training", "accredited", "refused", "withdrawn"]
ApplicationCode = Annotated[str, Field(max_length=12, pattern=rf"^A-[{LETTERS}]{{8}}$")]
TrainingCode = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
RowCode = Annotated[str, Field(min_length=1, max_length=100, pattern=ONE_LINE)]
Line = Annotated[str, Field(max_length=MOST_PLACE, pattern=ONE_LINE)]


class OpeningShown(Answer):
    """The call for volunteers."""

    is_open: bool
    closes_on: date | None = Field(description="Last day, where the expo is; null = nobody has called yet.")
    consent_number: int = Field(description="Of the text that holds; 0 = there is none.")
    consent_en: str
    consent_zh: str
    version: int = Field(description="0 = nobody has called yet.")


class OpeningGiven(Body):
    """The call for volunteers as it is to be."""

    is_open: Yes
    closes_on: date
    consent_en: Annotated[str, Field(max_length=MOST_TEXT)]
    consent_zh: Annotated[str, Field(max_length=MOST_TEXT)]
    version: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1, description="As it was read.")]


class ApplicationShown(Answer):
    """Somebody would like to serve."""

    code: str
    state: StateName
    name: str = Field(description="Empty = erased.")
    campus: str
    university: str
    languages: dict[str, str] = Field(description="Language as in ISO 639 -> level of the CEFR.")
    seats: list[list[str]] = Field(description="Day and band of each time that was ticked.")
    uniform: str
    is_minor: bool
    consent: int = Field(description="Number of the text that was agreed to.")
    consented_at: datetime
    interview_at: datetime | None
    interview_place: str
    training: str = Field(description="Code; empty = none.")
    zones: list[str]
    volunteer: str = Field(description="Code of the account and of the row of the force; empty = not accredited.")
    version: int
    created_at: datetime


class ApplicationListed(ApplicationShown):
    """The same in a list."""

    has_twin: bool = Field(description="Another one has the same phone, or the same name and campus.")


class Applications(Listed):
    """A page of applications, the first that applied first."""

    rows: list[ApplicationListed]


class ApplicationWhole(ApplicationShown):
    """The same with the phone, and with who may be the same person."""

    phone: str | None = Field(description="Null = you may not see phones of volunteers.")
    twins: list[str] = Field(description="Codes of other applications.")


class ApplicationsAsked(Paging):
    """Which applications."""

    state: Literal["", "applied", "interview", "training", "accredited", "refused", "withdrawn"] = ""
    campus: str = Field("", max_length=100)
    training: str = Field("", max_length=40)
    text: str = Field("", max_length=100, description="Of a name, a university, or a code.")
    twins: bool = Field(False, description="Those alone that may be there twice.")


class Counts(Answer):
    """How many applications are in each state."""

    applied: int
    interview: int
    training: int
    accredited: int
    refused: int
    withdrawn: int


class ChosenGiven(Body):
    """An application as it was read."""

    code: ApplicationCode
    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]


class StepsGiven(Body):
    """Applications, and the step that all of them take; what is said with it depends on the step."""

    step: Literal["interview", "train", "accredit", "refuse"]
    applications: Annotated[list[ChosenGiven], Field(min_length=1, max_length=MOST)]
    at: AwareDatetime | None = Field(None, description="Of an interview.")
    place: Line = Field("", description="Of an interview.")
    training: Annotated[str, Field(max_length=40, pattern=ONE_LINE)] = ""
    zones: Annotated[list[RowCode], Field(max_length=100)] = Field(
        [], description="Restricted zones of who is accredited."
    )
    without_phone: Yes = Field(False, description="Open accounts without phone numbers.")


class ChosenAll(Body):
    """Applications as they were read."""

    applications: Annotated[list[ChosenGiven], Field(min_length=1, max_length=MOST)]


class Stepped(Answer):
    """The acts, one for each application, in the order that was given."""

    numbers: list[int] = Field(description="Of the ledger.")


class FreshCode(Answer):
    """A code that has just been made."""

    code: str = Field(description="It is not shown again.")


class TrainingShown(Answer):
    """A training with places."""

    code: str
    name_en: str
    name_zh: str
    post_classes: list[str] = Field(description="For which whoever was there is trained.")
    starts_at: datetime
    place: str
    capacity: int
    left: int = Field(description="Places left.")
    version: int


class Trainings(Answer):
    """Trainings by time."""

    rows: list[TrainingShown]


class TrainingChanged(Body):
    """A training as it is to be."""

    name_en: Line
    name_zh: Line = ""
    post_classes: Annotated[list[RowCode], Field(max_length=200)] = Field([])
    starts_at: AwareDatetime
    place: Line
    capacity: Annotated[int, Field(strict=True, ge=1, le=MOST_CAPACITY)]


class TrainingGiven(TrainingChanged):
    """A new training."""

    code: TrainingCode


class TrainingPut(TrainingChanged):
    """A training in place of the one that is there."""

    version: Version = None


class ListShown(Answer):
    """A list of the force, in the language that is asked for."""

    columns: list[str]
    rows: list[list[str | int]] = Field(description="Cells in the order of the columns; empty = there is none.")
