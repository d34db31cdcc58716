"""The images that a `srcset` lists."""

from __future__ import annotations

import pytest

from generator.checks.addresses import has_right_sizes
from generator.site.srcset import candidates, srcset_of


@pytest.mark.parametrize(
    ("srcset", "images"),
    [
        ("", []),
        (" , ", []),
        ("a.png", [("a.png", "")]),
        ("a.png 480w,\n b.png  960w", [("a.png", "480w"), ("b.png", "960w")]),
        ("a.png 1x , b.png 2x,", [("a.png", "1x"), ("b.png", "2x")]),
        ("a,b.png 1x, c.png", [("a,b.png", "1x"), ("c.png", "")]),
    ],
)
def test_each_image_of_a_srcset_has_its_size(srcset: str, images: list[tuple[str, str]]) -> None:
    assert candidates(srcset) == images
    assert candidates(srcset_of(images)) == images


@pytest.mark.parametrize("srcset", ["", ",", "a.png 1x,", "a.png 1x, , b.png 2x", "a.png 1x 2x"])
def test_a_srcset_with_a_gap_or_two_sizes_is_wrong(srcset: str) -> None:
    assert not has_right_sizes(srcset)
