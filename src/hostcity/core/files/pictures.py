"""Pictures as they are kept: drawn anew and upright, without what a camera or a program wrote beside them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 50_000_000
PLAIN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})  # how a PNG's points may be kept
#: What reading raises where bytes are broken.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError, struct.error, zlib.error)
#: How each kind is written; a photo looks the same at this quality.
WRITTEN = {
    "image/jpeg": ("JPEG", {"quality": 90}),
    "image/png": ("PNG", {}),
    "image/webp": ("WEBP", {"quality": 90, "method": 2}),
}


def is_picture(media_type: str) -> bool:
    """Whether a file is kept as `drawn_anew`."""
    return media_type in WRITTEN


def drawn_anew(data: bytes, media_type: str) -> bytes:
    """The picture alone, upright, in common colors: no place, time, owner, device, text or preview is left in it.

    Of a moving one the first picture. Raises ``Refused`` [files.pixels] or [files.damaged].
    """
    from PIL import Image

    kind, how = WRITTEN[media_type]
    stream = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many()
            opened.load()
            _alone(_upright(opened), media_type).save(stream, kind, **how)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many() from error
    except BROKEN as error:
        raise _broken() from error
    return stream.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera says that it was held; as it is where that cannot be read."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except BROKEN:
        return picture


def _alone(picture: Image.Image, media_type: str) -> Image.Image:
    """Points and what is see-through, and nothing that is told beside them."""
    told = picture.info
    picture = _in_common_colors(picture, told.get("icc_profile"))
    if media_type == "image/jpeg" and picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    elif picture.mode not in PLAIN:
        picture = picture.convert("RGBA" if "A" in picture.mode or "a" in picture.mode else "RGB")
    picture.info = (
        {"transparency": told["transparency"]} if media_type == "image/png" and "transparency" in told else {}
    )
    return picture


def _in_common_colors(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, so that it looks the same without its profile, which may name a device or an owner."""
    from PIL import ImageCms

    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        of, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, of, common) or picture
    except (ImageCms.PyCMSError, *BROKEN):
        return picture  # a profile of another kind, or a broken one


def _too_many() -> Refused:
    what = _("The picture has more than 50 million points.")
    return Refused("files.pixels", what, _("Save it smaller, or set the camera to fewer points."), field="file")


def _broken() -> Refused:
    what = _("The picture cannot be read to its end: it is damaged, or part of it is missing.")
    return Refused("files.damaged", what, _("Take it again, or save it again in its own program."), field="file")
