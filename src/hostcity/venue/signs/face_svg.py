"""A face as a visitor sees it, as the text of an SVG in millimeters: at its true size, or as small as it is from a distance."""

from __future__ import annotations

import unicodedata
from html import escape

from hostcity.plan.rows import FaceLine
from hostcity.venue.signs.pictograms import arrow, pictogram
from hostcity.venue.signs.queries import Sign

#: How far an eye is from a screen or a sheet of paper. [mm]
FROM_SCREEN_MM = 600.0
#: Of the height of the letters: English capitals, gaps, margins. Assumed, as are the widths of characters.
ENGLISH, GAP, MARGIN, ROW_GAP = 0.6, 0.35, 0.6, 0.5
CAPITAL = 0.72  # height of a capital, of the size of its type
HAN, SIZE_OF_HAN = 1.0, 1.08  # a Chinese character fills nearly all of the size of its type
BOARD, TEXT = "#12335c", "#ffffff"


def face_svg(sign: Sign, *, at_m: float = 0.0) -> str:
    """The face. With ``at_m`` as large as it looks from so far to who holds the picture 60 cm before the eyes."""
    letter = sign.face.letter_mm
    rows = sign.lines or ()
    height_row = letter * (1 + GAP + ENGLISH)
    text_from = letter * (MARGIN + 2 * (height_row / letter) + 2 * GAP)
    wide = text_from + max([_width(line, letter) for line in rows], default=4 * letter) + MARGIN * letter
    tall = 2 * MARGIN * letter + max(len(rows), 1) * height_row + max(len(rows) - 1, 0) * ROW_GAP * letter
    share = FROM_SCREEN_MM / (1000 * at_m) if at_m else 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide * share:.2f}mm" height="{tall * share:.2f}mm" viewBox="0 0 {wide:.1f} {tall:.1f}" '
        f'font-family="\'Noto Sans SC\',\'PingFang SC\',\'Microsoft YaHei\',sans-serif" font-weight="600" color="{TEXT}" fill="{TEXT}">',
        f"<title>{escape(sign.face.code)}</title>",
        f'<rect width="{wide:.1f}" height="{tall:.1f}" rx="{letter * 0.2:.1f}" fill="{BOARD}"/>',
    ]
    for number, line in enumerate(rows):
        parts.append(
            _row(line, letter, height_row, text_from, MARGIN * letter + number * (height_row + ROW_GAP * letter))
        )
    return "".join(parts) + "</svg>\n"


def size_mm(sign: Sign) -> tuple[float, float]:
    """Width and height of the face as it is drawn."""
    head = face_svg(sign).split(">", 1)[0]
    wide, tall = (float(head.split(f'{name}="')[1].split("mm")[0]) for name in ("width", "height"))
    return wide, tall


def _row(line: FaceLine, letter: float, tall: float, text_from: float, top: float) -> str:
    drawn = pictogram(line.pictogram)
    side = f'width="{tall:.1f}" height="{tall:.1f}" viewBox="0 0 16 16"'
    left = MARGIN * letter
    parts = [f'<svg x="{left:.1f}" y="{top:.1f}" {side}>{arrow(line.arrow)}</svg>']
    if drawn:
        parts.append(f'<svg x="{left + tall + GAP * letter:.1f}" y="{top:.1f}" {side}>{drawn}</svg>')
    x = text_from if drawn else left + tall + 2 * GAP * letter
    if line.name_zh:
        parts.append(_text(line.name_zh, x, top + letter * 0.9, letter * SIZE_OF_HAN))
    if line.name_en:
        parts.append(_text(line.name_en, x, top + tall, letter * ENGLISH / CAPITAL))
    return "".join(parts)


def _text(text: str, x: float, y: float, size: float) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}">{escape(text)}</text>'


def _width(line: FaceLine, letter: float) -> float:
    return max(_of_text(line.name_zh, letter * SIZE_OF_HAN), _of_text(line.name_en, letter * ENGLISH / CAPITAL))


def _of_text(text: str, size: float) -> float:
    """About how wide a text is: full characters are as wide as the type is large, capitals and figures 0.7, others 0.6."""
    ems = (
        HAN if unicodedata.east_asian_width(each) in "WF" else 0.7 if each.isupper() or each.isdigit() else 0.6
        for each in text
    )
    return size * sum(ems)
