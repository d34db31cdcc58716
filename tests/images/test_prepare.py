"""Images on a site: sizes, lighter forms, what they do not tell, and what is wrong with them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import ExifTags, Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import Blog, png

FOLDER = "content/posts/2026-11-10-two"
WHERE = "Ada's garden"


def photo(width: int = 600, height: int = 300, *, form: str = "JPEG", **how: Any) -> bytes:
    """An image with soft colours, as a camera makes them."""
    gradient = Image.linear_gradient("L").resize((width, height))
    leaves = Image.frombytes(
        "L", (width // 8, height // 8), Random(1).randbytes(width * height // 64)
    )
    image = Image.merge("RGB", (gradient, leaves.resize((width, height)), gradient))
    file = BytesIO()
    image.save(file, form, **how)
    return file.getvalue()


def told(orientation: int = 1) -> dict[str, Any]:
    """What a phone writes into a file: the place, a description, and how it was held."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = WHERE
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = WHERE
    return {"exif": exif.tobytes(), "xmp": f"<x>{WHERE}</x>".encode()}


def opened(blog: Blog, path: str) -> Image.Image:
    return Image.open(BytesIO((blog.folder / "output" / path).read_bytes()))


def shown_image(page: str) -> LexborNode:
    found = LexborHTMLParser(page).css_first("main img")
    assert found is not None
    return found


@pytest.fixture
def shown(blog: Blog) -> Blog:
    """A blog with a post that shows a photograph."""
    blog.write(f"{FOLDER}/view.jpg", photo(1000, 500))
    blog.post("2026-11-10-two/index", "![A view](view.jpg)\n")
    return blog


def test_an_image_in_a_body_has_its_size_and_lighter_forms(shown: Blog) -> None:
    shown.build()
    page = shown.page("2026/two/")
    image = shown_image(page)
    sources = LexborHTMLParser(page).css("main picture > source")

    assert image.attributes["src"] == "/blog/2026/two/view.jpg"
    assert (image.attributes["width"], image.attributes["height"]) == ("1000", "500")
    assert [source.attributes["type"] for source in sources] == ["image/avif", "image/webp"]
    assert sources[1].attributes["srcset"] == (
        "/blog/2026/two/view.480.webp 480w, /blog/2026/two/view.800.webp 800w,"
        " /blog/2026/two/view.1000.webp 1000w"
    )
    for source in sources:
        for url, width in re.findall(r"/blog/(\S+) (\d+)w", source.attributes["srcset"] or ""):
            assert opened(shown, url).size == (int(width), int(width) // 2)


def test_a_lighter_form_weighs_less_than_what_is_wider(shown: Blog) -> None:
    shown.build()
    weights = {path: len(data) for path, data in shown.tree().items() if "view" in path}

    for form in ("avif", "webp"):
        names = [f"2026/two/view{part}" for part in (f".480.{form}", f".800.{form}", ".jpg")]
        assert sorted(names, key=weights.__getitem__) == names


def test_the_first_image_of_a_page_is_loaded_at_once(blog: Blog) -> None:
    blog.write(f"{FOLDER}/a.png", png())
    blog.write(f"{FOLDER}/b.png", png(9))
    blog.post("2026-11-10-two/index", "![A](a.png)\n\n![B](b.png)\n")
    blog.post("2026-11-03-one", "![A](2026-11-10-two/a.png)\n", image="2026-11-10-two/b.png")
    blog.build()

    def waiting(path: str) -> list[bool]:
        images = LexborHTMLParser(blog.page(path)).css("main img")
        return [image.attributes.get("loading") == "lazy" for image in images]

    assert waiting("2026/two/") == [False, True]
    assert waiting("2026/one/") == [False, True]
    assert waiting("") == [False, True, True]  # the newest letter, and a card


def test_a_portrait_and_the_image_of_a_card_have_sizes(blog: Blog) -> None:
    blog.write("content/site.toml", (blog.folder / "content/site.toml").read_text() + PORTRAIT)
    blog.write("content/static/ada.jpg", photo(600, 600))
    blog.write("content/posts/view.jpg", photo())
    blog.post("2026-11-03-one", image="view.jpg", image_alt="A view")
    blog.post("2026-11-10-two")
    blog.build()
    portrait, card = LexborHTMLParser(blog.page("")).css("main img")

    assert (portrait.attributes["width"], portrait.attributes["alt"]) == ("600", "")
    assert (card.attributes["width"], card.attributes["alt"]) == ("600", "A view")
    assert "ada.480.webp" in blog.page("authors/ada/")


PORTRAIT = 'portrait = "ada.jpg"\n'


def test_a_wide_image_is_never_loaded_whole(blog: Blog) -> None:
    blog.write(f"{FOLDER}/view.jpg", photo(1800, 900))
    blog.post("2026-11-10-two/index", "![A view](view.jpg)\n[all of it](view.jpg)\n")
    blog.build()
    page = blog.page("2026/two/")

    assert shown_image(page).attributes["src"] == "/blog/2026/two/view.1600.jpg"
    assert shown_image(page).attributes["width"] == "1600"
    assert 'href="/blog/2026/two/view.jpg"' in page
    assert opened(blog, "2026/two/view.jpg").size == (1800, 900)
    assert 'src="https://example.org/blog/2026/two/view.1600.jpg" width="1600"' in (
        blog.page("feed.json").replace('\\"', '"')
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_a_phone_knows_stays_off_the_site(form: str, blog: Blog) -> None:
    name = f"view.{form.lower()}"
    data = photo(form=form, **told())
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
def test_an_image_without_its_metadata_is_drawn_as_before(form: str, blog: Blog) -> None:
    how = {"progressive": True} if form == "JPEG" else {}
    data = photo(form=form, icc_profile=b"a profile of colours", **told(), **how)
    blog.write(f"content/static/view.{form.lower()}", data)
    blog.build()
    published = opened(blog, f"view.{form.lower()}")

    assert published.tobytes() == Image.open(BytesIO(data)).tobytes()
    assert published.info["icc_profile"] == b"a profile of colours"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_an_image_that_was_taken_sideways_stands_upright(form: str, blog: Blog) -> None:
    name = f"view.{form.lower()}"
    blog.write(f"{FOLDER}/{name}", photo(form=form, **told(orientation=6)))
    blog.post("2026-11-10-two/index", f"![A view]({name})\n")
    blog.build()
    image = shown_image(blog.page("2026/two/"))

    assert (image.attributes["width"], image.attributes["height"]) == ("300", "600")
    assert opened(blog, f"2026/two/{name}").size == (300, 600)
    assert not opened(blog, f"2026/two/{name}").getexif()


def test_what_follows_the_end_of_a_jpeg_is_left_out(blog: Blog) -> None:
    blog.write("content/static/view.jpg", photo() + WHERE.encode())
    blog.build()

    assert blog.tree()["view.jpg"] == photo()


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


def test_a_form_that_is_no_lighter_is_left_out(blog: Blog) -> None:
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


def test_lighter_forms_can_be_switched_off(shown: Blog) -> None:
    shown.write("content/site.toml", (shown.folder / "content/site.toml").read_text() + OFF)
    shown.build()

    assert [path for path in shown.tree() if "view" in path] == ["2026/two/view.jpg"]
    assert shown_image(shown.page("2026/two/")).attributes["width"] == "1000"


OFF = "[images]\nformats = []\n"


def test_what_a_writer_says_of_a_image_in_html_stays(blog: Blog) -> None:
    blog.write(f"{FOLDER}/view.jpg", photo())
    html = (
        '<img src="view.jpg" alt="A > B" width="50" loading="eager">\n'
        '<picture><source srcset="view.jpg 2x"><img src="view.jpg" alt="A"></picture>\n'
    )
    blog.post("2026-11-10-two/index", html)
    blog.build()
    first, second = LexborHTMLParser(blog.page("2026/two/")).css("main img")

    assert first.attributes["alt"] == "A > B"
    assert first.attributes["width"] == "50"
    assert "height" not in first.attributes
    assert first.attributes["loading"] == "eager"
    assert len(LexborHTMLParser(blog.page("2026/two/")).css("main picture")) == 2
    assert "width" not in second.attributes


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
            "view.heic: browsers can't show images of this kind. Save it as JPEG or PNG.",
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
def test_a_file_that_is_no_image_stops_the_build(
    name: str, data: bytes, problem: str, blog: Blog
) -> None:
    blog.write(f"{FOLDER}/{name}", data)
    blog.post("2026-11-10-two/index", "Hello.\n")

    assert blog.problems() == [f"{FOLDER}/{problem}"]


def test_a_file_where_a_lighter_form_would_stand_is_told(shown: Blog) -> None:
    shown.write(f"{FOLDER}/view.480.webp", photo(40, 20, form="WEBP"))

    assert shown.problems() == [
        f"{FOLDER}/view.480.webp: this and {FOLDER}/view.jpg would both be at"
        " /2026/two/view.480.webp. Give one of them another name."
    ]


def test_an_image_without_words_is_told_with_its_line(blog: Blog) -> None:
    blog.write(f"{FOLDER}/view.png", png())
    blog.post(
        "2026-11-10-two/index",
        '![](view.png)\n\n<img src="https://example.org/a.png">\n\n![ ](view.png)\n',
        image="view.png",
    )
    path, or_nothing = f"{FOLDER}/index.md", 'or write {: alt=""} if it is decoration.'

    assert blog.problems() == [
        f"{path}:4:8: warning: the image 'view.png' has no alt text."
        ' Describe it in image_alt, or write image_alt: "" if it is decoration.',
        f"{path}:6:5: warning: the image 'view.png' has no alt text."
        f" Describe it: ![text](view.png), {or_nothing}",
        f"{path}:8:11: warning: the image 'https://example.org/a.png' has no alt text."
        f" Describe it: ![text](https://example.org/a.png), {or_nothing}",
        f"{path}:10:6: warning: the image 'view.png' has no alt text."
        f" Describe it: ![text](view.png), {or_nothing}",
    ]
    assert blog.page("2026/two/").count('alt=""') >= 3


def test_no_words_may_be_a_decision(blog: Blog) -> None:
    blog.write(f"{FOLDER}/line.png", png())
    blog.post(
        "2026-11-10-two/index",
        '![](line.png){: alt=""} <img src="line.png" alt="">\n',
        image="line.png",
        image_alt='""',
    )

    assert blog.problems() == []


def test_how_bad_missing_words_are_is_a_setting(blog: Blog) -> None:
    blog.write(f"{FOLDER}/line.png", png())
    blog.post("2026-11-10-two/index", "![](line.png)\n")
    blog.set('missing_alt = "error"\n')
    assert blog.try_build().failed
    blog.set('missing_alt = "allow"\n')
    assert blog.problems() == []


def test_a_changed_image_makes_the_pages_anew_that_show_it(shown: Blog) -> None:
    shown.post("2026-11-03-one")
    shown.build()
    shown.write(f"{FOLDER}/view.jpg", photo(500, 250))
    written = shown.build().reasons

    assert {"index.html", "2026/two/index.html", "2026/two/view.500.webp"} <= set(written)
    assert "2026/one/index.html" not in written


def test_other_edits_make_no_image_anew(shown: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.build()
    before = shown.tree()
    monkeypatch.setattr("generator.images.prepare._maker", None)
    shown.post("2026-11-10-two/index", "![A view](view.jpg)\nMore.\n")
    shutil.rmtree(shown.folder / "output")
    shown.build()

    assert {path: data for path, data in shown.tree().items() if "view" in path} == {
        path: data for path, data in before.items() if "view" in path
    }


def test_a_damaged_store_of_images_is_not_trusted(shown: Blog) -> None:
    shown.build()
    before = shown.tree()
    for file in (shown.folder / ".weekly/images").iterdir():
        file.write_bytes(b"damaged")
    shutil.rmtree(shown.folder / "output")
    shown.build()

    assert shown.tree() == before


def test_the_store_keeps_only_what_is_needed(shown: Blog) -> None:
    shown.build()
    shown.write(f"{FOLDER}/view.jpg", photo(500, 250))
    shown.build()
    kept = {path.read_bytes() for path in (shown.folder / ".weekly/images").iterdir()}

    assert kept == {data for path, data in shown.tree().items() if "view" in path}


def test_a_build_without_a_new_image_does_not_load_pillow(shown: Blog) -> None:
    shown.build()
    shown.post("2026-11-10-two/index", "![A view](view.jpg)\nMore.\n")
    code = (
        "import sys\nfrom generator.cli import main\n"
        f"try: main(['build', '--blog', {str(shown.folder)!r}, '--now', '2026-11-22'])\n"
        "except SystemExit: print('PIL' in sys.modules)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert found.stdout.splitlines()[-1] == "False"
