"""Pictures made ready for print: upright, to size, nothing hidden, nothing too large."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from courseware.media import PictureError
from courseware.media.pictures import PrintPicture, picture

BOX = (160.0, 200.0)


def saved(folder: Path, name: str, image: Image.Image, **how: Any) -> Path:
    path = folder / name
    image.save(path, **how)
    return path


def halves(width: int = 40, height: int = 20) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    image.paste((0, 0, 200), (width // 2, 0, width, height))
    return image


def opened(made: PrintPicture) -> Image.Image:
    image = Image.open(BytesIO(made.data))
    image.load()
    return image


def near(found: Any, wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


def test_what_needs_nothing_stays_as_it_is(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg"):
        path = saved(tmp_path, name, halves())
        assert picture(path, BOX).data == path.read_bytes()


@pytest.mark.parametrize(
    ("orientation", "first", "size"),
    [(1, "red", (40, 20)), (2, "blue", (40, 20)), (3, "blue", (40, 20)), (4, "red", (40, 20)),
     (5, "red", (20, 40)), (6, "red", (20, 40)), (7, "blue", (20, 40)), (8, "blue", (20, 40))],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_it_stands_upright(
    tmp_path: Path, name: str, orientation: int, first: str, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = picture(saved(tmp_path, name, halves(), exif=exif), BOX)
    image = opened(made).convert("RGB")
    assert image.size == size
    assert near(image.getpixel((2, 2)), (200, 0, 0) if first == "red" else (0, 0, 200))
    assert made.width_mm == pytest.approx(size[0] / 96 * 25.4, abs=0.01)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp", "a.bmp", "a.gif"])
def test_it_keeps_300_dpi_at_its_printed_size(tmp_path: Path, name: str) -> None:
    made = picture(saved(tmp_path, name, halves(2400, 1200)), (101.6, 101.6))
    assert (made.width_mm, made.height_mm) == (101.6, 50.8)
    assert opened(made).size == (1200, 600)


def test_a_turned_picture_is_scaled_by_its_upright_sides(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = picture(saved(tmp_path, "a.jpg", halves(2400, 600), exif=exif), (25.4, 50.8))
    assert opened(made).size == (150, 600)
    assert (made.width_mm, made.height_mm) == (12.7, 50.8)


def test_it_is_never_scaled_up(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.png", halves(96, 48))
    assert picture(path, BOX).width_mm == 25.4
    wide = picture(path, BOX, fill=True)
    assert (wide.width_mm, wide.height_mm) == (160.0, 80.0)
    assert wide.data == path.read_bytes()


def test_its_own_resolution_gives_its_size(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.png", halves(600, 300), dpi=(300, 300))
    assert picture(path, BOX).width_mm == pytest.approx(50.8, abs=0.01)
    path = saved(tmp_path, "b.png", halves(600, 300), dpi=(1, 1))
    assert picture(path, BOX).width_mm == pytest.approx(158.75, abs=0.01)


def test_nothing_hidden_is_printed_along(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET")
    jpg = saved(tmp_path, "a.jpg", halves(), exif=exif, comment=b"SECRET", xmp=b"SECRET")
    png = saved(tmp_path, "a.png", halves(), pnginfo=text, exif=exif)
    for path in (jpg, png):
        assert b"SECRET" in path.read_bytes()
        assert b"SECRET" not in picture(path, BOX).data
        assert near(opened(picture(path, BOX)).getpixel((2, 2)), (200, 0, 0))


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (2000, 2000), (0, 90, 0, 0))
    clear.paste((0, 90, 0, 255), (0, 0, 1000, 2000))
    grey = Image.new("LA", (30, 30), (90, 0))
    for path in (
        saved(tmp_path, "a.png", clear),
        saved(tmp_path, "a.webp", clear, lossless=True),
        saved(tmp_path, "a.gif", clear),
        saved(tmp_path, "b.tif", grey),
    ):
        image = opened(picture(path, (50.8, 50.8))).convert("RGBA")
        assert image.getchannel("A").getpixel((image.width - 1, image.height - 1)) == 0, path
    opaque = picture(
        saved(tmp_path, "c.webp", Image.new("RGBA", (9, 9), "red"), lossless=True), BOX
    )
    assert opened(opaque).mode == "RGB"


def test_colours_are_srgb(tmp_path: Path) -> None:
    cmyk = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    image = opened(picture(saved(tmp_path, "a.jpg", cmyk), BOX))
    assert image.mode == "RGB" and near(image.getpixel((5, 5)), (255, 0, 0))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = picture(saved(tmp_path, "b.png", halves(), icc_profile=profile), BOX)
    assert near(opened(made).getpixel((2, 2)), (200, 0, 0))
    assert "icc_profile" not in opened(made).info
    broken = picture(saved(tmp_path, "c.png", halves(), icc_profile=b"nonsense"), BOX)
    assert near(opened(broken).getpixel((2, 2)), (200, 0, 0))


def test_another_profile_is_converted(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    made = picture(saved(tmp_path, "a.png", halves(), icc_profile=lab), BOX)
    assert opened(made).mode == "RGB"


def test_sixteen_bits_of_grey_become_eight(tmp_path: Path) -> None:
    made = picture(saved(tmp_path, "a.png", Image.new("I;16", (9, 9), 40_000)), BOX)
    assert opened(made).convert("L").getpixel((3, 3)) in (154, 155, 156)


def test_an_animation_prints_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for name in ("a.gif", "a.png", "a.webp"):
        path = saved(tmp_path, name, frames[0], save_all=True, append_images=frames[1:])
        image = opened(picture(path, BOX))
        assert getattr(image, "n_frames", 1) == 1
        assert near(image.convert("RGB").getpixel((3, 3)), (255, 0, 0)), name


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.webp", halves(3000, 2000))
    assert picture(path, BOX) == picture(path, BOX)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG whose header claims a size."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bmp(width: int, height: int) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head


def gif(width: int, height: int) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, width, height) + b"\0\x02\x01\0\0;"
    return b"GIF89a" + struct.pack("<HH", 1, 1) + b"\0\0\0" + frame


def webp(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size
    body += b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    "data",
    [png(40_000, 40_000), png(2**31 - 1, 2**31 - 1), png(9_000, 9_000), bmp(30_000, 30_000),
     gif(60_000, 60_000), webp(16_000, 16_000)],
)  # fmt: skip
def test_a_bomb_is_known_by_its_header(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(data)
    with pytest.raises(PictureError, match=r"million pixels|no picture|damaged"):
        picture(path, BOX)


@pytest.mark.parametrize(
    "data",
    [b"", b"text", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", png(10, 10), png(0, 5),
     png(10, 10, zlib.compress(b"\0" * 20)), b"%!PS-Adobe-3.0 EPSF-3.0\n", b"GIF89a", b"II*\0"],
)  # fmt: skip
def test_what_is_no_picture_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    with pytest.raises(PictureError):
        picture(path, (1.0, 0.5))


def test_half_a_picture_says_so(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg", "a.gif", "a.webp", "a.tif"):
        path = saved(tmp_path, name, Image.effect_noise((400, 400), 90))
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(PictureError):
            picture(path, (20.0, 20.0))


def test_a_folder_a_pipe_and_nothing_are_no_picture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "lacks.png", Path("/dev/zero")):
        with pytest.raises(PictureError, match="no file"):
            picture(path, BOX)


def test_a_damaged_picture_is_told_of_whatever_was_loaded_before(tmp_path: Path) -> None:
    import weasyprint.images  # noqa: F401 - it has Pillow fill in what a file lacks

    path = saved(tmp_path, "a.jpg", Image.effect_noise((400, 400), 90))
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(PictureError, match="damaged"):
        picture(path, BOX)
