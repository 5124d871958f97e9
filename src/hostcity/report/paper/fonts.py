"""The type of printed pages: Noto Sans SC, embedded as far as it is used, so that paper looks the same everywhere.

The files are the regular and the bold weight of npm's @fontsource/noto-sans-sc (SIL Open Font License 1.1), 7,947
characters each, Latin included, copied into the package when the bundles are built. What they lack (rare names, arrows)
is set in STSong-Light, which every reader of PDF brings.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

#: The quotation marks of the type are as wide as Chinese characters.
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
FOLDER = Path(__file__).parents[2] / "core" / "fonts"  # where the build puts them
REGULAR, BOLD, SPARE = "hostcity", "hostcity-bold", "STSong-Light"
WEIGHTS = {REGULAR: "noto-sans-sc-400.woff", BOLD: "noto-sans-sc-700.woff"}


@cache
def use_fonts() -> frozenset[int]:
    """Hand the fonts to the PDF library, once; gives the characters that they have."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(UnicodeCIDFont(SPARE))
    for name, file in WEIGHTS.items():
        pdfmetrics.registerFont(TTFont(name, BytesIO(unpacked((FOLDER / file).read_bytes()))))
    for is_bold, name in ((0, REGULAR), (1, BOLD)):
        addMapping(REGULAR, is_bold, 0, name)
        addMapping(REGULAR, is_bold, 1, name)  # no slanted Chinese
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph)


def marked_up(text: object, *, is_chinese: bool) -> str:
    """A text as the library's markup, with what the fonts lack in the spare one."""
    known = use_fonts()
    if not is_chinese:
        text = str(text).translate(STRAIGHT)
    said = escape(re.sub(r"[\x00-\x08\x0b-\x1f]", "", str(text)), quote=False)
    lacking = "".join({each for each in said if ord(each) not in known and not each.isspace()})
    return re.sub(f"([{re.escape(lacking)}]+)", rf'<font name="{SPARE}">\1</font>', said) if lacking else said


def unpacked(woff: bytes) -> bytes:
    """The TrueType file inside a WOFF file (W3C, WOFF File Format 1.0, sections 4 and 5)."""
    flavor, count = struct.unpack(">4xI4xH", woff[:14])
    directory, body = b"", b""
    for at in range(44, 44 + 20 * count, 20):
        tag, start, packed, size, checksum = struct.unpack(">4sIIII", woff[at : at + 20])
        data = woff[start : start + packed]
        data = zlib.decompress(data) if packed < size else data
        directory += struct.pack(">4sIII", tag, checksum, 12 + 16 * count + len(body), size)
        body += data + b"\0" * (-size % 4)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", flavor, count, 16 << power, power, (count << 4) - (16 << power))
    return head + directory + body
