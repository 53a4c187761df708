"""Raster pictures made ready for print: upright, small enough, plain colours, nothing hidden.

Loaded with the first picture: Pillow's decoders take fifteen milliseconds.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import (
    AvifImagePlugin,  # noqa: F401
    BmpImagePlugin,  # noqa: F401 - a plugin is known when it is imported; else all of them are
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

from courseware.media import DPI, PictureError

MOST_PIXELS = 50_000_000
"""Pixels of a picture that is opened: more than A4 at 600 dpi (35 million) or a telephone's camera
(48 million) has; a WebP of that size takes 0.8 GB while it is scaled, PNG and JPEG less."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")
"""What authors use; every other of Pillow's decoders stays closed. JPEG is phones' MPO, too."""
SAMPLED = 200
"""Pixels of each side by which a picture's ink is judged."""
CLEAR, HALF = 0.1, 127
"""Share of a picture that is clear where one sees through it, and how clear a pixel is then."""
DARK, LIGHT = 96, 224
"""Greys below which ink is dark, and above which it is light."""
LINES = 0.1
"""Share of what is drawn that lines and words have at least."""
_SIDEWAYS = (5, 6, 7, 8)
_ORIENTATION = 0x0112
_GREY_16 = ("I;16", "I;16L", "I;16B", "I;16N")
_PLAIN = ("1", "L", "LA", "P", "RGB", "RGBA")
_QUIET = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "adobe",
                    "adobe_transform", "gamma", "interlace", "transparency", "compression",
                    "background", "version", "srgb", "progressive", "progression", "aspect"})  # fmt: skip
"""What a file may say of itself without giving anything away."""


class Raster:
    """A picture opened: its size in pixels as it stands upright, and its own pixels an inch."""

    def __init__(self, data: bytes) -> None:
        """Read the header; raise `PictureError` for what is no picture or has too many pixels."""
        self.data = data
        try:
            with _quiet():
                self.image = Image.open(BytesIO(data), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_large() from None
        except Exception:
            hint = "save it as PNG, JPEG or SVG"
            raise PictureError("it is no picture that can be read", hint) from None
        if self.image.width * self.image.height > MOST_PIXELS:
            raise _too_large()
        try:
            with _quiet():
                self.orientation = self.image.getexif().get(_ORIENTATION, 1)
        except Exception:
            raise _damaged() from None
        # Pillow turns TIFFs itself, and gives the size that they will have.
        self.sideways = self.image.format != "TIFF" and self.orientation in _SIDEWAYS
        self.width, self.height = self._turned(self.image.size)
        self.dpi = _dpi(self.image)

    def _turned(self, size: tuple[int, int]) -> tuple[int, int]:
        return (size[1], size[0]) if self.sideways else size

    def prepared(self, most: tuple[int, int] | None = None) -> tuple[bytes, str]:
        """Return the bytes for print and their type: the same bytes where nothing is to do.

        `most` are the pixels, wide and high, that the upright picture may keep; None keeps all.
        The first frame of an animation is printed. Photographs stay JPEG, all else becomes PNG.
        """
        stored = self._turned(most) if most else None
        try:
            with _quiet():
                if not self._needs_nothing(stored):
                    return self._written(stored)
                self.image.load()
                return self.data, f"image/{str(self.image.format).lower()}"
        except PictureError:
            raise
        except Exception:
            # Decoders raise of everything on broken or hostile data; the file is bad in any case.
            raise _damaged() from None

    def ink(self) -> str:
        """Return the colour, black or white, that a picture one sees through is drawn in; "" for any other."""
        if not self.image.has_transparency_data:
            return ""
        try:
            with _quiet():
                side = [min(length, SAMPLED) for length in self.image.size]
                sample = self.image.resize((side[0], side[1]), Image.Resampling.NEAREST).convert(
                    "RGBA"
                )
                mask = sample.getchannel("A").point([0] * (HALF + 1) + [255] * (255 - HALF))
                greys = sample.convert("L").histogram(mask)
        except Exception:
            raise _damaged() from None
        seen = sum(greys)
        if not seen or seen > (1 - CLEAR) * side[0] * side[1]:
            return ""
        if sum(greys[:DARK]) >= LINES * seen:
            return "000000"
        return "FFFFFF" if sum(greys[LIGHT:]) > (1 - LINES) * seen else ""

    def _needs_nothing(self, most: tuple[int, int] | None) -> bool:
        image = self.image
        return (
            image.format in ("PNG", "JPEG")
            and image.mode in _PLAIN
            and self.orientation == 1
            and not _larger(image.size, most)
            and getattr(image, "n_frames", 1) == 1
            and set(map(str, image.info)) <= _QUIET
            and {name for name, _ in getattr(image, "applist", ())} <= {"APP0", "APP14"}
        )

    def _written(self, most: tuple[int, int] | None) -> tuple[bytes, str]:
        image: Image.Image = self.image
        photograph = _is_photograph(self.image, self.data)
        same = self.orientation == 1 and not _larger(image.size, most)
        plain = image.mode in ("L", "RGB") and "icc_profile" not in image.info
        keep = same and plain and image.format == "JPEG"
        if not keep:
            image = _plain(ImageOps.exif_transpose(_scaled(image, most)))
        image.load()
        image.info.clear()
        out = BytesIO()
        if photograph:
            image.save(out, "JPEG", quality="keep" if keep else 90, optimize=True)
            return out.getvalue(), "image/jpeg"
        image.save(out, "PNG")
        return out.getvalue(), "image/png"


@contextmanager
def _quiet() -> Iterator[None]:
    """Let a decoder's warnings be, but neither too many pixels nor too few bytes.

    WeasyPrint tells Pillow to fill in what a damaged file lacks; the author is told of it instead.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_large() -> PictureError:
    message = f"it has more than {MOST_PIXELS // 1_000_000} million pixels"
    return PictureError(message, f"scale it down; A4 at {DPI} dpi has 9 million")


def _damaged() -> PictureError:
    return PictureError("its data is damaged", "save it again")


def _dpi(image: Image.Image) -> float:
    """Return a file's own resolution where it is one; else CSS's 96 pixels an inch."""
    try:
        given = float(image.info.get("dpi", (96, 96))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 96.0
    # 72 is what cameras and programs write that know of no size.
    return given if 50 <= given <= 2400 and given != 72 else 96.0


def _larger(size: tuple[int, int], most: tuple[int, int] | None) -> bool:
    return most is not None and (size[0] > most[0] or size[1] > most[1])


def _is_photograph(image: Image.Image, data: bytes) -> bool:
    lossy = image.format == "WEBP" and b"VP8 " in data[:4096] and image.mode == "RGB"
    return image.format in ("JPEG", "MPO") or lossy


def _scaled(image: Image.Image, most: tuple[int, int] | None) -> Image.Image:
    """Return a picture in a mode that can be scaled, no larger than so many pixels."""
    if image.mode in _GREY_16:
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    elif image.has_transparency_data and image.mode != "RGBA":
        image = image.convert("RGBA")
    elif image.mode == "P" and _larger(image.size, most):
        image = image.convert("RGB")
    if most and _larger(image.size, most):
        image.thumbnail(most, Image.Resampling.LANCZOS)
    return image


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB or grey, with transparency only where something is transparent."""
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if image.mode not in _PLAIN and image.mode not in ("CMYK", "YCbCr", "HSV"):
        raise PictureError(f"its colours ({image.mode}) cannot be printed")
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    if profile and colours.mode in ("RGB", "CMYK"):
        colours = _in_srgb(colours, profile)
    if colours.mode not in _PLAIN:
        colours = colours.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture's colours as sRGB; a profile that is of no use counts for nothing."""
    try:
        found = ImageCms.ImageCmsProfile(BytesIO(profile))
        done = ImageCms.profileToProfile(
            image, found, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return image if done is None else done
