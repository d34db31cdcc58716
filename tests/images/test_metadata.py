"""What cameras and phones write into images stays off the site."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.conftest import Blog
from tests.images.images import FOLDER, WHERE, opened, phone_metadata, photo


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_a_phone_knows_stays_off_the_site(form: str, blog: Blog) -> None:
    name = f"view.{form.lower()}"
    data = photo(form=form, **phone_metadata())
    assert WHERE.encode() in data
    blog.write(f"{FOLDER}/{name}", data)
    blog.write(f"content/static/{name}", data)  # which no page shows
    blog.post("2026-11-10-two/index", f"![A view]({name})\n")
    blog.build()

    assert [path for path, found in blog.tree().items() if WHERE.encode() in found] == []
    for path in (f"2026/two/{name}", name):
        assert not opened(blog, path).getexif()
        assert opened(blog, path).size == (600, 300)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_an_image_without_its_metadata_looks_the_same(form: str, blog: Blog) -> None:
    how = {"progressive": True} if form == "JPEG" else {}
    data = photo(form=form, icc_profile=b"a profile of colours", **phone_metadata(), **how)
    blog.write(f"content/static/view.{form.lower()}", data)
    blog.build()
    published = opened(blog, f"view.{form.lower()}")

    assert published.tobytes() == Image.open(BytesIO(data)).tobytes()
    assert published.info["icc_profile"] == b"a profile of colours"


def test_what_follows_the_end_of_a_jpeg_is_left_out(blog: Blog) -> None:
    blog.write("content/static/view.jpg", photo() + WHERE.encode())
    blog.build()

    assert blog.tree()["view.jpg"] == photo()
