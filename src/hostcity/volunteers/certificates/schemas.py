"""What the API of certificates takes and answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from hostcity.core.api.schemas import Answer, Body
from hostcity.volunteers.models.certificates import MOST_REASON
from hostcity.volunteers.schemas import Given


class IssueGiven(Body):
    """Who is to get one."""

    least_minutes: int = Field(1, ge=1, le=60_000)
    volunteers: Annotated[list[Given], Field(max_length=10_000)] | None = Field(None, description="Null = everybody.")


class ReasonGiven(Body):
    """Why it holds no more."""

    reason: str = Field("", max_length=MOST_REASON)


class CertificateShown(Answer):
    """A certificate of service."""

    id: int
    code: str = Field(description="Of the public page that says whether it holds.")
    volunteer: str
    minutes: int
    shifts: int
    first_date: date
    last_date: date
    state: Literal["valid", "revoked"]
    issued_at: datetime
    revoked_at: datetime | None


class CertificateLine(CertificateShown):
    """A certificate, and what counts now."""

    minutes_now: int


class Certificates(Answer):
    """All of them, and who would get one now."""

    rows: list[CertificateLine]
    ready: list[str] = Field(description="Volunteers who would get one, by code.")
    open: list[str] = Field(description="A shift of theirs has no end.")
    unnamed: list[str] = Field(description="No account, or none with a name.")


class Issued(Answer):
    """What was issued."""

    rows: list[CertificateShown]


class OwnCertificate(Answer):
    """One's own; null = none."""

    certificate: CertificateShown | None
