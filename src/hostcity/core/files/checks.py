"""What a file may be: decided by its bytes, never by what its sender says of it."""

from __future__ import annotations

import io
import json
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.sayings import Joined

MOST_BYTES = 10 * 1024**2
MOST_UNPACKED = 100 * 1024**2
MOST_RATIO = 100
MOST_ENTRIES = 2000
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken."""

    media_type: str
    is_it: Callable[[bytes], bool]


def checked_name(name: str) -> str:
    """A name that is safe everywhere: no folders, no control or turning characters, not too long.

    Raises ``Refused`` [files.name] when nothing is left of it.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in '<>:"|?*%;')
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    path = PurePosixPath(plain)
    if not path.stem or not path.suffix:
        raise Refused(
            "files.name",
            _("The file's name says no kind."),
            format_lazy(_("Give it a name that ends with one of: {kinds}."), kinds=Joined(KINDS)),
            field="file",
        )
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix.lower()


def media_type_of(name: str, data: bytes) -> str:
    """The media type of a file whose bytes are what its name says.

    Raises ``Refused`` [files.size], [files.empty], [files.kind] or [files.damaged].
    """
    if len(data) > MOST_BYTES:
        raise Refused(
            "files.size", _("The file is larger than 10 MB."), _("Make it smaller, or divide it."), field="file"
        )
    if not data:
        raise Refused("files.empty", _("The file is empty."), _("Choose another."), field="file")
    kind = KINDS.get(PurePosixPath(name).suffix.lower().removeprefix("."))
    if kind is None:
        raise Refused(
            "files.kind",
            _("Files of this kind are not taken."),
            format_lazy(_("Taken are: {kinds}."), kinds=Joined(KINDS)),
            field="file",
        )
    if not kind.is_it(data):
        raise Refused(
            "files.damaged",
            _("The file is not what its name says, or is damaged."),
            _("Save it again in its own program, under the ending of its kind."),
            field="file",
        )
    return kind.media_type


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]


def _is_png(data: bytes) -> bool:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) < 33 or data[12:16] != b"IHDR":
        return False
    width, height = struct.unpack(">II", data[16:24])
    return width * height > 0 and data[-8:-4] == b"IEND"


def _is_jpeg(data: bytes) -> bool:
    """Its segments up to the picture itself, with a size in one of them."""
    if not data.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in data[-64:]:
        return False
    place, pixels = 2, 0
    while place + 9 < len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            pixels = width * height
        if marker == 0xDA:
            return pixels > 0
        if length < 2:
            return False
        place += 2 + length
    return False


def _is_webp(data: bytes) -> bool:
    length = int.from_bytes(data[4:8], "little") + 8
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP" and len(data) in (length, length + 1)


def _text_of(data: bytes) -> str | None:
    """UTF-8 or GB 18030 text without control characters."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text) else text
    return None


def _is_text(data: bytes) -> bool:
    return _text_of(data) is not None


def _is_json(data: bytes) -> bool:
    text = _text_of(data)
    if text is None:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_office(part: str) -> Callable[[bytes], bool]:
    def is_it(data: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                entries = packed.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False  # the answer that is asked for: what cannot be unpacked is no office file
        names = {each.filename for each in entries}
        return {"[Content_Types].xml", part} <= names and not _is_bomb(entries) and not _has_macros(names)

    return is_it


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether it would unpack to far more than it is. What entries say is held to by whoever unpacks them."""
    unpacked = sum(each.file_size for each in entries)
    packed = max(sum(each.compress_size for each in entries), 1)
    return (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or unpacked / packed > MOST_RATIO
        or any(each.flag_bits & 1 or each.filename.startswith("/") or ".." in each.filename for each in entries)
    )


def _has_macros(names: set[str]) -> bool:
    return any(name.lower().endswith("vbaproject.bin") for name in names)


#: By the ending of the name. No SVG and no HTML: both carry scripts.
KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", _is_pdf),
    "png": FileKind("image/png", _is_png),
    "jpg": FileKind("image/jpeg", _is_jpeg),
    "jpeg": FileKind("image/jpeg", _is_jpeg),
    "webp": FileKind("image/webp", _is_webp),
    "xlsx": FileKind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _is_office("xl/workbook.xml")
    ),
    "docx": FileKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _is_office("word/document.xml")
    ),
    "csv": FileKind("text/csv", _is_text),
    "txt": FileKind("text/plain", _is_text),
    "json": FileKind("application/json", _is_json),
}
