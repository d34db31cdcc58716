"""Each kind of image as it is published."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.conftest import Blog, png
from tests.images.images import FOLDER, opened, phone_metadata, photo, shown_image


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_an_image_that_was_taken_sideways_is_turned_upright(form: str, blog: Blog) -> None:
    name = f"view.{form.lower()}"
    blog.write(f"{FOLDER}/{name}", photo(form=form, **phone_metadata(orientation=6)))
    blog.post("2026-11-10-two/index", f"![A view]({name})\n")
    blog.build()
    image = shown_image(blog.page("2026/two/"))

    assert (image.attributes["width"], image.attributes["height"]) == ("300", "600")
    assert opened(blog, f"2026/two/{name}").size == (300, 600)
    assert not opened(blog, f"2026/two/{name}").getexif()


def test_a_screenshot_stays_exact(blog: Blog) -> None:
    drawing = Image.new("RGB", (600, 300), "white")
    for place in range(0, 600, 7):
        drawing.paste((place % 256, 40, 90), (place, place // 3, place + 5, place // 3 + 40))
    file = BytesIO()
    drawing.save(file, "PNG")
    blog.write(f"{FOLDER}/screen.png", file.getvalue())
    blog.post("2026-11-10-two/index", "![A screen](screen.png)\n")
    blog.build()

    assert opened(blog, "2026/two/screen.600.webp").convert("RGB").tobytes() == drawing.tobytes()
    assert "screen.600.avif" not in blog.page("2026/two/")


def test_a_variant_that_is_no_lighter_is_left_out(blog: Blog) -> None:
    blog.write(f"{FOLDER}/dot.png", png())
    blog.post("2026-11-10-two/index", "![A dot](dot.png)\n")
    blog.build()

    assert [path for path in blog.tree() if "dot" in path] == ["2026/two/dot.png"]
    assert "<picture" not in blog.page("2026/two/")


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 40 20"', ("40", "20")),
        ('width="80" height="40px" viewBox="0 0 40 20"', ("80", "40")),
        ('width="100%" height="100%" viewBox="0,0,40.4,20"', ("40", "20")),
        ("", (None, None)),
        ('viewBox="0 0 nan inf"', (None, None)),
    ],
)
def test_an_svg_is_copied_and_says_its_size(
    root: str, size: tuple[str | None, str | None], blog: Blog
) -> None:
    blog.write(f"{FOLDER}/map.svg", f"<?xml version='1.0'?>\n<svg {root}></svg>")
    blog.post("2026-11-10-two/index", "![A map](map.svg)\n")
    blog.build()
    image = shown_image(blog.page("2026/two/"))

    assert (image.attributes.get("width"), image.attributes.get("height")) == size
    assert blog.tree()["2026/two/map.svg"].startswith(b"<?xml")


def test_an_animation_is_copied(blog: Blog) -> None:
    frames = [Image.new("P", (40, 20), shade) for shade in (1, 2)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    blog.write(f"{FOLDER}/wave.gif", file.getvalue())
    blog.post("2026-11-10-two/index", "![A wave](wave.gif)\n")
    blog.build()

    assert blog.tree()["2026/two/wave.gif"] == file.getvalue()
    assert shown_image(blog.page("2026/two/")).attributes["width"] == "40"


# a GIF of 65,535 by 65,535 pixels, in 40 bytes
HUGE = b"GIF89a" + b"\xff" * 4 + bytes(3) + b"," + bytes(4) + b"\xff" * 4 + bytes(13)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        (
            "view.jpg",
            photo()[:2000],
            "view.jpg: this file is damaged, or not an image."
            " Save it again as JPEG, PNG or WebP, and check that it opens in a browser.",
        ),
        (
            "view.svg",
            b"<html>",
            "view.svg: this file has no <svg> in it."
            " Save it again as JPEG, PNG or WebP, and check that it opens in a browser.",
        ),
        (
            "view.heic",
            b"anything",
            "view.heic: browsers can't show images of this kind. Export it as JPEG;"
            " an iPhone takes JPEG with Settings, Camera, Formats, Most Compatible.",
        ),
        (
            "view.gif",
            HUGE,
            "view.gif: this image has more than 89 million pixels."
            " Make it smaller; no screen shows that many.",
        ),
    ],
    ids=["cut off", "not an svg", "heic", "huge"],
)
def test_a_file_that_is_not_an_image_stops_the_build(
    name: str, data: bytes, problem: str, blog: Blog
) -> None:
    blog.write(f"{FOLDER}/{name}", data)
    blog.post("2026-11-10-two/index", "Hello.\n")

    assert blog.problems() == [f"{FOLDER}/{problem}"]
