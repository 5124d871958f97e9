"""What capabilities hand to core, so that nothing crosses between them sideways. Filled when applications are ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from hostcity.core.ledger import Line
    from hostcity.core.models import Act, Edition, Person


class SheetOwner(Protocol):
    """Keeps the rows of a sheet. Core's `PlanRow` owner is the default of every sheet.

    What it writes is part of one of core's acts, within its transaction, the edition's scope and `lock_plan`; it gives the
    line for the ledger, one for all of the rows (`plan_rows.many`).
    """

    def to_plan(self, edition: Edition, sheet: str) -> tuple[Any, ...]:
        """The sheet's rows as the plan's dataclasses, in workbook order."""

    def from_plan(self, edition: Edition, sheet: str, rows: Sequence[Any]) -> Sequence[Line]:
        """Make the stored rows equal to these, by key. Raises ``PlanError`` for rows that cannot be kept."""

    def take_back(self, edition: Edition, sheet: str, act: Act) -> Sequence[Line]:
        """Make the opposite of a line that it gave. Raises `CannotUndo` where rows were changed since."""

    def rows(self, edition: Edition, sheet: str) -> QuerySet[Any]:
        """The stored rows in workbook order: with key, position, version, changed_at and body as a `PlanRow` has them, and each
        field of the sheet as a field of the same name."""

    def path(self, edition: Edition, sheet: str) -> str:
        """The page where they are changed."""


SHORT_S = 60  # a job that may take longer is a long one


@dataclass(frozen=True, kw_only=True, slots=True)
class JobKind:
    """A kind of work for the worker. ``run`` is called in a child process as ``run(arguments, at_work)``.

    ``run`` computes and may be run twice. What must happen once belongs into ``complete``, called as
    ``complete(answer, at_work)`` in the transaction that marks the job as done; what it returns replaces the answer.
    """

    name: str
    title: Any  # lazy text
    run: str  # dotted path of the function, imported in the child only
    complete: str = ""  # dotted path too
    most_attempts: int = 3
    most_mib: int = 2048
    most_seconds: int = 600
    keeps_files: timedelta | None = None  # how long bytes that it names last after its end; None = as long as the job
    warm: str = ""  # dotted path of a function that imports what is heavy, once for all jobs of its kind
    prepare: str = ""  # with ``warm``: dotted path of a function that compiles and keeps, before the first job

    @property
    def is_short(self) -> bool:
        """Whether somebody sits and waits for it: it has a slot that no longer work takes."""
        return self.most_seconds <= SHORT_S


@dataclass(frozen=True, kw_only=True, slots=True)
class MenuEntry:
    """A line of the menu; shown to whoever may do ``action``."""

    label: Any
    url_name: str
    action: str
    icon: str
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPaper:
    """What a card says on the printed brief: a heading, sentences, and rows of a few columns."""

    heading: Any
    lines: Sequence[Any] = ()
    rows: Sequence[Sequence[Any]] = ()
    shares: Sequence[float] = ()  # of the width, for each column; empty = the first as wide as a time
    is_good: bool | None = None  # colors the first line; None = neither
    is_large: bool = False  # its first line is read from the other side of the table


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeCard:
    """A card of the first screen. ``look_up(request)`` gives the template's values; None = not shown.

    The template finds them as ``values``, and ``is_wall`` where it stands on the wall. ``on_paper(values)`` is its
    part of the printed brief.
    """

    code: str
    template: str
    look_up: Callable[[HttpRequest], Mapping[str, Any] | None]
    action: str
    order: int
    on_wall: bool = False
    on_paper: Callable[[Mapping[str, Any]], OnPaper] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEntry:
    """Something with a time in an edition's calendar."""

    key: str  # unique and lasting: the UID of iCalendar
    title: Any
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    path: str = ""
    is_all_day: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What search is told of an object."""

    kind: str
    key: str
    action: str
    title_en: str
    title_zh: str
    path: str
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultName:
    """What people call a stored result, and its page."""

    title: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicPage:
    """A page of an edition that anybody may open while ``is_shown(edition)``. Its address takes the edition's code.

    ``stands_for`` names the address of the menu's page of the same content: who may not open that one is led here.
    """

    label: Any
    url_name: str
    is_shown: Callable[[Edition], bool]
    order: int
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What acts and actions are about: those whose verb begins with one of ``prefixes`` and a dot."""

    code: str
    label: Any  # lazy text
    prefixes: tuple[str, ...]
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Registries:
    """All of them."""

    sheet_owners: dict[str, SheetOwner] = field(default_factory=dict)
    job_kinds: dict[str, JobKind] = field(default_factory=dict)
    menu: list[MenuEntry] = field(default_factory=list)
    public_pages: list[PublicPage] = field(default_factory=list)
    home_cards: list[HomeCard] = field(default_factory=list)
    calendar_sources: list[Callable[[Edition, Person], Iterable[CalendarEntry]]] = field(default_factory=list)
    search_sources: dict[str, Callable[[Edition], Iterable[Document]]] = field(default_factory=dict)
    blob_sources: list[Callable[[], Iterable[str]]] = field(default_factory=list)  # hashes of bytes that rows need
    act_words: dict[str, Callable[[Act], Any]] = field(default_factory=dict)  # verb -> what it says, in lazy text
    act_names: dict[str, Any] = field(
        default_factory=dict
    )  # verb -> what people call such acts, where they choose some
    subjects: list[Subject] = field(default_factory=list)
    result_names: list[Callable[[Edition, Person, Sequence[int]], Mapping[int, ResultName]]] = field(
        default_factory=list
    )  # of results by their ids, as far as somebody may see them
    notice_words: dict[str, Any] = field(default_factory=dict)  # kind -> lazy text with {values}
    evidence_kinds: dict[str, Any] = field(default_factory=dict)  # kind -> lazy text
    subject_urls: dict[str, Callable[[Edition, str], str]] = field(default_factory=dict)  # subject kind -> its page
    kind_words: dict[str, Any] = field(default_factory=dict)  # kind of subject or document -> what people call it
    acted_fields: dict[tuple[str, str], Any] = field(
        default_factory=dict
    )  # sheet, field of a row that a capability's acts alone change -> lazy text: where


registries = Registries()
