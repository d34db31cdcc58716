"""SVG paths as images."""

from __future__ import annotations

import pytest

from generator.images.icon_shapes import covered, outlines
from generator.site.icons import DRAWINGS


def test_holes_of_an_icon_stay_open() -> None:
    table = covered(DRAWINGS["ear"], 240)

    assert table.getpixel((120, 120)) == 255
    assert table.getpixel((120, 60)) == 0
    assert table.getpixel((120, 20)) == 255


def test_a_path_begins_and_ends_at_its_coordinates() -> None:
    assert list(outlines("M0 24v-8h8V8H12z")) == [[(0, 24), (0, 16), (8, 16), (8, 8), (12, 8)]]
    (circle,) = outlines("M12 0A12 12 0 1 1 0 12z")
    assert circle[-1] == pytest.approx((0, 12), abs=1e-9)
    assert max(x for x, _ in circle) == pytest.approx(24, abs=0.1)
