"""What may be uploaded is decided by bytes."""

import pytest
from django.utils import translation

from hostcity.core.errors import Refused
from hostcity.core.files.checks import KINDS, MOST_BYTES, checked_name, media_type_of
from tests.core.files import samples


def str_or_size(value: object) -> str:
    """A test's name must not carry a file's bytes: an archive holds the time, even in its length."""
    return value if isinstance(value, str) else "bytes"


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", samples.PDF, "application/pdf"),
        ("a.png", samples.png(), "image/png"),
        ("a.png", samples.image("png"), "image/png"),
        ("a.jpg", samples.image("jpeg"), "image/jpeg"),
        ("a.JPEG", samples.image("jpeg"), "image/jpeg"),
        ("a.webp", samples.image("webp"), "image/webp"),
        ("a.xlsx", samples.workbook(), KINDS["xlsx"].media_type),
        ("a.docx", samples.document(), KINDS["docx"].media_type),
        ("a.csv", "门,人数\n西门,3\n".encode(), "text/csv"),
        ("a.csv", "门,人数\n西门,3\n".encode("gb18030"), "text/csv"),
        ("a.txt", b"\xef\xbb\xbfplain", "text/plain"),
        ("a.json", b'{"a": 1}', "application/json"),
    ],
    ids=str_or_size,
)
def test_what_is_what_it_says_is_taken(name, data, media_type):
    assert media_type_of(name, data) == media_type


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.svg", b"<svg/>", "files.kind"),
        ("a.html", b"<html></html>", "files.kind"),
        ("a.xlsm", samples.workbook(), "files.kind"),
        ("a.exe", b"MZ", "files.kind"),
        ("a", b"x", "files.kind"),
        ("a.pdf", b"", "files.empty"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "files.size"),
        ("a.pdf", samples.png(), "files.damaged"),
        ("a.pdf", b"%PDF-1.4 cut off", "files.damaged"),
        ("a.png", samples.image("jpeg"), "files.damaged"),
        ("a.png", samples.png()[:-12], "files.damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "files.damaged"),
        ("a.jpg", samples.image("jpeg")[:40], "files.damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x00\xff\xd9", "files.damaged"),
        ("a.webp", samples.image("webp")[:-4], "files.damaged"),
        ("a.xlsx", samples.document(), "files.damaged"),
        ("a.docx", samples.workbook(), "files.damaged"),
        ("a.docx", samples.document()[:60], "files.damaged"),
        ("a.docx", samples.document(**{"word/vbaProject.bin": b"x"}), "files.damaged"),
        ("a.docx", samples.document(**{"../out": b"x"}), "files.damaged"),
        ("a.docx", samples.document(**{"/out": b"x"}), "files.damaged"),
        ("a.docx", samples.document(bomb=b"0" * 5_000_000), "files.damaged"),
        ("a.docx", samples.document(**{f"e{count}": b"" for count in range(2001)}), "files.damaged"),
        ("a.txt", b"MZ\x90\x00\x03", "files.damaged"),
        ("a.csv", b"\xff\xfe\x00", "files.damaged"),
        ("a.json", b"{", "files.damaged"),
        ("a.json", b"[" * 100_000, "files.damaged"),
    ],
    ids=str_or_size,
)
def test_what_is_not_is_refused(name, data, code):
    with pytest.raises(Refused) as refused:
        media_type_of(name, data)
    assert (refused.value.code, refused.value.field) == (code, "file")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/plan.PDF", "plan.pdf"),
        ("C:\\Users\\li\\应急 预案.docx", "应急 预案.docx"),
        ("a\u202efdp.txt", "afdp.txt"),
        ("a\x00\r\nb.txt", "ab.txt"),
        ('x"<>;.txt', "x.txt"),
        ("  .hidden.txt ", "hidden.txt"),
        ("x" * 300 + ".json", "x" * 115 + ".json"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert checked_name(given) == kept


@pytest.mark.parametrize("given", ["", "...", "plan", "/", "\u202e.\x00"])
def test_a_name_without_a_kind_is_refused(given):
    with pytest.raises(Refused, match=r"files\.name"):
        checked_name(given)


def test_what_is_wrong_is_told_in_the_readers_language():
    with pytest.raises(Refused) as refused:
        media_type_of("a.svg", b"<svg/>")
    with translation.override("zh-hans"):
        assert str(refused.value.mend).startswith("可接受的类型：pdf、png")
    with translation.override("en"):
        assert str(refused.value.mend).startswith("Taken are: pdf, png")
