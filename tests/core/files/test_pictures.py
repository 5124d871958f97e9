"""Of a picture the picture alone is kept: upright, and nothing that a camera wrote beside it."""

import io
from contextlib import suppress

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from hostcity.core.errors import Refused
from hostcity.core.files.pictures import drawn_anew
from hostcity.core.files.services import add_file
from hostcity.core.models import Blob
from hostcity.core.models.people import Role
from hostcity.core.results import read_blob
from tests import people
from tests.core.files import samples

OWNER = "Li Wei"
SIDEWAYS = 6  # held so that the picture is turned clockwise by a quarter


def told(orientation=SIDEWAYS):
    """What a phone writes: who, with what, when, where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Make] = OWNER, "Phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (31.0, 11.0, 30.0)}
    )
    return exif


def photo(kind="JPEG", **more):
    """A wide picture, red on the left and blue on the right."""
    picture = Image.new("RGB", (64, 32), "red")
    picture.paste("blue", (32, 0, 64, 32))
    stream = io.BytesIO()
    picture.save(stream, kind, exif=told(), **more)
    return stream.getvalue()


def opened(data):
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def is_near(point, color):
    return all(abs(have - want) < 12 for have, want in zip(point, color, strict=True))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("JPEG", {"comment": b"Li Wei's desk", "xmp": b"<x>Li Wei</x>"}),
        ("PNG", {}),
        ("WEBP", {"xmp": b"<x>Li Wei</x>"}),
    ],
)
def test_a_photo_is_upright_and_tells_of_nobody(kind, more):
    data = photo(kind, **more)
    assert (OWNER.encode() in data, opened(data).getexif().get_ifd(ExifTags.IFD.GPSInfo) != {}) == (True, True)
    kept = drawn_anew(data, f"image/{kind.lower()}")
    picture = opened(kept)
    assert (picture.size, picture.format) == ((32, 64), kind)
    assert is_near(picture.convert("RGB").getpixel((16, 8)), (255, 0, 0))
    assert is_near(picture.convert("RGB").getpixel((16, 56)), (0, 0, 255))
    assert (dict(picture.getexif()), OWNER.encode() in kept, b"GPS" in kept) == ({}, False, False)
    assert set(picture.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "loop",
        "background",
        "timestamp",
        "duration",
    }


def test_texts_times_and_the_profile_of_a_drawing_go_and_what_is_see_through_stays():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", OWNER, zip=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stream = io.BytesIO()
    drawing = Image.new("P", (2, 2), 1)
    drawing.putpalette([255, 0, 0, 0, 0, 255])
    drawing.save(stream, "PNG", pnginfo=texts, transparency=1, icc_profile=profile, dpi=(72, 72))
    picture = opened(drawn_anew(stream.getvalue(), "image/png"))
    assert set(picture.info) == {"transparency"}
    assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_every_point(mode):
    picture = Image.new(mode, (3, 2))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    kept = opened(drawn_anew(stream.getvalue(), "image/png"))
    assert (kept.mode, kept.tobytes()) == (mode, picture.tobytes())


def test_a_photo_for_print_is_kept_in_colors_of_screens():
    stream = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(stream, "JPEG")
    kept = opened(drawn_anew(stream.getvalue(), "image/jpeg"))
    assert (kept.mode, is_near(kept.getpixel((4, 4)), (255, 0, 0))) == ("RGB", True)


def refused(data, media_type):
    with pytest.raises(Refused) as told:
        drawn_anew(data, media_type)
    return told.value.code


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_what_is_cut_off_or_spoiled_is_told_in_words(kind):
    data = photo(kind)
    codes = {refused(data[:cut], f"image/{kind}") for cut in (0, 10, len(data) // 3)}
    assert codes == {"files.damaged"}
    for place in range(0, len(data), 7):
        spoiled = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        with suppress(Refused):  # whatever is raised else is a defect
            drawn_anew(spoiled, f"image/{kind}")


@pytest.mark.parametrize("side", [8_000, 10_000, 100_000])
def test_a_picture_of_too_many_points_is_not_unpacked(side):
    assert refused(samples.png(side, side), "image/png") == "files.pixels"


@pytest.mark.django_db
def test_what_is_uploaded_is_kept_so_and_the_same_photo_once():
    edition = people.edition()
    planner = people.person(Role.PLANNER, edition)
    files = [add_file(edition=edition, name="a.jpg", data=photo(), by=planner) for _ in range(2)]
    assert OWNER.encode() not in read_blob(files[0].blob_id)
    assert (files[0].blob_id == files[1].blob_id, Blob.objects.count()) == (True, 1)
