"""Grey pictures of pages, as tesseract takes them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageOps

_DARK = bytes(grey < 128 for grey in range(256))
_CUT_SCALE = 2
_CUT_MARGIN = 20


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A grey picture.

    Attributes:
        pixels: a byte a pixel, 0 for black, row by row from the top.
        width: pixels in a row.
        height: rows.
        dpi: pixels in an inch of the page.
    """

    pixels: bytes
    width: int
    height: int
    dpi: float

    def netpbm(self) -> bytes:
        """Bytes of the picture as a PGM file."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels

    def ink(self, left: int, top: int, right: int, bottom: int) -> tuple[int, int]:
        """Number of dark pixels in a part of the picture, and of the runs that they form along its rows."""
        left, right = max(left, 0), min(right, self.width)
        dark = runs = 0
        for y in range(max(top, 0), min(bottom, self.height)):
            row = self.pixels[y * self.width + left : y * self.width + right].translate(_DARK)
            dark += row.count(1)
            runs += row.count(b"\x00\x01") + row.startswith(b"\x01")
        return dark, runs

    def turned(self, degrees: int) -> Bitmap:
        """The picture turned clockwise by 90, 180 or 270 degrees."""
        ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
        return self._as(self._image().transpose(ways[degrees]), self.dpi)

    def straightened(self, slope: float) -> Bitmap:
        """The picture with lines that fall by ``slope`` pixels a pixel made level."""
        level = self._image().rotate(math.degrees(math.atan(slope)), Image.Resampling.BICUBIC, fillcolor=255)
        return self._as(level, self.dpi)

    def cut(self, left: int, top: int, right: int, bottom: int) -> Bitmap:
        """A part of the picture, twice as large and with a white margin; what lies outside the picture is left out."""
        left, top = max(left, 0), max(top, 0)
        right, bottom = max(min(right, self.width), left + 1), max(min(bottom, self.height), top + 1)
        part = self._image().crop((left, top, right, bottom))
        part = part.resize((part.width * _CUT_SCALE, part.height * _CUT_SCALE), Image.Resampling.NEAREST)
        return self._as(ImageOps.expand(part, _CUT_MARGIN, 255), self.dpi * _CUT_SCALE)

    def raised(self, left: int, top: int, right: int, baseline: int, foot: int) -> tuple[int, int] | None:
        """Columns at the right end of a part in which nothing dark stands at the baseline, blank ones left out.

        Args:
            left: left edge of the part.
            top: its upper edge.
            right: its right edge.
            baseline: its lower edge.
            foot: height of the band over the baseline in which lower characters have ink.

        Returns:
            First column and the one past the last, or None where there is none.
        """
        columns = []
        for x in range(right - 1, left - 1, -1):
            if self.ink(x, baseline - foot, x + 1, baseline)[0]:
                break
            if self.ink(x, top, x + 1, baseline - foot)[0]:
                columns.append(x)
        return (columns[-1], columns[0] + 1) if columns else None

    def _image(self) -> Image.Image:
        return Image.frombytes("L", (self.width, self.height), self.pixels)

    @staticmethod
    def _as(image: Image.Image, dpi: float) -> Bitmap:
        return Bitmap(image.tobytes(), image.width, image.height, dpi)
