"""The brief: one or two sheets of A4 with what the first screen says, for a meeting without screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hostcity.core.home.cards import Card
from hostcity.core.home.fonts import BOLD, REGULAR, marked_up, use_fonts
from hostcity.core.models import Edition
from hostcity.core.registries import OnPaper
from hostcity.core.sayings import is_chinese

INK, QUIET, EDGE, GOOD, BAD, DEMO = "#17202a", "#55616d", "#d3d9df", "#00655a", "#b0241c", "#7a5200"
MARGIN = 18 * 72 / 25.4  # 18 mm
PADDING = 6.0  # of a frame, which ReportLab adds to the margin


def brief_of(edition: Edition, cards: Sequence[Card], *, at: datetime) -> bytes:
    """The PDF, in the active language."""
    from reportlab.platypus import SimpleDocTemplate

    use_fonts()
    styles = _styles()
    parts = [card.kind.on_paper(card.values) for card in cards if card.kind.on_paper]
    story: list[Any] = [_text(edition.name, styles["title"]), _text(_subtitle(edition, at), styles["quiet"])]
    for part in parts:
        story += _section(part, styles)
    file = BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=_a4(), leftMargin=MARGIN - PADDING, rightMargin=MARGIN - PADDING, topMargin=MARGIN, bottomMargin=MARGIN,
        title=_("Brief: {name}").format(name=edition.name), author="hostcity", lang=get_language(),
    )  # fmt: skip
    footer = _footer_of(edition, at)
    document.build(story, onFirstPage=footer, onLaterPages=footer)
    return file.getvalue()


def _subtitle(edition: Edition, at: datetime) -> str:
    said = date_format(timezone.localtime(at, edition.zone), "DATETIME_FORMAT")
    return _("Brief of {time}, {zone}").format(time=said, zone=edition.time_zone)


def _section(part: OnPaper, styles: dict[str, Any]) -> Iterator[Any]:
    from reportlab.platypus import KeepTogether

    first = "large" if part.is_large else {True: "good", False: "bad", None: "text"}[part.is_good]
    lines = [_text(line, styles["text" if index else first]) for index, line in enumerate(part.lines)]
    yield KeepTogether([_text(part.heading, styles["heading"]), *lines])
    if part.rows:
        yield _table(part.rows, part.shares, styles)


def _table(rows: Sequence[Sequence[Any]], given: Sequence[float], styles: dict[str, Any]) -> Any:
    """Rows of a few columns, of the given shares; else the first as wide as a time, what is left for the others."""
    from reportlab.platypus import Table

    width, most = _a4()[0] - 2 * MARGIN, max(len(row) for row in rows)
    first = 34 * 72 / 25.4
    cells = [[_text(each, styles["text"]) for each in (*row, *[""] * (most - len(row)))] for row in rows]
    rest = width - first if most > 1 else width
    shares = [1.0] if most <= 2 else [0.65, *[0.35 / (most - 2)] * (most - 2)]
    widths = [first, *(rest * share for share in shares)] if most > 1 else [width]
    widths = [width * share for share in given] or widths
    rule = [("LINEBELOW", (0, 0), (-1, -1), 0.4, EDGE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    tight = [
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(cells, colWidths=widths, style=[*rule, *tight], hAlign="LEFT")


def _text(text: Any, style: Any) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(marked_up(text), style)


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    is_zh = is_chinese()
    wrap = {"wordWrap": "CJK"} if is_zh else {}
    usual = ParagraphStyle("text", fontName=REGULAR, fontSize=10, leading=16 if is_zh else 14, textColor=INK, **wrap)
    return {
        "text": usual,
        "quiet": ParagraphStyle("quiet", usual, textColor=QUIET, spaceAfter=4),
        "title": ParagraphStyle("title", usual, fontName=BOLD, fontSize=20, leading=28),
        "heading": ParagraphStyle(
            "heading", usual, fontName=BOLD, fontSize=12, leading=18, spaceBefore=12, spaceAfter=2
        ),
        "large": ParagraphStyle("large", usual, fontName=BOLD, fontSize=18, leading=26),
        "good": ParagraphStyle("good", usual, fontName=BOLD, fontSize=13, leading=20, textColor=GOOD),
        "bad": ParagraphStyle("bad", usual, fontName=BOLD, fontSize=13, leading=20, textColor=BAD),
    }


def _footer_of(edition: Edition, at: datetime) -> Any:
    left = f"hostcity · {edition.code}"
    is_demo = edition.is_demo or settings.ENVIRONMENT.is_demo

    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, MARGIN / 2, left)
        canvas.drawRightString(_a4()[0] - MARGIN, MARGIN / 2, _("Page {number}").format(number=document.page))
        if is_demo:
            canvas.setFont(BOLD, 9)
            canvas.setFillColor(DEMO)
            at = _a4()[1] - MARGIN * 0.7
            canvas.drawRightString(_a4()[0] - MARGIN, at, _("DEMO: invented people, nothing here is real"))

    return draw


def _a4() -> tuple[float, float]:
    return 210 * 72 / 25.4, 297 * 72 / 25.4
